package compat_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

func TestProtobufRecordedPairs(t *testing.T) {
	parser := &protobuf.Parser{}
	runCorpus(t, filepath.Join("testdata", "protobuf-pairs.json.gz"), parser)
	if dir := corpora(); dir != "" {
		runCorpus(t, filepath.Join(dir, "protobuf", "pairs.json"), parser)
	} else {
		t.Log("WEIR_CORPORA: not at hand, only the pairs of the repository ran")
	}
}

// The refusal of a registration lists the messages in one text, so their order
// counts there: it is the recorded one, to the letter.
func TestProtobufRecordedOrder(t *testing.T) {
	var c corpus
	readJSON(t, filepath.Join("testdata", "protobuf-pairs.json.gz"), &c)
	r := runner{t: t, corpus: &c, parser: &protobuf.Parser{}}
	for i := range c.Pairs {
		for level, want := range c.Pairs[i].answers() {
			got := r.check(level, &c.Pairs[i], []string{c.Pairs[i].Old})
			if diff := cmp.Diff(want.Messages, got.Messages); diff != "" {
				t.Errorf("pair %d at %s (-want +got):\n%s", i, level, diff)
			}
		}
	}
}

// upstreamDependency is a text that a case refers to; one without a text is
// bundled.
type upstreamDependency struct{ Name, Dependency string }

// TestProtobufUpstreamCases runs the tables of another project, which the
// repository must not carry: all differences, compatible ones too.
func TestProtobufUpstreamCases(t *testing.T) {
	dir := corpora()
	if dir == "" {
		t.Skip("other projects' tables may not be carried here: WEIR_CORPORA names the folder that has them")
	}
	for _, name := range []string{"diff-schema-examples.json", "diff-schema-examples-with-meta.json"} {
		path := filepath.Join(dir, "protobuf", name)
		var cases []struct {
			Description          string
			Original             string               `json:"original_schema"`
			Update               string               `json:"update_schema"`
			OriginalReferences   []schema.Reference   `json:"original_references"`
			UpdateReferences     []schema.Reference   `json:"update_references"`
			OriginalDependencies []upstreamDependency `json:"original_dependencies"`
			UpdateDependencies   []upstreamDependency `json:"update_dependencies"`
			Changes              []string
			Compatible           bool
		}
		readJSON(t, path, &cases)
		countCases(t, path, len(cases))
		right := 0
		for _, c := range cases {
			result := checkProtobuf(t, compat.Backward,
				upstreamSchema(t, dir, c.Update, c.UpdateReferences, c.UpdateDependencies),
				upstreamSchema(t, dir, c.Original, c.OriginalReferences, c.OriginalDependencies))
			got := protobufChanges(result)
			slices.Sort(c.Changes)
			if diff := cmp.Diff(c.Changes, got); result.Compatible != c.Compatible || diff != "" && len(c.Changes)+len(got) > 0 {
				t.Errorf("%s: %s: compatible %v, want %v\n%s", name, c.Description, result.Compatible, c.Compatible, diff)
				continue
			}
			right++
		}
		t.Logf("%s: %d of %d the same", name, right, len(cases))
	}
}

func upstreamSchema(t *testing.T, dir, text string, references []schema.Reference, dependencies []upstreamDependency) schema.Schema {
	t.Helper()
	if strings.HasSuffix(text, ".proto") {
		raw, err := os.ReadFile(filepath.Join(dir, "protobuf", text))
		if err != nil {
			t.Fatal(err)
		}
		text = string(raw)
	}
	source := schema.Source{Type: schema.Protobuf, Text: text, References: references}
	for _, d := range dependencies {
		if d.Dependency == "" {
			continue
		}
		ref := schema.Reference{Name: d.Name}
		for _, r := range references {
			if r.Name == d.Name {
				ref = r
			}
		}
		source.Dependencies = append(source.Dependencies, schema.Dependency{Reference: ref, Text: d.Dependency, Direct: true})
	}
	return parseProtobufSource(t, source)
}

// protobufChanges gives the differences of a check, sorted.
func protobufChanges(result compat.Result) []string {
	var changes []string
	for _, r := range result.Reports {
		for _, d := range slices.Concat(r.Forward, r.Backward) {
			changes = append(changes, d.Code+" "+d.Path)
		}
	}
	slices.Sort(changes)
	return changes
}

func checkProtobuf(t testing.TB, level compat.Level, fresh, old schema.Schema) compat.Result {
	t.Helper()
	result, err := compat.Check(t.Context(), compat.Request{Level: level, New: fresh, Old: versions(old), Compatible: true})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func parseProtobuf(t testing.TB, text string, dependencies ...schema.Dependency) schema.Schema {
	t.Helper()
	return parseProtobufSource(t, schema.Source{Type: schema.Protobuf, Text: text, Dependencies: dependencies})
}

func parseProtobufSource(t testing.TB, source schema.Source) schema.Schema {
	t.Helper()
	s, err := (&protobuf.Parser{}).Parse(t.Context(), source, schema.Options{New: true})
	if err != nil {
		t.Fatalf("%s: %v", source.Text, err)
	}
	return s
}
