package protobuf

import (
	"encoding/base64"
	"errors"
	"os"
	"testing"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// FuzzParse feeds texts of any kind to the parser: it answers faults with
// places, or a schema whose canonical text reads as itself.
func FuzzParse(f *testing.F) {
	for i, c := range recordedtest.Texts(f, os.DirFS("testdata")) {
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

// FuzzDescriptor feeds bytes as descriptors: what is accepted can be written
// as text and read back from it.
func FuzzDescriptor(f *testing.F) {
	for _, c := range recordedtest.Texts(f, os.DirFS("testdata")) {
		if raw, err := base64.StdEncoding.DecodeString(c.Schema); err == nil && c.Status == 200 && len(raw) > 0 {
			f.Add(raw)
		}
	}
	p := &Parser{}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text := base64.StdEncoding.EncodeToString(raw)
		s, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: text}, schema.Options{New: true})
		if err != nil {
			return
		}
		again, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: s.Text()}, schema.Options{Stored: true})
		if err != nil || again.Text() != s.Text() && !s.(*Schema).doubtful {
			t.Fatalf("%q of %q: %v", s.Text(), text, err)
		}
		if _, err := s.Normalize(); err != nil {
			t.Fatalf("Normalize(%q): %v", text, err)
		}
	})
}
