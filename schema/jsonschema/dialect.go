package jsonschema

import "strings"

// Dialect is a draft of JSON Schema.
type Dialect uint8

// The dialects (compatibility.md 2.3). Draft07 is also that of a text without
// a $schema that is known.
const (
	Draft04 Dialect = iota
	Draft06
	Draft07
	Draft201909
	Draft202012
)

// modern says that the dialect is read by the rules of 2019-09 and 2020-12.
func (d Dialect) modern() bool { return d >= Draft201909 }

// idKeyword is the keyword that names a schema.
func (d Dialect) idKeyword() string {
	if d == Draft04 {
		return "id"
	}
	return "$id"
}

// dialectOf reads a $schema: with http or https, with or without a # at the
// end, compared by case.
func dialectOf(url string) (Dialect, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSuffix(url, "#"), "http")
	if !ok {
		return Draft07, false
	}
	switch strings.TrimPrefix(rest, "s") {
	case "://json-schema.org/schema", "://json-schema.org/draft-04/schema":
		return Draft04, true
	case "://json-schema.org/draft-06/schema":
		return Draft06, true
	case "://json-schema.org/draft-07/schema":
		return Draft07, true
	case "://json-schema.org/draft/2019-09/schema":
		return Draft201909, true
	case "://json-schema.org/draft/2020-12/schema":
		return Draft202012, true
	}
	return Draft07, false
}
