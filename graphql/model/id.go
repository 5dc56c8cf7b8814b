package model

import (
	"encoding/base64"
	"fmt"
	"unicode/utf8"

	"github.com/weir-registry/weir/catalog"
)

// The kinds of ids that name no entity of the catalog.
const (
	kindRule      catalog.Kind = "RULE"
	kindEvent     catalog.Kind = "CHANGE_EVENT"
	kindPrincipal catalog.Kind = "PRINCIPAL"
)

// longestID is longer than the id of any subject that a registry takes.
const longestID = 64 << 10

// IDOf gives the global id of an entity: its ref, in base64 for URLs, so that
// nobody takes it apart. It says nothing that its holder has not seen.
func IDOf(ref catalog.Ref) string {
	var plain, coded [256]byte
	return string(base64.RawURLEncoding.AppendEncode(coded[:0], append(plain[:0], ref.String()...)))
}

// ParseID reads what IDOf gave, and nothing else: two texts are never ids of
// one thing.
func ParseID(id string) (catalog.Ref, error) {
	if len(id) > longestID {
		return catalog.Ref{}, &BadIDError{}
	}
	text, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil || !utf8.Valid(text) {
		return catalog.Ref{}, &BadIDError{id}
	}
	ref, err := catalog.ParseRef(string(text))
	if err != nil || ref.String() != string(text) {
		return catalog.Ref{}, &BadIDError{id}
	}
	return ref, nil
}

// BadIDError says that a text is no id of this API.
type BadIDError struct{ ID string }

func (e *BadIDError) Error() string {
	if len(e.ID) > 80 || e.ID == "" {
		return "the id is none of this API"
	}
	return fmt.Sprintf("%q is no id of this API", e.ID)
}

// NotOfKindError says that an id names a thing of another kind than is meant.
type NotOfKindError struct {
	Ref  catalog.Ref
	Want []catalog.Kind
}

func (e *NotOfKindError) Error() string {
	return fmt.Sprintf("the id is of a %s, not of a %v", e.Ref.Kind, e.Want)
}
