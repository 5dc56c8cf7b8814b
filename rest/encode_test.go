package rest

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// Texts come back as they were sent, and every answer is UTF-8: half of a
// surrogate pair as its escape (registry-api.md 1.6).
func TestAppendText(t *testing.T) {
	for text, want := range map[string]string{
		"":                     `""`,
		"a\"\\\n\x01":          `"a\"\\\n\u0001"`,
		"é\U0001f600\ufffd<":   "\"é\U0001f600\ufffd<\"",
		"t\xed\xa0\xbdt":       `"t\uD83Dt"`,
		"\xed\xb0\x80":         `"\uDC00"`,
		"\xed\xa0\xbdé\xed":    `"\uD83Dé` + "\ufffd\"",
		"\xff\xed\x9f\xbf\xc3": "\"\ufffd\xed\x9f\xbf\ufffd\"",
	} {
		got := appendText([]byte("before"), text)
		if string(got) != "before"+want {
			t.Errorf("appendText(%q) = %s, want %s", text, got[len("before"):], want)
		}
		if !utf8.Valid(got) || !json.Valid(got[len("before"):]) {
			t.Errorf("appendText(%q) = %q is no JSON", text, got)
		}
	}
}

func FuzzAppendText(f *testing.F) {
	f.Add("t\xed\xa0\xbdt")
	f.Add("\\\xed\xb0\x80\x00")
	f.Fuzz(func(t *testing.T, text string) {
		got := appendText(nil, text)
		var back string
		if err := json.Unmarshal(got, &back); err != nil || !utf8.Valid(got) {
			t.Fatalf("appendText(%q) = %q: %v", text, got, err)
		}
		if utf8.ValidString(text) && back != text {
			t.Errorf("%q came back as %q", text, back)
		}
	})
}
