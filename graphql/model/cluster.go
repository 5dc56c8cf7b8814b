package model

import "github.com/weir-registry/weir/catalog"

// Cluster is the GraphQL type of that name.
type Cluster struct {
	thing
	Name string
}

// IsEntity marks an Entity.
func (*Cluster) IsEntity() {}

func (r *Reader) clusterOf(name string) *Cluster {
	return &Cluster{r.known(catalog.Ref{Kind: catalog.KindCluster, Name: name}), name}
}

func (r *Reader) cluster(ref catalog.Ref) (*Cluster, error) {
	t, err := r.look(ref)
	if err != nil {
		return nil, err
	}
	return &Cluster{t, ref.Name}, nil
}

// Topics are those of the cluster.
func (c *Cluster) Topics(filter *TopicFilter, first int, after *string) (*TopicConnection, error) {
	if filter != nil && filter.Cluster != nil && *filter.Cluster != c.ID() {
		if _, err := RefOfKind(*filter.Cluster, catalog.KindCluster); err != nil {
			return nil, err
		}
		w, err := windowOf(order{"topics", c.Name}, first, after)
		if err != nil {
			return nil, err
		}
		none, err := sliced(w, nil, topicKey, func(*catalog.Topic) (*Topic, error) { return nil, nil })
		return &TopicConnection{none}, err
	}
	return c.r.topics(c.Name, filter, first, after)
}

func topicKey(t *catalog.Topic) string { return t.Name }

// ClusterConnection is the GraphQL type of that name.
type ClusterConnection struct{ page[*Cluster] }

// ClusterEdge is the GraphQL type of that name.
type ClusterEdge edge[*Cluster]

// Edges are the rows with their cursors.
func (c *ClusterConnection) Edges() []*ClusterEdge { return edgesOf[ClusterEdge](&c.page) }

// Clusters are those that contexts are bound to.
func (r *Reader) Clusters(first int, after *string) (*ClusterConnection, error) {
	w, err := windowOf(order{list: "clusters"}, first, after)
	if err != nil {
		return nil, err
	}
	names := r.view.Clusters(r.ctx)
	p, err := sliced(w, names, func(name *string) string { return *name }, func(name *string) (*Cluster, error) {
		return r.clusterOf(*name), nil
	})
	return &ClusterConnection{p}, err
}
