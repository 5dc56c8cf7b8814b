package rest

import (
	"mime"
	"slices"
	"strconv"
	"strings"
)

// The media types of the wire (registry-api.md 1.1), and our own for the
// structured twin of a compatibility check.
const (
	typeV1          = "application/vnd.schemaregistry.v1+json"
	typeRegistry    = "application/vnd.schemaregistry+json"
	typeJSON        = "application/json"
	typeOctets      = "application/octet-stream"
	typeDifferences = "application/vnd.weir.differences+json"
)

// wireTypes are what an endpoint of the wire answers with, the preferred
// first. A wildcard takes the first.
var wireTypes = []string{typeV1, typeRegistry, typeJSON}

// checkTypes are those of an endpoint that can show differences.
var checkTypes = []string{typeV1, typeRegistry, typeJSON, typeDifferences}

// accepts judges a request's Content-Type; without the header it is
// application/octet-stream. also are types that the operation takes beside the
// wire's.
func accepts(header []string, also ...string) error {
	if len(header) == 0 {
		return nil
	}
	value := header[0]
	if len(header) > 1 {
		return errBadContentType
	}
	if value == typeV1 || value == typeJSON {
		return nil
	}
	name, _, _ := strings.Cut(value, ";")
	name = strings.TrimSpace(name)
	kind, subtype, ok := strings.Cut(name, "/")
	if !ok || !token(kind) || !token(subtype) {
		return errBadContentType
	}
	switch strings.ToLower(name) {
	case typeV1, typeRegistry, typeJSON, typeOctets:
		return nil
	}
	if slices.Contains(also, strings.ToLower(name)) {
		return nil
	}
	return errUnsupportedMedia
}

// token says that a text is a token of HTTP (RFC 9110 5.6.2).
func token(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

// negotiate chooses the type of the answer among those offered: the client's
// highest q first, then our preference. The parameters of the range come back
// with the type.
func negotiate(header []string, offers []string) (string, error) {
	accept := ""
	switch len(header) {
	case 0:
	case 1:
		accept = header[0]
	default:
		accept = strings.Join(header, ",")
	}
	if accept == "" || accept == "*/*" || accept == typeV1 {
		return offers[0], nil
	}
	if strings.TrimSpace(accept) == "" {
		return offers[0], nil
	}
	best, bestQ, bestAt := "", 0.0, len(offers)
	for rest := accept; rest != ""; {
		var text string
		text, rest, _ = strings.Cut(rest, ",")
		r := parseRange(text)
		for at, offer := range offers {
			if r.q > bestQ && r.matches(offer) || r.q == bestQ && at < bestAt && r.matches(offer) {
				best, bestQ, bestAt = offer+r.parameters, r.q, at
			}
		}
	}
	if bestQ == 0 {
		return "", errNotAcceptable
	}
	return best, nil
}

// mediaRange is one range of an Accept header.
type mediaRange struct {
	kind, subtype string
	q             float64
	parameters    string // ";name=value" each, without q
}

// parseRange reads a range leniently: a bare * is */*, as older clients send
// it, and what is no range matches nothing.
func parseRange(text string) mediaRange {
	name, rest, _ := strings.Cut(text, ";")
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "*" {
		name = "*/*"
	}
	r := mediaRange{q: 1}
	r.kind, r.subtype, _ = strings.Cut(name, "/")
	if strings.TrimSpace(rest) == "" {
		return r
	}
	_, parameters, err := mime.ParseMediaType("a/b;" + rest)
	if err != nil {
		return r
	}
	if q, ok := parameters["q"]; ok {
		if parsed, err := strconv.ParseFloat(q, 64); err == nil {
			r.q = min(max(parsed, 0), 1)
		}
		delete(parameters, "q")
	}
	names := make([]string, 0, len(parameters))
	for name := range parameters {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := parameters[name]
		if !token(value) {
			value = strconv.Quote(value)
		}
		r.parameters += ";" + name + "=" + value
	}
	return r
}

func (r mediaRange) matches(offer string) bool {
	kind, subtype, _ := strings.Cut(offer, "/")
	return (r.kind == "*" || r.kind == kind) && (r.subtype == "*" || r.subtype == subtype)
}
