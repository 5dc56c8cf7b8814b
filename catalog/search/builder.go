package search

import (
	"slices"

	"github.com/weir-registry/weir/schema"
)

// Builder takes documents one by one and makes an index of them: the way to
// load many. The zero Builder is not ready; use NewBuilder.
type Builder struct {
	names, paths, descriptions, types interner
	inherited, own                    setInterner

	entities []entity
	members  columns

	lastPath   string // of the last member, and its number: members come by record
	lastPathID uint32
	plain      []numberedSet // own sets without tags and terms: two for each kind
}

// entity is an entity of a segment in the making.
type entity struct {
	ref            Ref
	row            row
	uses           uint32
	first, members int // its members in the columns
}

// row is what the columns hold of a document.
type row struct{ name, path, description, typ, inherited, own uint32 }

type columns struct{ name, path, description, typ, inherited, own []uint32 }

func (c *columns) len() int { return len(c.name) }

func (c *columns) append(r row) {
	c.name = append(c.name, r.name)
	c.path = append(c.path, r.path)
	c.description = append(c.description, r.description)
	c.typ = append(c.typ, r.typ)
	c.inherited = append(c.inherited, r.inherited)
	c.own = append(c.own, r.own)
}

// each calls visit with every column and the one of the same sort of another.
func (c *columns) each(o *columns, visit func(mine, other *[]uint32)) {
	visit(&c.name, &o.name)
	visit(&c.path, &o.path)
	visit(&c.description, &o.description)
	visit(&c.typ, &o.typ)
	visit(&c.inherited, &o.inherited)
	visit(&c.own, &o.own)
}

type plainSet struct {
	kind      Kind
	described bool
}

type numberedSet struct {
	plainSet
	id uint32
}

// NewBuilder makes an empty builder.
func NewBuilder() *Builder {
	return &Builder{
		names: newInterner(), paths: newInterner(), descriptions: newInterner(), types: newInterner(),
		inherited: newSetInterner(), own: newSetInterner(),
	}
}

// Add adds a document. Of two with the same Ref the later one stays. The
// builder keeps strings of the document until the index is made, not the
// document.
func (b *Builder) Add(d *Document) {
	e := b.begin(d)
	for i := range d.Members {
		m := &d.Members[i]
		inherited := e.row.inherited
		if len(m.Owners) > 0 || len(m.Domains) > 0 || m.Status != "" {
			a := d.Attributes
			if len(m.Owners) > 0 {
				a.Owners = m.Owners
			}
			if len(m.Domains) > 0 {
				a.Domains = m.Domains
			}
			if m.Status != "" {
				a.Status = m.Status
			}
			inherited = b.inheritedSet(d, &a)
		}
		b.member(inherited, m.Kind, m.Name, m.Path, m.Type, m.Description, m.Tags, m.Terms)
	}
	b.end(e)
}

// AddOutline adds a document with the members of an outline after its own: the
// quick way for what nobody has annotated.
func (b *Builder) AddOutline(d *Document, o *schema.Outline) {
	b.Add(d)
	e := b.entities[len(b.entities)-1]
	b.entities = b.entities[:len(b.entities)-1]
	eachMember(o, func(kind Kind, name, path, typ, description string, tags []string) {
		b.member(e.row.inherited, kind, name, path, typ, description, tags, nil)
	})
	b.end(e)
}

func (b *Builder) begin(d *Document) entity {
	return entity{ref: d.Ref, uses: d.Uses, first: b.members.len(), row: row{
		name: b.names.id(d.Name), path: b.paths.id(d.Path), description: b.descriptions.id(d.Description),
		inherited: b.inheritedSet(d, &d.Attributes),
		own:       b.ownSet(d.Kind, d.Tags, d.Terms, d.Description != ""),
	}}
}

func (b *Builder) member(inherited uint32, kind Kind, name, path, typ, description string, tags, terms []string) {
	b.members.append(row{
		name: b.names.id(name), path: b.pathID(path), description: b.descriptions.id(description), typ: b.types.id(typ),
		inherited: inherited, own: b.ownSet(kind, tags, terms, description != ""),
	})
}

func (b *Builder) end(e entity) {
	e.members = b.members.len() - e.first
	b.entities = append(b.entities, e)
}

func (b *Builder) pathID(path string) uint32 {
	if path != b.lastPath {
		b.lastPath, b.lastPathID = path, b.paths.id(path)
	}
	return b.lastPathID
}

func (b *Builder) inheritedSet(d *Document, a *Attributes) uint32 {
	b.inherited.begin()
	b.inherited.add(facetContext, d.Context)
	b.inherited.add(facetCluster, d.Cluster)
	b.inherited.add(facetFormat, d.Format)
	b.inherited.add(facetCompatibility, d.Compatibility)
	b.inherited.addAll(facetDomain, a.Domains)
	b.inherited.addAll(facetOwner, a.Owners)
	b.inherited.add(facetStatus, a.Status)
	b.inherited.add(facetHasOwner, yesNo(len(a.Owners) > 0))
	return b.inherited.end()
}

func (b *Builder) ownSet(kind Kind, tags, terms []string, described bool) uint32 {
	plain := plainSet{kind, described}
	bare := len(tags) == 0 && len(terms) == 0
	if bare {
		for i := range b.plain {
			if b.plain[i].plainSet == plain {
				return b.plain[i].id
			}
		}
	}
	b.own.begin()
	b.own.add(facetKind, string(kind))
	b.own.add(facetHasDescription, yesNo(described))
	b.own.addAll(facetTag, tags)
	b.own.addAll(facetTerm, terms)
	id := b.own.end()
	if bare {
		b.plain = append(b.plain, numberedSet{plain, id})
	}
	return id
}

func compareRefs(a, b Ref) int {
	if a.Kind != b.Kind {
		if a.Kind < b.Kind {
			return -1
		}
		return 1
	}
	switch {
	case a.ID < b.ID:
		return -1
	case a.ID > b.ID:
		return 1
	}
	return 0
}

// sortEntities orders the entities by Ref and leaves the last of equal ones.
func (b *Builder) sortEntities() {
	slices.SortStableFunc(b.entities, func(x, y entity) int { return compareRefs(x.ref, y.ref) })
	kept := b.entities[:0]
	for i, e := range b.entities {
		if i+1 < len(b.entities) && b.entities[i+1].ref == e.ref {
			continue
		}
		kept = append(kept, e)
	}
	b.entities = kept
}
