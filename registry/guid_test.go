package registry

import (
	"testing"

	"github.com/weir-registry/weir/schema"
)

const orderText = `{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}`

func text(s string) *string { return &s }

// The vectors of registry-api.md 4.3.
func TestGUIDVectors(t *testing.T) {
	rule := Rule{Name: text("chk"), Kind: "CONDITION", Mode: "WRITE", Type: text("CEL"), Expr: text("message.id > 0")}
	owner := map[string]*string{"owner": text("payments")}
	tests := []struct {
		name string
		body body
		want string
	}{
		{"a primitive", body{text: `"string"`}, "095d71cf-1255-6b9d-5e33-0ad575b3df5d"},
		{"a record", body{text: orderText}, "b040db4b-fdae-23ea-4a07-95f3973b98c8"},
		{"a reference", body{text: orderText, refs: []schema.Reference{{Name: "a.B", Subject: "b", Version: 1}}}, "56f0bc79-6a13-0778-ee56-d52f1f312371"},
		{"empty metadata", body{text: orderText, metadata: &Metadata{}}, "6373be46-f04b-1c91-e230-4a7b5dc460f9"},
		{"a property", body{text: orderText, metadata: &Metadata{Properties: owner}}, "d0999604-443a-517a-7178-21274ea2c965"},
		{
			"tags, property, sensitive",
			body{text: orderText, metadata: &Metadata{Tags: map[string][]string{"Order.id": {"PII"}}, Properties: owner, Sensitive: []string{"owner"}}},
			"6d2be29c-44cf-4c64-7c29-d5ca8eb76b23",
		},
		{"a domain rule", body{text: orderText, rules: &RuleSet{DomainRules: []Rule{rule}}}, "ae03889c-9625-e317-970e-a76c15476711"},
		{
			"confluent:version",
			body{text: orderText, metadata: &Metadata{Properties: map[string]*string{"confluent:version": text("2")}}},
			"c817ea72-b941-02da-7592-8547099c3a72",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.body.guid().String(); got != test.want {
				t.Errorf("guid = %s, want %s", got, test.want)
			}
		})
	}
}

func TestParseGUID(t *testing.T) {
	const want = "b040db4b-fdae-23ea-4a07-95f3973b98c8"
	for _, text := range []string{want, "B040DB4B-FDAE-23EA-4A07-95F3973B98C8", "b040db4bfdae23ea4a0795f3973b98c8"} {
		if g, ok := ParseGUID(text); !ok || g.String() != want {
			t.Errorf("ParseGUID(%q) = %s, %t", text, g, ok)
		}
	}
	for _, text := range []string{"", "x", want + "0", "b040db4b-fdae-23ea-4a0795f3-973b98c8", "g040db4bfdae23ea4a0795f3973b98c8"} {
		if g, ok := ParseGUID(text); ok {
			t.Errorf("ParseGUID(%q) = %s, want none", text, g)
		}
	}
}

// What the GUID cannot tell apart, the identity does.
func TestIdentityTellsApart(t *testing.T) {
	seen := map[Identity]string{}
	for name, b := range map[string]body{
		"avro":           {kind: schema.Avro, text: "{}"},
		"json":           {kind: schema.JSON, text: "{}"},
		"empty metadata": {kind: schema.JSON, text: "{}", metadata: &Metadata{}},
		"empty rules":    {kind: schema.JSON, text: "{}", rules: &RuleSet{}},
		"reference a b":  {kind: schema.JSON, text: "{}", refs: []schema.Reference{{Name: "a", Subject: "b", Version: 1}}},
		"reference ab":   {kind: schema.JSON, text: "{}", refs: []schema.Reference{{Name: "ab", Subject: "", Version: 1}}},
	} {
		if other, ok := seen[b.identity()]; ok {
			t.Errorf("%s and %s have one identity", name, other)
		}
		seen[b.identity()] = name
	}
}
