package declare

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// valueOf draws what a document may hold.
func valueOf(depth int) *rapid.Generator[value] {
	return rapid.Custom(func(t *rapid.T) value {
		top := 4
		if depth > 0 {
			top = 6
		}
		switch rapid.IntRange(0, top).Draw(t, "shape") {
		case 0:
			return boolValue(rapid.Bool().Draw(t, "bool"))
		case 1:
			return value{kind: number, text: rapid.StringMatching(`-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number")}
		case 2:
			return textValue(rapid.String().Draw(t, "text"))
		case 3:
			return textValue(rapid.StringMatching(`[-a-z0-9:#'"&*!|>%@{}\[\],?~. \n\t]{0,12}`).Draw(t, "odd"))
		case 4:
			return textValue(rapid.SampledFrom([]string{"", "null", "yes", "~", "1", "1.0", "0x1F", "- a", "a: b", "---", "a\nb\n", " a\nb", "a\n\nb", "\ta\nb", "a\n b\n", "é ü", "\u2028", "\ufeff", "2027-01-01", ".inf", "<<", "a #b", "=", "$.a.b"}).Draw(t, "known"))
		case 5:
			return value{kind: list, list: rapid.SliceOfN(valueOf(depth-1), 0, 4).Draw(t, "list")}
		}
		return objectOf(t, depth-1)
	})
}

func objectOf(t *rapid.T, depth int) value {
	v := value{kind: object}
	for _, name := range rapid.SliceOfNDistinct(rapid.OneOf(rapid.StringMatching(`[a-z.$]{1,8}`), rapid.String(),
		rapid.SampledFrom([]string{"null", "1", "true", "a: b", "<<", "- x", ""})), 1, 4, rapid.ID[string]).Draw(t, "names") {
		v.members = append(v.members, member{name: name, value: valueOf(depth).Draw(t, "value")})
	}
	return v
}

// What is written is read as it was.
func TestWrittenYAMLReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := objectOf(t, 3)
		written := string(appendYAML(nil, want))
		var faults Faults
		got := readValues(File{Text: written}, &faults)
		if len(faults) > 0 || len(got) != 1 {
			t.Fatalf("%q\nreads as %d documents with faults %v", written, len(got), faults)
		}
		if string(got[0].json()) != string(want.json()) {
			t.Fatalf("wrote %s\n%q\nread %s", want.json(), written, got[0].json())
		}
	})
}

func TestParts(t *testing.T) {
	type part struct {
		before int
		text   string
	}
	for text, want := range map[string][]part{
		"":                               {{0, ""}},
		"a: 1":                           {{0, "a: 1"}},
		"---\na: 1\n---\nb: 2\n":         {{0, "---\na: 1\n"}, {2, "---\nb: 2\n"}},
		"a: |\n  ---\n---\r\nb: 2\n":     {{0, "a: |\n  ---\n"}, {2, "---\nb: 2\n"}},
		"# one\na: 1\n--- # two\nb: 2\n": {{0, "# one\na: 1\n"}, {2, "--- # two\nb: 2\n"}},
	} {
		var got []part
		for before, text := range parts(text) {
			got = append(got, part{before, text})
		}
		if len(got) != len(want) {
			t.Errorf("parts(%q) = %v, want %v", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("parts(%q)[%d] = %v, want %v", text, i, got[i], want[i])
			}
		}
	}
}

// The parser must not be asked what would take its stack or its time.
func TestHostileDepth(t *testing.T) {
	for name, text := range map[string]string{
		"flow lists":    "a: " + strings.Repeat("[", 200000),
		"flow mappings": "a: " + strings.Repeat("{a: ", 100000),
		"block lists":   strings.Repeat("- ", 100000) + "a",
		"complex keys":  strings.Repeat("? ", 100000) + "a",
		"mixed":         strings.Repeat("- [", 50000),
	} {
		t.Run(name, func(t *testing.T) {
			var faults Faults
			if got := readValues(File{Text: text}, &faults); len(got) > 0 || len(faults) == 0 {
				t.Errorf("reads as %d documents with faults %v", len(got), faults)
			}
		})
	}
}
