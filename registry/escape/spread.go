package escape

// spare is the room that spread may write behind what counts.
const spare = 16

// spreadPlain copies a text up to its first byte that is not plain, each quote
// and backslash with a backslash before it. dst has room for twice the text.
// It says how many bytes were read and written.
func spreadPlain(dst []byte, text string) (read, wrote int) {
	for ; read < len(text); read++ {
		c := text[read]
		if !isPlain(c) {
			break
		}
		if c == '"' || c == '\\' {
			dst[wrote] = '\\'
			wrote++
		}
		dst[wrote] = c
		wrote++
	}
	return read, wrote
}
