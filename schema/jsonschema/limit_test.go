package jsonschema

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// TestLimits holds the limits of validation.md 9, and that what they refuse is
// refused at once.
func TestLimits(t *testing.T) {
	nested := func(n int) string { return strings.Repeat(`{"not":`, n) + "{}" + strings.Repeat("}", n) }
	doubled := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"$ref":"#/definitions/t0","definitions":{`)
		for i := range n {
			fmt.Fprintf(&b, `"t%d":{"allOf":[{"$ref":"#/definitions/t%d"},{"$ref":"#/definitions/t%d"}]},`, i, i+1, i+1)
		}
		fmt.Fprintf(&b, `"t%d":{}}}`, n)
		return b.String()
	}
	mutual := func(n int) string {
		var b strings.Builder
		b.WriteString(`{"definitions":{`)
		for i := range n {
			fmt.Fprintf(&b, `"t%d":{"properties":{`, i)
			for j := range n {
				fmt.Fprintf(&b, `"p%d":{"$ref":"#/definitions/t%d"},`, j, j)
			}
			b.WriteString(`"z":{}}},`)
		}
		b.WriteString(`"z":{}},"$ref":"#/definitions/t0"}`)
		return b.String()
	}
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"depth 500":              {nested(499), true},
		"depth 501":              {nested(500), false},
		"depth of brackets":      {strings.Repeat("[", 1<<19), false},
		"brackets in a string":   {`{"title":"` + strings.Repeat("[", 600) + `"}`, true},
		"1 MiB":                  {`{"title":"` + strings.Repeat("x", schema.MaxTextBytes-12) + `"}`, true},
		"more than 1 MiB":        {`{"title":"` + strings.Repeat("x", schema.MaxTextBytes-11) + `"}`, false},
		"doubling references":    {doubled(20), false},
		"a few of them":          {doubled(10), true},
		"types that use another": {mutual(40), true},
		"pattern of 4 KiB":       {`{"pattern":"` + strings.Repeat("x", 4096) + `"}`, true},
		"pattern beyond":         {`{"pattern":"` + strings.Repeat("x", 4097) + `"}`, false},
		"symbols":                {`{"enum":[` + strings.Repeat("1,", 99_999) + `1]}`, true},
		"more symbols":           {`{"enum":[` + strings.Repeat("1,", 100_000) + `1]}`, false},
	} {
		for _, head := range []string{"", `{"$schema":"https://json-schema.org/draft/2020-12/schema",`} {
			text := c.text
			if head != "" {
				if name == "1 MiB" || !strings.HasPrefix(text, "{") {
					continue
				}
				text = head + text[1:]
			}
			_, err := parse(text)
			if (err == nil) != c.ok {
				t.Errorf("%s: %v", name, err)
			}
			var invalid *schema.InvalidError
			if err != nil && !errors.As(err, &invalid) {
				t.Errorf("%s: %T", name, err)
			}
		}
	}
}

// TestClosureLimit holds that a text and what it refers to are bounded
// together.
func TestClosureLimit(t *testing.T) {
	big := `{"title":"` + strings.Repeat("x", 1<<20-100) + `"}`
	if _, err := withReferences(t, `{}`, "a", big, "b", big, "c", big); err != nil {
		t.Errorf("3 MiB: %v", err)
	}
	if _, err := withReferences(t, `{}`, "a", big, "b", big, "c", big, "d", big, "e", big); err == nil {
		t.Error("5 MiB are accepted")
	}
}

// TestManyTargets holds that references to many places of one text do not make
// a tree without end.
func TestManyTargets(t *testing.T) {
	var refs []string
	pointer := "#"
	for range 240 {
		pointer += "/not"
		refs = append(refs, `{"$ref":"`+pointer+`"}`)
	}
	leaves := strings.TrimSuffix(strings.Repeat("true,", 40_000), ",")
	text := strings.Repeat(`{"not":`, 240) + `{"allOf":[` + leaves + `]}` + strings.Repeat("}", 239) + `,"anyOf":[` + strings.Join(refs, ",") + "]}"
	for _, head := range []string{"{", `{"$schema":"https://json-schema.org/draft/2020-12/schema",`} {
		if _, err := parse(head + text[1:]); err == nil || !strings.Contains(err.Error(), "lead to more than") {
			t.Errorf("a tree of millions of schemas: %v", err)
		}
	}
}

// TestDeepOutline holds that the paths of a deep schema with many fields are
// bounded.
func TestDeepOutline(t *testing.T) {
	var fields strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&fields, `"f%d":{},`, i)
	}
	text := strings.Repeat(`{"properties":{"nested":`, 240) + `{"properties":{` + fields.String() + `"z":{}}}` + strings.Repeat("}}", 240)
	s := mustParse(t, text)
	total := 0
	for _, r := range s.Outline().Records {
		for _, f := range r.Fields {
			total += len(f.TagPath)
		}
	}
	if total == 0 || total > 2*maxPathBytes {
		t.Errorf("the paths have %d bytes", total)
	}
}

// TestAllFaults holds that every fault is told, in the order of the text.
func TestAllFaults(t *testing.T) {
	for _, head := range []string{"", `"$schema":"https://json-schema.org/draft/2020-12/schema",`} {
		_, err := parse("{" + head + "\n\"type\":\"objekt\",\n\"properties\":{\"ü\":{\"pattern\":\"[\"},\n \"b\":{\"$ref\":\"#/nowhere/x\",\"minLength\":\"1\"}},\n\"title\":7}")
		var invalid *schema.InvalidError
		if !errors.As(err, &invalid) || invalid.Stage != schema.StageValidate {
			t.Fatalf("Parse = %v", err)
		}
		var places []string
		for _, f := range invalid.Faults {
			places = append(places, f.Position.String()+" "+f.Path)
		}
		want := []string{
			"line 2, column 8 #/type", "line 3, column 30 #/properties/ü/pattern", "line 4, column 14 #/properties/b/$ref",
			"line 4, column 40 #/properties/b/minLength", "line 5, column 9 #/title",
		}
		if head == "" {
			// Beside a $ref drafts 4 to 7 read nothing.
			want = append(want[:3:3], want[4])
		}
		if diff := cmp.Diff(want, places); diff != "" {
			t.Errorf("%s: %v", diff, err)
		}
	}
}

// TestValidateFields holds what the setting validateFields refuses.
func TestValidateFields(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"properties":{"$$a":{}}}`:                               false,
		`{"properties":{"$a":{}}}`:                                true,
		`{"properties":{"a":{"properties":{"$$b":{}}}}}`:          true,
		`{"allOf":[{"properties":{"$$b":{}}}]}`:                   true,
		`{"patternProperties":{"$$":{}}}`:                         true,
		`{"$defs":{"a":{"properties":{"$$b":{}}}},"type":"null"}`: true,
	} {
		_, err := Parser{}.Parse(t.Context(), schema.Source{Type: schema.JSON, Text: text}, schema.Options{New: true, ValidateFields: true})
		if (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
		if _, err := parse(text); err != nil {
			t.Errorf("%s without the setting: %v", text, err)
		}
	}
}
