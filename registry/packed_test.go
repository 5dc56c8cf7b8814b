package registry

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// What is packed comes back byte by byte, behind what is there, in either form.
func TestPackedComesBack(t *testing.T) {
	few, many := &blocks{}, &blocks{kept: packFrom}
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SliceOf(rapid.Byte()).Draw(t, "piece")
		data := bytes.Repeat(piece, rapid.IntRange(0, 50).Draw(t, "times"))
		before := []byte("before")[:rapid.IntRange(0, 6).Draw(t, "before")]
		for i, p := range []packed{pack(nil, data), pack(few, data), pack(many, data)} {
			if len(p) > 0 && (p[0] == inS2) != (i == 2) {
				t.Fatalf("packed %d has form %d", i, p[0])
			}
			if p.size() != len(data) {
				t.Fatalf("size = %d, want %d", p.size(), len(data))
			}
			got := p.append(bytes.Clone(before))
			if want := append(bytes.Clone(before), data...); !bytes.Equal(got, want) {
				t.Fatalf("append = %q, want %q", got, want)
			}
		}
	})
}
