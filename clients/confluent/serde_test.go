// Package confluent runs Confluent's Go client, its serializers with their
// default settings and its binding of librdkafka, against weir and a broker.
//
// Each case sends one record and checks three things: that the registry then
// has the schema under the expected subject, that the record carries the id
// or GUID which the registry gave, and that a consumer with a client of its
// own, so with empty caches, gets the value back.
package confluent

import (
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/clients/rdkafka"
	"github.com/weir-registry/weir/clients/world"
)

// TestOrder registers the schema of a record on the way, as a serializer
// without any settings does.
func TestOrder(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("confluent-go-" + f.name + "-order")
			r := f.order(t)
			value, headers := f.encode(t, w, topic, r, serde.NewSerializerConfig(), nil)
			arrived := rdkafka.Carry(t, w.Brokers, topic, headers, value)

			latest := w.Latest(t, topic+"-value")
			if latest.SchemaType != f.schemaType || latest.Version != 1 {
				t.Errorf("latest version = %+v, want version 1 of type %s", latest, f.schemaType)
			}
			if got := prefixID(t, arrived.Value); got != latest.ID {
				t.Errorf("id in the payload = %d, the registry has %d", got, latest.ID)
			}
			f.decode(t, w, topic, r, arrived, serde.NewDeserializerConfig())
		})
	}
}

// TestInvoice sends a record whose schema has a reference. The schemas of
// Avro and JSON Schema are registered beforehand and found by
// use.latest.version, because their serializers cannot know the references;
// the Protobuf serializer registers the imports itself.
func TestInvoice(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("confluent-go-" + f.name + "-invoice")
			reference := world.Reference{Name: "customer" + f.suffix, Subject: "customer" + f.suffix, Version: 1}
			conf := serde.NewSerializerConfig()
			if f.schemaType != "PROTOBUF" {
				if f.schemaType == "AVRO" {
					reference.Name = "shop.Customer"
				}
				reference.Subject = "confluent-go-customer" + f.suffix
				registerInvoice(t, newClient(t, w), f, topic+"-value", reference)
				conf.AutoRegisterSchemas = false
				conf.UseLatestVersion = true
			}
			r := f.invoice(t)
			value, headers := f.encode(t, w, topic, r, conf, nil)
			arrived := rdkafka.Carry(t, w.Brokers, topic, headers, value)

			latest := w.Latest(t, topic+"-value")
			if f.schemaType == "PROTOBUF" && len(latest.References) == 1 {
				// Other clients register the same file, perhaps spelt otherwise.
				reference.Version = latest.References[0].Version
			}
			if diff := cmp.Diff([]world.Reference{reference}, latest.References); diff != "" {
				t.Errorf("references of the latest version (-want +got):\n%s", diff)
			}
			if got := prefixID(t, arrived.Value); got != latest.ID {
				t.Errorf("id in the payload = %d, the registry has %d", got, latest.ID)
			}
			f.decode(t, w, topic, r, arrived, serde.NewDeserializerConfig())
		})
	}
}

// TestHeader puts the GUID of the schema into a header (registry-api.md 21)
// and leaves the payload bare.
func TestHeader(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("confluent-go-" + f.name + "-header")
			r := f.order(t)
			value, headers := f.encode(t, w, topic, r, serde.NewSerializerConfig(), serde.HeaderSchemaIDSerializer)
			arrived := rdkafka.Carry(t, w.Brokers, topic, headers, value)

			latest := w.Latest(t, topic+"-value")
			want := "01" + strings.ReplaceAll(latest.GUID, "-", "")
			if f.schemaType == "PROTOBUF" {
				want += "0202" // one index, and it is 1
			}
			if len(arrived.Headers) != 1 || arrived.Headers[0].Key != serde.ValueSchemaIDHeader ||
				hex.EncodeToString(arrived.Headers[0].Value) != want {
				t.Errorf("headers = %v, want one %s: %s", arrived.Headers, serde.ValueSchemaIDHeader, want)
			}
			f.decode(t, w, topic, r, arrived, serde.NewDeserializerConfig())
		})
	}
}

// newClient returns a client with caches of its own.
func newClient(t *testing.T, w world.World) schemaregistry.Client {
	t.Helper()
	client, err := schemaregistry.NewClient(schemaregistry.NewConfig(w.URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}

// registerInvoice registers the schema of Customer and then that of Invoice
// with a reference to it.
func registerInvoice(t *testing.T, client schemaregistry.Client, f format, subject string, reference world.Reference) {
	t.Helper()
	_, err := client.Register(reference.Subject,
		schemaregistry.SchemaInfo{Schema: mustText("customer" + f.suffix), SchemaType: f.schemaType}, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Register(subject, schemaregistry.SchemaInfo{
		Schema:     mustText("invoice" + f.suffix),
		SchemaType: f.schemaType,
		References: []schemaregistry.Reference{
			{Name: reference.Name, Subject: reference.Subject, Version: reference.Version},
		},
	}, false)
	if err != nil {
		t.Fatal(err)
	}
}

// encode serializes the record, with the id where the library puts it by
// default unless another place is given.
func (f format) encode(t *testing.T, w world.World, topic string, r record,
	conf *serde.SerializerConfig, place serde.SchemaIDSerializerFunc,
) ([]byte, []kafka.Header) {
	t.Helper()
	serializer, err := f.serializer(newClient(t, w), conf)
	if err != nil {
		t.Fatal(err)
	}
	defer serializer.Serializer.Close()
	if place != nil {
		*serializer.idSerializer = place
	}
	headers, value, err := serializer.SerializeWithHeaders(topic, r.sent)
	if err != nil {
		t.Fatalf("SerializeWithHeaders(%q): %v", topic, err)
	}
	return value, headers
}

// decode deserializes what arrived and compares it with what was sent.
func (f format) decode(t *testing.T, w world.World, topic string, r record, arrived *kafka.Message,
	conf *serde.DeserializerConfig,
) {
	t.Helper()
	deserializer, err := f.deserializer(newClient(t, w), conf)
	if err != nil {
		t.Fatal(err)
	}
	defer deserializer.Deserializer.Close()
	got := r.into
	if r.message != nil {
		if err := deserializer.messages.RegisterMessage(r.message); err != nil {
			t.Fatal(err)
		}
		got, err = deserializer.DeserializeWithHeaders(topic, arrived.Headers, arrived.Value)
	} else {
		err = deserializer.DeserializeWithHeadersInto(topic, arrived.Headers, arrived.Value, got)
	}
	if err != nil {
		t.Fatalf("Deserialize(%q): %v", topic, err)
	}
	if diff := r.difference(got); diff != "" {
		t.Errorf("the value that arrived differs (-want +got):\n%s", diff)
	}
}

// prefixID reads the id in front of a payload.
func prefixID(t *testing.T, value []byte) int {
	t.Helper()
	if len(value) < 5 || value[0] != 0 {
		t.Fatalf("payload %x has no id in front", value)
	}
	return int(binary.BigEndian.Uint32(value[1:5]))
}
