package avro_test

import (
	"errors"
	"os"
	"testing"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// parse reads a text for a new schema, stored one that is stored.
func parse(t testing.TB, text string) *avro.Schema {
	t.Helper()
	return mustParse(t, schema.Source{Text: text}, schema.Options{New: true})
}

func stored(t testing.TB, text string) *avro.Schema {
	t.Helper()
	return mustParse(t, schema.Source{Text: text}, schema.Options{})
}

func mustParse(t testing.TB, source schema.Source, options schema.Options) *avro.Schema {
	t.Helper()
	source.Type = schema.Avro
	s, err := avro.Parser{}.Parse(t.Context(), source, options)
	if err != nil {
		t.Fatalf("Parse(%s): %v", source.Text, err)
	}
	return s.(*avro.Schema)
}

// refuse reads a text that has to be refused and gives its faults.
func refuse(t testing.TB, source schema.Source, options schema.Options) []schema.Fault {
	t.Helper()
	source.Type = schema.Avro
	s, err := avro.Parser{}.Parse(t.Context(), source, options)
	var invalid *schema.InvalidError
	if !errors.As(err, &invalid) {
		t.Errorf("Parse(%s) = %v, %v, want an InvalidError", source.Text, s, err)
		return nil
	}
	if invalid.Type != schema.Avro || invalid.Stage != schema.StageParse || len(invalid.Faults) == 0 {
		t.Errorf("Parse(%s): %+v", source.Text, invalid)
	}
	return invalid.Faults
}

// recordedTexts are what was recorded of single schemas.
func recordedTexts(t testing.TB) []recordedtest.Text {
	t.Helper()
	return recordedtest.Texts(t, os.DirFS("testdata"))
}
