package model

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Context is the GraphQL type of that name.
type Context struct {
	thing
	Name string
}

// IsEntity marks an Entity.
func (*Context) IsEntity() {}

func contextRef(c registry.Context) catalog.Ref {
	if c == "" {
		c = registry.DefaultContext
	}
	return catalog.Ref{Kind: catalog.KindContext, Name: string(c)}
}

func (r *Reader) context(ref catalog.Ref) (*Context, error) {
	t, err := r.look(ref)
	if err != nil {
		return nil, err
	}
	return &Context{t, ref.Name}, nil
}

// Subjects are those of the context.
func (c *Context) Subjects(filter *SubjectFilter, first int, after *string) (*SubjectConnection, error) {
	in := SubjectFilter{}
	if filter != nil {
		in = *filter
	}
	if in.Context != nil && ContextNamed(*in.Context) != registry.Context(c.Name) {
		in.none = true
	}
	in.Context = &c.Name
	return c.r.Subjects(&in, first, after)
}

// ContextNamed reads the name of a context as people write it: ".team", "team",
// and "" or "." for the default one.
func ContextNamed(name string) registry.Context {
	switch {
	case name == "":
		return registry.DefaultContext
	case name[0] == '.':
		return registry.Context(name)
	}
	return registry.Context("." + name)
}

// ContextConnection is the GraphQL type of that name.
type ContextConnection struct{ page[*Context] }

// ContextEdge is the GraphQL type of that name.
type ContextEdge edge[*Context]

// Edges are the rows with their cursors.
func (c *ContextConnection) Edges() []*ContextEdge { return edgesOf[ContextEdge](&c.page) }

// Contexts are all contexts that the caller may see, the default one first.
func (r *Reader) Contexts(first int, after *string) (*ContextConnection, error) {
	w, err := windowOf(order{list: "contexts"}, first, after)
	if err != nil {
		return nil, err
	}
	var list []catalog.Ref
	for name := range r.view.Registry().Contexts() {
		ref := contextRef(name)
		if _, err := r.view.Entity(r.ctx, ref); err == nil {
			list = append(list, ref)
		} else if !Missing(err) {
			return nil, err
		}
	}
	p, err := sliced(w, list, func(ref *catalog.Ref) string { return ref.Name }, func(ref *catalog.Ref) (*Context, error) {
		return &Context{r.known(*ref), ref.Name}, nil
	})
	return &ContextConnection{p}, err
}
