package catalog

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// Ref names an entity for good: what annotations hang on and the log speaks of.
// It says nothing of whether the entity is there.
//
//	CONTEXT         Name ".team"
//	SUBJECT         Scope context, Name subject
//	SCHEMA_VERSION  Scope context, Name subject, Part version
//	SCHEMA          Scope context, Name id
//	RECORD          Scope context, Name subject, Part full name of the record
//	FIELD           Scope context, Name subject, Part runtime name (catalog-api.md 9)
//	CLUSTER         Name
//	TOPIC           Scope cluster, Name topic
//	all others      Name
type Ref struct {
	Kind  Kind
	Scope string
	Name  string
	Part  string
}

// String gives "KIND/scope/name/part", each part escaped as a path segment,
// empty ones left out at the end. It is the entity's key in rows, the log and
// the search index.
func (r Ref) String() string {
	text := string(r.Kind) + "/" + url.PathEscape(r.Scope) + "/" + url.PathEscape(r.Name)
	if r.Part != "" {
		text += "/" + url.PathEscape(r.Part)
	}
	return text
}

// ParseRef reads what String gave.
func ParseRef(text string) (Ref, error) {
	parts := strings.Split(text, "/")
	if len(parts) < 3 || len(parts) > 4 || parts[0] == "" {
		return Ref{}, fmt.Errorf("catalog: %q names no entity", text)
	}
	for i, p := range parts {
		plain, err := url.PathUnescape(p)
		if err != nil {
			return Ref{}, fmt.Errorf("catalog: %q names no entity: %w", text, err)
		}
		parts[i] = plain
	}
	r := Ref{Kind: Kind(parts[0]), Scope: parts[1], Name: parts[2]}
	if len(parts) == 4 {
		r.Part = parts[3]
	}
	return r, nil
}

// MarshalText is String, but empty for what names nothing.
func (r Ref) MarshalText() ([]byte, error) {
	if r.IsZero() {
		return nil, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads what MarshalText gave.
func (r *Ref) UnmarshalText(text []byte) (err error) {
	*r = Ref{}
	if len(text) > 0 {
		*r, err = ParseRef(string(text))
	}
	return err
}

// Subject is the subject that an entity is, or is a part of.
func (r Ref) Subject() registry.Subject {
	return registry.Subject{Context: registry.Context(r.Scope), Name: r.Name}
}

// IsZero says that r names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }
