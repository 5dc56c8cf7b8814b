package search

import "slices"

// Builder takes documents one by one and makes an index of them: the way to
// load many. The zero Builder is not ready; use NewBuilder.
type Builder struct {
	names, paths, descriptions, types interner
	inherited, own                    setInterner

	entities []entity
	members  columns

	lastPath   string // of the last member, and its number: members come by record
	lastPathID uint32
	plain      map[plainSet]uint32 // own sets without tags and terms
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

// NewBuilder makes an empty builder.
func NewBuilder() *Builder {
	return &Builder{
		names: newInterner(), paths: newInterner(), descriptions: newInterner(), types: newInterner(),
		inherited: newSetInterner(), own: newSetInterner(), plain: map[plainSet]uint32{},
	}
}

// Add adds a document. Of two with the same Ref the later one stays. The
// builder keeps strings of the document until the index is made, not the
// document.
func (b *Builder) Add(d *Document) {
	e := entity{ref: d.Ref, uses: d.Uses, first: b.members.len(), members: len(d.Members)}
	e.row = row{
		name: b.names.id(d.Name), path: b.paths.id(d.Path), description: b.descriptions.id(d.Description),
		inherited: b.inheritedSet(d, &d.Attributes),
		own:       b.ownSet(d.Kind, &d.Attributes, d.Description != ""),
	}
	b.entities = append(b.entities, e)
	for i := range d.Members {
		m := &d.Members[i]
		r := row{
			name: b.names.id(m.Name), path: b.pathID(m.Path), description: b.descriptions.id(m.Description), typ: b.types.id(m.Type),
			inherited: e.row.inherited,
			own:       b.ownSet(m.Kind, &m.Attributes, m.Description != ""),
		}
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
			r.inherited = b.inheritedSet(d, &a)
		}
		b.members.append(r)
	}
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

func (b *Builder) ownSet(kind Kind, a *Attributes, described bool) uint32 {
	plain := plainSet{kind, described}
	bare := len(a.Tags) == 0 && len(a.Terms) == 0
	if bare {
		if id, ok := b.plain[plain]; ok {
			return id
		}
	}
	b.own.begin()
	b.own.add(facetKind, string(kind))
	b.own.add(facetHasDescription, yesNo(described))
	b.own.addAll(facetTag, a.Tags)
	b.own.addAll(facetTerm, a.Terms)
	id := b.own.end()
	if bare {
		b.plain[plain] = id
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
