package catalog

import (
	"maps"
	"slices"
	"unsafe"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// logical is what a subject has over all its versions: its logical fields and
// records (catalog-api.md section 9), made from the versions that count. Those
// are the live ones, or all where none is live. It is immutable.
type logical struct {
	versions []counted
	fields   byName[Field]
	records  byName[Record]
	// doc and format are of the newest version.
	doc    string
	format schema.Type
	// tags are the inline and contract tags of any version, sorted.
	tags []string
}

// counted is a version that counts. The time of its registration tells contents
// apart that had the same id one after the other.
type counted struct {
	number, id int32
	at         int64
}

// countedVersions are the versions of a subject that count.
func countedVersions(s *registry.Snapshot, subject registry.Subject) []counted {
	all, live := s.Standing(subject)
	if all == 0 {
		return nil
	}
	list := make([]counted, 0, max(live, 1))
	for row := range s.VersionsOf(subject) {
		if row.Deleted && live > 0 {
			continue
		}
		list = append(list, counted{row.Version, row.ID, row.At})
	}
	return list
}

// logicalOf works out what a subject has, from the newest version back: an
// older one only adds what the newer ones have no more. Columns are left out
// where nobody will read them.
func logicalOf(s *registry.Snapshot, subject registry.Subject, versions []counted, columns bool) *logical {
	l := &logical{versions: versions, fields: newByName[Field](0), records: newByName[Record](0)}
	tags := map[string]bool{}
	for i := len(versions) - 1; i >= 0; i-- {
		c := versions[i]
		x, ok := s.ContentOf(subject.Context, c.id)
		if !ok {
			continue
		}
		removedIn := int32(0)
		if i+1 < len(versions) {
			removedIn = versions[i+1].number
		}
		if i+1 < len(versions) && c.id == versions[i+1].id {
			reach(&l.fields, versions[i+1].number, c.number)
			reach(&l.records, versions[i+1].number, c.number)
			continue
		}
		for _, t := range contractNames(x) {
			tags[t] = true
		}
		if i < len(versions)-1 {
			var add func(*schema.ScannedRecord, *schema.ScannedField)
			if !columns {
				add = l.adder(subject, x, c.number, removedIn)
			}
			if l.knows(x, c.number, tags, add) {
				continue
			}
		}
		one := layoutOf(s, subject, x, columns)
		if i == len(versions)-1 {
			l.doc, l.format = one.doc, x.Type()
		}
		addOlder(&l.fields, one.fields, c.number, removedIn, tags)
		addOlder(&l.records, one.records, c.number, removedIn, tags)
	}
	l.tags = slices.Sorted(maps.Keys(tags))
	return l
}

// knows says whether an older version has nothing that the newer ones have not,
// and notes that it has it: the usual case, found out without a layout. What is
// new, add may take in; nil gives up instead. Schemas whose fields depend on
// more than their own outline are not for it.
func (l *logical) knows(x registry.Content, number int32, tags map[string]bool, add func(*schema.ScannedRecord, *schema.ScannedField)) bool {
	if x.Type() == schema.JSON || len(x.References()) > 0 {
		return false
	}
	var name []byte
	s := schema.ScanOutline(x.AppendOutline(nil))
	for s.NextRecord() {
		r := &s.Record
		if at, ok := l.records.at[string(r.Name)]; ok {
			l.records.list[at].Since = number
		} else if add == nil {
			return false
		} else {
			add(r, nil)
		}
		note(tags, r.Tags)
		for s.NextField() {
			name = append(append(append(name[:0], r.Name...), '.'), s.Field.Name...)
			if at, ok := l.fields.at[string(name)]; ok {
				l.fields.list[at].Since = number
			} else if add == nil {
				return false
			} else {
				add(r, &s.Field)
			}
			note(tags, s.Field.Tags)
		}
	}
	return s.Err() == nil
}

// adder adds what only an older version has from its outline alone, without
// columns: for the index. Contract tags are matched as in a layout.
func (l *logical) adder(subject registry.Subject, x registry.Content, number, removedIn int32) func(*schema.ScannedRecord, *schema.ScannedField) {
	own := part{contract: contractTags(x.Metadata())}
	return func(r *schema.ScannedRecord, f *schema.ScannedField) {
		if f == nil {
			record := string(r.Name)
			l.records.add(record, Record{
				Subject: subject, Name: record, TagPath: string(r.TagPath), Kind: string(r.Kind), Doc: string(r.Doc),
				Span: Span{number, number, removedIn}, Tags: appendTags(nil, r.Tags, FromInline, Ref{}),
			})
			return
		}
		record := string(r.Name)
		runtime := record + "." + string(f.Name)
		l.fields.add(runtime, Field{
			Subject: subject, RuntimeName: runtime, Name: string(f.Name), Record: record, Type: string(f.Type), Doc: string(f.Doc),
			Span: Span{number, number, removedIn},
			Tags: appendContract(appendTags(nil, f.Tags, FromInline, Ref{}), &own, runtime),
		})
	}
}

func note(names map[string]bool, tags []string) {
	for _, t := range tags {
		names[t] = true
	}
}

func noteTags(names map[string]bool, tags []TagAssignment) {
	for i := range tags {
		names[tags[i].Name] = true
	}
}

// contractNames are the tags that a contract names, whatever they match.
func contractNames(x registry.Content) (names []string) {
	if m := x.Metadata(); m != nil {
		for _, tags := range m.Tags {
			names = append(names, tags...)
		}
	}
	return names
}

// extended gives what the subject has with versions behind those that l was
// made of; ok is false when they are no continuation.
func (l *logical) extended(s *registry.Snapshot, subject registry.Subject, versions []counted) (next *logical, ok bool) {
	n := len(l.versions)
	if len(versions) < n || !slices.Equal(versions[:n], l.versions) {
		return nil, false
	}
	for next = l; len(next.versions) < len(versions); {
		next = next.followedBy(s, subject, versions[:len(next.versions)+1])
	}
	return next, true
}

// followedBy adds one version at the end.
func (l *logical) followedBy(s *registry.Snapshot, subject registry.Subject, versions []counted) *logical {
	number := versions[len(versions)-1].number
	x, ok := s.ContentOf(subject.Context, versions[len(versions)-1].id)
	if !ok {
		return &logical{versions: versions, fields: l.fields, records: l.records, doc: l.doc, format: l.format, tags: l.tags}
	}
	one := layoutOf(s, subject, x, true)
	next := &logical{
		versions: versions, doc: one.doc, format: x.Type(),
		fields: newByName[Field](len(l.fields.at)), records: newByName[Record](len(l.records.at)),
	}
	tags := map[string]bool{}
	for _, t := range l.tags {
		tags[t] = true
	}
	for _, t := range contractNames(x) {
		tags[t] = true
	}
	addOlder(&next.fields, one.fields, number, 0, tags)
	addOlder(&next.records, one.records, number, 0, tags)
	keepSince(&next.fields, &l.fields)
	keepSince(&next.records, &l.records)
	keepRemoved(&next.fields, &l.fields, number)
	keepRemoved(&next.records, &l.records, number)
	next.tags = slices.Sorted(maps.Keys(tags))
	return next
}

// bytes estimates what l holds in memory.
func (l *logical) bytes() int {
	total := 1024 + len(l.versions)*int(unsafe.Sizeof(counted{})) + len(l.doc)
	for i := range l.fields.list {
		f := &l.fields.list[i]
		total += int(unsafe.Sizeof(*f)) + 64 + 2*len(f.RuntimeName) + len(f.Name) + len(f.Record) + len(f.TagPath) + len(f.Type) + len(f.Doc) + len(f.Default)
		for _, p := range f.Paths {
			total += 16 + len(p)
		}
		total += len(f.Tags) * int(unsafe.Sizeof(TagAssignment{}))
	}
	for i := range l.records.list {
		r := &l.records.list[i]
		total += int(unsafe.Sizeof(*r)) + 64 + 2*len(r.Name) + len(r.TagPath) + len(r.Doc)
		for _, s := range r.Symbols {
			total += 16 + len(s)
		}
		total += len(r.Tags) * int(unsafe.Sizeof(TagAssignment{}))
	}
	return total
}
