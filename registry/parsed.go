package registry

import (
	"context"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// ParsedContent gives a content of a context in its parsed form, with all that
// its references lead to at a snapshot. As with all reads of a Snapshot, nobody
// is asked who may see it.
func (r *Registry) ParsedContent(ctx context.Context, s *Snapshot, in Context, x Content) (schema.Schema, error) {
	parsed, err := r.stored(ctx, s, in, x.content)
	if err != nil {
		return nil, notCompared(ctx, err)
	}
	return parsed, nil
}

// ParsedBody reads a schema that is not registered as one that is to follow in
// a subject, by the rules that hold there. Its refusals are those of a
// registration (registry-api.md 2.3).
func (r *Registry) ParsedBody(ctx context.Context, s *Snapshot, in Subject, b SchemaBody) (schema.Schema, error) {
	if err := r.knownType(b.Type); err != nil {
		return nil, err
	}
	if b.blank() {
		return nil, invalidSchema("Empty schema")
	}
	rules := r.rulesFor(s, in)
	c, err := r.read(ctx, s, in, b, reading{strict: rules.validateNew, validateFields: rules.validateFields, normalize: rules.normalize})
	if err != nil {
		return nil, err
	}
	return r.parseCanon(ctx, s, in, c)
}

// PolicyOf gives the compatibility policy in scope of a subject or a context.
func (r *Registry) PolicyOf(s *Snapshot, scope Subject) compat.Policy {
	return r.rulesFor(s, scope).policy
}
