package compat

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

func mustParse(t testing.TB, text string) schema.Schema {
	t.Helper()
	s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// record is a record with fields of type int; a field with a point after its
// name has a default.
func record(t testing.TB, fields ...string) schema.Schema {
	text := `{"type":"record","name":"R","fields":[`
	for i, f := range fields {
		if i > 0 {
			text += ","
		}
		if n := len(f) - 1; f[n] == '.' {
			text += fmt.Sprintf(`{"name":%q,"type":"int","default":0}`, f[:n])
		} else {
			text += fmt.Sprintf(`{"name":%q,"type":"int"}`, f)
		}
	}
	return mustParse(t, text+`]}`)
}

// history gives versions, newest first, out of schemas, oldest first, and
// counts which were asked for.
func history(asked *[]int32, schemas ...schema.Schema) []Version {
	var list []Version
	for i := len(schemas) - 1; i >= 0; i-- {
		list = append(list, Version{Number: int32(i + 1), Schema: func() (schema.Schema, error) {
			*asked = append(*asked, int32(i+1))
			return schemas[i], nil
		}})
	}
	return list
}

func TestCheckLevels(t *testing.T) {
	// fresh adds b without a default and drops a, which had one: nobody reads
	// it in the new schema, and the old one fills a in.
	fresh := record(t, "b")
	good, bad := record(t, "b"), record(t, "a.")
	for _, c := range []struct {
		level   Level
		old     []schema.Schema
		all     bool
		want    bool
		asked   []int32
		reports []int32
	}{
		{level: None, old: []schema.Schema{bad}, want: true},
		{level: Backward, old: []schema.Schema{bad, good}, want: true, asked: []int32{2}},
		{level: Backward, old: []schema.Schema{good, bad}, want: false, asked: []int32{2}, reports: []int32{2}},
		{level: BackwardTransitive, old: []schema.Schema{bad, bad, good}, want: false, asked: []int32{3, 2}, reports: []int32{2}},
		{level: BackwardTransitive, old: []schema.Schema{bad, bad, good}, all: true, want: false, asked: []int32{3, 2, 1}, reports: []int32{2, 1}},
		{level: Forward, old: []schema.Schema{bad}, want: true, asked: []int32{1}},
		{level: ForwardTransitive, old: []schema.Schema{bad, good, bad}, want: true, asked: []int32{3, 2, 1}},
		{level: Full, old: []schema.Schema{bad}, want: false, asked: []int32{1}, reports: []int32{1}},
		{level: FullTransitive, old: []schema.Schema{good, good}, want: true, asked: []int32{2, 1}},
		{level: BackwardTransitive, want: true},
	} {
		var asked, reports []int32
		result, err := Check(t.Context(), Request{Level: c.level, New: fresh, Old: history(&asked, c.old...), All: c.all})
		if err != nil {
			t.Errorf("%s: %v", c.level, err)
			continue
		}
		for _, r := range result.Reports {
			reports = append(reports, r.Version)
		}
		if result.Compatible != c.want {
			t.Errorf("%s of %d versions: compatible %v, want %v", c.level, len(c.old), result.Compatible, c.want)
		}
		if diff := cmp.Diff(c.asked, asked); diff != "" {
			t.Errorf("%s: versions compared: %s", c.level, diff)
		}
		if diff := cmp.Diff(c.reports, reports); diff != "" {
			t.Errorf("%s: versions reported: %s", c.level, diff)
		}
	}
}

func TestCheckDirections(t *testing.T) {
	var asked []int32
	fresh, old := record(t, "b", "c"), record(t, "a")
	result, err := Check(t.Context(), Request{Level: Full, New: fresh, Old: history(&asked, old)})
	if err != nil {
		t.Fatal(err)
	}
	infos := func(diffs []Difference, want Direction) (list []string) {
		for _, d := range diffs {
			if d.Direction != want {
				t.Errorf("%s has direction %d, want %d", d.Info, d.Direction, want)
			}
			list = append(list, d.Info)
		}
		return list
	}
	r := result.Reports[0]
	if diff := cmp.Diff([]string{"b", "c"}, infos(r.Backward, NewReadsOld)); diff != "" {
		t.Errorf("backward: %s", diff)
	}
	if diff := cmp.Diff([]string{"a"}, infos(r.Forward, OldReadsNew)); diff != "" {
		t.Errorf("forward: %s", diff)
	}
}

// otherLanguage is a schema of another language.
type otherLanguage struct{ schema.Schema }

func (otherLanguage) Type() schema.Type { return schema.JSON }

func TestCheckTypeChange(t *testing.T) {
	var asked []int32
	old := otherLanguage{record(t, "a")}
	for _, level := range []Level{Backward, ForwardTransitive, Full} {
		result, err := Check(t.Context(), Request{Level: level, New: record(t, "a"), Old: history(&asked, old)})
		if err != nil || result.Compatible || !result.Reports[0].TypeChanged {
			t.Errorf("%s: %+v, %v, want a change of type", level, result, err)
		}
		want := []string{"Incompatible because of different schema type", fmt.Sprintf("{validateFields: 'false', compatibility: '%s'}", level)}
		if diff := cmp.Diff(want, Messages(result, level, false)); diff != "" {
			t.Errorf("%s: %s", level, diff)
		}
	}
}

func TestCheckErrors(t *testing.T) {
	lost := errors.New("lost")
	_, err := Check(t.Context(), Request{Level: Backward, New: record(t, "a"), Old: []Version{
		{Number: 7, Schema: func() (schema.Schema, error) { return nil, lost }},
	}})
	if !errors.Is(err, lost) {
		t.Errorf("Check = %v, want the error of the version", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var asked []int32
	_, err = Check(ctx, Request{Level: Backward, New: record(t, "a"), Old: history(&asked, record(t, "b"))})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Check after cancelling = %v", err)
	}
}

func TestCheckBudget(t *testing.T) {
	var asked []int32
	request := Request{Level: BackwardTransitive, New: record(t, "a", "b"), Old: history(&asked, record(t, "a", "b"), record(t, "a", "b", "c"))}
	for _, c := range []struct {
		name    string
		budget  Budget
		tick    time.Duration
		version int32
	}{
		{"steps", Budget{Steps: 2, Pair: time.Minute, Total: time.Minute}, 0, 2},
		{"pair", Budget{Steps: 100, Pair: time.Second, Total: time.Hour}, time.Minute, 2},
		{"total", Budget{Steps: 100, Pair: time.Hour, Total: time.Second}, time.Minute, 2},
	} {
		request.Budget = c.budget
		now := time.Unix(0, 0)
		checker := checker{request: request, now: func() time.Time { now = now.Add(c.tick); return now }}
		_, err := checker.check(t.Context())
		var exceeded *BudgetError
		if !errors.As(err, &exceeded) || exceeded.Version != c.version {
			t.Errorf("%s: %v, want a BudgetError at version %d", c.name, err, c.version)
		}
	}
	request.Budget = Budget{}
	if result, err := Check(t.Context(), request); err != nil || !result.Compatible {
		t.Errorf("with the default budget: %+v, %v", result, err)
	}
}

func TestCheckRemembersContent(t *testing.T) {
	// Version 3 repeats the content of 1, so its report is that of 1 with
	// another number.
	var asked []int32
	a, b := record(t, "a"), record(t, "b")
	result, err := Check(t.Context(), Request{
		Level: BackwardTransitive, New: record(t, "c"), All: true, Old: history(&asked, a, b, record(t, "a")),
		Budget: Budget{Steps: 1000, Pair: time.Minute, Total: time.Minute},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Reports) != 3 {
		t.Fatalf("%d reports, want 3", len(result.Reports))
	}
	first, third := result.Reports[0], result.Reports[2]
	if first.Version != 3 || third.Version != 1 {
		t.Errorf("versions %d and %d, want 3 and 1", first.Version, third.Version)
	}
	if diff := cmp.Diff(first.Backward, third.Backward); diff != "" {
		t.Error(diff)
	}
}

func TestCompatibleDifferencesOnRequest(t *testing.T) {
	var asked []int32
	request := Request{Level: Backward, New: record(t, "a", "b."), Old: history(&asked, record(t, "a"))}
	result, err := Check(t.Context(), request)
	if err != nil || len(result.Reports) != 0 {
		t.Errorf("without the request: %+v, %v", result, err)
	}
	request.Compatible = true
	result, err = Check(t.Context(), request)
	if err != nil || !result.Compatible || len(result.Reports) != 1 {
		t.Fatalf("with the request: %+v, %v", result, err)
	}
	if got := result.Reports[0].Backward[0]; got.Code != fieldReadFromDefault || got.Hint != "" || !got.Compatible {
		t.Errorf("difference %+v", got)
	}
	if messages := Messages(result, Backward, false); len(messages) != 0 {
		t.Errorf("messages %q, want none", messages)
	}
}
