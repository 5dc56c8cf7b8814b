package confluent_test

import (
	"context"
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a node whose entities are read under Confluent's names.
type node struct {
	*catalogtest.Node
	names confluent.Names
}

func newNode(t testing.TB, changes ...catalogtest.Change) *node {
	t.Helper()
	n := catalogtest.Open(t, changes...)
	return &node{n, confluent.Names{
		Registry: n.Store.ClusterID(), Cluster: func(registry.Context) string { return catalog.DefaultCluster },
	}}
}

func (n *node) reader() *confluent.Reader {
	return &confluent.Reader{Names: n.names, View: n.View()}
}

// register registers an Avro schema.
func (n *node) register(subject, text string) {
	n.T.Helper()
	n.Register(subject, schema.Avro, text)
}

func (n *node) delete(subject string) {
	n.T.Helper()
	if _, err := n.Registry.DeleteSubject(n.T.Context(), registry.ParseSubject(subject), false); err != nil {
		n.T.Fatalf("DeleteSubject(%s) = %v", subject, err)
	}
}

// list gives the selected entities.
func (n *node) list(ctx context.Context, sel confluent.Selection) []*confluent.Entity {
	n.T.Helper()
	var list []*confluent.Entity
	for e, err := range n.reader().Entities(ctx, sel) {
		if err != nil {
			n.T.Fatalf("Entities(%+v) = %v", sel, err)
		}
		list = append(list, e)
	}
	return list
}

// named writes entities as "type name", without the registry's id.
func (n *node) named(list []*confluent.Entity) []string {
	var names []string
	for _, e := range list {
		text := e.QualifiedName
		if prefix := n.names.Registry + ":"; len(text) > len(prefix) && text[:len(prefix)] == prefix {
			text = "R:" + text[len(prefix):]
		}
		names = append(names, fmt.Sprintf("%s %s", e.Type(), text))
	}
	return names
}
