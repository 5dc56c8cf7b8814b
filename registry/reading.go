package registry

import (
	"cmp"
	"iter"
	"slices"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// What follows reads a Snapshot for other domains (the catalog). Nothing here
// asks who may see it: whoever shows it to somebody does.

// Contexts gives the contexts that there are, the default first
// (registry-api.md 12.3).
func (s *Snapshot) Contexts() iter.Seq[Context] {
	return func(yield func(Context) bool) {
		if !yield(DefaultContext) {
			return
		}
		for sp := range s.spaces {
			if sp.name != DefaultContext && (sp.listed || sp.subjects.Len() > 0) && !yield(sp.name) {
				return
			}
		}
	}
}

// SubjectsFrom gives the subjects of a context from a name on, in the order of
// lists, each with the number of its versions that are not soft-deleted.
func (s *Snapshot) SubjectsFrom(c Context, name string) iter.Seq2[Subject, int] {
	return func(yield func(Subject, int) bool) {
		sp := s.space(c)
		if sp == nil {
			return
		}
		sp.subjects.From(name, func(name string, sub *subject) bool {
			return yield(Subject{c, name}, sub.live)
		})
	}
}

// SubjectCount is how many subjects there are in all contexts, those with
// soft-deleted versions only included.
func (s *Snapshot) SubjectCount() int {
	n := 0
	for sp := range s.spaces {
		n += sp.subjects.Len()
	}
	return n
}

// Standing says how many versions a subject has, and how many of them are not
// soft-deleted.
func (s *Snapshot) Standing(name Subject) (versions, live int) {
	sub := s.subject(name)
	if sub == nil {
		return 0, 0
	}
	return len(sub.versions.items), sub.live
}

// VersionsOf gives all versions of a subject, oldest first.
func (s *Snapshot) VersionsOf(name Subject) iter.Seq[VersionRow] {
	return func(yield func(VersionRow) bool) {
		sub := s.subject(name)
		if sub == nil {
			return
		}
		for i := range sub.versions.items {
			if !yield(sub.versions.items[i].row(name)) {
				return
			}
		}
	}
}

// VersionOf gives a version of a subject, a soft-deleted one too.
func (s *Snapshot) VersionOf(name Subject, number int32) (VersionRow, bool) {
	v, ok := s.subject(name).find(number)
	if !ok {
		return VersionRow{}, false
	}
	return v.row(name), true
}

// LatestOf gives the highest version of a subject that is not soft-deleted.
func (s *Snapshot) LatestOf(name Subject) (VersionRow, bool) {
	v, ok := s.subject(name).latest()
	if !ok {
		return VersionRow{}, false
	}
	return v.row(name), true
}

func (v *version) row(name Subject) VersionRow {
	row := VersionRow{Subject: name, Version: v.number, ID: v.id, Deleted: v.deleted, At: v.at, Revision: v.revision.long()}
	if v.author != nil {
		row.By, row.Client = v.author.by, v.author.client
	}
	return row
}

// Content is a schema under an id of a context, for reading. It is immutable.
type Content struct{ *content }

// ContentOf gives the content of an id.
func (s *Snapshot) ContentOf(c Context, id int32) (Content, bool) {
	x := s.space(c).content(id)
	return Content{x}, x != nil
}

// ContentsFrom gives the contents of a context from an id on, in the order of
// the ids.
func (s *Snapshot) ContentsFrom(c Context, id int32) iter.Seq[Content] {
	return func(yield func(Content) bool) {
		if sp := s.space(c); sp != nil {
			sp.contents.from(id, func(x *content) bool { return yield(Content{x}) })
		}
	}
}

// ContentsByGUID gives the ids that hold a content, over all contexts.
func (s *Snapshot) ContentsByGUID(guid GUID) iter.Seq2[Context, Content] {
	return func(yield func(Context, Content) bool) {
		for sp := range s.spaces {
			for x := range sp.known(guid) {
				if !yield(sp.name, Content{x}) {
					return
				}
			}
		}
	}
}

// ID is the id in its context.
func (x Content) ID() int32 { return x.id }

// Type is the language of the schema.
func (x Content) Type() schema.Type { return x.kind }

// GUID is the wire's content hash.
func (x Content) GUID() GUID { return x.guid }

// Text is the canonical text, made anew on each call.
func (x Content) Text() string { return x.plainText() }

// References are the schema's own; ResolveReference says whom they mean. They
// must not be changed.
func (x Content) References() []schema.Reference { return x.refs }

// Metadata is that of the data contract, nil for none. It must not be changed.
func (x Content) Metadata() *Metadata { return x.metadata }

// Rules is the rule set of the data contract, nil for none. It must not be
// changed.
func (x Content) Rules() *RuleSet { return x.rules }

// AppendOutline appends the binary form of the outline, as schema.Outline reads
// it: nothing for what has none.
func (x Content) AppendOutline(dst []byte) []byte { return x.outline.append(dst) }

// Holders are the versions that hold the id, by subject name, then version.
func (x Content) Holders(c Context) iter.Seq[VersionRow] {
	return func(yield func(VersionRow) bool) {
		for i := range x.holders {
			if !yield(x.holders[i].row(Subject{c, x.holders[i].name})) {
				return
			}
		}
	}
}

// ResolveReference says which subject a reference of a schema in a context
// means (registry-api.md 8).
func ResolveReference(in Context, r schema.Reference) SubjectVersion {
	return SubjectVersion{resolveSubject(in, r.Subject), r.Version}
}

// ReferrersOf gives the ids whose schemas refer to a version of a subject; with
// deleted those too that only soft-deleted versions hold. Each comes once.
func (s *Snapshot) ReferrersOf(name Subject, number int32, deleted bool) []ContextID {
	var list []ContextID
	for c, x := range s.referrersOf(name, number, deleted) {
		if len(x.holders) > 0 {
			list = append(list, ContextID{c, x.id})
		}
	}
	slices.SortFunc(list, compareContextIDs)
	return slices.Compact(list)
}

func compareContextIDs(a, b ContextID) int {
	return cmp.Or(compareContexts(a.Context, b.Context), cmp.Compare(a.ID, b.ID))
}

// ModeOf gives the mode in scope of a subject or a context.
func (s *Snapshot) ModeOf(scope Subject) Mode { return s.modeOf(scope) }

// Compatibility is the compatibility level that holds for a subject.
type Compatibility struct {
	Level compat.Level
	// Own says that the subject itself has it, not only its context or all.
	Own   bool
	Group string // the metadata property that groups versions, empty for none
}

// CompatibilityOf gives the level in scope of a subject or a context, with the
// server's default where nothing is set (registry-api.md 10.4).
func (r *Registry) CompatibilityOf(s *Snapshot, scope Subject) Compatibility {
	rules, own := r.rulesFor(s, scope), s.config(scope)
	return Compatibility{Level: rules.level, Group: rules.group, Own: own != nil && own.CompatibilityLevel != nil}
}

// AssociationsOf gives the associations of a subject, in the order of lists.
func (s *Snapshot) AssociationsOf(name Subject) iter.Seq[Association] {
	return eachAssociation(s.associations.of(name))
}

// AssociationOf gives an association by its GUID.
func (s *Snapshot) AssociationOf(guid string) (Association, bool) {
	a, ok := s.associations.byGUID.Get(guid)
	if !ok {
		return Association{}, false
	}
	return *a, true
}

// Associations gives all of them, in the order of resource names.
func (s *Snapshot) Associations() iter.Seq[Association] {
	return func(yield func(Association) bool) {
		s.associations.byName.All(func(_ string, list []*Association) bool {
			for _, a := range list {
				if !yield(*a) {
					return false
				}
			}
			return true
		})
	}
}

func eachAssociation(list []*Association) iter.Seq[Association] {
	return func(yield func(Association) bool) {
		for _, a := range list {
			if !yield(*a) {
				return
			}
		}
	}
}
