package registry

import (
	"context"

	"github.com/weir-registry/weir/schema"
)

// filling is what a registration takes over from the config and from the
// version before (registry-api.md 5.1 step 9).
type filling struct {
	metadata *Metadata
	rules    *RuleSet
}

// complete gives the body as it will be read: a missing schema is that of the
// latest live version, metadata and rules are merged, tags are written into
// the text. In IMPORT nothing is filled up.
func (g *registration) complete(ctx context.Context, s *Snapshot, rules *rules, mode Mode) (SchemaBody, error) {
	body := g.body
	g.fill = filling{body.Metadata, body.Rules}
	if err := g.registry.knownType(body.Type); err != nil {
		return body, err
	}
	if body.Schema != nil && len(*body.Schema) > g.registry.opts.Settings.MaxTextBytes {
		return body, refuse(CodeTooLarge, "Register operation failed because schema is too large")
	}
	if mode.imports() {
		if body.Schema == nil {
			return body, invalidSchema("Empty schema")
		}
		return body, nil
	}
	sub := s.subject(g.subject)
	var latest *content
	if v, ok := sub.latest(); ok {
		latest = s.space(g.subject.Context).content(v.id)
	}
	g.fill.metadata, g.fill.rules = rules.mergeAll(body.Metadata, body.Rules, latest)
	if err := g.fill.rules.validate(); err != nil {
		return body, err
	}
	tags := len(body.TagsToAdd) > 0 || len(body.TagsToRemove) > 0
	explicit := g.explicit || tags
	if _, numbered := g.fill.metadata.property(versionProperty); explicit || numbered {
		number := sub.next()
		if n := value(body.Version, 0); n > 0 {
			number = n
		}
		g.fill.metadata = g.fill.metadata.withNumber(number)
	}
	if body.blank() && !tags {
		if latest == nil {
			return body, invalidSchema("Empty schema")
		}
		text := latest.plainText()
		body.Schema, body.Type, body.References = &text, latest.kind, bodyReferences(latest.refs)
	}
	if tags || body.PropagateSchemaTags && latest != nil {
		return g.retag(ctx, s, body, rules, latest)
	}
	return body, nil
}

// property gives a property that is set.
func (m *Metadata) property(key string) (string, bool) {
	if m == nil || m.Properties[key] == nil {
		return "", false
	}
	return *m.Properties[key], true
}

// retag writes the tags of a request into its text (registry-api.md 14.2).
func (g *registration) retag(ctx context.Context, s *Snapshot, body SchemaBody, rules *rules, latest *content) (SchemaBody, error) {
	if body.Schema == nil {
		return body, invalidSchema("Tags cannot be changed without a schema")
	}
	if body.blank() {
		return body, invalidSchema("Invalid schema of type %s, details: the text is empty", body.Type)
	}
	for _, t := range append(body.TagsToAdd[:len(body.TagsToAdd):len(body.TagsToAdd)], body.TagsToRemove...) {
		if t.Path == "" && t.Kind == "" || t.Tags == nil {
			return body, invalidSchema("A tag entry needs a schemaEntity and tags")
		}
	}
	c, err := g.registry.read(ctx, s, g.subject, body, reading{validateFields: rules.validateFields})
	if err != nil {
		return body, err
	}
	parsed, err := g.registry.parseCanon(ctx, s, g.subject, c)
	if err != nil {
		return body, g.registry.invalid(g.subject, body, err)
	}
	change := schema.TagChange{Add: body.TagsToAdd, Remove: body.TagsToRemove}
	if body.PropagateSchemaTags && latest != nil && latest.kind == body.Type {
		if change.Propagate, err = g.registry.stored(ctx, s, g.subject.Context, latest); err != nil {
			return body, g.registry.invalid(g.subject, body, err)
		}
	}
	text, err := parsed.Retag(change)
	if err != nil {
		return body, tagRefused(err)
	}
	body.Schema = &text
	return body, nil
}
