package confluent

import (
	"context"
	"errors"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

func (r *Reader) fillTopic(ctx context.Context, e *Entity, t *catalog.Topic) error {
	e.Name, e.Called = Name{Type: Topic, Cluster: t.Cluster, Topic: t.Name}, t.Name
	e.Refs = append(e.Refs, t.Ref())
	return r.say(ctx, e, nil, 0, "")
}

// clusters are the Kafka clusters that there are: those that contexts are bound
// to, in order.
func (r *Reader) clusters() []string {
	var list []string
	for in := range r.View.Registry().Contexts() {
		list = append(list, r.Names.Cluster(in))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (r *Reader) fillCluster(ctx context.Context, e *Entity, cluster string) error {
	e.Name, e.Called = Name{Type: Cluster, Cluster: cluster}, cluster
	return r.sayIfAny(ctx, e, catalog.Ref{Kind: catalog.KindCluster, Name: cluster})
}

// fillEnvironment makes the one cf_environment. What is said of it hangs on
// the default context, which is there from the start and is no entity of
// Confluent's.
func (r *Reader) fillEnvironment(ctx context.Context, e *Entity) error {
	id := r.Names.Environment()
	e.Name, e.Called = Name{Type: Environment, Environment: id}, id
	return r.sayIfAny(ctx, e, catalog.Ref{Kind: catalog.KindContext, Name: string(registry.DefaultContext)})
}

// sayIfAny is say for what is there whether or not the catalog has heard of it.
func (r *Reader) sayIfAny(ctx context.Context, e *Entity, ref catalog.Ref) error {
	e.Refs = append(e.Refs, ref)
	err := r.say(ctx, e, nil, 0, "")
	var unheard *catalog.NotFoundError
	if errors.As(err, &unheard) {
		e.Refs = append(e.Refs[:0], ref)
		return nil
	}
	return err
}
