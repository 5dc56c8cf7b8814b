// Package contract runs the rules of data contracts, and the encryption of
// single fields, with Confluent's Go client against weir.
//
// Rules are stored by the registry and carried out by the client, whose rule
// executors are registered for the whole process: so these tests are apart
// from those of package confluent. The keys of the encryption are in weir's
// DEK registry (registry-api.md 22.1); the key management system is the
// client's local one, whose secret is a setting.
package contract

import (
	"bytes"
	"strings"
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	_ "github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/rules/cel"
	_ "github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/rules/encryption"
	_ "github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/rules/encryption/localkms"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/avrov2"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde/jsonschema"
	"github.com/google/go-cmp/cmp"

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
	item         string
	serializer   func(schemaregistry.Client, serde.SerializerConfig) (serde.Serializer, error)
	deserializer func(schemaregistry.Client, serde.DeserializerConfig) (serde.Deserializer, error)
}

var languages = []language{
	{
		name: "avro", schemaType: "AVRO", suffix: ".avsc", item: "shop.Order.item",
		serializer: func(c schemaregistry.Client, conf serde.SerializerConfig) (serde.Serializer, error) {
			return avrov2.NewSerializer(c, serde.ValueSerde, &avrov2.SerializerConfig{SerializerConfig: conf})
		},
		deserializer: func(c schemaregistry.Client, conf serde.DeserializerConfig) (serde.Deserializer, error) {
			return avrov2.NewDeserializer(c, serde.ValueSerde, &avrov2.DeserializerConfig{DeserializerConfig: conf})
		},
	},
	{
		name: "json", schemaType: "JSON", suffix: ".schema.json", item: "$.item",
		serializer: func(c schemaregistry.Client, conf serde.SerializerConfig) (serde.Serializer, error) {
			return jsonschema.NewSerializer(c, serde.ValueSerde, &jsonschema.SerializerConfig{SerializerConfig: conf})
		},
		deserializer: func(c schemaregistry.Client, conf serde.DeserializerConfig) (serde.Deserializer, error) {
			return jsonschema.NewDeserializer(c, serde.ValueSerde, &jsonschema.DeserializerConfig{DeserializerConfig: conf})
		},
	},
}

// TestCEL registers a condition: an order that meets it travels, one that
// does not is refused by the producer.
func TestCEL(t *testing.T) {
	rule := schemaregistry.Rule{
		Name: "affordable",
		Doc:  "too dear",
		Kind: "CONDITION",
		Mode: "WRITE",
		Type: "CEL",
		Expr: "message.Amount < 10.0",
	}
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("contract-go-cel-" + l.name)
			l.register(t, w, topic+"-value", schemaregistry.SchemaInfo{
				Metadata: &schemaregistry.Metadata{Properties: map[string]string{"owner": "shop"}},
				RuleSet:  &schemaregistry.RuleSet{DomainRules: []schemaregistry.Rule{rule}},
			})
			stored, err := newClient(t, w).GetLatestWithMetadata(topic+"-value", map[string]string{"owner": "shop"}, false)
			if err != nil {
				t.Fatalf("GetLatestWithMetadata: %v", err)
			}
			if diff := cmp.Diff([]schemaregistry.Rule{rule}, stored.RuleSet.DomainRules); diff != "" {
				t.Errorf("rules of the registry (-want +got):\n%s", diff)
			}
			l.travel(t, w, topic, order(t))

			dear := order(t)
			dear.Amount = 10
			_, err = l.encode(t, w, topic, dear)
			if err == nil || !strings.Contains(err.Error(), "too dear") {
				t.Errorf("Serialize of an order against the rule: %v", err)
			}
		})
	}
}

// TestEncryption marks one field by a tag and encrypts what is marked. The
// value is not to be seen in the record; a consumer with the secret reads it.
// Both keys, that of the field wrapped in the other, are then in the registry.
func TestEncryption(t *testing.T) {
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("contract-go-encryption-" + l.name)
			kek := "go-" + l.name
			l.register(t, w, topic+"-value", schemaregistry.SchemaInfo{
				Metadata: &schemaregistry.Metadata{Tags: map[string][]string{l.item: {"PII"}}},
				RuleSet: &schemaregistry.RuleSet{DomainRules: []schemaregistry.Rule{{
					Name: "encrypt",
					Kind: "TRANSFORM",
					Mode: "WRITEREAD",
					Type: "ENCRYPT",
					Tags: []string{"PII"},
					Params: map[string]string{
						"encrypt.kek.name":   kek,
						"encrypt.kms.type":   "local-kms",
						"encrypt.kms.key.id": "key-of-the-shop",
					},
					OnFailure: "ERROR,NONE",
				}}},
			})
			value := l.travel(t, w, topic, order(t))
			if bytes.Contains(value, []byte(order(t).Item)) {
				t.Errorf("the field is not encrypted: %q", value)
			}

			var key struct{ Name, KmsType, KmsKeyID string }
			w.Get(t, "/dek-registry/v1/keks/"+kek, &key)
			if key.Name != kek || key.KmsType != "local-kms" || key.KmsKeyID != "key-of-the-shop" {
				t.Errorf("KEK %+v, want %s of local-kms", key, kek)
			}
			var dek struct{ KekName, Subject, Algorithm, EncryptedKeyMaterial string }
			w.Get(t, "/dek-registry/v1/keks/"+kek+"/deks/"+topic+"-value", &dek)
			if dek.KekName != kek || dek.Subject != topic+"-value" ||
				dek.Algorithm != "AES256_GCM" || dek.EncryptedKeyMaterial == "" {
				t.Errorf("DEK %+v, want one of %s for %s-value", dek, kek, topic)
			}
		})
	}
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

// travel sends an order and reads it, and returns the record on its way.
func (l language) travel(t *testing.T, w world.World, topic string, want shop.Order) []byte {
	t.Helper()
	value, err := l.encode(t, w, topic, want)
	if err != nil {
		t.Fatalf("Serialize(%q): %v", topic, err)
	}
	arrived := rdkafka.Carry(t, w.Brokers, topic, nil, value)
	deserializer, err := l.deserializer(newClient(t, w),
		serde.DeserializerConfig{RuleConfig: map[string]string{"secret": secret}})
	if err != nil {
		t.Fatal(err)
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
	return serializer.Serialize(topic, &o)
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
