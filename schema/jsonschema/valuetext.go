package jsonschema

import (
	"slices"
	"strings"
)

// appendShaved prints a value with its keys in order and without the zeros at
// the end of fractions.
func appendShaved(b []byte, v *Value) []byte { return appendSorted(b, v, appendShavedNumber) }

func appendShavedNumber(b []byte, v *Value) []byte {
	text := v.text
	if strings.Contains(text, ".") && !strings.Contains(text, "E") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return append(b, text...)
}

// Key is a text that is the same for values that are Equal.
func (v *Value) Key() string { return string(appendSorted(nil, v, appendKeyNumber)) }

// appendKeyNumber keeps 1e0, which prints as 1, apart from the integer 1.
func appendKeyNumber(b []byte, v *Value) []byte {
	if !v.integer {
		b = append(b, '.')
	}
	return append(b, v.text...)
}

// appendSorted prints a value with the keys of its objects in order, and its
// numbers as number prints them. Of no value it prints nothing.
func appendSorted(b []byte, v *Value, number func([]byte, *Value) []byte) []byte {
	if v == nil {
		return b
	}
	switch v.kind {
	case NumberValue:
		return number(b, v)
	case ArrayValue:
		b = append(b, '[')
		for _, item := range v.items {
			b = append(appendSorted(b, item, number), ',')
		}
		return append(b, ']')
	case ObjectValue:
		members := slices.Clone(v.members)
		slices.SortFunc(members, func(x, y Member) int { return strings.Compare(x.Key, y.Key) })
		b = append(b, '{')
		for _, m := range members {
			b = append(appendSorted(appendString(b, m.Key), m.Value, number), ',')
		}
		return append(b, '}')
	}
	return appendText(b, v)
}

// Excerpt prints a value without blanks, cut after about limit bytes.
func (v *Value) Excerpt(limit int) string {
	b := appendExcerpt(nil, v, limit)
	if len(b) <= limit {
		return string(b)
	}
	return strings.ToValidUTF8(string(b[:limit]), "") + "…"
}

func appendExcerpt(b []byte, v *Value, limit int) []byte {
	switch v.kind {
	case ArrayValue:
		b = append(b, '[')
		for i, item := range v.items {
			if len(b) > limit {
				return b
			}
			if i > 0 {
				b = append(b, ',')
			}
			b = appendExcerpt(b, item, limit)
		}
		return append(b, ']')
	case ObjectValue:
		b = append(b, '{')
		for i := range v.members {
			if len(b) > limit {
				return b
			}
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, v.members[i].Key), ':')
			b = appendExcerpt(b, v.members[i].Value, limit)
		}
		return append(b, '}')
	case StringValue:
		if len(v.text) > limit {
			return appendString(b, strings.ToValidUTF8(v.text[:limit+1], ""))
		}
	}
	return appendText(b, v)
}
