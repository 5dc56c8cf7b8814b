package model

import (
	"github.com/weir-registry/weir/catalog"
)

// Domain is the GraphQL type of that name.
type Domain struct {
	thing
	Name       string
	definition *catalog.DomainDefinition
}

// IsEntity marks an Entity.
func (*Domain) IsEntity() {}

func (r *Reader) domain(name string) (*Domain, error) {
	d, err := definition[*catalog.DomainDefinition](r, catalog.KindDomain, name)
	if err != nil {
		return nil, err
	}
	return r.domainOf(d), nil
}

func (r *Reader) domainOf(d *catalog.DomainDefinition) *Domain {
	return &Domain{r.known(d.Ref()), d.Name, d}
}

// Parent is the domain above.
func (d *Domain) Parent() (*Domain, error) {
	if d.definition.Parent == "" {
		return nil, nil
	}
	return orNil(d.r.domain(d.definition.Parent))
}

// Children are the domains below.
func (d *Domain) Children() []*Domain {
	list := []*Domain{}
	for child := range eachDefinition[*catalog.DomainDefinition](d.r, catalog.KindDomain, "") {
		if child.Parent == d.Name {
			list = append(list, d.r.domainOf(child))
		}
	}
	return list
}

// Products are the data products of the domain.
func (d *Domain) Products() ([]*DataProduct, error) {
	list := []*DataProduct{}
	l := d.in(nil)
	l.kinds = []catalog.Kind{catalog.KindDataProduct}
	for ref, err := range l.wanted(d.r, catalog.Ref{}) {
		if err != nil {
			return nil, err
		}
		if p, err := d.r.product(ref.Name); err == nil {
			list = append(list, p)
		}
	}
	return list, nil
}

// Entities are those of the domain.
func (d *Domain) Entities(kinds []catalog.Kind, first int, after *string) (*EntityConnection, error) {
	return d.r.refPage(d.in(kinds), first, after)
}

func (d *Domain) in(kinds []catalog.Kind) refList {
	l := refList{order: order{"users", d.ref.String()}, refs: d.r.view.UsersOf(d.r.ctx, d.ref), kinds: kinds}
	l.holds = said{domain: d.ref}.holds
	return l
}

// DataProduct is the GraphQL type of that name.
type DataProduct struct {
	thing
	Name       string
	definition *catalog.DataProduct
}

// IsEntity marks an Entity.
func (*DataProduct) IsEntity() {}

func (r *Reader) product(name string) (*DataProduct, error) {
	d, err := definition[*catalog.DataProduct](r, catalog.KindDataProduct, name)
	if err != nil {
		return nil, err
	}
	return r.productOf(d), nil
}

func (r *Reader) productOf(d *catalog.DataProduct) *DataProduct {
	return &DataProduct{r.known(d.Ref()), d.Name, d}
}

// Outputs are what it offers, as far as it is there.
func (p *DataProduct) Outputs(first int, after *string) (*EntityConnection, error) {
	w, err := windowOf(order{"outputs", p.ref.String()}, first, after)
	if err != nil {
		return nil, err
	}
	var list []Entity
	for _, name := range p.definition.Outputs {
		ref, err := catalog.ParseRef(name)
		if err != nil {
			continue
		}
		entity, err := p.r.EntityOrNil(ref)
		if err != nil {
			return nil, err
		}
		if entity != nil {
			list = append(list, entity)
		}
	}
	key := func(e *Entity) string {
		if named, ok := (*e).(interface{ Ref() catalog.Ref }); ok {
			return named.Ref().String()
		}
		return ""
	}
	out, err := sliced(w, list, key, func(e *Entity) (Entity, error) { return *e, nil })
	return &EntityConnection{out}, err
}
