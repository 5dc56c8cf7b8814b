package confluent

import (
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"

	"github.com/weir-registry/weir/clients/rdkafka"
	"github.com/weir-registry/weir/clients/world"
)

// recordNames are what the library calls an order. For Protobuf it takes the
// first message of the file. The JSON Schema that it derives from a Go type
// has no title, so there is no name to go by, and with a schema from the
// registry it asks for the subject before it has the schema.
var recordNames = map[string]string{"avro": "shop.Order", "protobuf": "shop.Receipt"}

// TestStrategy registers under the subjects of the other strategies
// (registry-api.md 20).
func TestStrategy(t *testing.T) {
	strategies := []struct {
		name    string
		kind    serde.SubjectNameStrategyType
		subject func(topic, record string) string
	}{
		{"topic", serde.TopicNameStrategyType, func(topic, _ string) string { return topic + "-value" }},
		{"record", serde.RecordNameStrategyType, func(_, record string) string { return record }},
		{"topic-record", serde.TopicRecordNameStrategyType, func(topic, record string) string { return topic + "-" + record }},
	}
	for _, f := range formats {
		for _, s := range strategies {
			if recordNames[f.name] == "" && s.kind != serde.TopicNameStrategyType {
				continue
			}
			t.Run(f.name+"-"+s.name, func(t *testing.T) {
				// In a context of its own, because other clients name the record alike.
				w := world.Open(t)
				w.URL += "/contexts/:.confluent-go-strategy:"
				topic := w.Topic("confluent-go-strategy-" + f.name + "-" + s.name)
				subject := s.subject(topic, recordNames[f.name])
				conf := serde.NewSerializerConfig()
				conf.SubjectNameStrategyType = s.kind
				f.travel(t, w, topic, subject, conf, &serde.DeserializerConfig{SubjectNameStrategyType: s.kind})
			})
		}
	}
}

// TestAssociation ties the topic to a subject of another name, which the
// default strategy of both sides then finds (registry-api.md 16).
func TestAssociation(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("confluent-go-association-" + f.name)
			subject := "confluent-go-pool-" + f.name
			client := newClient(t, w)
			registerOrder(t, client, f, subject)
			_, err := client.CreateAssociation(schemaregistry.AssociationCreateOrUpdateRequest{
				ResourceName:      topic,
				ResourceNamespace: "lkc-1",
				ResourceID:        "id-of-" + topic,
				ResourceType:      "topic",
				Associations: []schemaregistry.AssociationCreateOrUpdateInfo{
					{Subject: subject, AssociationType: "value", Lifecycle: schemaregistry.WEAK},
				},
			})
			if err != nil {
				t.Fatalf("CreateAssociation(%q): %v", topic, err)
			}
			conf := serde.NewSerializerConfig()
			conf.AutoRegisterSchemas = false
			conf.UseLatestVersion = true
			f.travel(t, w, topic, subject, conf, serde.NewDeserializerConfig())
		})
	}
}

// TestContext works in a context of its own, named by the URL as users do.
func TestContext(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			root := world.Open(t)
			w := root
			w.URL += "/contexts/:.confluent-go:"
			topic := w.Topic("confluent-go-context-" + f.name)
			f.travel(t, w, topic, topic+"-value", serde.NewSerializerConfig(), serde.NewDeserializerConfig())
			root.Latest(t, ":.confluent-go:"+topic+"-value")
			var subjects []string
			root.Get(t, "/subjects?subjectPrefix="+topic, &subjects)
			if len(subjects) > 0 {
				t.Errorf("subjects of the default context: %q, want none", subjects)
			}
		})
	}
}

// travel sends an order and reads it, and compares the id in the payload with
// that of the subject.
func (f format) travel(t *testing.T, w world.World, topic, subject string,
	conf *serde.SerializerConfig, readerConf *serde.DeserializerConfig,
) {
	t.Helper()
	r := f.order(t)
	value, headers := f.encode(t, w, topic, r, conf, nil)
	arrived := rdkafka.Carry(t, w.Brokers, topic, headers, value)
	if got, want := prefixID(t, arrived.Value), w.Latest(t, subject).ID; got != want {
		t.Errorf("id in the payload = %d, the subject %s has %d", got, subject, want)
	}
	f.decode(t, w, topic, r, arrived, readerConf)
}

// registerOrder registers the schema of an order as the file has it.
func registerOrder(t *testing.T, client schemaregistry.Client, f format, subject string) {
	t.Helper()
	info := schemaregistry.SchemaInfo{Schema: mustText("order" + f.suffix), SchemaType: f.schemaType}
	if _, err := client.Register(subject, info, false); err != nil {
		t.Fatal(err)
	}
}
