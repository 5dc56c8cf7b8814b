package registry

import (
	"context"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/registry/escape"
	"github.com/weir-registry/weir/schema"
)

// versionProperty is the metadata property that holds the version number of a
// schema that was registered with one (registry-api.md 4.6).
const versionProperty = "confluent:version"

// wanted is a content that is looked for in a subject.
type wanted struct {
	*canon
	metadata *Metadata
	rules    *RuleSet
	// escaped is the text as the inside of a JSON string, print its
	// fingerprint; nothing until they are needed. other is room for the texts
	// that it is compared with.
	escaped []byte
	print   uint64
	other   []byte
	// missed are the versions among which it was looked for in vain, alive
	// ones only.
	missed *subject
}

// same says whether the same content is looked for.
func (w *wanted) same(c *canon, metadata *Metadata, rules *RuleSet) bool {
	return w.kind == c.kind && w.text == c.text && slices.Equal(w.refs, c.refs) &&
		encodeMetadata(w.metadata) == encodeMetadata(metadata) && encodeRules(w.rules) == encodeRules(rules)
}

func (w *wanted) body() body { return body{w.kind, w.text, w.refs, w.metadata, w.rules} }

// match is a version that was found.
type match struct {
	version *version
	content *content
	// byHash says that it was found by its hash; such answers show no time.
	byHash bool
}

// look looks for a content in a subject: first by its hash, then by what the
// language and confluent:version let pass (registry-api.md 4.5, 5.6).
func (r *Registry) look(ctx context.Context, s *Snapshot, in Subject, w *wanted, deleted bool) (*match, error) {
	sp, sub := s.space(in.Context), s.subject(in)
	if !sub.has(deleted) {
		return nil, nil
	}
	if m := sp.byHash(sub, w.body(), deleted); m != nil {
		return m, nil
	}
	return r.lookAlike(ctx, s, in, sub, w, deleted)
}

// byHash finds the version with a content that was written last. Where an
// IMPORT gave the content a second id, only the id that was written last
// counts: versions under another one are found by likeness (registry-api.md
// 5.4).
func (sp *space) byHash(sub *subject, b body, deleted bool) *match {
	x := sp.lastWritten(b)
	if x == nil {
		return nil
	}
	v := lastOf(x.heldBy(sub.name), deleted)
	if v == nil {
		return nil
	}
	return &match{v, x, true}
}

// lastWritten gives the content of a body under the id that was written last.
func (sp *space) lastWritten(b body) *content {
	var last *content
	var identity Identity
	var at *version
	for x := range sp.known(b.guid()) {
		if identity == (Identity{}) {
			identity = b.identity()
		}
		if x.identity != identity {
			continue
		}
		if last == nil {
			last = x
			continue
		}
		if at == nil {
			at = lastOf(last.holders, true)
		}
		if v := lastOf(x.holders, true); v != nil && (at == nil || laterWritten(v, at)) {
			last, at = x, v
		}
	}
	return last
}

// heldBy gives the versions of one subject among the holders.
func (c *content) heldBy(name string) []holder {
	from, _ := slices.BinarySearchFunc(c.holders, holder{name, version{number: -1 << 31}}, compareHolders)
	to := from
	for to < len(c.holders) && c.holders[to].name == name {
		to++
	}
	return c.holders[from:to]
}

// lookAlike goes through the versions, newest first.
func (r *Registry) lookAlike(ctx context.Context, s *Snapshot, in Subject, sub *subject, w *wanted, deleted bool) (*match, error) {
	sp := s.space(in.Context)
	seen := 0
	if !deleted {
		seen = w.missed.shared(sub)
	}
	for i := len(sub.versions.items) - 1; i >= seen; i-- {
		v := &sub.versions.items[i]
		if v.deleted && !deleted {
			continue
		}
		x := sp.content(v.id)
		if x == nil {
			continue
		}
		ok, err := r.alike(ctx, s, in, w, v, x)
		if err != nil {
			return nil, err
		}
		if ok {
			return &match{version: v, content: x}, nil
		}
	}
	if !deleted {
		w.missed = sub
	}
	return nil, nil
}

// alike says whether a version is what a request means ("canLookup",
// registry-api.md 4.5).
func (r *Registry) alike(ctx context.Context, s *Snapshot, in Subject, w *wanted, v *version, x *content) (bool, error) {
	inlined := len(w.refs) == 0 && len(x.refs) > 0
	if x.kind != w.kind || !inlined && !slices.Equal(w.refs, x.refs) ||
		!sameMetadata(w.metadata, x.metadata, v.number) || encodeRules(w.rules) != encodeRules(x.rules) {
		return false, nil
	}
	if !inlined {
		if !w.mayEqual(x) {
			return false, nil
		}
		if w.sameText(x) {
			return true, nil
		}
		if x.kind != schema.Avro {
			return false, nil
		}
	}
	asked, err := r.parseCanon(ctx, s, in, w.canon)
	if err != nil {
		return false, nil
	}
	stored, err := r.stored(ctx, s, in.Context, x)
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		// A stored text that cannot be read is like nothing.
		return false, nil
	}
	return asked.Equal(stored), nil
}

func (w *wanted) escapedText() []byte {
	if w.escaped == nil {
		w.escaped = escape.Append(nil, w.text)
	}
	return w.escaped
}

// mayEqual spares the parsing of most versions: equal schemas have equal
// texts, and in Avro texts of the same characters in another order (of
// properties, of aliases).
func (w *wanted) mayEqual(x *content) bool {
	text := w.escapedText()
	if len(text) != x.text.size() {
		return false
	}
	if w.print == 0 {
		w.print = printOf(text)
	}
	return w.print == x.printed()
}

// sameText compares the texts.
func (w *wanted) sameText(x *content) bool {
	w.other = x.text.append(w.other[:0])
	return string(w.other) == string(w.escapedText())
}

// sameMetadata compares metadata with that of a version, which may have
// confluent:version on one side only (registry-api.md 4.6).
func sameMetadata(asked, stored *Metadata, number int32) bool {
	a, s := asked.number(), stored.number()
	switch {
	case a == "" && s != "":
		if asked == nil {
			asked = &Metadata{}
		}
		stored = stored.withoutNumber()
	case a != "" && s == "":
		if a != strconv.Itoa(int(number)) {
			return false
		}
		if stored == nil {
			stored = &Metadata{}
		}
		asked = asked.withoutNumber()
	}
	return encodeMetadata(asked) == encodeMetadata(stored)
}

// number gives confluent:version where it is a number, else nothing.
func (m *Metadata) number() string {
	if m == nil || m.Properties[versionProperty] == nil {
		return ""
	}
	n, err := strconv.ParseInt(*m.Properties[versionProperty], 10, 32)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
