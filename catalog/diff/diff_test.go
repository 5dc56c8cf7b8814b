package diff_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// TestGolden compares the pairs of testdata, NAME.old and NAME.new of a folder
// for each language, with NAME.golden. WEIR_REFRESH=1 writes the golden files
// anew; the diff is read before it is committed.
func TestGolden(t *testing.T) {
	for folder, language := range map[string]schema.Type{"avro": schema.Avro, "json": schema.JSON, "protobuf": schema.Protobuf} {
		olds, err := filepath.Glob(filepath.Join("testdata", folder, "*.old"))
		if err != nil || len(olds) == 0 {
			t.Fatalf("no pairs in %s: %v", folder, err)
		}
		for _, path := range olds {
			name := strings.TrimSuffix(path, ".old")
			t.Run(name, func(t *testing.T) {
				d := between(t, parse(t, language, read(t, path)), parse(t, language, read(t, name+".new")), diff.Options{})
				got := render(d)
				if os.Getenv("WEIR_REFRESH") != "" {
					if err := os.WriteFile(name+".golden", []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				if d := cmp.Diff(read(t, name+".golden"), got); d != "" {
					t.Errorf("-want +got:\n%s", d)
				}
			})
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func between(t *testing.T, a, b schema.Schema, o diff.Options) *diff.Diff {
	t.Helper()
	d, err := diff.Between(t.Context(), diff.Side{Schema: a}, diff.Side{Schema: b}, o)
	if err != nil {
		t.Fatalf("Between: %v", err)
	}
	return d
}

// render writes a diff for people.
func render(d *diff.Diff) string {
	var b strings.Builder
	fmt.Fprintf(&b, "compatible at %s: %v\n", d.Level, d.Compatible)
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "\n%s %s\n", c.Kind, c.Path)
		for _, line := range []struct{ name, text string }{
			{"was at", c.OldPath},
			{"tag path", c.TagPath},
			{"name", c.Name},
			{"message", c.Message},
			{"before", c.Before},
			{"after", c.After},
			{"breaks", strings.Join(c.Rules, ", ")},
		} {
			if line.text != "" {
				fmt.Fprintf(&b, "  %s: %s\n", line.name, line.text)
			}
		}
		if c.Breaking != (len(c.Rules) > 0) {
			fmt.Fprintf(&b, "  breaking: %v\n", c.Breaking)
		}
	}
	return b.String()
}

func TestBetweenAtLevels(t *testing.T) {
	old := parse(t, schema.Avro, `{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}`)
	fresh := parse(t, schema.Avro, `{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]}`)
	for _, x := range []struct {
		level compat.Level
		want  bool
	}{
		{compat.Backward, false},
		{compat.BackwardTransitive, false},
		{compat.Forward, true},
		{compat.Full, false},
		{compat.None, false},
		{"", false},
	} {
		d := between(t, old, fresh, diff.Options{Level: x.level})
		if d.Compatible != x.want || len(d.Changes) != 1 || d.Changes[0].Breaking == x.want {
			t.Errorf("at %q: %+v", x.level, d)
		}
	}
}

func TestBetweenLanguages(t *testing.T) {
	d := between(t, parse(t, schema.Avro, `"string"`), parse(t, schema.JSON, `{"type":"string"}`), diff.Options{})
	want := []diff.Change{{
		Kind: diff.TypeChanged, Breaking: true, Before: "AVRO", After: "JSON",
		Message: "The type of the schema changed from AVRO to JSON.",
	}}
	if diff := cmp.Diff(want, d.Changes); diff != "" || d.Compatible {
		t.Errorf("compatible %v, -want +got:\n%s", d.Compatible, diff)
	}
}

func TestBetweenReferences(t *testing.T) {
	text := func(typ string) schema.Dependency {
		return schema.Dependency{
			Reference: schema.Reference{Name: "com.acme.Money", Subject: "money", Version: int32(len(typ))},
			Text:      `{"type":"record","name":"com.acme.Money","fields":[{"name":"units","type":"` + typ + `"}]}`, Direct: true,
		}
	}
	order := `{"type":"record","name":"com.acme.Order","fields":[{"name":"total","type":"com.acme.Money"}]}`
	d := between(t, parse(t, schema.Avro, order, text("long")), parse(t, schema.Avro, order, text("string")), diff.Options{})
	var got []string
	for _, c := range d.Changes {
		got = append(got, fmt.Sprint(c.Path, " ", c.Kind, " ", c.Breaking))
	}
	want := []string{"com.acme.Money.units TYPE_CHANGED true", "references.com.acme.Money REFERENCE_CHANGED false"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestBetweenContracts(t *testing.T) {
	s := parse(t, schema.Avro, `"string"`)
	text := func(s string) *string { return &s }
	a := diff.Side{
		Schema:   s,
		Metadata: &registry.Metadata{Tags: map[string][]string{"**.ssn": {"PII"}}, Properties: map[string]*string{"owner": text("a")}},
		Rules:    &registry.RuleSet{DomainRules: []registry.Rule{{Name: text("one"), Kind: "CONDITION", Mode: "WRITE"}}},
	}
	b := diff.Side{
		Schema: s,
		Metadata: &registry.Metadata{
			Tags:       map[string][]string{"**.ssn": {"PRIVATE"}},
			Properties: map[string]*string{"owner": text("b"), "tier": text("1")}, Sensitive: []string{"tier"},
		},
		Rules: &registry.RuleSet{DomainRules: []registry.Rule{
			{Name: text("two"), Kind: "CONDITION", Mode: "WRITE"},
			{Name: text("one"), Kind: "CONDITION", Mode: "READ"},
		}},
	}
	d, err := diff.Between(t.Context(), a, b, diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range d.Changes {
		got = append(got, fmt.Sprint(c.Kind, " ", c.Path, ": ", c.Message))
	}
	want := []string{
		`TAG_ADDED metadata.tags.**.ssn: The pattern "**.ssn" has the tag "PRIVATE" now.`,
		`TAG_REMOVED metadata.tags.**.ssn: The pattern "**.ssn" has the tag "PII" no more.`,
		`METADATA_CHANGED metadata.properties.owner: The property "owner" changed from a to b.`,
		`METADATA_ADDED metadata.properties.tier: The property "tier" was added.`,
		`METADATA_ADDED metadata.sensitive.tier: The sensitive property "tier" was added.`,
		`RULE_CHANGED rules.domainRules.one: The rule "one" changed.`,
		`RULE_ADDED rules.domainRules.two: The rule "two" was added.`,
	}
	if diff := cmp.Diff(want, got); diff != "" || !d.Compatible {
		t.Errorf("compatible %v, -want +got:\n%s", d.Compatible, diff)
	}
}
