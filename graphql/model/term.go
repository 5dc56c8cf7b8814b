package model

import (
	"slices"

	"github.com/weir-registry/weir/catalog"
)

// GlossaryTerm is the GraphQL type of that name.
type GlossaryTerm struct {
	thing
	Name       string
	Definition string
	definition *catalog.Term
}

// IsEntity marks an Entity.
func (*GlossaryTerm) IsEntity() {}

func (r *Reader) term(name string) (*GlossaryTerm, error) {
	d, err := definition[*catalog.Term](r, catalog.KindTerm, name)
	if err != nil {
		return nil, err
	}
	return r.termOf(d), nil
}

func (r *Reader) termOf(d *catalog.Term) *GlossaryTerm {
	return &GlossaryTerm{r.known(d.Ref()), d.Name, d.Definition, d}
}

// Synonyms are other words for it.
func (t *GlossaryTerm) Synonyms() []string { return append([]string{}, t.definition.Synonyms...) }

// Parent is the wider term.
func (t *GlossaryTerm) Parent() (*GlossaryTerm, error) {
	if t.definition.Parent == "" {
		return nil, nil
	}
	return orNil(t.r.term(t.definition.Parent))
}

// Related are the terms to look at with it, as far as there are any.
func (t *GlossaryTerm) Related() []*GlossaryTerm {
	list := []*GlossaryTerm{}
	for _, name := range t.definition.Related {
		if term, err := t.r.term(name); err == nil {
			list = append(list, term)
		}
	}
	return list
}

// Entities are those that it is on.
func (t *GlossaryTerm) Entities(kinds []catalog.Kind, first int, after *string) (*EntityConnection, error) {
	l := refList{order: order{"users", t.ref.String()}, refs: t.r.view.UsersOf(t.r.ctx, t.ref), kinds: kinds}
	l.holds = func(e *catalog.Entity) bool {
		return slices.ContainsFunc(e.Terms, func(a catalog.TermAssignment) bool { return a.Term == t.ref })
	}
	return t.r.refPage(l, first, after)
}
