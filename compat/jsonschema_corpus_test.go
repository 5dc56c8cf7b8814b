package compat_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

func TestJSONRecordedPairs(t *testing.T) {
	runCorpus(t, filepath.Join("testdata", "json-pairs.json.gz"), jsonschema.Parser{})
	if dir := corpora(); dir != "" {
		runCorpus(t, filepath.Join(dir, "json", "pairs.json"), jsonschema.Parser{})
		runCorpus(t, filepath.Join(dir, "json", "pairs-unevaluated.json"), jsonschema.Parser{})
	} else {
		t.Log("WEIR_CORPORA: not at hand, only the pairs of the repository ran")
	}
}

// TestJSONUpstreamCases runs the tables of another project, which the
// repository must not carry: all differences, compatible ones too.
func TestJSONUpstreamCases(t *testing.T) {
	dir := corpora()
	if dir == "" {
		t.Skip("other projects' tables may not be carried here: WEIR_CORPORA names the folder that has them")
	}
	for _, name := range []string{
		"diff-schema-examples.json", "diff-schema-examples-2020-12.json",
		"diff-combined-schema-examples.json", "diff-combined-schema-examples-2020-12.json",
	} {
		path := filepath.Join(dir, "json", name)
		var cases []struct {
			Description string
			Original    json.RawMessage `json:"original_schema"`
			Update      json.RawMessage `json:"update_schema"`
			Changes     []string
			Compatible  bool
			Lenient     *bool `json:"compatible_lenient"`
		}
		readJSON(t, path, &cases)
		countCases(t, path, len(cases))
		right := 0
		for _, c := range cases {
			original, update := parseJSON(t, string(c.Original)), parseJSON(t, string(c.Update))
			got, compatible := jsonChanges(t, compat.Strict, original, update)
			slices.Sort(c.Changes)
			if diff := cmp.Diff(c.Changes, got); compatible != c.Compatible || diff != "" && len(c.Changes)+len(got) > 0 {
				t.Errorf("%s: %s: compatible %v, want %v\n%s\n%s\n%s", name, c.Description, compatible, c.Compatible, diff, c.Original, c.Update)
				continue
			}
			lenient := c.Compatible
			if c.Lenient != nil {
				lenient = *c.Lenient
			}
			if _, compatible := jsonChanges(t, compat.Lenient, original, update); compatible != lenient {
				t.Errorf("%s: %s: LENIENT compatible %v, want %v", name, c.Description, compatible, lenient)
				continue
			}
			right++
		}
		t.Logf("%s: %d of %d the same", name, right, len(cases))
	}
}

// jsonChanges gives all differences of two schemas, sorted, and the verdict.
func jsonChanges(t testing.TB, policy compat.Policy, original, update schema.Schema) ([]string, bool) {
	t.Helper()
	result := checkAll(t, policy, original, update)
	var changes []string
	for _, r := range result.Reports {
		for _, d := range r.Backward {
			changes = append(changes, d.Code+" "+d.Path)
		}
	}
	slices.Sort(changes)
	return changes, result.Compatible
}

// parseJSON reads a schema as one that is stored.
func parseJSON(t testing.TB, text string) schema.Schema {
	t.Helper()
	s, err := jsonschema.Parser{}.Parse(t.Context(), schema.Source{Type: schema.JSON, Text: text}, schema.Options{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

// checkAll asks whether update can read original, for every difference.
func checkAll(t testing.TB, policy compat.Policy, original, update schema.Schema) compat.Result {
	t.Helper()
	result, err := compat.Check(t.Context(), compat.Request{
		Level: compat.Backward, Policy: policy, New: update, Compatible: true,
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return original, nil }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}
