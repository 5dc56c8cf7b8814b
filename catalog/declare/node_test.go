package declare_test

import (
	"testing"

	"go.uber.org/goleak"

	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/declare"
	"github.com/weir-registry/weir/schema"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// node is a node with a few schemas.
type node struct{ *catalogtest.Node }

// theSchemas are in every node: subject, type, text.
var theSchemas = [][3]string{
	{"orders-value", "AVRO", `{"type":"record","name":"Order","namespace":"com.acme","fields":[
		{"name":"id","type":"long"},
		{"name":"customer","type":{"type":"record","name":"Customer","fields":[{"name":"email","type":"string"},{"name":"name","type":"string"}]}},
		{"name":"backup","type":["null","Customer"],"default":null}]}`},
	{":.eu:orders-value", "AVRO", `{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long","confluent:tags":["INLINE"]}]}`},
	{"carts-value", "JSON", `{"type":"object","properties":{"lines":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}}}`},
}

func newNode(t testing.TB) *node {
	t.Helper()
	n := catalogtest.Open(t)
	for _, of := range theSchemas {
		n.Register(of[0], schema.Type(of[1]), of[2])
	}
	return &node{n}
}

func (n *node) read(text string) *declare.Documents {
	n.T.Helper()
	d, err := declare.Read(declare.File{Name: "f.yaml", Text: text})
	if err != nil {
		n.T.Fatalf("Read() = %v of\n%s", err, text)
	}
	return d
}

func (n *node) export(set string) string {
	n.T.Helper()
	d, err := declare.Export(n.T.Context(), n.View(), set)
	if err != nil {
		n.T.Fatalf("Export(%q) = %v", set, err)
	}
	return d.Text()
}
