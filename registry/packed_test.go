package registry

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// What is packed comes back byte by byte, behind what is there, with and
// without blocks.
func TestPackedComesBack(t *testing.T) {
	keep := &blocks{}
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SliceOf(rapid.Byte()).Draw(t, "piece")
		data := bytes.Repeat(piece, rapid.IntRange(0, 50).Draw(t, "times"))
		before := []byte("before")[:rapid.IntRange(0, 6).Draw(t, "before")]
		for _, p := range []packed{pack(keep, data), pack(nil, data)} {
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
