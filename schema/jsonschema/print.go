package jsonschema

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// appendText prints a value without blanks (compatibility.md 3).
func appendText(b []byte, v *Value) []byte {
	switch v.kind {
	case NullValue:
		return append(b, "null"...)
	case FalseValue:
		return append(b, "false"...)
	case TrueValue:
		return append(b, "true"...)
	case NumberValue:
		return append(b, v.text...)
	case StringValue:
		return appendString(b, v.text)
	case ArrayValue:
		b = append(b, '[')
		for i, item := range v.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendText(b, item)
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i := range v.members {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, v.members[i].Key)
		b = append(b, ':')
		b = appendText(b, v.members[i].Value)
	}
	return append(b, '}')
}

// Text prints a value without blanks.
func (v *Value) Text() string { return string(appendText(nil, v)) }

// sorted gives the value with the keys of every object in order.
func (v *Value) sorted() *Value {
	switch v.kind {
	case ArrayValue:
		n := *v
		n.items = make([]*Value, len(v.items))
		for i, item := range v.items {
			n.items[i] = item.sorted()
		}
		return &n
	case ObjectValue:
		members := slices.Clone(v.members)
		slices.SortFunc(members, func(x, y Member) int { return compareUTF16(x.Key, y.Key) })
		n := &Value{kind: ObjectValue, offset: v.offset}
		for _, m := range members {
			m.Value = m.Value.sorted()
			n.put(m)
		}
		return n
	}
	return v
}

const upperHex = "0123456789ABCDEF"

// appendString escapes only the quote, the backslash, control characters below
// U+0020, and halves of surrogate pairs, which UTF-8 cannot hold.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xED {
			continue
		}
		if c == 0xED && (i+2 >= len(s) || s[i+1] < 0xA0) {
			continue
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\f':
			b = append(b, `\f`...)
		case '\r':
			b = append(b, `\r`...)
		case 0xED:
			b = appendUnit(b, uint16(0xD)<<12|uint16(s[i+1]&0x3F)<<6|uint16(s[i+2]&0x3F))
			i += 2
		default:
			b = appendUnit(b, uint16(c))
		}
		from = i + 1
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}

func appendUnit(b []byte, u uint16) []byte {
	return append(b, '\\', 'u', upperHex[u>>12], upperHex[u>>8&15], upperHex[u>>4&15], upperHex[u&15])
}

// compareUTF16 orders keys as Java orders strings, by their UTF-16 units.
func compareUTF16(x, y string) int {
	for x != "" && y != "" {
		a, n := utf8.DecodeRuneInString(x)
		b, m := utf8.DecodeRuneInString(y)
		if a != b || n != m {
			return slices.Compare(units(x), units(y))
		}
		x, y = x[n:], y[m:]
	}
	return len(x) - len(y)
}

// units gives the UTF-16 form of a string, halves of pairs included.
func units(s string) []uint16 {
	u := make([]uint16, 0, len(s))
	for len(s) > 0 {
		c, n := utf8.DecodeRuneInString(s)
		if c == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == 0xED {
			u = append(u, uint16(0xD)<<12|uint16(s[1]&0x3F)<<6|uint16(s[2]&0x3F))
			n = 3
		} else {
			u = utf16.AppendRune(u, c)
		}
		s = s[n:]
	}
	return u
}
