package registry

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// What is escaped is JSON, means the text, and comes back byte by byte.
func TestJSONTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		escaped := appendJSONText(nil, text)
		if got := textOfJSON(escaped); got != text {
			t.Fatalf("textOfJSON(%q) = %q, want %q", escaped, got, text)
		}
		var decoded string
		if err := json.Unmarshal([]byte(`"`+string(escaped)+`"`), &decoded); err != nil {
			t.Fatalf("%q is not the inside of a JSON string: %v", escaped, err)
		}
		if utf8.ValidString(text) && decoded != text {
			t.Fatalf("decoded = %q, want %q", decoded, text)
		}
	})
}

func TestJSONTextOfHalfAPair(t *testing.T) {
	text := "a\xed\xa0\xbdb"
	if got, want := string(appendJSONText(nil, text)), `a\ud83db`; got != want {
		t.Errorf("appendJSONText = %s, want %s", got, want)
	}
	if got := textOfJSON([]byte(`a\ud83db`)); got != text {
		t.Errorf("textOfJSON = %q, want %q", got, text)
	}
}

func BenchmarkAppendJSONText(b *testing.B) {
	text := strings.Repeat(orderText, 20)
	b.SetBytes(int64(len(text)))
	var buf []byte
	for b.Loop() {
		buf = appendJSONText(buf[:0], text)
	}
}
