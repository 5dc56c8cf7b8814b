package graphql

import (
	"context"
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql/model"
	"github.com/weir-registry/weir/registry"
)

// Node looks up an id: null for what there is not.
func (q *queries) Node(ctx context.Context, id string, asOf *string) (model.Node, error) {
	ref, err := model.ParseID(id)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(ctx).At(ctx, ref, asOf)
	if model.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.AnyNode(ctx, ref)
}

// Nodes looks up several.
func (q *queries) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > model.MaxPage {
		return nil, &model.PageSizeError{First: len(ids)}
	}
	nodes := make([]model.Node, len(ids))
	for i, id := range ids {
		ref, err := model.ParseID(id)
		if err != nil {
			return nil, err
		}
		if nodes[i], err = readerOf(ctx).AnyNode(ctx, ref); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// Entity looks up a qualified name.
func (q *queries) Entity(ctx context.Context, kind catalog.Kind, qualifiedName string, asOf *string) (model.Entity, error) {
	if !model.IsEntityKind(kind) {
		return nil, &inputError{[]string{"kind"}, "a " + string(kind) + " is no Entity; look it up by id, or with definitions"}
	}
	ref, err := readerOf(ctx).Named(kind, qualifiedName)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(ctx).At(ctx, ref, asOf)
	if model.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.EntityOrNil(ref)
}

// subjectNamed reads the name of a subject: qualified, or in a context.
func subjectNamed(name string, in *string) registry.Subject {
	if in == nil {
		return registry.ParseSubject(name)
	}
	return registry.Subject{Context: model.ContextNamed(*in), Name: name}
}

// Subject looks up a subject.
func (q *queries) Subject(ctx context.Context, name string, context *string, asOf *string) (*model.Subject, error) {
	s := subjectNamed(name, context)
	r, err := readerOf(ctx).At(ctx, model.SubjectRef(s), asOf)
	if model.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return found(r.Subject(s))
}

// Schema looks up a schema by id or GUID.
func (q *queries) Schema(ctx context.Context, id *int, guid *string, context *string) (*model.Schema, error) {
	r := readerOf(ctx)
	switch {
	case (id == nil) == (guid == nil):
		return nil, &inputError{[]string{"id"}, "either id or guid is needed"}
	case id != nil:
		in := registry.DefaultContext
		if context != nil {
			in = model.ContextNamed(*context)
		}
		return found(r.SchemaByID(in, int32(*id)))
	}
	g, ok := registry.ParseGUID(*guid)
	if !ok {
		return nil, &inputError{[]string{"guid"}, strconv.Quote(*guid) + " is no GUID"}
	}
	if context == nil {
		return r.SchemaByGUID(g, nil)
	}
	in := model.ContextNamed(*context)
	return r.SchemaByGUID(g, &in)
}

// Topic looks up a topic.
func (q *queries) Topic(ctx context.Context, cluster, name string, asOf *string) (*model.Topic, error) {
	ref := catalog.Ref{Kind: catalog.KindTopic, Scope: cluster, Name: name}
	r, err := readerOf(ctx).At(ctx, ref, asOf)
	if model.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return found(r.Topic(cluster, name))
}

// found makes what is missing null.
func found[T any](v *T, err error) (*T, error) {
	if model.Missing(err) {
		return nil, nil
	}
	return v, err
}

// Viewer is who asks.
func (q *queries) Viewer(ctx context.Context) (*model.Principal, error) {
	return model.Viewer(ctx), nil
}

// Revision is that of the answer.
func (q *queries) Revision(ctx context.Context) (string, error) {
	return readerOf(ctx).View().Cursor().String(), nil
}

// OldestRevision is how far back asOf and since reach.
func (q *queries) OldestRevision(ctx context.Context) (string, error) {
	oldest, err := q.source.Catalog.Oldest(ctx)
	if err != nil {
		return "", err
	}
	return feed.Cursor{Epoch: readerOf(ctx).View().Cursor().Epoch, Revision: oldest}.String(), nil
}
