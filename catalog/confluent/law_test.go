package confluent_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
)

// company fills a node: subjects of two contexts that share and change schemas,
// with tags in texts and by people, and some deleted again.
func company(n *node) {
	random := rand.New(rand.NewPCG(1, 2))
	tags := []string{"PII", "Gold", "pii2"}
	for _, tag := range tags[:2] {
		n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: tag}})
	}
	var subjects []string
	for i := range 24 {
		name := fmt.Sprintf("s%d-value", i)
		if i%5 == 0 {
			name = fmt.Sprintf(":.team:s%d", i)
		}
		subjects = append(subjects, name)
	}
	for _, subject := range subjects {
		for range 1 + random.IntN(3) {
			var fields []string
			for f := range 1 + random.IntN(4) {
				inline := ""
				if random.IntN(4) == 0 {
					inline = fmt.Sprintf(`,"confluent:tags":["%s"]`, tags[random.IntN(3)])
				}
				fields = append(fields, fmt.Sprintf(`{"name":"f%d","type":"string"%s}`, f, inline))
			}
			n.register(subject, fmt.Sprintf(`{"type":"record","name":"com.acme.R%d","fields":[%s]}`, random.IntN(3), strings.Join(fields, ",")))
		}
	}
	for i, subject := range subjects {
		s := parse(subject)
		switch i % 4 {
		case 1:
			n.Commit(catalog.Edit{Ref: ref(catalog.KindSubject, s, ""), PutTags: []catalog.TagValue{{Name: "Gold"}}})
		case 2:
			fields, err := n.View().Fields(n.T.Context(), s)
			if err != nil {
				n.T.Fatal(err)
			}
			n.Commit(catalog.Edit{Ref: fields[0].Ref(), PutTags: []catalog.TagValue{{Name: "Gold"}}})
		}
	}
	n.Commit(catalog.Edit{
		Ref: catalog.Ref{Kind: catalog.KindTopic, Scope: catalog.DefaultCluster, Name: "s1"}, PutTags: []catalog.TagValue{{Name: "PII"}},
	})
	n.Commit(catalog.Edit{Ref: ref(catalog.KindSchemaVersion, parse("s3-value"), "1"), PutTags: []catalog.TagValue{{Name: "PII"}}})
	for _, subject := range subjects[20:] {
		n.delete(subject)
	}
}

// What a list gives is what its parts give: in the order of names, each entity
// once and the same as by its own name, each type by itself, and with tags what
// is left of all without those that have not all of them.
func TestEntitiesAreTheSameByAnyWay(t *testing.T) {
	n := newNode(t)
	company(n)
	for _, deleted := range []bool{false, true} {
		all := n.list(t.Context(), confluent.Selection{Deleted: deleted})
		if len(all) < 100 {
			t.Fatalf("only %d entities", len(all))
		}
		for i, e := range all {
			if i > 0 && all[i-1].QualifiedName >= e.QualifiedName {
				t.Errorf("%s comes before %s", all[i-1].QualifiedName, e.QualifiedName)
			}
			if e.Deleted && !deleted {
				t.Errorf("%s is deleted", e.QualifiedName)
			}
			again, err := n.reader().Entity(t.Context(), e.Type(), e.QualifiedName)
			if err != nil {
				t.Errorf("Entity(%s) = %v", e.QualifiedName, err)
			} else if diff := cmp.Diff(e, again); diff != "" {
				t.Errorf("Entity(%s) (-listed +named):\n%s", e.QualifiedName, diff)
			}
		}
		for _, of := range confluent.Types() {
			want := slices.DeleteFunc(slices.Clone(all), func(e *confluent.Entity) bool { return e.Type() != of })
			got := n.list(t.Context(), confluent.Selection{Types: []confluent.Type{of}, Deleted: deleted})
			if diff := cmp.Diff(n.named(want), n.named(got)); diff != "" {
				t.Errorf("Entities of %s (-of all +alone):\n%s", of, diff)
			}
		}
		for _, tags := range [][]string{{"PII"}, {"gold"}, {"Gold", "pii"}, {"pii2"}, {"none"}} {
			want := slices.DeleteFunc(slices.Clone(all), func(e *confluent.Entity) bool {
				return slices.ContainsFunc(tags, func(tag string) bool { return !e.HasTag(tag) })
			})
			got := n.list(t.Context(), confluent.Selection{Tags: tags, Deleted: deleted})
			if diff := cmp.Diff(n.named(want), n.named(got)); diff != "" {
				t.Errorf("Entities with %v (-of all +asked for):\n%s", tags, diff)
			}
			if len(want) == 0 && tags[0] != "none" && len(tags) == 1 {
				t.Errorf("nothing has %v", tags)
			}
		}
	}
}

// The relations lead from each entity to those whose names it holds.
func TestRelations(t *testing.T) {
	n := newNode(t)
	company(n)
	r := n.reader()
	for _, e := range n.list(t.Context(), confluent.Selection{}) {
		switch e.Type() {
		case confluent.Field:
			record, err := r.Record(t.Context(), e)
			if err != nil || record == nil || !strings.HasPrefix(e.QualifiedName, record.QualifiedName+".") {
				t.Errorf("Record(%s) = %+v, %v", e.QualifiedName, record, err)
				continue
			}
			fields, err := r.Fields(t.Context(), record)
			if err != nil || !slices.Contains(n.named(fields), n.named([]*confluent.Entity{e})[0]) {
				t.Errorf("Fields(%s) = %v, %v; want %s among them", record.QualifiedName, n.named(fields), err, e.QualifiedName)
			}
		case confluent.Record, confluent.SubjectVersion:
			s, err := r.Schema(t.Context(), e)
			if err != nil || s == nil {
				t.Errorf("Schema(%s) = %+v, %v", e.QualifiedName, s, err)
				continue
			}
			parts, err := r.Records(t.Context(), s)
			if e.Type() == confluent.SubjectVersion {
				parts, err = r.SubjectVersions(t.Context(), s, false)
			}
			if err != nil || !slices.Contains(n.named(parts), n.named([]*confluent.Entity{e})[0]) {
				t.Errorf("the parts of %s are %v, %v; want %s among them", s.QualifiedName, n.named(parts), err, e.QualifiedName)
			}
		case confluent.Topic:
			c, err := r.LogicalCluster(t.Context(), e)
			if err != nil || c.QualifiedName != catalog.DefaultCluster {
				t.Errorf("LogicalCluster(%s) = %+v, %v", e.QualifiedName, c, err)
			}
		}
	}
}
