// Package franz runs franz-go's schema registry client (sr) and Kafka client
// (kgo) against weir and a broker.
//
// The library leaves encoding to its user. Here the user reads everything
// from the registry: what TestRoundTrip decodes with is the schema that the
// id in the payload leads to.
package franz

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/sr"

	"github.com/weir-registry/weir/clients/shop"
	"github.com/weir-registry/weir/clients/world"
)

// A format is a schema language and how its schemas are named in the files
// and in references.
type format struct {
	name      string
	kind      sr.SchemaType
	suffix    string
	reference string
	codec     codec
}

var formats = []format{
	{name: "avro", kind: sr.TypeAvro, suffix: ".avsc", reference: "shop.Customer", codec: avroCodec},
	{name: "json", kind: sr.TypeJSON, suffix: ".schema.json", reference: "customer.schema.json", codec: jsonCodec},
	{name: "protobuf", kind: sr.TypeProtobuf, suffix: ".proto", reference: "customer.proto", codec: protobufCodec},
}

// TestRoundTrip registers a schema, sends a record with its id, and reads
// the record with what the registry has under that id.
func TestRoundTrip(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name+"-order", func(t *testing.T) {
			want := values(t).Order
			f.roundTrip(t, "franz-"+f.name+"-order", f.schema(t, "order"), &want, new(shop.Order))
		})
		t.Run(f.name+"-invoice", func(t *testing.T) {
			client := newClient(t)
			customer, err := client.CreateSchema(t.Context(), "franz-customer"+f.suffix, f.schema(t, "customer"))
			if err != nil {
				t.Fatal(err)
			}
			schema := f.schema(t, "invoice")
			schema.References = []sr.SchemaReference{
				{Name: f.reference, Subject: customer.Subject, Version: customer.Version},
			}
			want := values(t).Invoice
			f.roundTrip(t, "franz-"+f.name+"-invoice", schema, &want, new(shop.Invoice))
		})
	}
}

func (f format) roundTrip(t *testing.T, name string, schema sr.Schema, want, got any) {
	t.Helper()
	w := world.Open(t)
	topic := w.Topic(name)
	subject := topic + "-value"
	created, err := newClient(t).CreateSchema(t.Context(), subject, schema)
	if err != nil {
		t.Fatalf("CreateSchema(%q): %v", subject, err)
	}
	if latest := w.Latest(t, subject); created.ID != latest.ID || created.Version != 1 {
		t.Errorf("CreateSchema(%q) = version %d, id %d; the registry has version %d, id %d",
			subject, created.Version, created.ID, latest.Version, latest.ID)
	}
	var writer sr.Serde
	writer.Register(created.ID, want, f.codec(t, newClient(t), schema)...)
	value, err := writer.Encode(want)
	if err != nil {
		t.Fatalf("Encode: %v", err)
	}

	arrived := carry(t, w.Brokers, topic, value)
	id, _, err := new(sr.ConfluentHeader).DecodeID(arrived)
	if err != nil || id != created.ID {
		t.Fatalf("DecodeID(%x) = %d, %v, want %d", arrived, id, err, created.ID)
	}
	client := newClient(t)
	found, err := client.SchemaByID(t.Context(), id)
	if err != nil {
		t.Fatalf("SchemaByID(%d): %v", id, err)
	}
	if diff := cmp.Diff(schema.References, found.References); diff != "" || found.Type != f.kind {
		t.Errorf("SchemaByID(%d) = type %v; references (-want +got):\n%s", id, found.Type, diff)
	}
	var reader sr.Serde
	reader.Register(id, got, f.codec(t, client, found)...)
	if err := reader.Decode(arrived, got); err != nil {
		t.Fatalf("Decode: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the value that arrived differs (-want +got):\n%s", diff)
	}
}

func (f format) schema(t *testing.T, name string) sr.Schema {
	t.Helper()
	text, err := shop.Text(name + f.suffix)
	if err != nil {
		t.Fatal(err)
	}
	return sr.Schema{Schema: text, Type: f.kind}
}

func values(t *testing.T) shop.Records {
	t.Helper()
	records, err := shop.Values()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func newClient(t *testing.T) *sr.Client {
	t.Helper()
	client, err := sr.NewClient(sr.URLs(world.Open(t).URL))
	if err != nil {
		t.Fatal(err)
	}
	return client
}
