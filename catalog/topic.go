package catalog

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/tree"
	"github.com/weir-registry/weir/schema"
)

// topics are the topics that subjects tell of, each with its links in order. A
// topic is there while an association names it or a live subject is named for
// it:
//
//	orders-key, orders-value   TopicNameStrategy
//	orders-com.acme.Order      TopicRecordNameStrategy: the rest is the name of
//	                           the record of the subject's latest schema
//
// It belongs to the cluster of the subject's context.
type topics struct {
	tree tree.Map[topicName, []TopicLink]
}

type topicName struct{ cluster, name string }

func compareTopics(a, b topicName) int {
	return cmp.Or(strings.Compare(a.cluster, b.cluster), strings.Compare(a.name, b.name))
}

func compareLinks(a, b TopicLink) int {
	return cmp.Or(
		strings.Compare(string(a.Subject.Context), string(b.Subject.Context)), strings.Compare(a.Subject.Name, b.Subject.Name),
		compareBools(a.IsKey, b.IsKey),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// topicType is the type of the resources that are topics.
const topicType = "topic"

// topicsBy gives the topics that a subject tells of; what an association says
// stands for what the name says too.
func topicsBy(s *registry.Snapshot, subject registry.Subject, cluster func(registry.Context) string) map[topicName][]TopicLink {
	var list map[topicName][]TopicLink
	add := func(name string, l TopicLink) {
		t := topicName{cluster(subject.Context), name}
		i, told := slices.BinarySearchFunc(list[t], l, compareLinks)
		if told {
			return
		}
		if list == nil {
			list = map[topicName][]TopicLink{}
		}
		list[t] = slices.Insert(list[t], i, l)
	}
	for a := range s.AssociationsOf(subject) {
		if a.ResourceType == topicType {
			add(a.ResourceName, TopicLink{Subject: subject, IsKey: a.AssociationType == "key", Source: Declared})
		}
	}
	if name, isKey, ok := inferredTopic(s, subject); ok {
		add(name, TopicLink{Subject: subject, IsKey: isKey, Source: Inferred})
	}
	return list
}

// inferredTopic gives the topic that a live subject is named for.
func inferredTopic(s *registry.Snapshot, subject registry.Subject) (name string, isKey, ok bool) {
	dash := strings.LastIndexByte(subject.Name, '-')
	if dash <= 0 {
		return "", false, false
	}
	if _, live := s.Standing(subject); live == 0 {
		return "", false, false
	}
	switch subject.Name[dash+1:] {
	case "key":
		return subject.Name[:dash], true, true
	case "value":
		return subject.Name[:dash], false, true
	}
	latest, _ := s.LatestOf(subject)
	x, found := s.ContentOf(subject.Context, latest.ID)
	if !found {
		return "", false, false
	}
	var room [1024]byte
	record := schema.OutlineName(x.AppendOutline(room[:0]))
	topic, ok := strings.CutSuffix(subject.Name, "-"+record)
	return topic, false, ok && record != "" && topic != ""
}

// loadTopics finds the topics of all subjects.
func loadTopics(s *registry.Snapshot, cluster func(registry.Context) string) topics {
	all := map[topicName][]TopicLink{}
	add := func(subject registry.Subject) {
		for t, links := range topicsBy(s, subject, cluster) {
			all[t] = append(all[t], links...)
		}
	}
	for c := range s.Contexts() {
		for subject := range s.SubjectsFrom(c, "") {
			add(subject)
		}
	}
	// An association may outlive the versions of its subject.
	bare := map[registry.Subject]bool{}
	for a := range s.Associations() {
		if all, _ := s.Standing(a.Subject); all == 0 && !bare[a.Subject] {
			bare[a.Subject] = true
			add(a.Subject)
		}
	}
	names := make([]topicName, 0, len(all))
	for t := range all {
		names = append(names, t)
	}
	slices.SortFunc(names, compareTopics)
	lists := make([][]TopicLink, len(names))
	for i, t := range names {
		lists[i] = all[t]
		slices.SortFunc(lists[i], compareLinks)
	}
	out := topics{tree.New[topicName, []TopicLink](compareTopics)}
	out.tree.Build(names, lists)
	return out
}

// follow gives the topics after some subjects have changed, and tells t of
// those that it changes. Of topics that were not gathered (nil) there are none
// to give.
func (x *topics) follow(before, after *registry.Snapshot, t *touched, cluster func(registry.Context) string) *topics {
	owner := new(tree.Owner)
	next := x
	if x != nil {
		own := *x
		next = &own
	}
	for subject := range t.subjects {
		if !t.linked[subject] && sameTopics(before, after, subject) {
			continue
		}
		was, is := topicsBy(before, subject, cluster), topicsBy(after, subject, cluster)
		for name, links := range was {
			if !slices.Equal(links, is[name]) {
				next.replace(owner, name, links, is[name])
				t.topics[name] = true
			}
		}
		for name, links := range is {
			if _, same := was[name]; !same {
				next.replace(owner, name, nil, links)
				t.topics[name] = true
			}
		}
	}
	return next
}

// sameTopics says, quickly, that a subject tells of the same topics as before,
// but for associations: the usual next version.
func sameTopics(before, after *registry.Snapshot, subject registry.Subject) bool {
	_, was := before.Standing(subject)
	_, is := after.Standing(subject)
	if (was > 0) != (is > 0) {
		return false
	}
	return was == 0 || strings.HasSuffix(subject.Name, "-value") || strings.HasSuffix(subject.Name, "-key") || !strings.Contains(subject.Name, "-")
}

// replace puts links of a subject in the place of its former ones.
func (x *topics) replace(o *tree.Owner, name topicName, was, is []TopicLink) {
	if x == nil {
		return
	}
	old, _ := x.tree.Get(name)
	list := make([]TopicLink, 0, len(old)+len(is))
	for _, l := range old {
		if !slices.Contains(was, l) && !slices.Contains(is, l) {
			list = append(list, l)
		}
	}
	list = append(list, is...)
	if len(list) == 0 {
		x.tree.Remove(o, name)
		return
	}
	slices.SortFunc(list, compareLinks)
	x.tree.Put(o, name, list)
}

// links gives the links of a topic; none when nothing tells of it.
func (x *topics) links(ref Ref) []TopicLink {
	links, _ := x.tree.Get(topicName{ref.Scope, ref.Name})
	return links
}

// topicRef names a topic.
func (t topicName) ref() Ref { return Ref{Kind: KindTopic, Scope: t.cluster, Name: t.name} }

// Topic gives a topic that subjects tell of; *NotFoundError when none does. It
// has the links that the caller may see.
func (v *View) Topic(ctx context.Context, cluster, name string) (*Topic, error) {
	t := topicName{cluster, name}
	if err := v.askRead(ctx, t.ref()); err != nil {
		return nil, err
	}
	links, ok := v.topics.get().tree.Get(t)
	if !ok {
		return nil, &NotFoundError{t.ref()}
	}
	return &Topic{Cluster: cluster, Name: name, Links: v.shownLinks(ctx, links)}, nil
}

// Topics gives the topics of a cluster (or of all, ""), in order, those whose
// names begin with prefix.
func (v *View) Topics(ctx context.Context, cluster, prefix string) iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		v.eachTopic(cluster, prefix, func(t topicName, links []TopicLink) bool {
			return !v.mayRead(ctx, t.ref()) || yield(Topic{Cluster: t.cluster, Name: t.name, Links: v.shownLinks(ctx, links)})
		})
	}
}

func (v *View) eachTopic(cluster, prefix string, each func(topicName, []TopicLink) bool) {
	from := topicName{cluster, prefix}
	if cluster == "" {
		from.name = ""
	}
	v.topics.get().tree.From(from, func(t topicName, links []TopicLink) bool {
		switch {
		case cluster != "" && (t.cluster != cluster || !strings.HasPrefix(t.name, prefix)):
			return false
		case !strings.HasPrefix(t.name, prefix):
			return true
		}
		return each(t, links)
	})
}

// TopicsOf gives the topics that a subject describes, in order.
func (v *View) TopicsOf(ctx context.Context, s registry.Subject) ([]Topic, error) {
	if err := v.askRead(ctx, subjectRef(s)); err != nil {
		return nil, err
	}
	var list []Topic
	for t := range topicsBy(v.registry, s, v.catalog.options.Cluster) {
		if !v.mayRead(ctx, t.ref()) {
			continue
		}
		links := v.topics.get().links(t.ref())
		list = append(list, Topic{Cluster: t.cluster, Name: t.name, Links: v.shownLinks(ctx, links)})
	}
	slices.SortFunc(list, func(a, b Topic) int {
		return compareTopics(topicName{a.Cluster, a.Name}, topicName{b.Cluster, b.Name})
	})
	return list, nil
}

func (v *View) shownLinks(ctx context.Context, links []TopicLink) []TopicLink {
	if v.catalog.allowsAll() {
		return links
	}
	var shown []TopicLink
	for _, l := range links {
		if v.mayRead(ctx, subjectRef(l.Subject)) {
			shown = append(shown, l)
		}
	}
	return shown
}
