package diff_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro/avrotest"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Context() context.Context
	Fatalf(format string, args ...any)
}

// kinds are all that a change may be.
var kinds = []diff.Kind{
	diff.RecordAdded, diff.RecordRemoved, diff.RecordRenamed, diff.FieldAdded, diff.FieldRemoved,
	diff.FieldRenamed, diff.FieldMoved, diff.SymbolAdded, diff.SymbolRemoved, diff.SymbolRenamed, diff.OneofAdded,
	diff.OneofRemoved, diff.ServiceAdded, diff.ServiceRemoved, diff.MethodAdded, diff.MethodRemoved,
	diff.BranchAdded, diff.BranchRemoved, diff.TypeChanged, diff.NamespaceChanged, diff.DefaultChanged,
	diff.RequiredChanged, diff.NumberChanged, diff.AliasesChanged, diff.OrderChanged, diff.DocChanged,
	diff.TagAdded, diff.TagRemoved, diff.ConstraintAdded, diff.ConstraintRemoved, diff.ConstraintChanged,
	diff.PropertyAdded, diff.PropertyRemoved, diff.PropertyChanged, diff.ReferenceAdded, diff.ReferenceRemoved,
	diff.ReferenceChanged, diff.MetadataAdded, diff.MetadataRemoved, diff.MetadataChanged, diff.RuleAdded,
	diff.RuleRemoved, diff.RuleChanged, diff.Incompatible, diff.TextChanged,
}

// checkLaws checks what holds for any two sides: nothing differs from itself,
// the verdict is that of the check, and the mirror shows the same.
func checkLaws(t fataler, a, b diff.Side) {
	t.Helper()
	for _, s := range []diff.Side{a, b} {
		if d, err := diff.Between(t.Context(), s, s, diff.Options{}); err != nil || len(d.Changes) != 0 || !d.Compatible {
			t.Fatalf("Between(a, a) = %+v, %v\na %s", d, err, s.Schema.Text())
		}
	}
	there, err := diff.Between(t.Context(), a, b, diff.Options{})
	if err != nil {
		if errors.As(err, new(*compat.BudgetError)) {
			return
		}
		t.Fatalf("Between: %v", err)
	}
	if len(there.Changes) == 0 && a.Schema.Text() != b.Schema.Text() {
		t.Fatalf("nothing differs between\n%s\n%s", a.Schema.Text(), b.Schema.Text())
	}
	for _, c := range there.Changes {
		if !slices.Contains(kinds, c.Kind) || c.Message == "" || c.Before == c.After && c.Before != "" && c.Kind != diff.Incompatible {
			t.Fatalf("a change that tells nothing: %+v", c)
		}
	}
	checkVerdict(t, a, b, there, diff.Options{})
	for _, level := range []compat.Level{compat.Backward, compat.Forward} {
		o := diff.Options{Level: level}
		d, err := diff.Between(t.Context(), a, b, o)
		if err != nil {
			t.Fatalf("Between at %s: %v", level, err)
		}
		checkVerdict(t, a, b, d, o)
	}
	back, err := diff.Between(t.Context(), b, a, diff.Options{})
	if err != nil {
		t.Fatalf("Between: %v", err)
	}
	if d := gocmp.Diff(sorted(there.Changes, a.Schema.Type()), sorted(mirrored(back.Changes), a.Schema.Type()), cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("not a mirror (-there +back):\n%s\na %s\nb %s", d, a.Schema.Text(), b.Schema.Text())
	}
}

// checkVerdict: there is a breaking change exactly when the check refuses.
func checkVerdict(t fataler, a, b diff.Side, d *diff.Diff, o diff.Options) {
	t.Helper()
	result, err := compat.Check(t.Context(), compat.Request{Level: d.Level, New: b.Schema, Old: []compat.Version{
		{Number: 1, Schema: func() (schema.Schema, error) { return a.Schema, nil }},
	}})
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	breaks := slices.ContainsFunc(d.Changes, func(c diff.Change) bool { return c.Breaking })
	if d.Compatible != result.Compatible || breaks == result.Compatible && a.Schema.Text() != b.Schema.Text() {
		t.Fatalf("at %s: compatible %v, a change breaks: %v, the check: %v\na %s\nb %s\n%+v", d.Level, d.Compatible, breaks, result.Compatible, a.Schema.Text(), b.Schema.Text(), d.Changes)
	}
}

// mirrored are the changes as they look from the other side. Messages differ,
// and so do the rules that are broken, which know a reader and a writer.
func mirrored(list []diff.Change) []diff.Change {
	out := make([]diff.Change, len(list))
	for i, c := range list {
		c.Kind = c.Kind.Mirror()
		c.Before, c.After = c.After, c.Before
		if c.OldPath != "" {
			c.Path, c.OldPath = c.OldPath, c.Path
		}
		out[i] = c
	}
	return out
}

// sorted leaves out what the mirror turns around in other ways: words, the tag
// path of what was renamed. Which change of a JSON Schema breaks is left out too:
// the check goes through references and branches in ways of its own from each
// side, and what it finds may be laid at different doors.
func sorted(list []diff.Change, language schema.Type) []diff.Change {
	out := slices.Clone(list)
	for i := range out {
		c := &out[i]
		c.Message, c.Rules, c.TagPath = "", nil, ""
		if language == schema.JSON {
			c.Breaking = false
		}
		if c.Kind == diff.Incompatible {
			c.Before, c.After = "", ""
		}
	}
	if language == schema.JSON {
		out = slices.DeleteFunc(out, func(c diff.Change) bool { return c.Kind == diff.Incompatible })
	}
	slices.SortFunc(out, func(a, b diff.Change) int {
		return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b))
	})
	return out
}

func parse(t fataler, language schema.Type, text string, deps ...schema.Dependency) schema.Schema {
	t.Helper()
	s, err := parseMaybe(t.Context(), language, text, deps)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

func parseMaybe(ctx context.Context, language schema.Type, text string, deps []schema.Dependency) (schema.Schema, error) {
	source := schema.Source{Type: language, Text: text, Dependencies: deps}
	for _, d := range deps {
		source.References = append(source.References, d.Reference)
	}
	s, err := format.All().Parse(ctx, source, schema.Options{})
	if err != nil {
		return nil, err
	}
	// What is stored is the canonical text.
	source.Text = s.Text()
	return format.All().Parse(ctx, source, schema.Options{Stored: true})
}

func TestLawsOfAvro(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		isSchema := func(text string) bool {
			_, err := parseMaybe(t.Context(), schema.Avro, text, nil)
			return err == nil
		}
		old := avrotest.Text().Draw(t, "old")
		fresh := avrotest.Change(old).Filter(isSchema).Draw(t, "new")
		checkLaws(t, diff.Side{Schema: parse(t, schema.Avro, old)}, diff.Side{Schema: parse(t, schema.Avro, fresh)})
	})
}

// recordedPairs are pairs of schemas that were sent to the real registry.
type recordedPairs struct {
	Format     schema.Type
	Referenced []struct {
		Subject, Schema string
		References      []schema.Reference
	}
	Pairs []struct {
		Old, New      string
		OldReferences []schema.Reference `json:"old_references"`
		NewReferences []schema.Reference `json:"new_references"`
	}
}

func readPairs(t *testing.T, name string) recordedPairs {
	t.Helper()
	var pairs recordedPairs
	recordedtest.Read(t, os.DirFS(filepath.Join("..", "..", "compat", "testdata")), name, &pairs)
	return pairs
}

// mostPairs is about how many pairs of a file are looked at.
const mostPairs = 120

func TestLawsOverRecordedPairs(t *testing.T) {
	for _, name := range []string{"avro-pairs.json.gz", "json-pairs.json.gz", "protobuf-pairs.json.gz"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pairs := readPairs(t, name)
			seen, step := 0, max(1, len(pairs.Pairs)/mostPairs)
			var last schema.Schema
			for i := 0; i < len(pairs.Pairs); i += step {
				p := pairs.Pairs[i]
				if len(p.OldReferences)+len(p.NewReferences) > 0 {
					continue
				}
				a, err := parseMaybe(t.Context(), pairs.Format, p.Old, nil)
				if err != nil {
					continue
				}
				b, err := parseMaybe(t.Context(), pairs.Format, p.New, nil)
				if err != nil {
					continue
				}
				checkLaws(t, diff.Side{Schema: a}, diff.Side{Schema: b})
				if last != nil {
					// Two that have nothing to do with each other.
					checkLaws(t, diff.Side{Schema: last}, diff.Side{Schema: b})
				}
				last = a
				seen++
			}
			if seen < 50 {
				t.Errorf("looked at %d pairs only", seen)
			}
			t.Logf("%d pairs", seen)
		})
	}
}

func TestLawsOfContracts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := parse(t, schema.Avro, `"string"`)
		checkLaws(t, diff.Side{Schema: s, Metadata: drawMetadata(t), Rules: drawRules(t)},
			diff.Side{Schema: s, Metadata: drawMetadata(t), Rules: drawRules(t)})
	})
}

func drawMetadata(t *rapid.T) *registry.Metadata {
	if rapid.Bool().Draw(t, "no metadata") {
		return nil
	}
	name := rapid.SampledFrom([]string{"a", "b", "c"})
	m := &registry.Metadata{Tags: map[string][]string{}, Properties: map[string]*string{}}
	for range rapid.IntRange(0, 3).Draw(t, "patterns") {
		m.Tags["**."+name.Draw(t, "pattern")] = rapid.SliceOfDistinct(name, func(s string) string { return s }).Draw(t, "tags")
	}
	for range rapid.IntRange(0, 3).Draw(t, "properties") {
		value := name.Draw(t, "value")
		m.Properties[name.Draw(t, "name")] = &value
	}
	m.Sensitive = rapid.SliceOfDistinct(name, func(s string) string { return s }).Draw(t, "sensitive")
	return m
}

func drawRules(t *rapid.T) *registry.RuleSet {
	if rapid.Bool().Draw(t, "no rules") {
		return nil
	}
	list := func() []registry.Rule {
		var rules []registry.Rule
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), func(s string) string { return s }).Draw(t, "names") {
			expr := rapid.SampledFrom([]string{"1", "2"}).Draw(t, "expr")
			rules = append(rules, registry.Rule{Name: &name, Kind: "CONDITION", Mode: "WRITE", Expr: &expr})
		}
		return rules
	}
	return &registry.RuleSet{MigrationRules: list(), DomainRules: list(), EncodingRules: list(), EnableAt: rapid.SampledFrom([]string{"", "ALL"}).Draw(t, "at")}
}
