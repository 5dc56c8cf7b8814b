package jsonschema

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// drawValue draws JSON text with blanks, escapes and odd numbers in it.
func drawValue(t *rapid.T, depth int) string {
	blank := rapid.SampledFrom([]string{"", "", " ", "\n", "\t "}).Draw(t, "blank")
	kinds := 4
	if depth > 0 {
		kinds = 6
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return blank + rapid.SampledFrom([]string{"true", "false", "null", "NaN", "-Infinity"}).Draw(t, "word")
	case 1, 2:
		return blank + rapid.StringMatching(`-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,12})?([eE][-+]?[0-9]{1,3})?`).Draw(t, "number")
	case 3:
		return blank + drawString(t)
	case 4:
		items := make([]string, rapid.IntRange(0, 3).Draw(t, "items"))
		for i := range items {
			items[i] = drawValue(t, depth-1)
		}
		return "[" + strings.Join(items, ",") + blank + "]"
	}
	members := make([]string, rapid.IntRange(0, 4).Draw(t, "members"))
	for i := range members {
		members[i] = blank + drawString(t) + blank + ":" + drawValue(t, depth-1)
	}
	return "{" + strings.Join(members, ",") + "}"
}

func drawString(t *rapid.T) string {
	return `"` + strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "b", "ü", "😀", `\n`, `\u0000`, `\u00e9`, `\ud83d\ude00`, `\ud83d`, `\\`, `\"`, "/", "$",
	}), 0, 4).Draw(t, "letters"), "") + `"`
}

// TestTextLaws holds that the canonical and the normal text are fixed points,
// and that reading them again gives an equal tree of values.
func TestTextLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := `{"x":` + drawValue(t, 4) + "}"
		s, err := parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !utf8.ValidString(s.Text()) {
			t.Errorf("text of %q is not UTF-8: %q", text, s.Text())
		}
		again, err := parse(s.Text())
		if err != nil || again.Text() != s.Text() {
			t.Errorf("text %s read again: %v", s.Text(), err)
		}
		normal, err := s.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		twice, err := normal.Normalize()
		if err != nil || twice.Text() != normal.Text() {
			t.Errorf("normal text %s of %s is not a fixed point: %v", normal.Text(), text, err)
		}
		fromText, err := again.Normalize()
		if err != nil || fromText.Text() != normal.Text() {
			t.Errorf("normal text of %s and of its canonical text differ: %v", text, err)
		}
	})
}

// TestRetagLaw holds that taking tags away again gives the text as it was.
func TestRetagLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Not every value is a schema.
		text := rapid.Custom(func(t *rapid.T) string {
			return `{"type":"object","properties":{"a":` + drawValue(t, 1) + `,"b":{"items":{"properties":{"c":{}}}}}}`
		}).Filter(func(text string) bool {
			_, err := parse(text)
			return err == nil
		}).Draw(t, "schema")
		s, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		path := rapid.SampledFrom([]string{"object", "object.b", "object.b.array.object", "object.b.array.object.c"}).Draw(t, "path")
		change := []schema.EntityTags{{Path: path, Tags: []string{"T", "U"}}}
		tagged, err := s.Retag(schema.TagChange{Add: change})
		if err != nil {
			t.Fatal(err)
		}
		more, err := parse(tagged)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := more.Retag(schema.TagChange{Remove: change}); err != nil || back != s.Text() {
			t.Errorf("%s tagged and untagged is %s, %v", s.Text(), back, err)
		}
	})
}

// FuzzParse holds that no text breaks the parser, that every fault has a place
// in the text, and that what is accepted can be stored and read again.
func FuzzParse(f *testing.F) {
	for _, c := range recordedtest.Texts(f, os.DirFS("testdata"))[:120] {
		f.Add(c.Schema)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse(text)
		if err != nil {
			return
		}
		again, err := parse(s.Text())
		if err != nil || again.Text() != s.Text() {
			t.Errorf("text %q of %q read again: %v", s.Text(), text, err)
		}
		if _, err := s.Normalize(); err != nil {
			t.Errorf("%q has no normal form: %v", text, err)
		}
		s.Outline()
		tags := s.Tags()
		if _, err := s.Retag(schema.TagChange{Add: tags}); err != nil {
			t.Errorf("%q: its own tags: %v", text, err)
		}
	})
}

// FuzzPattern holds that no pattern breaks the checker, and that what is
// accepted can be searched with.
func FuzzPattern(f *testing.F) {
	for _, p := range []string{`^[a-z&&[^aeiou]]+$`, `(?<n>a)\k<n>`, `(?<=a)b`, `\p{IsLatin}\Q*\E`, `(?x) a{2,3}+ # c`} {
		f.Add(p, "abc")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if len(pattern) > 200 || len(name) > 200 {
			return
		}
		if p, err := parsePattern(pattern); err == nil {
			p.Find(name)
		}
	})
}
