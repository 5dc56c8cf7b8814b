// Package escape writes the texts of schemas as the inside of JSON strings,
// which is how every answer carries them, and reads them back. In goes a text,
// whatever its bytes, out come the bytes between the quotes; it knows of
// nothing else. The registry escapes a text once, when it keeps it.
//
// A start escapes every text there is, and schema texts have a quote every six
// bytes, which a processor that goes byte by byte cannot guess. On amd64 the
// common case is therefore written for vectors (spread_amd64.s); what it does
// is said in Go beside it (spread.go), which every other machine uses.
package escape

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// Append appends a text as the inside of a JSON string. Nothing is escaped for
// HTML; half of a surrogate pair, which a schema text may hold in its three-byte
// form, becomes its escape again (registry-api.md 1.6). Other bytes that are not
// UTF-8 become U+FFFD.
func Append(dst []byte, text string) []byte {
	for text != "" {
		dst = slices.Grow(dst, 2*len(text)+spare)
		at := len(dst)
		read, wrote := spread(dst[at:cap(dst)], text)
		dst, text = dst[:at+wrote], text[read:]
		for text != "" && !isPlain(text[0]) {
			dst, read = appendOdd(dst, text)
			text = text[read:]
		}
	}
	return dst
}

// isPlain says whether spread takes a byte.
func isPlain(c byte) bool { return c >= 0x20 && c < utf8.RuneSelf }

// appendOdd appends the first character of a text, which is not plain, and
// says how long it was.
func appendOdd(dst []byte, text string) ([]byte, int) {
	switch c := text[0]; {
	case c == '\n':
		return append(dst, '\\', 'n'), 1
	case c == '\r':
		return append(dst, '\\', 'r'), 1
	case c == '\t':
		return append(dst, '\\', 't'), 1
	case c < utf8.RuneSelf:
		return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15]), 1
	}
	if _, size := utf8.DecodeRuneInString(text); size > 1 {
		return append(dst, text[:size]...), size
	}
	if surrogateAt(text) {
		u := 0xd000 | uint16(text[1]&0x3f)<<6 | uint16(text[2]&0x3f)
		return append(dst, '\\', 'u', hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15]), 3
	}
	return append(dst, string(utf8.RuneError)...), 1
}

// surrogateAt says whether a text begins with the three-byte form of half a
// surrogate pair.
func surrogateAt(text string) bool {
	return len(text) >= 3 && text[0] == 0xed && text[1] >= 0xa0 && text[1] <= 0xbf && text[2]&0xc0 == 0x80
}

// Text undoes Append.
func Text(escaped []byte) string {
	var b strings.Builder
	b.Grow(len(escaped))
	for i := 0; i < len(escaped); i++ {
		c := escaped[i]
		if c != '\\' {
			b.WriteByte(c)
			continue
		}
		i++
		switch escaped[i] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			var u uint16
			for _, d := range escaped[i+1 : i+5] {
				u = u<<4 | uint16(strings.IndexByte(hexDigits, d))
			}
			i += 4
			if u < utf8.RuneSelf {
				b.WriteByte(byte(u))
			} else {
				b.Write([]byte{0xe0 | byte(u>>12), 0x80 | byte(u>>6&0x3f), 0x80 | byte(u&0x3f)})
			}
		default:
			b.WriteByte(escaped[i])
		}
	}
	return b.String()
}
