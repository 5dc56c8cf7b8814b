package rest

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// query is the raw query of a request, searched and decoded on demand: most
// requests carry none, and most endpoints look at two names.
type query string

// get gives the first value of a name; a repeated parameter counts once
// (registry-api.md 1.3).
func (q query) get(name string) (value string, ok bool) {
	for part := range q.parts() {
		if value, ok := part.of(name); ok {
			return value, true
		}
	}
	return "", false
}

// all gives every value of a name in order; nil when there is none.
func (q query) all(name string) []string {
	var values []string
	for part := range q.parts() {
		if value, ok := part.of(name); ok {
			values = append(values, value)
		}
	}
	return values
}

// text gives the first value of a name, empty when there is none.
func (q query) text(name string) string {
	value, _ := q.get(name)
	return value
}

// flag reads a boolean: only "true", in any letter case, is true.
func (q query) flag(name string) bool {
	value, ok := q.get(name)
	return ok && strings.EqualFold(value, "true")
}

// number reads an int; an absent or empty value is missing.
func (q query) number(name string, missing int32) (int32, error) {
	value, _ := q.get(name)
	if value == "" {
		return missing, nil
	}
	return parseInt(value)
}

// page reads offset and limit (registry-api.md 1.4).
func (q query) page(limits Limits) (registry.Page, error) {
	if q == "" {
		return registry.Page{Limit: limits.Default}, nil
	}
	offset, err := q.number("offset", 0)
	if err != nil {
		return registry.Page{}, err
	}
	limit, err := q.number("limit", -1)
	if err != nil {
		return registry.Page{}, err
	}
	return registry.Page{Offset: max(int(offset), 0), Limit: limits.effective(int(limit))}, nil
}

// parseInt reads an int of a path or a query as Java does: a sign, digits,
// nothing else, 32 bits.
func parseInt(text string) (int32, error) {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, errBadParameter
	}
	return int32(n), nil
}

// parameter is one name=value of a query, not decoded.
type parameter string

func (q query) parts() func(yield func(parameter) bool) {
	return func(yield func(parameter) bool) {
		rest := string(q)
		for rest != "" {
			var part string
			part, rest, _ = strings.Cut(rest, "&")
			if part != "" && !yield(parameter(part)) {
				return
			}
		}
	}
}

// of gives the value when the parameter has this name.
func (p parameter) of(name string) (string, bool) {
	key, value, _ := strings.Cut(string(p), "=")
	if key != name && (!strings.ContainsAny(key, "%+") || unescapeQuery(key) != name) {
		return "", false
	}
	return unescapeQuery(value), true
}

// unescapeQuery decodes a name or a value; an escape that is broken stays as
// it is.
func unescapeQuery(raw string) string {
	if !strings.ContainsAny(raw, "%+") {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(raw) && unhex(raw[i+1]) < 16 && unhex(raw[i+2]) < 16:
			out = append(out, unhex(raw[i+1])<<4|unhex(raw[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}
