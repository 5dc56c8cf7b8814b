package catalog

import "github.com/weir-registry/weir/registry"

// Field is a logical field: a runtime name of a subject, over all its versions
// (docs/design.md section 3). It is derived from outlines.
type Field struct {
	Subject registry.Subject
	// RuntimeName is its identity: the name that contract patterns match
	// (catalog-api.md section 9): "com.acme.Order.id", "$.a.b".
	RuntimeName string
	Name        string
	// Record is the full name of the record that it stands in.
	Record string
	// Paths are the columns: where a value of the field is in a record of the
	// subject's root type, e.g. "customer.address.zip". A field of a type that
	// is used twice has two. TagPath is its path in the tag language.
	Paths   []string
	TagPath string
	// Type, Nullable, Default, Number and Doc are those of the newest version
	// that has the field.
	Type     string
	Nullable bool
	Required bool
	Default  string
	Number   int32
	Doc      string
	Aliases  []string
	// Via is the subject of the referenced schema that defines the field; zero
	// where the subject's own schema does.
	Via Ref
	Span
	// Tags are those of the schema (INLINE, CONTRACT), as in version Last.
	Tags []TagAssignment
}

// Ref names the field.
func (f *Field) Ref() Ref {
	return Ref{KindField, string(f.Subject.Context), f.Subject.Name, f.RuntimeName}
}

// Record is a record, message or object of a subject, over all its versions.
type Record struct {
	Subject registry.Subject
	Name    string // full name
	TagPath string
	Kind    string // as schema.Record.Kind
	Doc     string
	Symbols []string
	Aliases []string // full names
	Span
	// Via is the subject of the referenced schema that defines the record; zero
	// where the subject's own schema does.
	Via  Ref
	Tags []TagAssignment
}

// Ref names the record.
func (r *Record) Ref() Ref {
	return Ref{KindRecord, string(r.Subject.Context), r.Subject.Name, r.Name}
}

// Version is a version of a subject as the catalog shows it.
type Version struct {
	Subject  registry.Subject
	Version  int32
	ID       int32
	Deleted  bool
	At       int64 // microseconds
	By       string
	Client   string
	Revision int64 // 0 when it is not known
}

// TopicLink says that a subject describes a topic.
type TopicLink struct {
	Subject registry.Subject
	IsKey   bool
	// Source is DECLARED for an association, INFERRED for a name.
	Source Source
}

// Topic is a topic as subjects, associations and clusters tell of it.
type Topic struct {
	Cluster string
	Name    string
	Links   []TopicLink
}

// Ref names the topic.
func (t *Topic) Ref() Ref { return Ref{Kind: KindTopic, Scope: t.Cluster, Name: t.Name} }
