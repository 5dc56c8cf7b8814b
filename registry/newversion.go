package registry

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/schema"
)

// tagRefused words what Retag refuses: the cause alone (registry-api.md 2.3).
func tagRefused(err error) error {
	if path := (*schema.TagPathError)(nil); errors.As(err, &path) {
		return &Error{CodeInvalidSchema, path.Message, err}
	}
	return &Error{CodeInvalidSchema, err.Error(), err}
}

// readNew reads the text that will be stored: strictly, where new schemas are
// validated, and never normalised in IMPORT (registry-api.md 5.4).
func (g *registration) readNew(ctx context.Context, s *Snapshot, body SchemaBody, rules *rules, mode Mode) (*canon, error) {
	how := reading{
		strict:         rules.validateNew && g.body.ID == nil,
		validateFields: rules.validateFields,
		normalize:      g.normalize || rules.normalize,
	}
	if mode.imports() {
		how = reading{stored: true}
		if body.blank() {
			return &canon{kind: typeOf(body.Type)}, nil
		}
	}
	c, err := g.registry.read(ctx, s, g.subject, body, how)
	if err != nil && how.strict && errors.As(err, new(*referenceError)) {
		if known := g.revived(ctx, s, body, how); known != nil {
			return known, nil
		}
	}
	return c, err
}

// revived reads a text with a soft-deleted reference once more, leniently: it
// passes when the subject knows the content and the text is not spelt as it is
// stored (registry-api.md 8).
func (g *registration) revived(ctx context.Context, s *Snapshot, body SchemaBody, how reading) *canon {
	how.strict = false
	c, err := g.registry.read(ctx, s, g.subject, body, how)
	sub := s.subject(g.subject)
	if err != nil || sub == nil || c.text == *body.Schema {
		return nil
	}
	w := &wanted{canon: c, metadata: g.fill.metadata, rules: g.fill.rules}
	if s.space(g.subject.Context).byHash(sub, w.body(), true) == nil {
		return nil
	}
	return c
}

// known looks for the content once more, as it was filled up: the version that
// holds it, or one that means the same, is answered, unless the body asks for
// a version (registry-api.md 5.1 steps 12 and 13).
func (g *registration) known(ctx context.Context, s *Snapshot, w *wanted, mode Mode) (bool, error) {
	sub := s.subject(g.subject)
	if g.explicit || !sub.has(false) {
		return false, nil
	}
	var m *match
	if mode.imports() {
		m = s.space(g.subject.Context).byHash(sub, w.body(), false)
		if m == nil || m.content.id != *g.body.ID {
			return false, nil
		}
	} else {
		var err error
		if m, err = g.registry.look(ctx, s, g.subject, w, false); err != nil || m == nil {
			return false, err
		}
	}
	a := m.answer(g.subject)
	a.Timed, a.At, a.Deleted = false, 0, false
	g.answer = &a
	return true, nil
}

// plan works out what to write (registry-api.md 5.1 steps 15 to 17).
func (g *registration) plan(ctx context.Context, s *Snapshot, w *wanted, mode Mode) (*plan, error) {
	sp, sub := s.space(g.subject.Context), s.subject(g.subject)
	number := sub.next()
	if n := value(g.body.Version, 0); n > 0 {
		if n != number && !mode.imports() {
			return nil, invalidSchema("Version is not one more than previous version")
		}
		number = n
	}
	if sub == nil && !mode.imports() {
		if err := s.checkNaming(g.subject, func() (schema.Schema, error) { return g.registry.parseCanon(ctx, s, g.subject, w.canon) }); err != nil {
			return nil, err
		}
	}
	b := w.body()
	row := SchemaRow{
		Context: g.subject.Context, ID: NewID, GUID: b.guid(), Identity: b.identity(), Type: b.kind, Text: b.text,
		References: b.refs, Metadata: encodeMetadata(b.metadata), Rules: encodeRules(b.rules),
	}
	x := sp.holding(row.GUID, row.Identity)
	if mode.imports() {
		row.ID = *g.body.ID
		if held := sp.content(row.ID); held != nil && !held.guessed {
			if held.identity != row.Identity || held.retired != nil {
				return nil, notPermitted("Overwrite new schema with id %d in context %s is not permitted.", row.ID, g.subject.Context.Qualified())
			}
			x = held
		}
	}
	if err := g.outline(ctx, s, w, x, &row); err != nil {
		return nil, err
	}
	origin := OriginOf(ctx)
	by := origin.Actor
	if by == "" {
		by = auth.From(ctx).Name
	}
	g.put = &PutVersion{
		Schema:  row,
		Version: VersionRow{Subject: g.subject, Version: number, ID: row.ID, At: g.registry.now(), By: by, Client: origin.Client},
		Refers:  w.direct,
	}
	g.put.Audit = auditVersion(*g.put)
	p := &plan{}
	p.write(*g.put)
	if _, there := sub.find(number); there {
		p.write(Overwrite{g.subject, s.auditGone(g.subject, []int32{number})})
	}
	g.tidy(s, p, x, number)
	g.note(s, p)
	return p, nil
}

// outline adds the outline of a content, that of the same content where it is
// known.
func (g *registration) outline(ctx context.Context, s *Snapshot, w *wanted, x *content, row *SchemaRow) error {
	if x != nil {
		row.Outline = x.outline.append(nil)
		return nil
	}
	if w.text == "" {
		return nil
	}
	parsed, err := g.registry.parseCanon(ctx, s, g.subject, w.canon)
	if err != nil {
		return g.registry.invalid(g.subject, g.body, err)
	}
	row.Outline, err = parsed.Outline().AppendBinary(nil)
	return err
}

// tidy removes the older soft-deleted versions of the subject with the same
// id, but for those that somebody refers to (registry-api.md 5.5).
func (g *registration) tidy(s *Snapshot, p *plan, x *content, number int32) {
	sub := s.subject(g.subject)
	if x == nil || sub == nil {
		return
	}
	var gone []int32
	for _, h := range x.heldBy(g.subject.Name) {
		if h.deleted && h.number < number && !s.referenced(g.subject, h.number, true) {
			gone = append(gone, h.number)
		}
	}
	if len(gone) > 0 {
		p.write(HardDelete{Subject: g.subject, Versions: gone, Audit: s.auditGone(g.subject, gone)})
		p.read(ReferenceKey(g.subject))
	}
}

// note names what the decision has read, and tells those who read what it
// touches.
func (g *registration) note(s *Snapshot, p *plan) {
	p.readScope(g.subject)
	told := map[string]bool{}
	for _, to := range g.put.Refers {
		key := ReferenceKey(to.Subject)
		p.read(SubjectKey(to.Subject), AssociationsKey)
		if !told[key] && to.Subject != g.subject {
			p.touch(key)
		}
		told[key] = true
	}
	if s.subject(g.subject) == nil {
		p.read(namingKey)
		if g.subject.Context != DefaultContext {
			p.touch(ContextKey(g.subject.Context))
		}
	}
}

// now is the time in microseconds.
func (r *Registry) now() int64 { return r.opts.Now().UnixMicro() }
