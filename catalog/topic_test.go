package catalog_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/registry"
)

// topicsOf writes the topics of the node with their links.
func (n *node) topics() map[string][]string {
	got := map[string][]string{}
	for x := range n.View().Topics(n.T.Context(), "", "") {
		links := []string{}
		for _, l := range x.Links {
			text := l.Subject.String() + " " + string(l.Source)
			if l.IsKey {
				text += " key"
			}
			links = append(links, text)
		}
		got[x.Cluster+" "+x.Name] = links
	}
	return got
}

func text(s string) *string { return &s }

// associate ties a topic to a subject.
func (n *node) associate(topic, subject, role string) {
	n.T.Helper()
	_, err := n.Registry.CreateAssociations(n.T.Context(), registry.DefaultContext, registry.AssociationRequest{
		ResourceName: text(topic), ResourceNamespace: text("lkc"), ResourceID: text("id of " + topic), ResourceType: text("topic"),
		Associations: []*registry.AssociationBody{{Subject: text(subject), AssociationType: text(role), Lifecycle: text(registry.Weak)}},
	}, false)
	if err != nil {
		n.T.Fatalf("CreateAssociations(%s, %s) = %v", topic, subject, err)
	}
}

func TestTopics(t *testing.T) {
	n := newNode(t, func(s *catalogtest.Setup) {
		s.Catalog.Cluster = func(c registry.Context) string {
			if c == ".west" {
				return "west"
			}
			return catalog.DefaultCluster
		}
	})
	order := `{"type":"record","name":"com.acme.Order","fields":[]}`
	for _, s := range []string{"orders-value", "orders-key", "orders-com.acme.Order", ":.west:orders-value", "plain", "-value", "no-com.acme.Other"} {
		n.put(s, order)
	}
	n.associate("billing", "plain", "value")
	n.associate("orders", "orders-value", "value")
	want := map[string][]string{
		"default orders":  {"orders-com.acme.Order INFERRED", "orders-key INFERRED key", "orders-value DECLARED"},
		"default billing": {"plain DECLARED"},
		"west orders":     {":.west:orders-value INFERRED"},
	}
	if diff := cmp.Diff(want, n.topics()); diff != "" {
		t.Errorf("Topics (-want +got):\n%s", diff)
	}
	of, err := n.View().TopicsOf(t.Context(), in("plain"))
	if err != nil || len(of) != 1 || of[0].Name != "billing" {
		t.Errorf("TopicsOf(plain) = %v, %v", of, err)
	}
	if _, err := n.View().Topic(t.Context(), "west", "billing"); !errors.As(err, new(*catalog.NotFoundError)) {
		t.Errorf("Topic(west, billing) = %v", err)
	}

	// A topic goes with its last subject, and comes back with it.
	n.delete(":.west:orders-value", 1, false)
	if _, there := n.topics()["west orders"]; there {
		t.Error("the topic outlives its subject")
	}
	n.put(":.west:orders-value", order)
	if _, there := n.topics()["west orders"]; !there {
		t.Error("the topic does not come back")
	}
	// A record of another name is another topic.
	n.put("orders-com.acme.Order", `{"type":"record","name":"Else","fields":[]}`)
	if diff := cmp.Diff([]string{"orders-key INFERRED key", "orders-value DECLARED"}, n.topics()["default orders"]); diff != "" {
		t.Errorf("links after a new record name (-want +got):\n%s", diff)
	}
}

// TestOrphanedTopic holds that a topic of which something is said waits.
func TestOrphanedTopic(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", `"int"`)
	n.Commit(catalog.Edit{Ref: topic("orders"), Description: text("all orders")})
	n.delete("orders-value", 1, false)
	e := n.entity(topic("orders"))
	if e.Status != catalog.Orphaned || len(e.Descriptions) != 1 {
		t.Errorf("the topic is %s with %v", e.Status, e.Descriptions)
	}
	if got := collect(n.View().Orphans(t.Context())); !cmp.Equal(got, []catalog.Ref{topic("orders")}) {
		t.Errorf("Orphans = %v", got)
	}
	n.put("orders-value", `"long"`)
	if e := n.entity(topic("orders")); e.Status != catalog.Active {
		t.Errorf("the topic is %s", e.Status)
	}
	if got := collect(n.View().Orphans(t.Context())); got != nil {
		t.Errorf("Orphans = %v", got)
	}
}
