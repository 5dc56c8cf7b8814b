package avro_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// TestRecordedTexts applies the rules of the recordings: accepted or refused,
// the stored and the normalised text character by character; where weir
// differs on purpose the normalised text only has to be there.
func TestRecordedTexts(t *testing.T) {
	texts := recordedTexts(t)
	t.Attr("corpus", fmt.Sprintf("avro/texts.json %d", len(texts)))
	accepted := 0
	for i, c := range texts {
		if c.Status != 200 {
			refuse(t, schema.Source{Text: c.Schema}, schema.Options{New: true})
			continue
		}
		accepted++
		s := parse(t, c.Schema)
		if diff := cmp.Diff(c.Stored, s.Text()); diff != "" {
			t.Errorf("text %d, stored: %s", i, diff)
		}
		normal, err := s.Normalize()
		if err != nil {
			t.Errorf("text %d, Normalize: %v", i, err)
			continue
		}
		if diff := cmp.Diff(c.Normalized, normal.Text()); diff != "" && c.Dev == "" {
			t.Errorf("text %d, normalised: %s", i, diff)
		}
	}
	t.Logf("%d recorded texts, %d of them accepted", len(texts), accepted)
}

// TestRecordedTextsStayReadable parses what is stored and normalised again, in
// both modes. One recorded schema is left out: an alias ".D" of a type with a
// namespace is printed as "D", which is then read as a name in that namespace.
func TestRecordedTextsStayReadable(t *testing.T) {
	for i, c := range recordedTexts(t) {
		if c.Status != 200 || strings.Contains(c.Schema, `".D"`) {
			continue
		}
		s := parse(t, c.Schema)
		again := stored(t, s.Text())
		if again.Text() != s.Text() {
			t.Errorf("text %d: the stored text is read as %s", i, again.Text())
		}
		if !again.Equal(s) || !s.Equal(again) {
			t.Errorf("text %d: the stored text is read as another schema: %s", i, s.Text())
		}
		normal, _ := s.Normalize()
		twice, _ := stored(t, normal.Text()).Normalize()
		if twice.Text() != normal.Text() {
			t.Errorf("text %d: normalised twice: %s, once: %s", i, twice.Text(), normal.Text())
		}
	}
}

func TestLimits(t *testing.T) {
	nested := func(n int) string {
		text := `"int"`
		for range n {
			text = `{"type":"array","items":` + text + `}`
		}
		return text
	}
	parse(t, nested(avro.MaxDepth))
	refuse(t, schema.Source{Text: nested(avro.MaxDepth + 1)}, schema.Options{})
	long := func(n int) string {
		blank := make([]byte, n)
		for i := range blank {
			blank[i] = ' '
		}
		return `"int"` + string(blank)
	}
	parse(t, long(schema.MaxTextBytes-5))
	refuse(t, schema.Source{Text: long(schema.MaxTextBytes - 4)}, schema.Options{})
	dependency := schema.Dependency{Reference: schema.Reference{Name: "n"}, Text: long(schema.MaxTextBytes - 5)}
	refuse(t, schema.Source{
		Text:         long(schema.MaxTextBytes - 5),
		Dependencies: []schema.Dependency{dependency, dependency, dependency, dependency},
	}, schema.Options{})
}

// TestMovedDefinitions: a flat text whose definitions would nest too deeply
// at their first use could not be read again, so it is refused.
func TestMovedDefinitions(t *testing.T) {
	chain := func(n int) string {
		text := `[`
		for i := range n {
			text += `{"type":"record","name":"R` + strconv.Itoa(i) + `","fields":[{"name":"f","type":`
			if i == n-1 {
				text += `"int"`
			} else {
				text += `"R` + strconv.Itoa(i+1) + `"`
			}
			text += `}]},`
		}
		return text[:len(text)-1] + `]`
	}
	parse(t, chain(200))
	refuse(t, schema.Source{Text: chain(400)}, schema.Options{New: true})
}

var _ schema.Parser = avro.Parser{}
