package model

import (
	"context"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/registry"
)

// SchemaDiff is the GraphQL type of that name.
type SchemaDiff struct {
	From, To   int32
	Compatible bool
	Level      string
	Changes    []*SchemaChange
	Truncated  bool
}

// SchemaChange is the GraphQL type of that name.
type SchemaChange struct {
	Path     string
	OldPath  *string
	Kind     string
	Name     *string
	Breaking bool
	Message  string
	Before   *string
	After    *string
	Rules    []string
}

// Diff compares the version with another one. The registry has the parsed
// schemas, or makes them.
func (v *SchemaVersion) Diff(ctx context.Context, to *int) (*SchemaDiff, error) {
	from, until := diff.Previous, registry.VersionArg(v.Version)
	if to != nil {
		from, until = registry.VersionArg(v.Version), registry.VersionArg(*to)
	}
	d, err := diff.Versions(ctx, v.r.view, v.r.from.Registry, v.row.Subject, from, until)
	if err != nil {
		return nil, err
	}
	return &SchemaDiff{d.From, d.To, d.Compatible, string(d.Level), schemaChanges(d.Changes), d.Truncated}, nil
}

func schemaChanges(list []diff.Change) []*SchemaChange {
	out := make([]*SchemaChange, len(list))
	for i := range list {
		c := &list[i]
		out[i] = &SchemaChange{
			c.Path, text(c.OldPath), string(c.Kind), text(c.Name), c.Breaking, c.Message, text(c.Before), text(c.After),
			append([]string{}, c.Rules...),
		}
	}
	return out
}

// Impact is the GraphQL type of that name.
type Impact struct {
	Compatible bool
	Messages   []string
	Fields     []*SchemaChange
}

// Impact says what would come of registering a schema in a subject: whether it
// would be let in, and what would change.
func (r *Reader) Impact(ctx context.Context, s registry.Subject, body registry.SchemaBody) (*Impact, error) {
	answer, err := r.from.Registry.Compatibility(ctx, s, nil, body, registry.CompatOptions{Verbose: true})
	if err != nil {
		return nil, err
	}
	// The question is about the text: the data contract stays as it is.
	if latest, ok := r.view.Registry().LatestOf(s); ok {
		if x, ok := r.view.Registry().ContentOf(s.Context, latest.ID); ok {
			body.Metadata, body.Rules = x.Metadata(), x.Rules()
		}
	}
	d, err := diff.Proposed(ctx, r.view, r.from.Registry, s, body)
	if err != nil {
		return nil, err
	}
	return &Impact{answer.Compatible, append([]string{}, answer.Messages...), schemaChanges(d.Changes)}, nil
}
