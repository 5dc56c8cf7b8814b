package catalog

import (
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// feeder gives subjects to one builder of an index in the making.
type feeder struct {
	view    *View
	builder *search.Builder
	tagged  map[registry.Subject][]string
	// sets are the sets of tags met so far: many subjects have the same.
	sets map[string][]string
	// outlines are those that the builder has been given since it was flushed.
	outlines []byte
}

// heldOutlines is how many bytes of outlines a builder may wait with.
const heldOutlines = 64 << 10

func (f *feeder) subject(s registry.Subject) {
	v := f.view
	versions := countedVersions(v.registry, s)
	if f.quick(s, versions) {
		return
	}
	var l *logical
	if len(versions) > 0 {
		l = logicalOf(v.registry, s, versions, false)
		f.tag(s, l.tags)
	}
	if d, ok := v.subjectDocument(s, l); ok {
		f.builder.Add(&d)
	}
}

func (f *feeder) tag(s registry.Subject, tags []string) {
	if len(tags) == 0 {
		return
	}
	key := strings.Join(tags, "\x00")
	set, ok := f.sets[key]
	if !ok {
		set = tags
		f.sets[key] = tags
	}
	f.tagged[s] = set
}

// quick adds a subject from the bytes of its outline, where that is all there
// is to it: one schema that stands for itself, and nothing said of its parts.
func (f *feeder) quick(s registry.Subject, versions []counted) bool {
	v := f.view
	if len(versions) == 0 || slices.ContainsFunc(versions, func(c counted) bool { return c.id != versions[0].id }) {
		return false
	}
	x, ok := v.registry.ContentOf(s.Context, versions[0].id)
	if !ok || x.Type() == schema.JSON || len(x.References()) > 0 || len(contractNames(x)) > 0 {
		return false
	}
	for _, kind := range []Kind{KindRecord, KindField} {
		for range v.said.within(kind, string(s.Context), s.Name) {
			return false
		}
	}
	d, ok := v.subjectDocument(s, &logical{format: x.Type()})
	if !ok {
		return false
	}
	if len(f.outlines) > heldOutlines {
		f.builder.Flush()
		f.outlines = f.outlines[:0]
	}
	begin := len(f.outlines)
	f.outlines = x.AppendOutline(f.outlines)
	outline := f.outlines[begin:]
	if f.builder.AddOutlineBinary(&d, outline) != nil {
		return false
	}
	tags := map[string]bool{}
	for scan := schema.ScanOutline(outline); scan.NextRecord(); {
		note(tags, scan.Record.Tags)
		for scan.NextField() {
			note(tags, scan.Field.Tags)
		}
	}
	if len(tags) > 0 {
		names := make([]string, 0, len(tags))
		for name := range tags {
			names = append(names, name)
		}
		slices.Sort(names)
		f.tag(s, names)
	}
	return true
}

// others gives what has a document of its own beside subjects and stubs.
func (v *View) others() iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for c := range v.registry.Contexts() {
			if !yield(Ref{Kind: KindContext, Name: string(c)}) {
				return
			}
		}
		more := true
		v.eachTopic("", "", func(t topicName, _ []TopicLink) bool {
			more = yield(t.ref())
			return more
		})
		if !more {
			return
		}
		v.said.things.All(func(ref Ref, t *thing) bool {
			if !indexed(ref) || len(t.rows) == 0 && t.definition == nil || t.definition == nil && v.listed(ref) {
				return true
			}
			return yield(ref)
		})
	}
}

// listed says that others has given an entity already.
func (v *View) listed(ref Ref) bool {
	switch ref.Kind {
	case KindContext:
		return v.exists(ref)
	case KindTopic:
		return len(v.topics.get().links(ref)) > 0
	}
	return false
}

// speaking gives the entities of a kind and a scope of which something is said;
// an empty name stands for all names.
func (s *said) speaking(kind Kind, scope, name string) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		s.things.From(Ref{Kind: kind, Scope: scope, Name: name}, func(ref Ref, t *thing) bool {
			if ref.Kind != kind || ref.Scope != scope || name != "" && ref.Name != name {
				return false
			}
			return t.version == 0 && len(t.rows) == 0 || yield(ref)
		})
	}
}
