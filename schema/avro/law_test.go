package avro_test

import (
	"strings"
	"testing"

	hamba "github.com/hamba/avro/v2"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/avro/avrotest"
)

// draw draws a schema that is accepted as new.
func draw(t *rapid.T) *avro.Schema {
	text := avrotest.Text().Draw(t, "schema")
	s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: true})
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return s.(*avro.Schema)
}

func reread(t *rapid.T, text string) schema.Schema {
	s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: true})
	if err != nil {
		t.Fatalf("Parse(%s): %v", text, err)
	}
	return s
}

// TestCanonicalTextIsFixedPoint: the canonical text is read as an equal tree
// with the same canonical text. (The law does not hold for an alias that
// begins with a point in a type with a namespace: it loses the point, on the
// wire too. No schema that is drawn here has one.)
func TestCanonicalTextIsFixedPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		again := reread(t, s.Text())
		if again.Text() != s.Text() {
			t.Fatalf("%s is read as %s", s.Text(), again.Text())
		}
		if !s.Equal(again) || !again.Equal(s) {
			t.Fatalf("%s is read as another schema", s.Text())
		}
	})
}

func TestNormalTextIsFixedPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		normal, err := s.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		twice, err := normal.Normalize()
		if err != nil || twice.Text() != normal.Text() {
			t.Fatalf("normalised %s, then %s, %v", normal.Text(), twice.Text(), err)
		}
		fromText, err := reread(t, normal.Text()).Normalize()
		if err != nil || fromText.Text() != normal.Text() || !fromText.Equal(normal) {
			t.Fatalf("normalised %s, read again %s, %v", normal.Text(), fromText.Text(), err)
		}
	})
}

// TestRetagIsUndone: tags that were added and are removed leave the text as it
// was.
func TestRetagIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(t)
		var all []schema.EntityTags
		for _, r := range s.Outline().Records {
			if r.Kind == "record" {
				all = append(all, schema.EntityTags{Path: r.TagPath, Kind: schema.RecordEntity, Tags: []string{"NEW"}})
			}
			for _, f := range r.Fields {
				all = append(all, schema.EntityTags{Path: f.TagPath, Kind: schema.FieldEntity, Tags: []string{"NEW"}})
			}
		}
		tagged, err := s.Retag(schema.TagChange{Add: all})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(tagged, `"NEW"`); got != len(all) {
			t.Fatalf("%d tags in %s, want %d", got, tagged, len(all))
		}
		back, err := reread(t, tagged).Retag(schema.TagChange{Remove: all})
		if err != nil || back != s.Text() {
			t.Fatalf("%s became %s, %v", s.Text(), back, err)
		}
	})
}

// TestHambaReadsCanonicalText: another implementation reads what we print, and
// finds the same names. It does not find a type without namespace from inside
// a namespace, as the wire does; such texts are left out.
func TestHambaReadsCanonicalText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := reread(t, avrotest.Text().Filter(func(text string) bool {
			_, err := hamba.ParseWithCache(reread(t, text).Text(), "", &hamba.SchemaCache{})
			return err == nil || !strings.HasPrefix(err.Error(), "avro: unknown type: T")
		}).Draw(t, "schema")).(*avro.Schema)
		other, err := hamba.ParseWithCache(s.Text(), "", &hamba.SchemaCache{})
		if err != nil {
			t.Fatalf("hamba on %s: %v", s.Text(), err)
		}
		if named, ok := other.(hamba.NamedSchema); ok && named.FullName() != s.Root().FullName() {
			t.Fatalf("hamba calls it %s, we %s", named.FullName(), s.Root().FullName())
		}
	})
}
