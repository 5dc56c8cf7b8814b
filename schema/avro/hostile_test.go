package avro_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// list repeats a text with numbers, with commas between.
func list(n int, format string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestHostileTexts: a text of up to a megabyte is read or refused in a second
// or two, however it is made.
func TestHostileTexts(t *testing.T) {
	record := func(fields string) string { return `{"type":"record","name":"R","fields":[` + fields + `]}` }
	nestedDefaults := ""
	for i := range 40 {
		of := `"int","default":0`
		if i > 0 {
			of = fmt.Sprintf(`"D%d","default":{}`, i-1)
		}
		nestedDefaults += fmt.Sprintf(`,{"name":"d%d","type":{"type":"array","items":{"type":"record","name":"D%d","fields":[{"name":"a","type":%s},{"name":"b","type":%s}]}}}`, i, i, of, of)
	}
	for _, c := range []struct{ name, text string }{
		{"symbols", `{"type":"enum","name":"E","symbols":[` + list(90_000, `"S%d"`) + `]}`},
		{"aliases", `{"type":"record","name":"R","fields":[],"aliases":[` + list(90_000, `"A%d"`) + `]}`},
		{"aliases of a field", record(`{"name":"f","type":"int","aliases":[` + list(90_000, `"a%d"`) + `]}`)},
		{"fields", record(list(25_000, `{"name":"field%d","type":"int"}`))},
		{"one field many times", record(strings.Repeat(`{"name":"f","type":"int"},`, 30_000) + `{"name":"g","type":"int"}`)},
		{"properties", `{"type":"int",` + list(80_000, `"p%d":1`) + `}`},
		{"a key many times", `{` + strings.Repeat(`"type":"int",`, 70_000) + `"type":"long"}`},
		{"branches", `[` + list(15_000, `{"type":"fixed","name":"F%d","size":1}`) + `]`},
		{"branches that are defined later", `[{"type":"array","items":[` + list(12_000, `"F%d"`) + `]},` + list(12_000, `{"type":"fixed","name":"F%d","size":1}`) + `]`},
		{"names that are not defined", `[` + list(90_000, `"F%d"`) + `]`},
		{"a definition many times", `[` + record(list(9_000, `{"name":"f%d","type":"int"}`)) + `,` +
			list(9_000, `{"type":"array","items":{"type":"record","name":"R","fields":[],"p":%d}}`) + `]`},
		{"defaults of defaults", record(nestedDefaults[1:] + `,{"name":"z","type":"D39","default":{}}`)},
		{"members of a default", record(list(9_000, `{"name":"f%d","type":"int","default":0}`) + `,{"name":"z","type":{"type":"map","values":"int"},"default":{` + list(30_000, `"k%d":1`) + `}}`)},
		{"an open bracket", strings.Repeat("[", schema.MaxTextBytes)},
		{"open objects", strings.Repeat(`{"type":`, 120_000)},
		{"an open comment", "/*" + strings.Repeat("x", 1_000_000)},
		{"comments", strings.Repeat("/**/", 250_000) + `"int"`},
		{"a long name", `{"type":"record","name":"` + strings.Repeat("a.", 400_000) + `R","fields":[]}`},
		{"digits", `{"type":"int","p":` + strings.Repeat("9", 1_000_000) + `}`},
		{"digits behind a point", `{"type":"int","p":0.` + strings.Repeat("9", 1_000_000) + `}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if len(c.text) > schema.MaxTextBytes {
				t.Fatalf("%d bytes", len(c.text))
			}
			start := time.Now()
			s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: c.text}, schema.Options{New: true})
			if err == nil {
				if _, err = s.Normalize(); err != nil {
					t.Error(err)
				}
				s.Outline()
				s.MemoryBytes()
				if !s.Equal(s) {
					t.Error("not equal to itself")
				}
			}
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("took %v: %.200v", took, err)
			}
		})
	}
}
