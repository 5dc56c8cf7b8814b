package jsonschema

import (
	"errors"
	"strings"
	"unicode"
)

// uri is a URI reference as Java's java.net.URI reads it: RFC 2396 with
// letters beyond ASCII allowed. References are bound by these rules
// (compatibility.md 2.1), so a name with a blank in it is no reference.
type uri struct {
	text      string
	scheme    string
	opaque    string // the part after the scheme when it does not begin with a slash
	authority string
	path      string
	query     string
	fragment  string

	hasAuthority, hasQuery, hasFragment bool
}

// Characters that may stand in the parts of a URI beside letters and digits.
const (
	unreservedMarks = "_-!.~'()*"
	pathMarks       = unreservedMarks + ":@&=+$,;/"
	uricMarks       = unreservedMarks + ";/?:@&=+$,[]"
	authorityMarks  = unreservedMarks + "$,;:@&=+[]"
)

var errURI = errors.New("not a URI")

// parseURI takes a URI reference apart. The empty text is one.
func parseURI(text string) (uri, error) {
	u := uri{text: text}
	rest := text
	rest, u.fragment, u.hasFragment = strings.Cut(rest, "#")
	if !allowed(u.fragment, uricMarks) {
		return u, errURI
	}
	if i := strings.IndexAny(rest, ":/?"); i >= 0 && rest[i] == ':' {
		u.scheme, rest = rest[:i], rest[i+1:]
		if !isScheme(u.scheme) || rest == "" {
			return u, errURI
		}
		if rest[0] != '/' {
			u.opaque = rest
			if !allowed(rest, uricMarks) {
				return u, errURI
			}
			return u, nil
		}
	}
	rest, u.query, u.hasQuery = strings.Cut(rest, "?")
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		i := strings.IndexByte(after, '/')
		if i < 0 {
			i = len(after)
		}
		u.hasAuthority = i > 0
		u.authority, rest = after[:i], after[i:]
		if i == 0 && rest == "" {
			return u, errURI
		}
	}
	u.path = rest
	if !allowed(u.query, uricMarks) || !allowed(u.authority, authorityMarks) || !allowed(u.path, pathMarks) {
		return u, errURI
	}
	return u, nil
}

func isScheme(s string) bool {
	for i, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return s != ""
}

// allowed says whether a part consists of letters, digits, the marks, escaped
// bytes, and characters beyond ASCII that are no blanks or controls.
func allowed(part, marks string) bool {
	for i, c := range part {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '%':
			if i+2 >= len(part) || !isHex(part[i+1]) || !isHex(part[i+2]) {
				return false
			}
		case c >= 0x80:
			if unicode.IsControl(c) || unicode.In(c, unicode.Z) {
				return false
			}
		case !strings.ContainsRune(marks, c):
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// absolute says that the URI has a scheme.
func (u uri) absolute() bool { return u.scheme != "" }

// resolve gives the URI that a reference means where base is in force, as
// java.net.URI.resolve does: an opaque base changes nothing.
func (u uri) resolve(ref uri) uri {
	if ref.opaque != "" || u.opaque != "" || ref.scheme != "" {
		return ref
	}
	if ref.path == "" && !ref.hasAuthority && !ref.hasQuery && ref.hasFragment {
		u.fragment, u.hasFragment = ref.fragment, true
		return u.printed()
	}
	to := uri{
		scheme: u.scheme, query: ref.query, hasQuery: ref.hasQuery,
		fragment: ref.fragment, hasFragment: ref.hasFragment,
	}
	if ref.hasAuthority {
		to.authority, to.hasAuthority, to.path = ref.authority, true, ref.path
		return to.printed()
	}
	to.authority, to.hasAuthority = u.authority, u.hasAuthority
	slash := strings.LastIndexByte(u.path, '/')
	switch {
	case strings.HasPrefix(ref.path, "/"):
		to.path = ref.path
	case slash < 0 && u.absolute() && ref.path != "":
		to.path = normalizePath("/" + ref.path)
	default:
		to.path = normalizePath(u.path[:slash+1] + ref.path)
	}
	return to.printed()
}

// printed works out the text from the parts.
func (u uri) printed() uri {
	var b strings.Builder
	if u.scheme != "" {
		b.WriteString(u.scheme + ":")
	}
	if u.opaque != "" {
		b.WriteString(u.opaque)
	} else {
		if u.hasAuthority {
			b.WriteString("//" + u.authority)
		}
		b.WriteString(u.path)
		if u.hasQuery {
			b.WriteString("?" + u.query)
		}
	}
	if u.hasFragment {
		b.WriteString("#" + u.fragment)
	}
	u.text = b.String()
	return u
}

// normalizePath takes out "." and "name/.." segments; ".." at the front stay.
func normalizePath(path string) string {
	if path == "" {
		return path
	}
	rooted := path[0] == '/'
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	var kept []string
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case s == "." || s == "" && !last:
			if last {
				kept = append(kept, "")
			}
		case s == ".." && len(kept) > 0 && kept[len(kept)-1] != "..":
			kept = kept[:len(kept)-1]
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	result := strings.Join(kept, "/")
	if rooted {
		return "/" + result
	}
	return result
}
