package catalog

import (
	"context"
	"iter"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/registry"
)

// exists says whether a thing is there by itself, without what people say: what
// the registry has, and the stubs of inline tags.
func (v *View) exists(ref Ref) bool {
	switch ref.Kind {
	case KindContext:
		for c := range v.registry.Contexts() {
			if string(c) == ref.Name {
				return true
			}
		}
		return false
	case KindSubject:
		all, _ := v.registry.Standing(ref.Subject())
		return all > 0
	case KindSchemaVersion:
		_, ok := v.versionOf(ref)
		return ok
	case KindSchema:
		_, ok := v.schemaOf(ref)
		return ok
	case KindRecord:
		return v.recordOf(ref) != nil
	case KindField:
		return v.fieldOf(ref) != nil
	case KindCluster:
		return v.hasCluster(ref.Name)
	case KindTopic:
		return len(v.topics.get().links(ref)) > 0
	case KindTag:
		return v.stub(ref.Name) != nil
	}
	return false
}

// hasCluster says whether a context is bound to a cluster.
func (v *View) hasCluster(name string) bool {
	for c := range v.registry.Contexts() {
		if v.catalog.options.Cluster(c) == name {
			return true
		}
	}
	return false
}

// Clusters gives the clusters that contexts are bound to, in order.
func (v *View) Clusters(ctx context.Context) []string {
	var names []string
	for c := range v.registry.Contexts() {
		name := v.catalog.options.Cluster(c)
		if !slices.Contains(names, name) && v.mayRead(ctx, Ref{Kind: KindCluster, Name: name}) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func versionRef(s registry.Subject, number int32) Ref {
	return Ref{KindSchemaVersion, string(s.Context), s.Name, strconv.Itoa(int(number))}
}

func schemaRef(in registry.Context, id int32) Ref {
	return Ref{Kind: KindSchema, Scope: string(in), Name: strconv.Itoa(int(id))}
}

// versionOf gives the version that an entity is.
func (v *View) versionOf(ref Ref) (registry.VersionRow, bool) {
	number, ok := parseNumber(ref.Part)
	if !ok {
		return registry.VersionRow{}, false
	}
	return v.registry.VersionOf(ref.Subject(), number)
}

// schemaOf gives the content that an entity is.
func (v *View) schemaOf(ref Ref) (registry.Content, bool) {
	id, ok := parseNumber(ref.Name)
	if !ok {
		return registry.Content{}, false
	}
	return v.registry.ContentOf(registry.Context(ref.Scope), id)
}

// parseNumber reads a number as Refs write it, in that spelling only.
func parseNumber(text string) (int32, bool) {
	n, err := strconv.ParseInt(text, 10, 32)
	return int32(n), err == nil && strconv.FormatInt(n, 10) == text
}

// fieldOf gives the logical field that an entity is, nil for none.
func (v *View) fieldOf(ref Ref) *Field {
	return memberOf(v, ref, (*logical).allFields, (*layout).allFields)
}

func (v *View) recordOf(ref Ref) *Record {
	return memberOf(v, ref, (*logical).allRecords, (*layout).allRecords)
}

// memberOf gives the field or record that an entity is, nil for none. One that
// only soft-deleted versions of a live subject have is still found by its name.
func memberOf[T any, P member[T]](v *View, ref Ref, all func(*logical) *byName[T], one func(*layout) []T) P {
	s := ref.Subject()
	if l := v.logical(s); l != nil {
		if x := all(l).get(ref.Part); x != nil {
			return x
		}
	}
	for number, deleted := range v.deletedLayouts(s) {
		if x := withName[T, P](one(deleted), ref.Part); x != nil {
			x.span().Since, x.span().Last = number, number
			return x
		}
	}
	return nil
}

// mostDeleted is how many soft-deleted versions are looked through for a name.
const mostDeleted = 32

// deletedLayouts gives the layouts of the soft-deleted versions of a live
// subject, newest first.
func (v *View) deletedLayouts(s registry.Subject) iter.Seq2[int32, *layout] {
	return func(yield func(int32, *layout) bool) {
		all, live := v.registry.Standing(s)
		if live == 0 || live == all {
			return
		}
		var rows []registry.VersionRow
		for row := range v.registry.VersionsOf(s) {
			if row.Deleted {
				rows = append(rows, row)
			}
		}
		slices.Reverse(rows)
		for _, row := range rows[:min(len(rows), mostDeleted)] {
			x, ok := v.registry.ContentOf(s.Context, row.ID)
			if ok && !yield(row.Version, layoutOf(v.registry, s, x, true)) {
				return
			}
		}
	}
}

// status says where an entity is in its life, but for a deprecation.
func (v *View) status(ref Ref) Status {
	switch ref.Kind {
	case KindSubject:
		all, live := v.registry.Standing(ref.Subject())
		return standing(all > 0, live > 0)
	case KindSchemaVersion:
		row, ok := v.versionOf(ref)
		return standing(ok, !row.Deleted)
	case KindSchema:
		x, ok := v.schemaOf(ref)
		if !ok {
			return Orphaned
		}
		live, held := false, false
		for row := range x.Holders(registry.Context(ref.Scope)) {
			held, live = true, live || !row.Deleted
		}
		return standing(true, live || !held)
	case KindField:
		if f := v.fieldOf(ref); f != nil {
			return v.memberStatus(ref, f.RemovedIn, f.Last)
		}
		return Orphaned
	case KindRecord:
		if r := v.recordOf(ref); r != nil {
			return v.memberStatus(ref, r.RemovedIn, r.Last)
		}
		return Orphaned
	case KindContext, KindCluster, KindTopic:
		return standing(v.exists(ref), true)
	}
	return Active
}

func standing(there, live bool) Status {
	switch {
	case !there:
		return Orphaned
	case !live:
		return SoftDeleted
	}
	return Active
}

// memberStatus is of a field or a record: one that the newest version has no
// more is orphaned when something is said of it (catalog-api.md section 9, rule
// 4), and else as alive as the versions that had it.
func (v *View) memberStatus(ref Ref, removedIn, last int32) Status {
	if removedIn != 0 && len(v.said.get(ref).rows) > 0 {
		return Orphaned
	}
	row, ok := v.registry.VersionOf(ref.Subject(), last)
	return standing(ok, !row.Deleted)
}

// Orphans gives the entities that are gone but for what was said of them, in
// order.
func (v *View) Orphans(ctx context.Context) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for ref := range v.said.annotated() {
			if v.said.definition(ref) == nil && v.status(ref) == Orphaned && v.mayRead(ctx, ref) && !yield(ref) {
				return
			}
		}
	}
}
