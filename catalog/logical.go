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
	fields   []Field // in the order of the newest version, then removed ones
	records  []Record
	byField  map[string]int
	byRecord map[string]int
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
	l := &logical{versions: versions, byField: map[string]int{}, byRecord: map[string]int{}}
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
			l.reach(versions[i+1].number, c.number)
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
		l.addOlder(one, c.number, removedIn, tags)
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
	s := schema.ScanOutline(x.Outline())
	for s.NextRecord() {
		r := &s.Record
		if at, ok := l.byRecord[string(r.Name)]; ok {
			l.records[at].Since = number
		} else if add == nil {
			return false
		} else {
			add(r, nil)
		}
		note(tags, r.Tags)
		for s.NextField() {
			name = append(append(append(name[:0], r.Name...), '.'), s.Field.Name...)
			if at, ok := l.byField[string(name)]; ok {
				l.fields[at].Since = number
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
			l.byRecord[string(r.Name)] = len(l.records)
			l.records = append(l.records, Record{
				Subject: subject, Name: string(r.Name), TagPath: string(r.TagPath), Kind: string(r.Kind), Doc: string(r.Doc),
				Since: number, Last: number, RemovedIn: removedIn, Tags: appendTags(nil, r.Tags, FromInline, Ref{}),
			})
			return
		}
		record := string(r.Name)
		runtime := record + "." + string(f.Name)
		l.byField[runtime] = len(l.fields)
		l.fields = append(l.fields, Field{
			Subject: subject, RuntimeName: runtime, Name: string(f.Name), Record: record, Type: string(f.Type), Doc: string(f.Doc),
			Since: number, Last: number, RemovedIn: removedIn,
			Tags: appendContract(appendTags(nil, f.Tags, FromInline, Ref{}), &own, runtime),
		})
	}
}

func note(names map[string]bool, tags []string) {
	for _, t := range tags {
		names[t] = true
	}
}

// reach lets what begins with one version begin with an older one that is the
// same.
func (l *logical) reach(since, older int32) {
	for i := range l.fields {
		if l.fields[i].Since == since {
			l.fields[i].Since = older
		}
	}
	for i := range l.records {
		if l.records[i].Since == since {
			l.records[i].Since = older
		}
	}
}

// addOlder adds a version older than all so far.
func (l *logical) addOlder(one *layout, number, removedIn int32, tags map[string]bool) {
	for i := range one.fields {
		f := &one.fields[i]
		noteTags(tags, f.Tags)
		if at, ok := l.byField[f.RuntimeName]; ok {
			l.fields[at].Since = number
			continue
		}
		f.Since, f.Last, f.RemovedIn = number, number, removedIn
		l.byField[f.RuntimeName] = len(l.fields)
		l.fields = append(l.fields, *f)
	}
	for i := range one.records {
		r := &one.records[i]
		noteTags(tags, r.Tags)
		if at, ok := l.byRecord[r.Name]; ok {
			l.records[at].Since = number
			continue
		}
		r.Since, r.Last, r.RemovedIn = number, number, removedIn
		l.byRecord[r.Name] = len(l.records)
		l.records = append(l.records, *r)
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
		return &logical{versions: versions, fields: l.fields, records: l.records, byField: l.byField, byRecord: l.byRecord, doc: l.doc, format: l.format, tags: l.tags}
	}
	one := layoutOf(s, subject, x, true)
	next := &logical{
		versions: versions, doc: one.doc, format: x.Type(),
		byField: make(map[string]int, len(l.byField)), byRecord: make(map[string]int, len(l.byRecord)),
	}
	tags := map[string]bool{}
	for _, t := range l.tags {
		tags[t] = true
	}
	for _, t := range contractNames(x) {
		tags[t] = true
	}
	next.addOlder(one, number, 0, tags)
	for i := range next.fields {
		if at, ok := l.byField[next.fields[i].RuntimeName]; ok {
			next.fields[i].Since = l.fields[at].Since
		}
	}
	for i := range next.records {
		if at, ok := l.byRecord[next.records[i].Name]; ok {
			next.records[i].Since = l.records[at].Since
		}
	}
	next.keepRemoved(l, number)
	next.tags = slices.Sorted(maps.Keys(tags))
	return next
}

// keepRemoved adds what was there before and is no more, the last removed
// first.
func (l *logical) keepRemoved(before *logical, number int32) {
	for i := range before.fields {
		f := before.fields[i]
		if _, ok := l.byField[f.RuntimeName]; ok {
			continue
		}
		if f.RemovedIn == 0 {
			f.RemovedIn = number
		}
		l.byField[f.RuntimeName] = len(l.fields)
		l.fields = append(l.fields, f)
	}
	for i := range before.records {
		r := before.records[i]
		if _, ok := l.byRecord[r.Name]; ok {
			continue
		}
		if r.RemovedIn == 0 {
			r.RemovedIn = number
		}
		l.byRecord[r.Name] = len(l.records)
		l.records = append(l.records, r)
	}
}

// field gives a logical field by its runtime name, nil for none.
func (l *logical) field(runtime string) *Field {
	if i, ok := l.byField[runtime]; ok {
		return &l.fields[i]
	}
	return nil
}

// record gives a record by its full name, nil for none.
func (l *logical) record(name string) *Record {
	if i, ok := l.byRecord[name]; ok {
		return &l.records[i]
	}
	return nil
}

// bytes estimates what l holds in memory.
func (l *logical) bytes() int {
	total := 1024 + len(l.versions)*int(unsafe.Sizeof(counted{})) + len(l.doc)
	for i := range l.fields {
		f := &l.fields[i]
		total += int(unsafe.Sizeof(*f)) + 64 + 2*len(f.RuntimeName) + len(f.Name) + len(f.Record) + len(f.TagPath) + len(f.Type) + len(f.Doc) + len(f.Default)
		for _, p := range f.Paths {
			total += 16 + len(p)
		}
		total += len(f.Tags) * int(unsafe.Sizeof(TagAssignment{}))
	}
	for i := range l.records {
		r := &l.records[i]
		total += int(unsafe.Sizeof(*r)) + 64 + 2*len(r.Name) + len(r.TagPath) + len(r.Doc)
		for _, s := range r.Symbols {
			total += 16 + len(s)
		}
		total += len(r.Tags) * int(unsafe.Sizeof(TagAssignment{}))
	}
	return total
}
