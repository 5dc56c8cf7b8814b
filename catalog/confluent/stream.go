package confluent

import (
	"cmp"
	"context"
	"iter"
	"slices"
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

// schemas are the ids that something holds and that may have something of a type
// that is selected, ordered by their qualified names and what follows them in
// the names of their parts: "10:" comes before "1:", but "1" before "10".
func (r *Reader) schemas(ctx context.Context, sel *Selection, t Type) iter.Seq[keyed[registry.ContextID]] {
	may := r.mayHave(ctx, sel, t)
	after := ":"
	if t == Schema {
		after = ""
	}
	snapshot := r.View.Registry()
	return func(yield func(keyed[registry.ContextID]) bool) {
		if sel.Found != nil {
			var list []keyed[registry.ContextID]
			for in, content := range sel.Found.contents(snapshot) {
				key := r.Names.inContext(in) + itoa(content.ID()) + after
				if sel.near(key) && may(in, content) {
					list = append(list, keyed[registry.ContextID]{key, registry.ContextID{Context: in, ID: content.ID()}})
				}
			}
			for _, k := range inOrder(list) {
				if !yield(k) {
					return
				}
			}
			return
		}
		for _, in := range contexts(snapshot) {
			prefix := r.Names.inContext(in)
			if !sel.near(prefix) {
				continue
			}
			for text, content := range idsInOrder(snapshot, in, after) {
				key := prefix + text
				if !sel.near(key) || !may(in, content) {
					continue
				}
				if !yield(keyed[registry.ContextID]{key, registry.ContextID{Context: in, ID: content.ID()}}) {
					return
				}
			}
		}
	}
}

func (r *Reader) schemaStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for s := range r.schemas(ctx, sel, Schema) {
			c := candidate{qualifiedName: s.key, make: func() (*Entity, error) {
				u, err := r.usesOf(ctx, s.thing.Context, s.thing.ID)
				if u = sel.of(u); u == nil || err != nil {
					return nil, err
				}
				return r.schemaEntity(ctx, u)
			}}
			if !yield(c) {
				return
			}
		}
	}
}

// of leaves out of a schema's uses the subjects that a search has not found;
// nil when that leaves none.
func (sel *Selection) of(u *uses) *uses {
	if u == nil || sel.Found == nil {
		return u
	}
	if !slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.subject(v.Subject) }) {
		return nil
	}
	return u
}

func (r *Reader) recordStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return partStream(ctx, r, sel, Record, r.recordsOf, recordPath, r.recordEntity, func(u *uses, c *catalog.Record) bool {
		return slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.record(v.Subject, c.Name) })
	})
}

func (r *Reader) fieldStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return partStream(ctx, r, sel, Field, r.fieldsOf, fieldPath, r.fieldEntity, func(u *uses, f *catalog.Field) bool {
		return slices.ContainsFunc(u.versions, func(v catalog.Version) bool { return sel.Found.field(v.Subject, f.RuntimeName) })
	})
}

// partStream gives the records or fields of one schema id after the other. A
// schema that cannot be read is one candidate whose make says why.
func partStream[P any](
	ctx context.Context, r *Reader, sel *Selection, t Type,
	list func(context.Context, *uses) ([]P, error), path func(*P) string,
	entity func(context.Context, *uses, *P) (*Entity, error), found func(*uses, *P) bool,
) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for s := range r.schemas(ctx, sel, t) {
			u, err := r.usesOf(ctx, s.thing.Context, s.thing.ID)
			var parts []P
			if err == nil && u != nil && (sel.Deleted || !u.deleted) {
				if sel.whole && r.passOver(s.thing, sel, t) {
					continue
				}
				if parts, err = list(ctx, u); err == nil {
					r.count(s.thing, t, len(parts))
				}
			}
			if err != nil {
				if !yield(candidate{qualifiedName: s.key, make: func() (*Entity, error) { return nil, err }}) {
					return
				}
				continue
			}
			ordered := make([]keyed[*P], 0, len(parts))
			for i := range parts {
				if p := &parts[i]; sel.Found == nil || found(u, p) {
					ordered = append(ordered, keyed[*P]{s.key + path(p), p})
				}
			}
			for _, p := range inOrder(ordered) {
				if !yield(candidate{p.key, func() (*Entity, error) { return entity(ctx, u, p.thing) }, true}) {
					return
				}
			}
		}
	}
}

// passOver passes over a schema whose parts all come before the page.
func (r *Reader) passOver(id registry.ContextID, sel *Selection, t Type) bool {
	content, ok := r.View.Registry().ContentOf(id.Context, id.ID)
	if !ok || sel.Skip == 0 {
		return false
	}
	n, known := r.Counts.get(id, content.GUID(), t)
	if !known || n > sel.Skip {
		return false
	}
	sel.Skip -= n
	return true
}

// count remembers how many parts a schema has.
func (r *Reader) count(id registry.ContextID, t Type, parts int) {
	if content, ok := r.View.Registry().ContentOf(id.Context, id.ID); ok {
		r.Counts.put(id, content.GUID(), t, parts)
	}
}

func (r *Reader) versionStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		for _, in := range contexts(r.View.Registry()) {
			if !sel.near(r.Names.inContext(in)) {
				continue
			}
			for v := range mendOrder(r.versionsOf(ctx, sel, in)) {
				make := func() (*Entity, error) { return r.versionEntity(ctx, &v.thing) }
				if !yield(candidate{v.key, make, sel.Deleted || !v.thing.Deleted}) {
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
	may := r.taggable(ctx, sel, catalog.KindSchemaVersion)
	return func(yield func(string, []keyed[catalog.Version]) bool) {
		for s := range subjects {
			key := r.Names.inContext(in) + s.Name
			if !sel.near(key) {
				continue
			}
			versions, err := r.View.Versions(ctx, s)
			if err != nil {
				continue // it went, or may not be read
			}
			list := make([]keyed[catalog.Version], 0, len(versions))
			for i := range versions {
				if v := versions[i]; may(versionRef(&v)) {
					list = append(list, keyed[catalog.Version]{key + ":" + itoa(v.Version), v})
				}
			}
			if !yield(key, list) {
				return
			}
		}
	}
}

func (r *Reader) topicStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		may := r.taggable(ctx, sel, catalog.KindTopic)
		clusters := r.clusters()
		slices.SortFunc(clusters, func(a, b string) int { return cmp.Compare(a+":", b+":") })
		for _, cluster := range clusters {
			topics := r.View.Topics(ctx, cluster, "")
			if sel.Found != nil {
				topics = sel.Found.topicsOf(ctx, r.View, cluster)
			}
			for t := range topics {
				if !may(t.Ref()) {
					continue
				}
				key := r.Names.Format(Name{Type: Topic, Cluster: t.Cluster, Topic: t.Name})
				if !yield(candidate{key, func() (*Entity, error) { return r.topicEntity(ctx, &t) }, true}) {
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
			if !yield(candidate{qualifiedName: name, make: func() (*Entity, error) { return r.clusterEntity(ctx, name) }}) {
				return
			}
		}
	}
}

func (r *Reader) environmentStream(ctx context.Context, sel *Selection) iter.Seq[candidate] {
	return func(yield func(candidate) bool) {
		id := r.Names.Environment()
		if sel.Found == nil || sel.Found.words(id) {
			yield(candidate{qualifiedName: id, make: func() (*Entity, error) { return r.environmentEntity(ctx) }})
		}
	}
}

// words says whether a name that the index does not have answers the query:
// whether it holds the query's text.
func (f *Found) words(name string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(f.text))
}
