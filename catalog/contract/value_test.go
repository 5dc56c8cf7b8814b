package contract

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawValue draws a document.
func drawValue(t *rapid.T, depth int) *value {
	most := 5
	if depth == 0 {
		most = 3
	}
	switch kind(rapid.IntRange(0, most).Draw(t, "kind")) {
	case null:
		return &value{kind: null}
	case boolean:
		return &value{kind: boolean, text: rapid.SampledFrom([]string{"true", "false"}).Draw(t, "boolean")}
	case number:
		return &value{kind: number, text: rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number")}
	case text:
		return newText(drawText(t))
	case list:
		v := &value{kind: list}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			v.items = append(v.items, drawValue(t, depth-1))
		}
		return v
	}
	v := &value{kind: object}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		v.set(drawText(t), drawValue(t, depth-1))
	}
	return v
}

func drawText(t *rapid.T) string {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[a-z :#\-\n\t"'|>*&!%@,\[\]{}?0-9.~=<]{0,12}`),
		rapid.SampledFrom([]string{"yes", "null", "~", "1.0", "0x1f", "1_000", "2022-05-12", "a: b", "- a", "# a", " a", "a ", "a\n", "\na", "a\n\nb", "a\n b", "<<", "=", "...", "---", "\u2028", "\u0085", "é", ".inf", "0o7", "012"}),
	).Draw(t, "text")
}

// Law: what is written is read back, in YAML and in JSON.
func TestWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := &value{kind: list}
		for range 4 {
			v.items = append(v.items, drawValue(t, 4))
		}
		want, err := v.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseYAML(string(v.yaml()))
		if err != nil {
			t.Fatalf("%s\n%s\n%v", want, v.yaml(), err)
		}
		got, err := back.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Fatalf("%s\n%s", v.yaml(), d)
		}
		if !json.Valid(want) {
			t.Fatalf("no JSON: %s", want)
		}
	})
}
