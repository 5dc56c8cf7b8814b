package confluent

import (
	"testing"

	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry"
	"github.com/confluentinc/confluent-kafka-go/v2/schemaregistry/serde"
	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/clients/rdkafka"
	"github.com/weir-registry/weir/clients/world"
)

// TestNormalize registers two spellings of a schema, which are one version
// when the client asks for that, and two when it does not.
func TestNormalize(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			subject := "confluent-go-normalize-" + f.name
			register := func(file string, normalize bool) int {
				t.Helper()
				info := schemaregistry.SchemaInfo{Schema: mustText("spelling/" + file + f.suffix), SchemaType: f.schemaType}
				id, err := newClient(t, w).Register(subject, info, normalize)
				if err != nil {
					t.Fatalf("Register(%q, %s, %t): %v", subject, file, normalize, err)
				}
				return id
			}
			one, other := register("one", true), register("other", true)
			if one != other {
				t.Errorf("two spellings have the ids %d and %d", one, other)
			}
			info := schemaregistry.SchemaInfo{Schema: mustText("spelling/other" + f.suffix), SchemaType: f.schemaType}
			if version, err := newClient(t, w).GetVersion(subject, info, true); err != nil || version != 1 {
				t.Errorf("GetVersion of the other spelling = %d, %v, want 1", version, err)
			}
			if id := register("other", false); id == one {
				t.Errorf("a spelling kept as it is has the id %d of the other", id)
			}
			versions, err := newClient(t, w).GetAllVersions(subject)
			if diff := cmp.Diff([]int{1, 2}, versions); err != nil || diff != "" {
				t.Errorf("GetAllVersions: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestNormalizingSerializer sends a record whose serializer has the schema
// normalized: what the registry then has is its own normal form.
func TestNormalizingSerializer(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("confluent-go-normalizing-" + f.name)
			conf := serde.NewSerializerConfig()
			conf.NormalizeSchemas = true
			f.travel(t, w, topic, topic+"-value", conf, serde.NewDeserializerConfig())
			latest := w.Latest(t, topic+"-value")
			info := schemaregistry.SchemaInfo{Schema: latest.Schema, SchemaType: f.schemaType}
			if id, err := newClient(t, w).GetID(topic+"-value", info, true); err != nil || id != latest.ID {
				t.Errorf("GetID of the stored text, normalized = %d, %v, want %d: %s", id, err, latest.ID, latest.Schema)
			}
		})
	}
}

// TestPinned sends with an older version than the latest one, found by its
// metadata or given by its id.
func TestPinned(t *testing.T) {
	// Words only: the library puts them into the query as they are.
	properties := map[string]string{"major": "1", "owner": "shop"}
	for _, f := range formats {
		for _, by := range []string{"metadata", "id"} {
			t.Run(f.name+"-"+by, func(t *testing.T) {
				w := world.Open(t)
				topic := w.Topic("confluent-go-pinned-" + f.name + "-" + by)
				subject := topic + "-value"
				info := schemaregistry.SchemaInfo{
					Schema:     mustText("order" + f.suffix),
					SchemaType: f.schemaType,
					Metadata:   &schemaregistry.Metadata{Properties: properties},
				}
				first, err := newClient(t, w).Register(subject, info, false)
				if err != nil {
					t.Fatal(err)
				}
				info.Metadata = &schemaregistry.Metadata{Properties: map[string]string{"major": "2"}}
				second, err := newClient(t, w).Register(subject, info, false)
				if err != nil {
					t.Fatal(err)
				}
				if latest := w.Latest(t, subject); second == first || latest.ID != second || latest.Version != 2 {
					t.Fatalf("registered %d and %d; the latest is %+v", first, second, latest)
				}
				conf := serde.NewSerializerConfig()
				conf.AutoRegisterSchemas = false
				if by == "id" {
					conf.UseSchemaID = first
				} else {
					conf.UseLatestWithMetadata = properties
				}
				r := f.order(t)
				value, headers := f.encode(t, w, topic, r, conf, nil)
				arrived := rdkafka.Carry(t, w.Brokers, topic, headers, value)
				if got := prefixID(t, arrived.Value); got != first {
					t.Errorf("id in the payload = %d, want %d", got, first)
				}
				f.decode(t, w, topic, r, arrived, serde.NewDeserializerConfig())
			})
		}
	}
}
