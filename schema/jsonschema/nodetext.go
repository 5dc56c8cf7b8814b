package jsonschema

import (
	"slices"
	"strconv"
	"strings"
)

// Identity is a text that is the same for two nodes when the loader of the
// real registry prints them alike: branches of a combined schema that are
// alike count once (compatibility.md 7.2). A kind that was named by "type"
// differs from one that is only implied, and 1.0 prints as 1.
func (n *Node) Identity() string { return string(appendNode(nil, n)) }

func appendNode(b []byte, n *Node) []byte {
	if n == nil {
		return append(b, '-')
	}
	b = append(b, '{')
	b = strconv.AppendInt(b, int64(n.Kind), 10)
	if n.Typed {
		b = append(b, 't')
	}
	if n.Kind == Empty && n.Source.kind == TrueValue {
		b = append(b, '!')
	}
	b = appendNotes(b, n.Notes)
	switch r := n.Rules.(type) {
	case *StringRules:
		b = appendCounts(b, r.MaxLength, r.MinLength)
		if r.HasPattern {
			b = appendString(append(b, 'p'), r.Pattern)
		}
		b = append(b, r.Format...)
	case *NumberRules:
		for _, v := range []*Value{r.Maximum, r.Minimum, r.ExclusiveMaximum, r.ExclusiveMinimum, r.MultipleOf} {
			b = append(appendShaved(b, v), ',')
		}
		b = strconv.AppendBool(strconv.AppendBool(strconv.AppendBool(b, r.Integer), r.AboveMinimum), r.BelowMaximum)
	case *ArrayRules:
		b = appendArrayRules(b, r)
	case *ObjectRules:
		b = appendObjectRules(b, r)
	case *Values:
		texts := make([]string, len(r.List))
		for i, v := range r.List {
			texts[i] = string(appendShaved(nil, v))
		}
		slices.Sort(texts)
		b = append(b, strings.Join(slices.Compact(texts), ",")...)
	case *Node:
		b = appendNode(b, r)
	case *Condition:
		b = appendNode(appendNode(appendNode(b, r.If), r.Then), r.Else)
	case *Combination:
		b = strconv.AppendBool(append(b, r.Criterion.String()...), n.Generated)
		b = appendNodes(b, r.Branches)
	case *Link:
		b = appendString(b, r.Text)
	}
	return append(b, '}')
}

func appendNodes(b []byte, list []*Node) []byte {
	b = append(b, '[')
	for _, n := range list {
		b = appendNode(b, n)
	}
	return append(b, ']')
}

func appendCounts(b []byte, counts ...Count) []byte {
	for _, c := range counts {
		if c.Set {
			b = strconv.AppendInt(b, int64(c.N), 10)
		}
		b = append(b, ',')
	}
	return b
}

func appendNotes(b []byte, notes *Notes) []byte {
	if notes == nil {
		return b
	}
	b = append(b, '(')
	for _, v := range []*Value{notes.ID, notes.Title, notes.Description, notes.Default} {
		b = append(appendShaved(b, v), ',')
	}
	rest := slices.Clone(notes.Rest)
	slices.SortFunc(rest, func(x, y Member) int { return strings.Compare(x.Key, y.Key) })
	for _, m := range rest {
		b = appendShaved(appendString(b, m.Key), m.Value)
	}
	return append(b, ')')
}

func appendRest(b []byte, r Rest) []byte {
	return appendNode(strconv.AppendBool(b, r.Forbidden), r.Schema)
}

func appendArrayRules(b []byte, r *ArrayRules) []byte {
	b = appendCounts(b, r.MaxItems, r.MinItems, r.MaxContains, r.MinContains)
	b = strconv.AppendBool(b, r.Unique)
	b = appendNode(b, r.All)
	if r.Items != nil {
		b = appendNodes(b, r.Items)
	}
	b = appendRest(b, r.Additional)
	return appendNode(appendNode(b, r.Unevaluated), r.Contains)
}

func appendObjectRules(b []byte, r *ObjectRules) []byte {
	b = appendCounts(b, r.MaxProperties, r.MinProperties)
	for _, p := range r.Properties {
		b = appendNode(appendString(b, p.Name), p.Node)
	}
	b = append(b, 'r')
	for _, name := range r.Required {
		b = appendString(b, name)
	}
	for _, d := range r.DependencyArrays {
		b = appendString(append(b, 'd'), d.Name)
		for _, name := range d.Names {
			b = appendString(b, name)
		}
	}
	for _, p := range r.DependentSchemas {
		b = appendNode(appendString(append(b, 's'), p.Name), p.Node)
	}
	for _, p := range r.Patterns {
		b = appendNode(appendString(append(b, 'p'), p.Pattern.Text), p.Node)
	}
	b = appendRest(b, r.Additional)
	return appendNode(appendNode(b, r.Unevaluated), r.Names)
}

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
