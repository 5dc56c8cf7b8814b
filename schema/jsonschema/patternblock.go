package jsonschema

import (
	_ "embed"
	"strings"
)

// unicodeBlocks lists the blocks of Unicode: first and last character, name.
//
//go:embed blocks.txt
var unicodeBlocks string

// blockSet gives a block, by its name in any letter case, with or without
// blanks, underscores and hyphens.
func blockSet(name string) (string, bool) {
	want := plainName(name)
	// Java keeps names that Unicode has given up.
	switch want {
	case "greek":
		want = "greekandcoptic"
	case "cyrillicsupplementary":
		want = "cyrillicsupplement"
	case "combiningmarksforsymbols":
		want = "combiningdiacriticalmarksforsymbols"
	}
	for line := range strings.Lines(unicodeBlocks) {
		parts := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(parts) == 3 && plainName(parts[2]) == want {
			return `\x{` + parts[0] + `}-\x{` + parts[1] + "}", true
		}
	}
	return "", false
}

func plainName(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name))
}
