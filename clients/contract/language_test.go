package contract

import (
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/avrov2"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/jsonschema"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/protobuf"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/weir-registry/weir/clients/rdkafka"
	"github.com/weir-registry/weir/clients/shop"
	"github.com/weir-registry/weir/clients/world"
)

// secret is what the local key management system makes its key from.
const secret = "for these tests only"

// A language is a schema language with the client's names for its parts.
type language struct {
	name, schemaType, suffix string
	// item is the path of the field of an order in the tags of the metadata.
	item string
	// amount is what a condition calls another one: the library goes by the
	// fields of the Go type, and for Protobuf by those of the message.
	amount       string
	serializer   func(schemaregistry.Client, serde.SerializerConfig) (serde.Serializer, error)
	deserializer func(schemaregistry.Client, serde.DeserializerConfig) (serde.Deserializer, error)
}

var languages = []language{
	{
		name: "avro", schemaType: "AVRO", suffix: ".avsc", item: "shop.Order.item", amount: "message.Amount",
		serializer: func(c schemaregistry.Client, conf serde.SerializerConfig) (serde.Serializer, error) {
			return avrov2.NewSerializer(c, serde.ValueSerde, &avrov2.SerializerConfig{SerializerConfig: conf})
		},
		deserializer: func(c schemaregistry.Client, conf serde.DeserializerConfig) (serde.Deserializer, error) {
			return avrov2.NewDeserializer(c, serde.ValueSerde, &avrov2.DeserializerConfig{DeserializerConfig: conf})
		},
	},
	{
		name: "json", schemaType: "JSON", suffix: ".schema.json", item: "$.item", amount: "message.Amount",
		serializer: func(c schemaregistry.Client, conf serde.SerializerConfig) (serde.Serializer, error) {
			return jsonschema.NewSerializer(c, serde.ValueSerde, &jsonschema.SerializerConfig{SerializerConfig: conf})
		},
		deserializer: func(c schemaregistry.Client, conf serde.DeserializerConfig) (serde.Deserializer, error) {
			return jsonschema.NewDeserializer(c, serde.ValueSerde, &jsonschema.DeserializerConfig{DeserializerConfig: conf})
		},
	},
	{
		name: "protobuf", schemaType: "PROTOBUF", suffix: ".proto", item: "shop.Order.item", amount: "message.amount",
		serializer: func(c schemaregistry.Client, conf serde.SerializerConfig) (serde.Serializer, error) {
			return protobuf.NewSerializer(c, serde.ValueSerde, &protobuf.SerializerConfig{SerializerConfig: conf, CacheSchemas: true})
		},
		deserializer: func(c schemaregistry.Client, conf serde.DeserializerConfig) (serde.Deserializer, error) {
			return protobuf.NewDeserializer(c, serde.ValueSerde, &protobuf.DeserializerConfig{DeserializerConfig: conf})
		},
	},
}

// register registers the schema of an order with the metadata and rules.
func (l language) register(t *testing.T, w world.World, subject string, info schemaregistry.SchemaInfo) {
	t.Helper()
	text, err := shop.Text("order" + l.suffix)
	if err != nil {
		t.Fatal(err)
	}
	info.Schema, info.SchemaType = text, l.schemaType
	if _, err := newClient(t, w).Register(subject, info, false); err != nil {
		t.Fatalf("Register(%q): %v", subject, err)
	}
}

// travel sends an order, compares what arrives with what is wanted, and returns
// the record on its way.
func (l language) travel(t *testing.T, w world.World, topic string, sent, want shop.Order) []byte {
	t.Helper()
	value, err := l.encode(t, w, topic, sent)
	if err != nil {
		t.Fatalf("Serialize(%q): %v", topic, err)
	}
	arrived := rdkafka.Carry(t, w.Brokers, topic, nil, value)
	deserializer, err := l.deserializer(newClient(t, w),
		serde.DeserializerConfig{RuleConfig: map[string]string{"secret": secret}})
	if err != nil {
		t.Fatal(err)
	}
	defer deserializer.Close()
	if l.schemaType == "PROTOBUF" {
		message := l.message(t, want)
		got := dynamicpb.NewMessage(message.Descriptor())
		if err := deserializer.DeserializeInto(topic, arrived.Value, got); err != nil {
			t.Fatalf("DeserializeInto(%q): %v", topic, err)
		}
		if !proto.Equal(message, got) {
			t.Errorf("%v arrived, want %v", got, message)
		}
		return arrived.Value
	}
	var got shop.Order
	if err := deserializer.DeserializeInto(topic, arrived.Value, &got); err != nil {
		t.Fatalf("DeserializeInto(%q): %v", topic, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the value that arrived differs (-want +got):\n%s", diff)
	}
	return arrived.Value
}

func (l language) encode(t *testing.T, w world.World, topic string, o shop.Order) ([]byte, error) {
	t.Helper()
	conf := serde.NewSerializerConfig()
	conf.AutoRegisterSchemas = false
	conf.UseLatestVersion = true
	conf.RuleConfig = map[string]string{"secret": secret}
	serializer, err := l.serializer(newClient(t, w), *conf)
	if err != nil {
		t.Fatal(err)
	}
	defer serializer.Close()
	if l.schemaType == "PROTOBUF" {
		return serializer.Serialize(topic, l.message(t, o))
	}
	return serializer.Serialize(topic, &o)
}

func (l language) message(t *testing.T, o shop.Order) *dynamicpb.Message {
	t.Helper()
	m, err := shop.Message(t.Context(), "shop.Order")
	if err != nil {
		t.Fatal(err)
	}
	if err := shop.Fill(m, o); err != nil {
		t.Fatal(err)
	}
	return m
}

func order(t *testing.T) shop.Order {
	t.Helper()
	records, err := shop.Values()
	if err != nil {
		t.Fatal(err)
	}
	return records.Order
}

func newClient(t *testing.T, w world.World) schemaregistry.Client {
	t.Helper()
	client, err := schemaregistry.NewClient(schemaregistry.NewConfig(w.URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client
}
