package model

import (
	"slices"

	"github.com/weir-registry/weir/catalog"
)

// Team is the GraphQL type of that name.
type Team struct {
	thing
	Name       string
	definition *catalog.Team
}

// IsEntity marks an Entity.
func (*Team) IsEntity() {}

// IsOwner marks an Owner.
func (*Team) IsOwner() {}

func (r *Reader) team(name string) (*Team, error) {
	d, err := definition[*catalog.Team](r, catalog.KindTeam, name)
	if err != nil {
		return nil, err
	}
	return r.teamOf(d), nil
}

func (r *Reader) teamOf(d *catalog.Team) *Team { return &Team{r.known(d.Ref()), d.Name, d} }

// Members are the people of the team that there are.
func (t *Team) Members() []*Person {
	list := []*Person{}
	for _, name := range t.definition.Members {
		if p, err := t.r.person(name); err == nil {
			list = append(list, p)
		}
	}
	return list
}

// Contact is where to find the team.
func (t *Team) Contact() []*catalog.Link { return pointers(slices.Clone(t.definition.Contact)) }

// Owns are the entities that the team owns.
func (t *Team) Owns(kinds []catalog.Kind, first int, after *string) (*EntityConnection, error) {
	return t.r.owned(t.ref, kinds, first, after)
}

// Person is the GraphQL type of that name.
type Person struct {
	thing
	Name       string
	definition *catalog.Person
}

// IsOwner marks an Owner.
func (*Person) IsOwner() {}

func (r *Reader) person(name string) (*Person, error) {
	d, err := definition[*catalog.Person](r, catalog.KindPerson, name)
	if err != nil {
		return nil, err
	}
	return r.personOf(d), nil
}

func (r *Reader) personOf(d *catalog.Person) *Person { return &Person{r.known(d.Ref()), d.Name, d} }

// Email is where to write to.
func (p *Person) Email() *string { return text(p.definition.Email) }

// Teams are those that have the person as a member.
func (p *Person) Teams() []*Team {
	list := []*Team{}
	for d := range eachDefinition[*catalog.Team](p.r, catalog.KindTeam, "") {
		if slices.Contains(d.Members, p.Name) {
			list = append(list, p.r.teamOf(d))
		}
	}
	return list
}

// Owns are the entities that the person owns.
func (p *Person) Owns(kinds []catalog.Kind, first int, after *string) (*EntityConnection, error) {
	return p.r.owned(p.ref, kinds, first, after)
}

// PersonConnection is the GraphQL type of that name.
type PersonConnection struct{ page[*Person] }

// PersonEdge is the GraphQL type of that name.
type PersonEdge edge[*Person]

// Edges are the rows with their cursors.
func (c *PersonConnection) Edges() []*PersonEdge { return edgesOf[PersonEdge](&c.page) }

// People are all people by name.
func (r *Reader) People(prefix *string, first int, after *string) (*PersonConnection, error) {
	p, err := definitionPage(r, catalog.KindPerson, prefix, first, after, r.personOf)
	return &PersonConnection{p}, err
}
