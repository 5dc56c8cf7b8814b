package catalog

import "sort"

// Span says in which versions of its subject a field or a record is.
type Span struct {
	// Since is the first version that has it, Last the newest that has it, and
	// RemovedIn the version that had it no more (0: the latest has it).
	Since, Last, RemovedIn int32
}

// member is a field or a record. What is a rule for both is said here once.
type member[T any] interface {
	*T
	name() string // its identity in the subject
	span() *Span
	tagPath() string
	// origin is what tells through which subjects it and its tags come.
	origin() (via *Ref, tags *[]TagAssignment)
}

func (f *Field) name() string                      { return f.RuntimeName }
func (f *Field) span() *Span                       { return &f.Span }
func (f *Field) origin() (*Ref, *[]TagAssignment)  { return &f.Via, &f.Tags }
func (f *Field) tagPath() string                   { return f.TagPath }
func (r *Record) tagPath() string                  { return r.TagPath }
func (r *Record) name() string                     { return r.Name }
func (r *Record) span() *Span                      { return &r.Span }
func (r *Record) origin() (*Ref, *[]TagAssignment) { return &r.Via, &r.Tags }

// byName are the fields or the records of a subject: those of the newest
// version in its order, then removed ones.
type byName[T any] struct {
	list []T
	at   map[string]int // places in list
}

func newByName[T any](room int) byName[T] { return byName[T]{at: make(map[string]int, room)} }

// add adds one under a name that is not there yet.
func (m *byName[T]) add(name string, x T) {
	m.at[name] = len(m.list)
	m.list = append(m.list, x)
}

// get gives the one of a name, nil for none.
func (m *byName[T]) get(name string) *T {
	if i, ok := m.at[name]; ok {
		return &m.list[i]
	}
	return nil
}

// withName finds one among those of a schema, nil for none.
func withName[T any, P member[T]](list []T, name string) P {
	for i := range list {
		if x := P(&list[i]); x.name() == name {
			return x
		}
	}
	return nil
}

// reach lets what begins with one version begin with an older one that is the
// same.
func reach[T any, P member[T]](m *byName[T], since, older int32) {
	for i := range m.list {
		if s := P(&m.list[i]).span(); s.Since == since {
			s.Since = older
		}
	}
}

// addOlder adds those of a version older than all so far.
func addOlder[T any, P member[T]](m *byName[T], list []T, number, removedIn int32, tags map[string]bool) {
	for i := range list {
		x := P(&list[i])
		_, own := x.origin()
		noteTags(tags, *own)
		name := x.name()
		if at, ok := m.at[name]; ok {
			P(&m.list[at]).span().Since = number
			continue
		}
		*x.span() = Span{number, number, removedIn}
		m.add(name, *x)
	}
}

// keepSince lets what was there before begin when it did.
func keepSince[T any, P member[T]](m, before *byName[T]) {
	for i := range m.list {
		x := P(&m.list[i])
		if old := P(before.get(x.name())); old != nil {
			x.span().Since = old.span().Since
		}
	}
}

// keepRemoved adds what was there before and is no more, the last removed
// first.
func keepRemoved[T any, P member[T]](m, before *byName[T], number int32) {
	for i := range before.list {
		name := P(&before.list[i]).name()
		if m.get(name) != nil {
			continue
		}
		m.add(name, before.list[i])
		if s := P(m.get(name)).span(); s.RemovedIn == 0 {
			s.RemovedIn = number
		}
	}
}

// inNewest are those that the newest version has. They come first, in its
// order and as it has them.
func inNewest[T any, P member[T]](m *byName[T]) []T {
	n := sort.Search(len(m.list), func(i int) bool { return P(&m.list[i]).span().RemovedIn != 0 })
	return m.list[:n:n]
}

// allFields and allRecords say of a subject, and of one schema, which members
// are meant.
func (l *logical) allFields() *byName[Field]   { return &l.fields }
func (l *logical) allRecords() *byName[Record] { return &l.records }
func (l *layout) allFields() []Field           { return l.fields }
func (l *layout) allRecords() []Record         { return l.records }
