package model

import (
	"iter"

	"github.com/weir-registry/weir/catalog"
)

// Topic is the GraphQL type of that name.
type Topic struct {
	thing
	Name  string
	topic catalog.Topic
}

// IsEntity marks an Entity.
func (*Topic) IsEntity() {}

func (r *Reader) topicOf(t catalog.Topic) *Topic {
	return &Topic{thing: r.known(t.Ref()), Name: t.Name, topic: t}
}

func (r *Reader) topic(ref catalog.Ref) (*Topic, error) {
	t, err := r.view.Topic(r.ctx, ref.Scope, ref.Name)
	if err != nil {
		return nil, err
	}
	return r.topicOf(*t), nil
}

// Topic gives a topic by name.
func (r *Reader) Topic(cluster, name string) (*Topic, error) {
	return r.topic(catalog.Ref{Kind: catalog.KindTopic, Scope: cluster, Name: name})
}

// Cluster is the topic's.
func (t *Topic) Cluster() *Cluster { return t.r.clusterOf(t.topic.Cluster) }

// SubjectLink is the GraphQL type of that name.
type SubjectLink struct {
	Subject *Subject
	IsKey   bool
	Source  catalog.Source
}

// Subjects are those that describe the topic.
func (t *Topic) Subjects() []*SubjectLink {
	links := make([]*SubjectLink, 0, len(t.topic.Links))
	for _, link := range t.topic.Links {
		links = append(links, &SubjectLink{t.r.subject(link.Subject), link.IsKey, link.Source})
	}
	return links
}

// TopicFilter is the GraphQL input of that name.
type TopicFilter struct {
	Cluster    *string
	NamePrefix *string
	Tags       []string
	Owner      *string
	Domain     *string
	HasSchema  *bool
	SeenSince  *DateTime
}

// TopicConnection is the GraphQL type of that name.
type TopicConnection struct{ page[*Topic] }

// TopicEdge is the GraphQL type of that name.
type TopicEdge edge[*Topic]

// Edges are the rows with their cursors.
func (c *TopicConnection) Edges() []*TopicEdge { return edgesOf[TopicEdge](&c.page) }

// Topics are those that pass the filter, cluster by cluster, by name.
func (r *Reader) Topics(filter *TopicFilter, first int, after *string) (*TopicConnection, error) {
	cluster := ""
	if filter != nil && filter.Cluster != nil {
		ref, err := RefOfKind(*filter.Cluster, catalog.KindCluster)
		if err != nil {
			return nil, err
		}
		cluster = ref.Name
	}
	return r.topics(cluster, filter, first, after)
}

func (r *Reader) topics(cluster string, filter *TopicFilter, first int, after *string) (*TopicConnection, error) {
	w, err := windowOf(order{"topics", cluster}, first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &TopicFilter{}
	}
	passes, err := saidOf(filter.Tags, filter.Owner, filter.Domain)
	if err != nil {
		return nil, err
	}
	from, err := w.ref()
	if err != nil {
		return nil, err
	}
	rows := func(from catalog.Ref) iter.Seq2[row[*Topic], error] {
		return r.topicRows(cluster, filter, passes, from)
	}
	count := func() (n int, err error) {
		for _, err := range rows(catalog.Ref{}) {
			if err != nil {
				return 0, err
			}
			n++
		}
		return n, nil
	}
	p, err := pageOf(r.ctx, w, rows(from), count)
	return &TopicConnection{p}, err
}

// topicRows walks the topics that pass, behind one.
func (r *Reader) topicRows(cluster string, filter *TopicFilter, passes said, after catalog.Ref) iter.Seq2[row[*Topic], error] {
	return func(yield func(row[*Topic], error) bool) {
		walked := 0
		for t := range r.view.Topics(r.ctx, cluster, valueOf(filter.NamePrefix)) {
			if walked++; walked%256 == 0 && r.ctx.Err() != nil {
				yield(row[*Topic]{}, r.ctx.Err())
				return
			}
			if !after.IsZero() && !behind(t, after) {
				continue
			}
			topic := r.topicOf(t)
			ok, err := topic.passes(filter, passes)
			if err == nil && !ok {
				continue
			}
			if !yield(row[*Topic]{node: topic}, err) {
				return
			}
		}
	}
}

// behind says whether a topic stands behind another in the order of lists.
func behind(t catalog.Topic, after catalog.Ref) bool {
	if t.Cluster != after.Scope {
		return t.Cluster > after.Scope
	}
	return t.Name > after.Name
}

func (t *Topic) passes(filter *TopicFilter, said said) (bool, error) {
	if filter.HasSchema != nil && *filter.HasSchema != (len(t.topic.Links) > 0) {
		return false, nil
	}
	if filter.SeenSince == nil && said.any() {
		return true, nil
	}
	e, err := t.entity()
	switch {
	case Missing(err):
		return false, nil
	case err != nil:
		return false, err
	case filter.SeenSince != nil && e.LastSeen < int64(*filter.SeenSince):
		return false, nil
	}
	return said.holds(e), nil
}
