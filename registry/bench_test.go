package registry_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/weir-registry/weir/registry"
)

// fiveFields is a plain record, spelt as it is stored.
func fiveFields(name string) string {
	return `{"type":"record","name":"` + name + `","namespace":"com.acme.orders","doc":"An order as the shop sends it.","fields":[` +
		`{"name":"id","type":"long","doc":"The number of the order."},{"name":"customer","type":"string"},` +
		`{"name":"amount","type":"double","default":0.0},{"name":"currency","type":["null","string"],"default":null},` +
		`{"name":"placed","type":{"type":"long","logicalType":"timestamp-millis"}}]}`
}

func benchNode(b *testing.B, schemas int) *node {
	n := newNode(b)
	for i := range schemas {
		n.register(fmt.Sprintf("s%d-value", i), fiveFields(fmt.Sprintf("Order%d", i)))
	}
	b.ReportAllocs()
	return n
}

func BenchmarkSchemaByID(b *testing.B) {
	n := benchNode(b, 200)
	for i := 0; b.Loop(); i++ {
		if _, err := n.SchemaByID(b.Context(), int32(i%200)+1, "", false, registry.ReadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRegisterKnown(b *testing.B) {
	n := benchNode(b, 200)
	for _, spelling := range []string{"stored", "other"} {
		b.Run(spelling, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				text := fiveFields(fmt.Sprintf("Order%d", i%200))
				if spelling == "other" {
					text = strings.Replace(text, `"type":"record",`, `"type": "record", `, 1)
				}
				if _, err := n.Register(b.Context(), in(fmt.Sprintf("s%d-value", i%200)), body(text), false, false, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// New subjects, each with a schema of its own.
func BenchmarkRegisterNew(b *testing.B) {
	for _, clients := range []int{1, 64} {
		b.Run(fmt.Sprint("clients=", clients), func(b *testing.B) {
			n := benchNode(b, 0)
			var next atomic.Int64
			b.SetParallelism(clients)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					i := next.Add(1)
					n.register(fmt.Sprint("n", i), fiveFields(fmt.Sprint("N", i)))
				}
			})
		})
	}
}

// One subject, 64 clients.
func BenchmarkRegisterChain(b *testing.B) {
	n := benchNode(b, 0)
	n.level("chain", "NONE")
	var next atomic.Int64
	b.SetParallelism(64)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			n.register("chain", fiveFields(fmt.Sprint("N", next.Add(1))))
		}
	})
}
