package escape

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// texts are strings with many characters that are escaped, long enough for
// blocks and what is left behind them.
func texts() *rapid.Generator[string] {
	few := rapid.StringOfN(rapid.SampledFrom([]rune("\"\\ab{},: \x1f\x7f\n\té€😀")), 0, 100, -1)
	return rapid.OneOf(rapid.String(), few, rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 100), func(b []byte) string { return string(b) }))
}

// What is escaped is JSON, means the text, and comes back byte by byte.
func TestTextComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		escaped := Append([]byte("before"), text)[len("before"):]
		var decoded string
		if err := json.Unmarshal([]byte(`"`+string(escaped)+`"`), &decoded); err != nil {
			t.Fatalf("%q is not the inside of a JSON string: %v", escaped, err)
		}
		if !utf8.ValidString(text) {
			return
		}
		if got := Text(escaped); got != text {
			t.Fatalf("Text(%q) = %q, want %q", escaped, got, text)
		}
		if decoded != text {
			t.Fatalf("decoded = %q, want %q", decoded, text)
		}
	})
}

// Vectors do what the Go beside them says.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		got, want := make([]byte, 2*len(text)+spare), make([]byte, 2*len(text))
		read, wrote := spread(got, text)
		wantRead, wantWrote := spreadPlain(want, text)
		if read != wantRead || string(got[:wrote]) != string(want[:wantWrote]) {
			t.Fatalf("spread(%q) = %d, %q, want %d, %q", text, read, got[:wrote], wantRead, want[:wantWrote])
		}
	})
}

func TestHalfAPair(t *testing.T) {
	text := "a\xed\xa0\xbdb"
	if got, want := string(Append(nil, text)), `a\ud83db`; got != want {
		t.Errorf("Append = %s, want %s", got, want)
	}
	if got := Text([]byte(`a\ud83db`)); got != text {
		t.Errorf("Text = %q, want %q", got, text)
	}
}

func FuzzAppend(f *testing.F) {
	f.Add(`{"type":"record","name":"Order","doc":"a \"good\" one\n"}`)
	f.Add("a\xed\xa0\xbdb\xff€")
	f.Fuzz(func(t *testing.T, text string) {
		escaped := Append(nil, text)
		var decoded string
		if err := json.Unmarshal([]byte(`"`+string(escaped)+`"`), &decoded); err != nil {
			t.Fatalf("%q is not the inside of a JSON string: %v", escaped, err)
		}
		if utf8.ValidString(text) && (decoded != text || Text(escaped) != text) {
			t.Fatalf("%q came back as %q and %q", text, decoded, Text(escaped))
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	text := `{"type":"record","name":"Order","fields":[` + strings.Repeat(`{"name":"id","type":["null","string"],"default":null},`, 25) + `]}`
	b.SetBytes(int64(len(text)))
	var buf []byte
	for b.Loop() {
		buf = Append(buf[:0], text)
	}
}
