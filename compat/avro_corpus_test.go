package compat_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

func TestAvroRecordedPairs(t *testing.T) {
	runCorpus(t, filepath.Join("testdata", "avro-pairs.json.gz"), avro.Parser{})
	if dir := corpora(); dir != "" {
		runCorpus(t, filepath.Join(dir, "avro", "pairs.json"), avro.Parser{})
	} else {
		t.Log("WEIR_CORPORA: not at hand, only the pairs of the repository ran")
	}
}

// TestAvroUpstreamCases runs the tables of other projects, which the
// repository must not carry.
func TestAvroUpstreamCases(t *testing.T) {
	dir := corpora()
	if dir == "" {
		t.Skip("other projects' tables may not be carried here: WEIR_CORPORA names the folder that has them")
	}
	type incompatibility struct {
		Type, Location, Message string
	}
	var cases []struct {
		ID, Description   string
		Reader, Writer    json.RawMessage
		Compatible        bool
		Incompatibilities []incompatibility
		Error             string
	}
	readJSON(t, filepath.Join(dir, "avro", "avro-compatibility.json"), &cases)
	countCases(t, filepath.Join("avro", "avro-compatibility.json"), len(cases))
	right := 0
	for _, c := range cases {
		reader, writer := parseAvro(t, string(c.Reader)), parseAvro(t, string(c.Writer))
		result, err := compat.Check(t.Context(), compat.Request{
			Level: compat.Backward, New: reader,
			Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return writer, nil }}},
		})
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		got := []incompatibility{}
		fault := ""
		for _, r := range result.Reports {
			fault += r.BackwardFault
			for _, d := range r.Backward {
				got = append(got, incompatibility{d.Code, d.Path, d.Info})
			}
		}
		if result.Compatible != c.Compatible || (fault != "") != (c.Error != "") {
			t.Errorf("%s %s: compatible %v, fault %q, want %v, %q", c.ID, c.Description, result.Compatible, fault, c.Compatible, c.Error)
			continue
		}
		if diff := cmp.Diff(c.Incompatibilities, got); diff != "" && c.Error == "" {
			t.Errorf("%s %s: %s", c.ID, c.Description, diff)
			continue
		}
		right++
	}
	t.Logf("avro-compatibility.json: %d of %d the same", right, len(cases))
}

// parseAvro reads a schema as one that is stored.
func parseAvro(t testing.TB, text string) *avro.Schema {
	t.Helper()
	s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s.(*avro.Schema)
}
