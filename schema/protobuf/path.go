package protobuf

import "strings"

// canonicalPath spells an import as the canonical text does: slashes for
// backslashes, no empty and no "." segments, "." for an empty path; ".." and
// a leading slash stay (compatibility.md 3.2). Paths are names here: nothing
// is ever opened by them.
func canonicalPath(path string) string {
	path = strings.ReplaceAll(path, `\`, "/")
	absolute := strings.HasPrefix(path, "/")
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		switch {
		case part == "" || part == ".":
		case part == ".." && absolute && len(parts) == 0:
			// Nothing lies above the root.
		default:
			parts = append(parts, part)
		}
	}
	joined := strings.Join(parts, "/")
	switch {
	case absolute:
		return "/" + joined
	case joined == "":
		return "."
	}
	return joined
}

// doubt notes text that is printed without escapes.
func (p *parser) doubt(raw string) {
	p.doubtful = p.doubtful || strings.ContainsAny(raw, "\\\"'\n\r")
}

// plainWord says whether text reads back as one bare word.
func plainWord(text string) bool {
	for i := range len(text) {
		if !wordChar(text[i]) {
			return false
		}
	}
	return text != ""
}
