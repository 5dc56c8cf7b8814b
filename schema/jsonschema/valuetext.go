package jsonschema

import (
	"slices"
	"strings"
)

// appendShaved prints a value with its keys in order and without the zeros at
// the end of fractions.
func appendShaved(b []byte, v *Value) []byte {
	if v == nil {
		return b
	}
	switch v.kind {
	case NumberValue:
		text := v.text
		if strings.Contains(text, ".") && !strings.Contains(text, "E") {
			text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
		}
		return append(b, text...)
	case ArrayValue:
		b = append(b, '[')
		for _, item := range v.items {
			b = append(appendShaved(b, item), ',')
		}
		return append(b, ']')
	case ObjectValue:
		members := slices.Clone(v.members)
		slices.SortFunc(members, func(x, y Member) int { return strings.Compare(x.Key, y.Key) })
		b = append(b, '{')
		for _, m := range members {
			b = append(appendShaved(appendString(b, m.Key), m.Value), ',')
		}
		return append(b, '}')
	}
	return appendText(b, v)
}

// Key is a text that is the same for values that are Equal.
func (v *Value) Key() string { return string(appendKey(nil, v)) }

func appendKey(b []byte, v *Value) []byte {
	switch v.kind {
	case NumberValue:
		if !v.integer {
			// 1e0 prints as 1 but is not the integer 1.
			b = append(b, '.')
		}
		return append(b, v.text...)
	case ArrayValue:
		b = append(b, '[')
		for _, item := range v.items {
			b = append(appendKey(b, item), ',')
		}
		return append(b, ']')
	case ObjectValue:
		members := slices.Clone(v.members)
		slices.SortFunc(members, func(x, y Member) int { return strings.Compare(x.Key, y.Key) })
		b = append(b, '{')
		for _, m := range members {
			b = append(appendKey(appendString(b, m.Key), m.Value), ',')
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
