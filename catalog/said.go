package catalog

import (
	"cmp"
	"iter"
	"strings"

	"github.com/weir-registry/weir/registry/tree"
)

// said is everything that people, clients and files say, at one revision: for
// each entity its rows, its version, and its definition where it is one. It is
// immutable; the next one shares what did not change. A [View] is a said and a
// registry.Snapshot of the same revision.
type said struct {
	// things has an entry for each entity of which something was ever said.
	things tree.Map[Ref, *thing]
	// uses counts, for a definition and an entity (or another definition), the
	// rows by which the one uses the other. Keys stand definition by
	// definition, so that the users of one lie together.
	uses tree.Map[use, int]
	// tags counts the tag definitions.
	tags int
}

// use says that By uses Of, a definition.
type use struct{ Of, By Ref }

func newSaid() *said {
	return &said{things: tree.New[Ref, *thing](compareRefs), uses: tree.New[use, int](compareUses)}
}

// compareRefs is the order in which entities are listed: by kind, and then by
// name within their context or cluster.
func compareRefs(a, b Ref) int {
	switch { // cmp.Or would compare all of it each time
	case a.Kind != b.Kind:
		return strings.Compare(string(a.Kind), string(b.Kind))
	case a.Scope != b.Scope:
		return strings.Compare(a.Scope, b.Scope)
	case a.Name != b.Name:
		return strings.Compare(a.Name, b.Name)
	}
	return strings.Compare(a.Part, b.Part)
}

func compareUses(a, b use) int { return cmp.Or(compareRefs(a.Of, b.Of), compareRefs(a.By, b.By)) }

// get gives what is said of an entity; an empty thing when nothing ever was.
func (s *said) get(ref Ref) *thing {
	if t, ok := s.things.Get(ref); ok {
		return t
	}
	return &thing{ref: ref}
}

// definition gives a definition that somebody made, nil for none: stubs of
// inline tags are not here.
func (s *said) definition(ref Ref) Definition { return s.get(ref).definition }

// speaksOf says whether anything is said of an entity now.
func (s *said) speaksOf(ref Ref) bool {
	t := s.get(ref)
	return len(t.rows) > 0 || t.definition != nil
}

// annotated gives the entities of which something is said now, in order:
// definitions only where there is more than the definition.
func (s *said) annotated() iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		s.things.All(func(ref Ref, t *thing) bool { return len(t.rows) == 0 || yield(ref) })
	}
}

// within gives what is said, now or ever, of a subject's versions, records or
// fields: the entities of a kind with this scope and name.
func (s *said) within(kind Kind, scope, name string) iter.Seq[*thing] {
	return func(yield func(*thing) bool) {
		s.things.From(Ref{Kind: kind, Scope: scope, Name: name}, func(ref Ref, t *thing) bool {
			return ref.Kind == kind && ref.Scope == scope && ref.Name == name && yield(t)
		})
	}
}

// definitions gives those of a kind whose names begin with prefix, by name.
func (s *said) definitions(kind Kind, prefix string) iter.Seq[Definition] {
	return func(yield func(Definition) bool) {
		s.things.From(Ref{Kind: kind, Name: prefix}, func(ref Ref, t *thing) bool {
			if ref.Kind != kind || !strings.HasPrefix(ref.Name, prefix) {
				return false
			}
			return t.definition == nil || yield(t.definition)
		})
	}
}

// usersOf gives the entities and definitions that use a definition, in order.
func (s *said) usersOf(definition Ref) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		s.uses.From(use{Of: definition}, func(u use, _ int) bool { return u.Of == definition && yield(u.By) })
	}
}
