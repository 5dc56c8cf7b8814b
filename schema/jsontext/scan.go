package jsontext

// Depth tells how deeply arrays and objects nest in a JSON text that is known
// to be valid.
func Depth(text string) int {
	deepest, depth := 0, 0
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString:
			if c == '\\' {
				i++
			} else {
				inString = c != '"'
			}
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
