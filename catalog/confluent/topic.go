package confluent

import (
	"context"
	"errors"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

func (r *Reader) topicEntity(ctx context.Context, t *catalog.Topic) (*Entity, error) {
	s, err := r.say(ctx, []catalog.Ref{t.Ref()}, nil)
	if err != nil {
		return nil, err
	}
	return r.complete(&Entity{Name: Name{Type: Topic, Cluster: t.Cluster, Topic: t.Name}, Called: t.Name}, s, 0, ""), nil
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

func (r *Reader) clusterEntity(ctx context.Context, cluster string) (*Entity, error) {
	s, err := r.sayIfAny(ctx, catalog.Ref{Kind: catalog.KindCluster, Name: cluster})
	if err != nil {
		return nil, err
	}
	return r.complete(&Entity{Name: Name{Type: Cluster, Cluster: cluster}, Called: cluster}, s, 0, ""), nil
}

// environmentEntity makes the one cf_environment. What is said of it hangs on
// the default context, which is there from the start and is no entity of
// Confluent's.
func (r *Reader) environmentEntity(ctx context.Context) (*Entity, error) {
	s, err := r.sayIfAny(ctx, catalog.Ref{Kind: catalog.KindContext, Name: string(registry.DefaultContext)})
	if err != nil {
		return nil, err
	}
	id := r.Names.Environment()
	return r.complete(&Entity{Name: Name{Type: Environment, Environment: id}, Called: id}, s, 0, ""), nil
}

// sayIfAny is say for what is there whether or not the catalog has heard of it.
func (r *Reader) sayIfAny(ctx context.Context, ref catalog.Ref) (*said, error) {
	s, err := r.say(ctx, []catalog.Ref{ref}, nil)
	var unheard *catalog.NotFoundError
	if errors.As(err, &unheard) {
		return &said{refs: []catalog.Ref{ref}}, nil
	}
	return s, err
}
