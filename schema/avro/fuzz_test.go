package avro_test

import (
	"errors"
	"testing"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// FuzzParse: any text is refused with faults inside it, or becomes a schema
// whose texts can be read again.
func FuzzParse(f *testing.F) {
	for i, c := range recordedTexts(f) {
		if i%4 == 0 {
			f.Add(c.Schema, i%8 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, text string, strict bool) {
		s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: strict})
		var invalid *schema.InvalidError
		if errors.As(err, &invalid) {
			for _, fault := range invalid.Faults {
				if p := fault.Position; p.Offset < 0 || p.Offset > len(text) {
					t.Errorf("fault outside the text: %+v", fault)
				}
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		normal, err := s.Normalize()
		if err != nil {
			t.Fatalf("Normalize: %v", err)
		}
		for _, printed := range []string{s.Text(), normal.Text()} {
			again, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: printed}, schema.Options{})
			if err != nil {
				t.Fatalf("%q printed as %q: %v", text, printed, err)
			}
			if again.Text() != printed {
				t.Fatalf("%q printed as %q, then as %q", text, printed, again.Text())
			}
		}
		s.Outline()
		s.Tags()
		if s.MemoryBytes() < len(s.Text()) {
			t.Error("less memory than text")
		}
	})
}
