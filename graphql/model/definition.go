package model

import (
	"fmt"
	"iter"

	"github.com/weir-registry/weir/catalog"
)

// definition looks up what people made, as the type that its kind has.
func definition[D catalog.Definition](r *Reader, kind catalog.Kind, name string) (D, error) {
	var none D
	found, err := r.view.Definition(r.ctx, catalog.Ref{Kind: kind, Name: name})
	if err != nil {
		return none, err
	}
	d, ok := found.(D)
	if !ok {
		return none, fmt.Errorf("graphql: the definition of %s %q is a %T", kind, name, found)
	}
	return d, nil
}

// eachDefinition walks those of a kind by name.
func eachDefinition[D catalog.Definition](r *Reader, kind catalog.Kind, prefix string) iter.Seq[D] {
	return func(yield func(D) bool) {
		for found := range r.view.Definitions(r.ctx, kind, prefix) {
			if d, ok := found.(D); ok && !yield(d) {
				return
			}
		}
	}
}

// BusinessMetadataDef is the GraphQL type of that name.
type BusinessMetadataDef struct {
	thing
	Name       string
	definition *catalog.MetadataDefinition
}

func (r *Reader) metadataDef(name string) (*BusinessMetadataDef, error) {
	d, err := definition[*catalog.MetadataDefinition](r, catalog.KindBusinessMetadata, name)
	if err != nil {
		return nil, err
	}
	return r.metadataDefOf(d), nil
}

func (r *Reader) metadataDefOf(d *catalog.MetadataDefinition) *BusinessMetadataDef {
	return &BusinessMetadataDef{r.known(d.Ref()), d.Name, d}
}

// Description is the definition's own.
func (d *BusinessMetadataDef) Description() *string { return text(d.definition.Description) }

// AppliesTo are the kinds that it is for.
func (d *BusinessMetadataDef) AppliesTo() []catalog.Kind { return KindsOf(d.definition.AppliesTo) }

// Attributes are those that it has.
func (d *BusinessMetadataDef) Attributes() []*AttributeDef {
	return attributesOf(d.definition.Attributes)
}

// MetadataVersion counts its changes.
func (d *BusinessMetadataDef) MetadataVersion() Long { return Long(d.definition.Version) }

// AttributeDef is the GraphQL type of that name.
type AttributeDef struct {
	Name        string
	Type        string
	Required    bool
	Default     *string
	Description *string
	Options     []string
}

// OptionsKey is where an attribute keeps the values that it may have: a JSON
// array of texts among the wire's options.
const OptionsKey = "options"

func attributesOf(list []catalog.AttributeDefinition) []*AttributeDef {
	out := make([]*AttributeDef, len(list))
	for i := range list {
		a := &list[i]
		out[i] = &AttributeDef{
			Name: a.Name, Type: a.TypeName, Required: !a.IsOptional, Default: text(a.DefaultValue), Description: text(a.Description),
			Options: splitOptions(a.Options[OptionsKey]),
		}
	}
	return out
}

// definitionPage gives a page of the definitions of a kind.
func definitionPage[D catalog.Definition, N any](r *Reader, kind catalog.Kind, prefix *string, first int, after *string, node func(D) N) (page[N], error) {
	w, err := windowOf(order{"definitions", string(kind)}, first, after)
	if err != nil {
		return page[N]{}, err
	}
	rows := func(after string) iter.Seq2[row[N], error] {
		return func(yield func(row[N], error) bool) {
			for d := range eachDefinition[D](r, kind, valueOf(prefix)) {
				name := d.Ref().Name
				if name <= after && after != "" {
					continue
				}
				if !yield(row[N]{name, node(d)}, nil) {
					return
				}
			}
		}
	}
	count := func() (n int, _ error) {
		for range eachDefinition[D](r, kind, valueOf(prefix)) {
			n++
		}
		return n, nil
	}
	return pageOf(r.ctx, w, rows(w.after), count)
}

// NodeConnection is the GraphQL type of that name.
type NodeConnection struct{ page[Node] }

// NodeEdge is the GraphQL type of that name.
type NodeEdge edge[Node]

// Edges are the rows with their cursors.
func (c *NodeConnection) Edges() []*NodeEdge { return edgesOf[NodeEdge](&c.page) }

// Definitions are those of a kind.
func (r *Reader) Definitions(kind catalog.Kind, prefix *string, first int, after *string) (*NodeConnection, error) {
	var p page[Node]
	var err error
	switch kind {
	case catalog.KindTag:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.TagDefinition) Node { return r.tagOf(d) })
	case catalog.KindBusinessMetadata:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.MetadataDefinition) Node { return r.metadataDefOf(d) })
	case catalog.KindTerm:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.Term) Node { return r.termOf(d) })
	case catalog.KindDomain:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.DomainDefinition) Node { return r.domainOf(d) })
	case catalog.KindDataProduct:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.DataProduct) Node { return r.productOf(d) })
	case catalog.KindTeam:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.Team) Node { return r.teamOf(d) })
	case catalog.KindContract:
		p, err = definitionPage(r, kind, prefix, first, after, func(d *catalog.Contract) Node { return r.ContractOf(d) })
	default:
		return nil, &NoDefinitionError{kind}
	}
	return &NodeConnection{p}, err
}

// NoDefinitionError says that people make nothing of a kind.
type NoDefinitionError struct{ Kind catalog.Kind }

func (e *NoDefinitionError) Error() string { return "nobody defines a " + string(e.Kind) }
