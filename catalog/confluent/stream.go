package confluent

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// keyed is a thing with the text that it is ordered by.
type keyed[T any] struct {
	key   string
	thing T
}

func inOrder[T any](list []keyed[T]) []keyed[T] {
	slices.SortFunc(list, func(a, b keyed[T]) int { return cmp.Compare(a.key, b.key) })
	return list
}

// place is a schema id with the key that it is ordered by.
type place struct {
	key     string
	context registry.Context
	content registry.Content
}

func (p *place) id() registry.ContextID {
	return registry.ContextID{Context: p.context, ID: p.content.ID()}
}

// schemas are the ids that something holds and that may have something of a type
// that is selected, ordered by their qualified names and what follows them in
// the names of their parts: "10:" comes before "1:", but "1" before "10".
func (r *Reader) schemas(ctx context.Context, sel *Selection, t Type) iter.Seq[place] {
	may := r.mayHave(ctx, sel, t)
	after := ":"
	if t == Schema {
		after = ""
	}
	snapshot := r.View.Registry()
	return func(yield func(place) bool) {
		if sel.Found != nil {
			var list []place
			for in, content := range sel.Found.contents(snapshot) {
				key := r.Names.inContext(in) + itoa(content.ID()) + after
				if sel.near(key) && may(in, content) {
					list = append(list, place{key, in, content})
				}
			}
			slices.SortFunc(list, func(a, b place) int { return strings.Compare(a.key, b.key) })
			for _, p := range list {
				if !yield(p) {
					return
				}
			}
			return
		}
		var room [64]byte
		for _, in := range contexts(snapshot) {
			prefix := r.Names.inContext(in)
			if !sel.near(prefix) {
				continue
			}
			for text, content := range idsInOrder(snapshot, in, after) {
				if !may(in, content) {
					continue
				}
				key := string(append(append(room[:0], prefix...), text...))
				if sel.near(key) && !yield(place{key, in, content}) {
					return
				}
			}
		}
	}
}

func (r *Reader) schemaStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		var (
			at place
			u  uses
		)
		fill := func(e *Entity) (bool, error) {
			used, err := r.fillUses(ctx, &u, at.context, at.content)
			if !used || err != nil || !sel.found(&u) {
				return false, err
			}
			return true, r.fillSchema(ctx, e, &u)
		}
		for at = range r.schemas(ctx, sel, Schema) {
			if !yield(candidate{qualifiedName: at.key, fill: fill}) {
				return
			}
		}
	}
}

// found says that a search has found one of the subjects of an id.
func (sel *Selection) found(u *uses) bool {
	return sel.Found == nil || slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.subject(v.Subject) })
}

func (r *Reader) recordStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return partStream(ctx, r, sel, Record, r.listRecords, recordPath, r.fillRecord, func(u *uses, c *catalog.Record) bool {
		return slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.record(v.Subject, c.Name) })
	})
}

func (r *Reader) fieldStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return partStream(ctx, r, sel, Field, r.listFields, fieldPath, r.fillField, func(u *uses, f *catalog.Field) bool {
		return slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.field(v.Subject, f.RuntimeName) })
	})
}

// partStream gives the records or fields of one schema id after the other. A
// schema that cannot be read is one candidate whose fill says why.
func partStream[P any](
	ctx context.Context, r *Reader, sel *Selection, t Type,
	list func(context.Context, *uses) ([]P, error), path func(*P) string,
	fill func(context.Context, *Entity, *uses, *P) error, found func(*uses, *P) bool,
) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		var (
			at      *P
			ordered []keyed[int]
			names   room
		)
		u := uses{listing: new(catalog.Listing)}
		part := func(e *Entity) (bool, error) { return true, fill(ctx, e, &u, at) }
		for s := range r.schemas(ctx, sel, t) {
			used, err := r.fillUses(ctx, &u, s.context, s.content)
			var parts []P
			if err == nil && used && (sel.Deleted || !u.deleted) {
				if sel.whole && r.passOver(&s, sel, t) {
					continue
				}
				u.unsaid = r.nothingSaid(&u, t)
				if parts, err = list(ctx, &u); err == nil {
					r.Counts.put(s.id(), s.content.GUID(), t, len(parts))
				}
			}
			if err != nil {
				if !yield(candidate{qualifiedName: s.key, fill: func(*Entity) (bool, error) { return false, err }}) {
					return
				}
				continue
			}
			ordered = ordered[:0]
			for i := range parts {
				if p := &parts[i]; sel.Found == nil || found(&u, p) {
					ordered = append(ordered, keyed[int]{path(p), i})
				}
			}
			names.clear()
			for _, p := range inOrder(ordered) {
				at = &parts[p.thing]
				if !yield(candidate{names.join(s.key, p.key), part, true, p.thing}) {
					return
				}
			}
		}
	}
}

// nothingSaid says that nobody says anything of the parts of a schema.
func (r *Reader) nothingSaid(u *uses, t Type) bool {
	kind := catalog.KindField
	if t == Record {
		kind = catalog.KindRecord
	}
	for i := range u.versions {
		if !r.View.NothingSaid(kind, u.versions[i].Subject) {
			return false
		}
	}
	return true
}

// passOver passes over a schema whose parts all come before the page.
func (r *Reader) passOver(at *place, sel *Selection, t Type) bool {
	if sel.Skip == 0 {
		return false
	}
	n, known := r.Counts.get(at.id(), at.content.GUID(), t)
	if !known || n > sel.Skip {
		return false
	}
	sel.Skip -= n
	return true
}

func (r *Reader) versionStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		var at keyed[catalog.Version]
		fill := func(e *Entity) (bool, error) { return true, r.fillVersion(ctx, e, &at.thing) }
		for _, in := range contexts(r.View.Registry()) {
			if !sel.near(r.Names.inContext(in)) {
				continue
			}
			for at = range mendOrder(r.versionsOf(ctx, sel, in)) {
				if !yield(candidate{qualifiedName: at.key, fill: fill, sure: sel.Deleted || !at.thing.Deleted}) {
					return
				}
			}
		}
	}
}

// versionsOf gives the versions of the subjects of a context, with what their
// names begin with.
func (r *Reader) versionsOf(ctx context.Context, sel *Selection, in registry.Context) iter.Seq2[string, []keyed[catalog.Version]] {
	subjects := r.View.Subjects(ctx, in, "", sel.Deleted)
	if sel.Found != nil {
		subjects = sel.Found.subjectsOf(in)
	}
	may := func(*catalog.Version) bool { return true }
	if tagged := r.taggable(ctx, sel, catalog.KindSchemaVersion); tagged != nil {
		may = func(v *catalog.Version) bool { return tagged(versionRef(v)) }
	}
	return func(yield func(string, []keyed[catalog.Version]) bool) {
		var (
			versions []catalog.Version
			list     []keyed[catalog.Version]
			room     []byte
			err      error
		)
		prefix := r.Names.inContext(in)
		for s := range subjects {
			room = append(append(append(room[:0], prefix...), s.Name...), ':')
			whole := len(room)
			name := string(room[:whole-1])
			if !sel.near(name) {
				continue
			}
			if versions, err = r.View.AppendVersions(ctx, versions[:0], s); err != nil {
				continue // it went, or may not be read
			}
			list = list[:0]
			for i := range versions {
				if v := &versions[i]; may(v) {
					room = strconv.AppendInt(room[:whole], int64(v.Version), 10)
					list = append(list, keyed[catalog.Version]{string(room), *v})
				}
			}
			if !yield(name, list) {
				return
			}
		}
	}
}

func (r *Reader) topicStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		var at catalog.Topic
		fill := func(e *Entity) (bool, error) { return true, r.fillTopic(ctx, e, &at) }
		may := r.taggable(ctx, sel, catalog.KindTopic)
		clusters := r.clusters()
		slices.SortFunc(clusters, func(a, b string) int { return cmp.Compare(a+":", b+":") })
		for _, cluster := range clusters {
			topics := r.View.Topics(ctx, cluster, "")
			if sel.Found != nil {
				topics = sel.Found.topicsOf(ctx, r.View, cluster)
			}
			for at = range topics {
				if may != nil && !may(at.Ref()) {
					continue
				}
				key := r.Names.Format(Name{Type: Topic, Cluster: at.Cluster, Topic: at.Name})
				if !yield(candidate{qualifiedName: key, fill: fill, sure: true}) {
					return
				}
			}
		}
	}
}

func (r *Reader) clusterStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for _, name := range r.clusters() {
			if sel.Found != nil && !sel.Found.words(name) {
				continue
			}
			if !yield(candidate{qualifiedName: name, fill: func(e *Entity) (bool, error) { return true, r.fillCluster(ctx, e, name) }}) {
				return
			}
		}
	}
}

func (r *Reader) environmentStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		id := r.Names.Environment()
		if sel.Found == nil || sel.Found.words(id) {
			yield(candidate{qualifiedName: id, fill: func(e *Entity) (bool, error) { return true, r.fillEnvironment(ctx, e) }})
		}
	}
}

// words says whether a name that the index does not have answers the query:
// whether it holds the query's text.
func (f *Found) words(name string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(f.text))
}
