package schema_test

import (
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

func TestLocatorAgreesWithPositionAt(t *testing.T) {
	for _, text := range []string{
		"", "a", "a\nb", "\n\n", strings.Repeat("x", 512), strings.Repeat("x", 513),
		strings.Repeat("é", 700), strings.Repeat("漢字\n", 300), strings.Repeat("😀", 400) + "\n" + strings.Repeat("ab\ncd😀", 200),
	} {
		l := schema.NewLocator(text)
		for offset := range len(text) + 1 {
			if offset < len(text) && text[offset]&0xC0 == 0x80 {
				continue
			}
			if got, want := l.Position(offset), schema.PositionAt(text, offset); got != want {
				t.Fatalf("Position(%d) of %.20q… = %+v, want %+v", offset, text, got, want)
			}
		}
		if got, want := l.Position(len(text)+5), schema.PositionAt(text, len(text)+5); got != want {
			t.Errorf("Position beyond the end of %.20q… = %+v, want %+v", text, got, want)
		}
	}
}
