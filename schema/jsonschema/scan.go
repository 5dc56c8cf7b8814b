package jsonschema

import "github.com/weir-registry/weir/schema"

// scanDepth goes over a text once, without building anything, and says where
// it nests too deeply (validation.md 9). It runs before the reader, so that no
// recursion ever sees a hostile text. Text after the first value does not count.
func scanDepth(text string) (offset int, tooDeep bool) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = skipString(text, i)
		case '{', '[':
			if depth++; depth > schema.MaxDepth {
				return i, true
			}
		case '}', ']':
			if depth--; depth <= 0 {
				return 0, false
			}
		}
	}
	return 0, false
}

// skipString gives the offset of the quote that ends a string, or the end.
func skipString(text string, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return i
}
