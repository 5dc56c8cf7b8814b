package search

import (
	"encoding/binary"
	"maps"
	"slices"
)

// Builder takes documents one by one and makes an index of them: the way to
// load many. The zero Builder is not ready; use NewBuilder.
type Builder struct {
	names, paths, descriptions, types interner
	inherited, own                    setInterner

	entities    []entity
	members     rows
	memberPaths []memberPath
	departing   []departing
	plain       []numberedSet // own sets without tags and terms: two for each kind
	combined    interner      // of all that goes into an inherited set
	combinedIDs []uint32      // the sets of those
	key         []byte

	// By path: the name that is its last part and is read as a name, and the
	// path before that; 0 for what is read as it is.
	tails, parents []uint32
	queue          queue
	recent         *recent   // nil until there is an outline
	progress       *progress // shared with the interners
}

// entity is an entity of a segment in the making.
type entity struct {
	ref                       Ref
	row                       row
	path, inherited           uint32
	uses, lastSeen            uint32
	first, members            uint32 // its members in the rows
	firstPath, paths          uint32 // their paths
	firstDeparting, departing uint32
}

// row is what a segment holds of each document.
type row struct{ name, description, typ, own uint32 }

// memberPath is the path of a number of members one after the other.
type memberPath struct{ path, members uint32 }

// departing is a member of an entity with an inherited set of its own.
type departing struct{ member, inherited uint32 }

// rows are a long list of rows in pieces, which never move.
type rows struct {
	pieces [][]row
	n      uint32
}

const rowsInPiece = 1 << 13

func (r *rows) append(one row) {
	if r.n%rowsInPiece == 0 {
		piece := []row(nil) // a small one grows
		if r.n > 0 {
			piece = make([]row, rowsInPiece)[:0]
		}
		r.pieces = append(r.pieces, piece)
	}
	last := &r.pieces[len(r.pieces)-1]
	*last = append(*last, one)
	r.n++
}

func (r *rows) at(i uint32) *row { return &r.pieces[i/rowsInPiece][i%rowsInPiece] }

// cut drops what was appended after there were n.
func (r *rows) cut(n uint32) {
	if n == r.n {
		return
	}
	pieces := (n + rowsInPiece - 1) / rowsInPiece
	r.pieces, r.n = r.pieces[:pieces], n
	if left := n % rowsInPiece; left > 0 {
		r.pieces[pieces-1] = r.pieces[pieces-1][:left]
	}
}

// each calls visit with n rows from a place on, piece by piece.
func (r *rows) each(from, n uint32, visit func([]row)) {
	for n > 0 {
		piece := r.pieces[from/rowsInPiece][from%rowsInPiece:]
		piece = piece[:min(n, uint32(len(piece)))]
		visit(piece)
		from, n = from+uint32(len(piece)), n-uint32(len(piece))
	}
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
	b := &Builder{
		names: newInterner(), paths: newInterner(), descriptions: newInterner(), types: newInterner(),
		inherited: newSetInterner(), own: newSetInterner(), combined: newInterner(), progress: &progress{},
	}
	b.names.progress, b.paths.progress, b.descriptions.progress = b.progress, b.progress, b.progress
	return b
}

// Expect says how many documents the builder will have, about. One that knows
// makes its lists as long as they will become, where others double them, and
// needs a sixth less memory for it.
func (b *Builder) Expect(documents int) {
	b.progress.all = documents
	b.entities = slices.Grow(b.entities, documents)
}

// Add adds a document. Of two with the same Ref the later one stays. The
// builder keeps strings of the document until the index is made, not the
// document.
func (b *Builder) Add(d *Document) {
	e := b.begin(d)
	b.addMembers(&e, d)
	b.end(&e)
}

func (b *Builder) begin(d *Document) entity {
	return entity{
		ref: d.Ref, uses: d.Uses, lastSeen: seconds(d.LastSeen),
		first: b.members.n, firstPath: uint32(len(b.memberPaths)), firstDeparting: uint32(len(b.departing)),
		row: row{
			name: b.names.idOf(d.Name), description: b.descriptions.idOf(d.Description),
			own: b.ownSet(d.Kind, d.Tags, d.Terms, d.Description != ""),
		},
		path: b.paths.idOf(d.Path), inherited: b.inheritedSet(d, &d.Attributes),
	}
}

func (b *Builder) end(e *entity) {
	b.progress.had++
	e.members = b.members.n - e.first
	e.paths, e.departing = uint32(len(b.memberPaths))-e.firstPath, uint32(len(b.departing))-e.firstDeparting
	b.entities = append(room(b.entities, 1, b.progress), *e)
}

// drop forgets what was added of an entity.
func (b *Builder) drop(e *entity) {
	b.members.cut(e.first)
	b.memberPaths, b.departing = b.memberPaths[:e.firstPath], b.departing[:e.firstDeparting]
}

// addMembers adds the members of a document.
func (b *Builder) addMembers(e *entity, d *Document) {
	for i := range d.Members {
		m := &d.Members[i]
		inherited := e.inherited
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
		b.member(e, inherited, m)
	}
}

func (b *Builder) member(e *entity, inherited uint32, m *Member) {
	if inherited != e.inherited {
		b.departing = append(b.departing, departing{b.members.n - e.first, inherited})
	}
	b.memberPath(e, b.paths.idOf(m.Path), 1)
	b.members.append(row{
		name: b.names.idOf(m.Name), description: b.descriptions.idOf(m.Description), typ: b.types.idOf(m.Type),
		own: b.ownSet(m.Kind, m.Tags, m.Terms, m.Description != ""),
	})
}

// memberPath notes the path of the next members of an entity.
func (b *Builder) memberPath(e *entity, path uint32, members int) {
	if last := len(b.memberPaths) - 1; last >= int(e.firstPath) && b.memberPaths[last].path == path {
		b.memberPaths[last].members += uint32(members)
		return
	}
	b.memberPaths = append(room(b.memberPaths, 1, b.progress), memberPath{path, uint32(members)})
}

func (b *Builder) inheritedSet(d *Document, a *Attributes) uint32 {
	key := b.key[:0]
	for _, text := range [...]string{d.Context, d.Cluster, d.Format, d.Compatibility, a.Status} {
		key = append(binary.AppendUvarint(key, uint64(len(text))), text...)
	}
	for _, list := range [...][]string{a.Domains, a.Owners} {
		key = binary.AppendUvarint(key, uint64(len(list)))
		for _, text := range list {
			key = append(binary.AppendUvarint(key, uint64(len(text))), text...)
		}
	}
	b.key = key
	id := b.combined.id(key) - 1
	if int(id) < len(b.combinedIDs) {
		return b.combinedIDs[id]
	}
	b.inherited.begin()
	b.inherited.add(facetContext, d.Context)
	b.inherited.add(facetCluster, d.Cluster)
	b.inherited.add(facetFormat, d.Format)
	b.inherited.add(facetCompatibility, d.Compatibility)
	b.inherited.addAll(facetDomain, a.Domains)
	b.inherited.addAll(facetOwner, a.Owners)
	b.inherited.add(facetStatus, a.Status)
	b.inherited.add(facetHasOwner, yesNo(len(a.Owners) > 0))
	b.combinedIDs = append(b.combinedIDs, b.inherited.end())
	return b.combinedIDs[id]
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
	inOrder := true
	for i := 1; i < len(b.entities) && inOrder; i++ {
		inOrder = compareRefs(b.entities[i-1].ref, b.entities[i].ref) < 0
	}
	if inOrder {
		return
	}
	order := sortTexts(len(b.entities), func(i uint32) string { return b.entities[i].ref.ID })
	kinds := map[Kind][]uint32{}
	for _, i := range order {
		kind := b.entities[i].ref.Kind
		kinds[kind] = append(kinds[kind], i)
	}
	sorted := make([]entity, 0, len(order))
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for _, i := range kinds[kind] {
			e := b.entities[i]
			if n := len(sorted); n > 0 && sorted[n-1].ref == e.ref {
				sorted[n-1] = e
				continue
			}
			sorted = append(sorted, e)
		}
	}
	b.entities = sorted
}
