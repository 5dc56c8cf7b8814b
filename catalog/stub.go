package catalog

import (
	"context"
	"iter"
	"slices"
	"strings"
)

// stubMaker is who made the definition of an inline tag that has none
// (catalog-api.md section 9, rule 2).
const stubMaker = "system"

// StubTag is the definition that an inline tag without one is shown with: it is
// derived, and never a row.
func StubTag(name string) *TagDefinition {
	return &TagDefinition{
		Defined: Defined{Source: FromInline, CreatedBy: stubMaker, UpdatedBy: stubMaker},
		Name:    name, EntityTypes: []string{anyType}, TypeVersion: "1.0",
	}
}

// stub gives the stub of a tag that schemas use and nobody has defined, nil for
// none. Schemas are looked at through the search index, which is at the view's
// revision or newer.
func (v *View) stub(name string) *TagDefinition {
	if v.said.definition(Ref{Kind: KindTag, Name: name}) != nil {
		return nil
	}
	used := false
	v.catalog.withStubs(func(stubs map[string]int) { used = stubs[name] > 0 })
	if !used {
		return nil
	}
	return StubTag(name)
}

// withStubs calls use with the tags that schemas use, and by how many subjects.
func (c *Catalog) withStubs(use func(map[string]int)) {
	done, err := c.bringUp(context.Background())
	if err != nil {
		return // only a context that ends could be the reason
	}
	defer done()
	use(c.index.stubs)
}

// Definition gives a definition, for an inline tag without one its stub;
// *NotFoundError.
func (v *View) Definition(ctx context.Context, ref Ref) (Definition, error) {
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	if d := v.said.definition(ref); d != nil {
		return d, nil
	}
	if ref.Kind == KindTag {
		if stub := v.stub(ref.Name); stub != nil {
			return stub, nil
		}
	}
	return nil, &NotFoundError{ref}
}

// Definitions gives those of a kind whose names begin with prefix, by name,
// stubs of inline tags among them.
func (v *View) Definitions(ctx context.Context, kind Kind, prefix string) iter.Seq[Definition] {
	return func(yield func(Definition) bool) {
		stubs := v.stubs(kind, prefix)
		show := func(d Definition) bool { return !v.mayRead(ctx, d.Ref()) || yield(d) }
		for d := range v.said.definitions(kind, prefix) {
			for len(stubs) > 0 && stubs[0] < d.Ref().Name {
				if !show(StubTag(stubs[0])) {
					return
				}
				stubs = stubs[1:]
			}
			if !show(d) {
				return
			}
		}
		for _, name := range stubs {
			if !show(StubTag(name)) {
				return
			}
		}
	}
}

// stubs are the names of the inline tags without a definition, sorted.
func (v *View) stubs(kind Kind, prefix string) (names []string) {
	if kind != KindTag {
		return nil
	}
	v.catalog.withStubs(func(stubs map[string]int) {
		for name := range stubs {
			if strings.HasPrefix(name, prefix) && v.said.definition(Ref{Kind: KindTag, Name: name}) == nil {
				names = append(names, name)
			}
		}
	})
	slices.Sort(names)
	return names
}
