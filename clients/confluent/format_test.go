package confluent

import (
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/avrov2"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/jsonschema"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/protobuf"
	"github.com/google/go-cmp/cmp"
	"github.com/hamba/avro/v2"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/weir-registry/weir/clients/shop"
)

// A format is one of the three schema languages as this client has it.
type format struct {
	name string
	// schemaType is the registry's name of the language.
	schemaType string
	// suffix is what the names of the schema files end in.
	suffix       string
	serializer   func(schemaregistry.Client, *serde.SerializerConfig) (*codec, error)
	deserializer func(schemaregistry.Client, *serde.DeserializerConfig) (*codec, error)
	// order and invoice make the records in the form that the serializer takes.
	order, invoice func(*testing.T) record
}

// A codec is a serializer or a deserializer, with the settings that the
// library keeps in fields and not in its configuration.
type codec struct {
	serde.Serializer
	serde.Deserializer
	idSerializer *serde.SchemaIDSerializerFunc
	messages     interface {
		RegisterMessage(protoreflect.MessageType) error
	}
}

// A record is a value that travels, and where it arrives.
type record struct {
	sent any
	// into is where the deserializer writes; nil where the deserializer makes
	// the value itself, of the type message.
	into    any
	message protoreflect.MessageType
}

// difference says how the value that arrived differs from the one sent.
func (r record) difference(got any) string {
	if want, ok := r.sent.(proto.Message); ok {
		message, ok := got.(proto.Message)
		if !ok || !proto.Equal(want, message) {
			return cmp.Diff(want, got)
		}
		return ""
	}
	return cmp.Diff(r.sent, got)
}

// order gives the library its schema; without the method it would derive one
// from the Go type.
type order shop.Order

// Schema is the schema of the file order.avsc.
func (order) Schema() avro.Schema { return avro.MustParse(mustText("order.avsc")) }

func mustText(name string) string {
	text, err := shop.Text(name)
	if err != nil {
		panic(err)
	}
	return text
}

func values(t *testing.T) shop.Records {
	t.Helper()
	records, err := shop.Values()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func message(t *testing.T, name protoreflect.FullName, value any) record {
	t.Helper()
	m, err := shop.Message(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if err := shop.Fill(m, value); err != nil {
		t.Fatal(err)
	}
	return record{sent: m, message: dynamicpb.NewMessageType(m.Descriptor())}
}

var formats = []format{
	{
		name:       "avro",
		schemaType: "AVRO",
		suffix:     ".avsc",
		serializer: func(c schemaregistry.Client, conf *serde.SerializerConfig) (*codec, error) {
			s, err := avrov2.NewSerializer(c, serde.ValueSerde, &avrov2.SerializerConfig{SerializerConfig: *conf})
			if err != nil {
				return nil, err
			}
			return &codec{Serializer: s, idSerializer: &s.SchemaIDSerializer}, nil
		},
		deserializer: func(c schemaregistry.Client, conf *serde.DeserializerConfig) (*codec, error) {
			d, err := avrov2.NewDeserializer(c, serde.ValueSerde, &avrov2.DeserializerConfig{DeserializerConfig: *conf})
			return &codec{Deserializer: d}, err
		},
		order: func(t *testing.T) record {
			o := order(values(t).Order)
			return record{sent: &o, into: new(order)}
		},
		invoice: func(t *testing.T) record {
			i := values(t).Invoice
			return record{sent: &i, into: new(shop.Invoice)}
		},
	},
	{
		name:       "json",
		schemaType: "JSON",
		suffix:     ".schema.json",
		serializer: func(c schemaregistry.Client, conf *serde.SerializerConfig) (*codec, error) {
			// Validation makes the library resolve the references.
			s, err := jsonschema.NewSerializer(c, serde.ValueSerde,
				&jsonschema.SerializerConfig{SerializerConfig: *conf, EnableValidation: true})
			if err != nil {
				return nil, err
			}
			return &codec{Serializer: s, idSerializer: &s.SchemaIDSerializer}, nil
		},
		deserializer: func(c schemaregistry.Client, conf *serde.DeserializerConfig) (*codec, error) {
			d, err := jsonschema.NewDeserializer(c, serde.ValueSerde,
				&jsonschema.DeserializerConfig{DeserializerConfig: *conf, EnableValidation: true})
			return &codec{Deserializer: d}, err
		},
		order: func(t *testing.T) record {
			o := values(t).Order
			return record{sent: &o, into: new(shop.Order)}
		},
		invoice: func(t *testing.T) record {
			i := values(t).Invoice
			return record{sent: &i, into: new(shop.Invoice)}
		},
	},
	{
		name:       "protobuf",
		schemaType: "PROTOBUF",
		suffix:     ".proto",
		serializer: func(c schemaregistry.Client, conf *serde.SerializerConfig) (*codec, error) {
			s, err := protobuf.NewSerializer(c, serde.ValueSerde,
				&protobuf.SerializerConfig{SerializerConfig: *conf, CacheSchemas: true})
			if err != nil {
				return nil, err
			}
			return &codec{Serializer: s, idSerializer: &s.SchemaIDSerializer}, nil
		},
		deserializer: func(c schemaregistry.Client, conf *serde.DeserializerConfig) (*codec, error) {
			d, err := protobuf.NewDeserializer(c, serde.ValueSerde, &protobuf.DeserializerConfig{DeserializerConfig: *conf})
			if err != nil {
				return nil, err
			}
			return &codec{Deserializer: d, messages: d.ProtoRegistry}, nil
		},
		order:   func(t *testing.T) record { return message(t, "shop.Order", values(t).Order) },
		invoice: func(t *testing.T) record { return message(t, "shop.Invoice", values(t).Invoice) },
	},
}
