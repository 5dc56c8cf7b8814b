package registry

import (
	"context"

	"github.com/weir-registry/weir/schema"
)

// fast looks for content that is there already: then the answer is the same in
// every mode (registry-api.md 5.3). It fails only when the text cannot be read
// at all.
func (g *registration) fast(ctx context.Context, s *Snapshot, rules *rules) (known bool, err error) {
	if g.tagging || g.changesTags() || rules.hasDefaults {
		return false, nil
	}
	if err := g.registry.knownType(g.body.Type); err != nil {
		return false, err
	}
	if g.body.blank() || len(*g.body.Schema) > schema.MaxTextBytes {
		// What no parser takes is nowhere stored; complete says what is wrong.
		return false, nil
	}
	m, err := g.match(ctx, s, rules)
	if err != nil || m == nil {
		return false, err
	}
	m = g.fits(s, m)
	if m == nil {
		return false, nil
	}
	a := m.answer(g.subject)
	g.answer = &a
	return true, nil
}

func (g *registration) changesTags() bool {
	return len(g.body.TagsToAdd) > 0 || len(g.body.TagsToRemove) > 0 || g.body.PropagateSchemaTags
}

// match finds the live version that holds the request's content.
func (g *registration) match(ctx context.Context, s *Snapshot, rules *rules) (*match, error) {
	r := g.registry
	how := reading{validateFields: rules.validateFields, normalize: g.normalize || rules.normalize}
	onlyLatest := value(g.body.Version, 0) == -1
	if !onlyLatest {
		if m := r.asSent(s, g.subject, g.body, how, false); m != nil {
			return m, nil
		}
	}
	c, err := g.readLeniently(ctx, s, how, rules)
	if err != nil {
		return nil, err
	}
	w := g.looksFor(c, g.body.Metadata, g.body.Rules)
	if !onlyLatest {
		return r.look(ctx, s, g.subject, w, false)
	}
	latest, ok := s.subject(g.subject).latest()
	if !ok {
		return nil, nil
	}
	x := s.space(g.subject.Context).content(latest.id)
	if x == nil {
		return nil, nil
	}
	alike, err := r.alike(ctx, s, g.subject, w, latest, x)
	if err != nil || !alike {
		return nil, err
	}
	return &match{version: latest, content: x}, nil
}

// readLeniently reads the text without the rules for new schemas. What passes
// them passes here as well, so they are tried first: a new text is parsed
// once.
func (g *registration) readLeniently(ctx context.Context, s *Snapshot, how reading, rules *rules) (*canon, error) {
	if rules.validateNew && g.body.ID == nil {
		strict := how
		strict.strict = true
		if c, err := g.registry.read(ctx, s, g.subject, g.body, strict); err == nil {
			return c, nil
		}
	}
	return g.registry.read(ctx, s, g.subject, g.body, how)
}

// fits compares version and id of the body with a match (registry-api.md 5.3);
// it gives the version to answer, nil for none.
func (g *registration) fits(s *Snapshot, m *match) *match {
	id, number := g.body.ID, value(g.body.Version, 0)
	switch {
	case number < -1, id != nil && *id != m.content.id:
		return nil
	case number <= 0:
		return m
	case id == nil:
		return nil
	case number == m.version.number:
		return m
	}
	v, ok := s.subject(g.subject).find(number)
	if !ok || v.deleted || v.id != m.content.id {
		return nil
	}
	return &match{version: v, content: m.content, byHash: m.byHash}
}

// looksFor gives what is looked for, with all that earlier looks for it have
// found out.
func (g *registration) looksFor(c *canon, metadata *Metadata, rules *RuleSet) *wanted {
	for _, w := range g.looked {
		if w.same(c, metadata, rules) {
			return w
		}
	}
	w := &wanted{canon: c, metadata: metadata, rules: rules}
	g.looked = append(g.looked, w)
	return w
}
