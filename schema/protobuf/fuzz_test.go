package protobuf

import (
	"errors"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// FuzzParse feeds texts of any kind to the parser: it answers faults with
// places, or a schema whose canonical text reads as itself.
func FuzzParse(f *testing.F) {
	var file struct{ Texts []recordedText }
	loadInto(f, "testdata/texts.json.gz", &file)
	for i, c := range file.Texts {
		if i%8 == 0 {
			f.Add(c.Schema)
		}
	}
	p := &Parser{}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: text}, schema.Options{New: true, ValidateFields: len(text)%2 == 0})
		if err != nil {
			var invalid *schema.InvalidError
			if !errors.As(err, &invalid) || len(invalid.Faults) == 0 || len(invalid.Faults) > maxFaults {
				t.Fatalf("Parse(%q) = %v", text, err)
			}
			return
		}
		again, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: s.Text()}, schema.Options{Stored: true})
		if err != nil {
			t.Fatalf("canonical text %q of %q: %v", s.Text(), text, err)
		}
		n, err := s.Normalize()
		if err != nil {
			t.Fatalf("Normalize(%q): %v", text, err)
		}
		if again.Text() != s.Text() && !s.(*Schema).doubtful {
			t.Fatalf("canonical text %q of %q reads as %q", s.Text(), text, again.Text())
		}
		_ = n.Outline()
		_ = n.Tags()
		for _, format := range []string{"serialized", "ignore_extensions"} {
			_, _ = s.Render(format)
		}
	})
}
