package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// wideFields is how many fields the schema of G3 has, pageFields how many a
// page of it shows.
const (
	wideFields = 10_000
	pageFields = 100
)

// measureWide is G3: opening a schema of 10,000 fields, a page at a time,
// beside one that has a page of fields.
func measureWide(ctx context.Context, env *environment) ([]line, error) {
	weir, err := env.weirWith(ctx, 0)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	for subject, fields := range map[string]int{"narrow": pageFields, "wide": wideFields} {
		if err := post(ctx, "http://"+weir.addr+"/subjects/"+subject+"/versions", schemaBody(manyFields(fields))); err != nil {
			return nil, err
		}
	}
	cursor := ""
	for range wideFields / pageFields / 2 {
		page, _, err := openPage(ctx, weir.addr, "wide", cursor)
		if err != nil {
			return nil, err
		}
		cursor = page.PageInfo.EndCursor
	}
	opening := func(subject, after string) side {
		return timed(func(ctx context.Context) error {
			_, _, err := openPage(ctx, weir.addr, subject, after)
			return err
		})
	}
	var lines []line
	for _, page := range []struct{ what, after string }{{"first page", ""}, {"page in the middle", cursor}} {
		_, size, err := openPage(ctx, weir.addr, "wide", page.after)
		if err != nil {
			return lines, err
		}
		got, err := interleave(ctx, env.short(), "ms", opening("narrow", ""), opening("wide", page.after))
		if err != nil {
			return lines, err
		}
		what := fmt.Sprintf("%s of %d fields of %d (%d kB) beside a schema of %d", page.what, pageFields, wideFields, size/1000, pageFields)
		lines = append(lines, got.judge("G3", what, "ms", "ms", bar{reported: "the issue asks for one page-sized answer"}))
	}
	return lines, nil
}

// fieldPage is a page of fields as GraphQL answers it.
type fieldPage struct {
	TotalCount int
	Nodes      []struct{ Name string }
	PageInfo   struct {
		HasNextPage bool
		EndCursor   string
	}
}

// openPage opens a subject at a page of its fields, and gives the size of the
// answer too.
func openPage(ctx context.Context, addr, subject, after string) (*fieldPage, int, error) {
	var data struct {
		Subject struct{ Fields fieldPage }
	}
	size, err := askGraphQL(ctx, addr, `query Open($name: String!, $first: Int!, $after: String) { subject(name: $name) {
		id name status type compatibility { level } latest { version schema { guid } }
		fields(first: $first, after: $after) { totalCount nodes { id name path type nullable description { value } tags { tag { name } } } pageInfo { hasNextPage endCursor } }
	} }`, map[string]any{"name": subject, "first": pageFields, "after": orNull(after)}, &data)
	page := &data.Subject.Fields
	if err == nil && len(page.Nodes) != pageFields {
		err = fmt.Errorf("a page of %d fields of %d", len(page.Nodes), page.TotalCount)
	}
	return page, size, err
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// askGraphQL asks weir's GraphQL and gives the size of the answer.
func askGraphQL(ctx context.Context, addr, query string, variables map[string]any, data any) (int, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return 0, err
	}
	answer, err := postFor(ctx, "http://"+addr+"/graphql", body)
	if err != nil {
		return 0, err
	}
	var whole struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(answer, &whole); err != nil {
		return 0, err
	}
	if len(whole.Errors) > 0 {
		return 0, fmt.Errorf("GraphQL answers %q to %.200s", whole.Errors[0].Message, query)
	}
	return len(answer), json.Unmarshal(whole.Data, data)
}

// manyFields is an Avro record of n documented fields.
func manyFields(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"type":"record","name":"Wide%d","namespace":"com.acme.wide","fields":[`, n)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"field_%05d","type":"long","doc":"Value %d."}`, i, i)
	}
	b.WriteString(`]}`)
	return b.String()
}

// twoNodes starts two nodes on one PostgreSQL.
func (env *environment) twoNodes(ctx context.Context) (one, other *process, err error) {
	db, err := env.postgres.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if one, err = env.serve(ctx, db, 30*time.Second); err != nil {
		return nil, nil, err
	}
	if other, err = env.serve(ctx, db, 30*time.Second); err != nil {
		one.stop()
		return nil, nil, err
	}
	return one, other, nil
}
