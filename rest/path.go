package rest

import (
	"net/http"
	"strings"
	"unicode/utf8"
)

// maxSegments bounds the segments of a path; the longest path of the wire,
// with a prefix for its context, has ten.
const maxSegments = 16

// splitPath takes a request target apart into decoded segments and the raw
// query (registry-api.md 1.3). A trailing slash does not count, matrix
// parameters are cut off, and what the wire refuses before it looks at
// anything else is a 400.
func splitPath(segments []string, target string) (_ []string, query string, err error) {
	if strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://") {
		_, target, _ = strings.Cut(target, "://")
		if end := strings.IndexAny(target, "/?"); end < 0 {
			target = "/"
		} else if target = target[end:]; target[0] == '?' {
			target = "/" + target
		}
	}
	target, query, _ = strings.Cut(target, "?")
	if !strings.HasPrefix(target, "/") {
		return segments, query, errNotFound
	}
	if target == "//" {
		return segments, query, badPath("an empty segment")
	}
	target = strings.TrimSuffix(target[1:], "/")
	for more := target != ""; more; {
		var raw string
		raw, target, more = strings.Cut(target, "/")
		segment, err := decodeSegment(raw)
		if err != nil {
			return segments, query, err
		}
		if len(segments) == maxSegments {
			return segments, query, errNotFound
		}
		segments = append(segments, segment)
	}
	return segments, query, nil
}

// decodeSegment decodes one segment, once.
func decodeSegment(raw string) (string, error) {
	if plainSegment(raw) {
		return raw, nil
	}
	name, parameters, _ := strings.Cut(raw, ";")
	if name == "" {
		return "", badPath("an empty segment")
	}
	segment, err := unescapeSegment(name)
	if err != nil {
		return "", err
	}
	if segment != name && (segment == "." || segment == "..") {
		return "", badPath("an encoded segment " + segment)
	}
	_, err = unescapeSegment(parameters)
	return segment, err
}

// plainSegment says that a segment is what it looks like; nearly all are.
func plainSegment(raw string) bool {
	for i := range len(raw) {
		switch c := raw[i]; {
		case c < '!', c > '~', c == '%', c == ';', c == '\\':
			return false
		}
	}
	return raw != ""
}

func unescapeSegment(raw string) (string, error) {
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		if c == '%' {
			if i+2 >= len(raw) || unhex(raw[i+1]) > 15 || unhex(raw[i+2]) > 15 {
				return "", badPath("a broken escape")
			}
			c = unhex(raw[i+1])<<4 | unhex(raw[i+2])
			i += 2
		}
		if c < ' ' || c == 0x7f || c == '\\' {
			return "", badPath("a control character or a backslash")
		}
		out = append(out, c)
	}
	if !utf8.Valid(out) {
		return "", badPath("bytes that are not UTF-8")
	}
	return string(out), nil
}

// unhex gives the value of a hexadecimal digit, 255 for anything else.
func unhex(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return 255
}

// badPath refuses a path. Confluent's server answers this 400 in HTML; ours is
// JSON (registry-api.md 24).
func badPath(what string) error {
	return &refusal{status: http.StatusBadRequest, code: 400, message: "Bad Request: the path has " + what, form: jsonForm}
}
