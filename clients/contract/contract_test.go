// Package contract runs the rules of data contracts, and the encryption of
// fields and values, with Confluent's Go client against weir.
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
	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/clients/world"
)

// TestCEL registers a condition: an order that meets it travels, one that
// does not is refused by the producer.
func TestCEL(t *testing.T) {
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			rule := schemaregistry.Rule{
				Name: "affordable",
				Doc:  "too dear",
				Kind: "CONDITION",
				Mode: "WRITE",
				Type: "CEL",
				Expr: l.amount + " < 10.0",
			}
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
			l.travel(t, w, topic, order(t), order(t))

			dear := order(t)
			dear.Amount = 10
			_, err = l.encode(t, w, topic, dear)
			if err == nil || !strings.Contains(err.Error(), "too dear") {
				t.Errorf("Serialize of an order against the rule: %v", err)
			}
		})
	}
}

// TestField has the fields with a tag written anew: the tag comes from the
// registry, and the consumer gets what the rule made.
func TestField(t *testing.T) {
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			w := world.Open(t)
			topic := w.Topic("contract-go-field-" + l.name)
			l.register(t, w, topic+"-value", schemaregistry.SchemaInfo{
				Metadata: &schemaregistry.Metadata{Tags: map[string][]string{l.item: {"PII"}}},
				RuleSet: &schemaregistry.RuleSet{DomainRules: []schemaregistry.Rule{{
					Name: "masked",
					Kind: "TRANSFORM",
					Mode: "WRITE",
					Type: "CEL_FIELD",
					Tags: []string{"PII"},
					Expr: "typeName == 'STRING' ; 'masked'",
				}}},
			})
			want := order(t)
			want.Item = "masked"
			l.travel(t, w, topic, order(t), want)
		})
	}
}

// TestEncryption encrypts a field that a tag marks, and the whole value. What
// is encrypted is not to be seen in the record; a consumer with the secret
// reads it. Both keys, that of the data wrapped in the other, are then in the
// registry.
func TestEncryption(t *testing.T) {
	for _, l := range languages {
		rule := func(kek, kind string) []schemaregistry.Rule {
			return []schemaregistry.Rule{{
				Name: "encrypt",
				Kind: "TRANSFORM",
				Mode: "WRITEREAD",
				Type: kind,
				Params: map[string]string{
					"encrypt.kek.name":   kek,
					"encrypt.kms.type":   "local-kms",
					"encrypt.kms.key.id": "key-of-the-shop",
				},
				OnFailure: "ERROR,NONE",
			}}
		}
		t.Run(l.name+"-field", func(t *testing.T) {
			kek := "go-field-" + l.name
			rules := rule(kek, "ENCRYPT")
			rules[0].Tags = []string{"PII"}
			value := l.encrypt(t, kek, schemaregistry.SchemaInfo{
				Metadata: &schemaregistry.Metadata{Tags: map[string][]string{l.item: {"PII"}}},
				RuleSet:  &schemaregistry.RuleSet{DomainRules: rules},
			})
			if !bytes.Contains(value, []byte(order(t).Tags[0])) {
				t.Errorf("more than the field is encrypted: %q", value)
			}
		})
		t.Run(l.name+"-payload", func(t *testing.T) {
			kek := "go-payload-" + l.name
			value := l.encrypt(t, kek, schemaregistry.SchemaInfo{
				RuleSet: &schemaregistry.RuleSet{EncodingRules: rule(kek, "ENCRYPT_PAYLOAD")},
			})
			if bytes.Contains(value, []byte(order(t).Tags[0])) {
				t.Errorf("the value is not encrypted: %q", value)
			}
		})
	}
}

// encrypt sends an order under a contract that encrypts, and returns the record
// on its way.
func (l language) encrypt(t *testing.T, kek string, info schemaregistry.SchemaInfo) []byte {
	t.Helper()
	w := world.Open(t)
	topic := w.Topic("contract-" + kek)
	l.register(t, w, topic+"-value", info)
	value := l.travel(t, w, topic, order(t), order(t))
	if bytes.Contains(value, []byte(order(t).Item)) {
		t.Errorf("the field is not encrypted: %q", value)
	}

	var key struct{ Name, KmsType, KmsKeyID string }
	w.Get(t, "/dek-registry/v1/keks/"+kek, &key)
	if key.Name != kek || key.KmsType != "local-kms" || key.KmsKeyID != "key-of-the-shop" {
		t.Errorf("KEK %+v, want %s of local-kms", key, kek)
	}
	var dek struct{ KekName, Subject, Algorithm, EncryptedKeyMaterial, KeyMaterial string }
	w.Get(t, "/dek-registry/v1/keks/"+kek+"/deks/"+topic+"-value", &dek)
	if dek.KekName != kek || dek.Subject != topic+"-value" || dek.Algorithm != "AES256_GCM" ||
		dek.EncryptedKeyMaterial == "" || dek.KeyMaterial != "" {
		t.Errorf("DEK %+v, want one of %s for %s-value, encrypted", dek, kek, topic)
	}
	return value
}
