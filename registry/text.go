package registry

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// plain are the bytes that stand for themselves in a JSON string.
var plain = func() (table [256]bool) {
	for c := 0x20; c < utf8.RuneSelf; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// appendJSONText appends a text as the inside of a JSON string: what answers
// carry, worked out once. Nothing is escaped for HTML; half of a surrogate
// pair, which a schema text may hold in its three-byte form, becomes its
// escape again (registry-api.md 1.6).
func appendJSONText(dst []byte, text string) []byte {
	// Most texts are plain bytes and quotes: twice the room takes them whatever
	// their mixture.
	dst = slices.Grow(dst, 2*len(text))
	at, room := len(dst), dst[:cap(dst)]
	for i := 0; i < len(text); i++ {
		c := text[i]
		if at+1 >= len(room) {
			return appendOddText(room[:at], text[i:])
		}
		switch {
		case plain[c]:
			room[at] = c
			at++
		case c == '"' || c == '\\':
			room[at], room[at+1] = '\\', c
			at += 2
		default:
			return appendOddText(room[:at], text[i:])
		}
	}
	return room[:at]
}

// appendOddText does the same for the rest of a text, whatever it holds.
func appendOddText(dst []byte, text string) []byte {
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			dst = append(dst, text[start:i]...)
			dst = appendEscape(dst, c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r != utf8.RuneError || size > 1 {
			i += size
			continue
		}
		dst = append(dst, text[start:i]...)
		if surrogateAt(text[i:]) {
			u := 0xd000 | uint16(text[i+1]&0x3f)<<6 | uint16(text[i+2]&0x3f)
			dst = append(dst, '\\', 'u', hexDigits[u>>12], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
			i += 3
		} else {
			dst = append(dst, `�`...)
			i++
		}
		start = i
	}
	return append(dst, text[start:]...)
}

// surrogateAt says whether a text begins with the three-byte form of half a
// surrogate pair.
func surrogateAt(text string) bool {
	return len(text) >= 3 && text[0] == 0xed && text[1] >= 0xa0 && text[1] <= 0xbf && text[2]&0xc0 == 0x80
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// textOfJSON undoes appendJSONText.
func textOfJSON(escaped []byte) string {
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
