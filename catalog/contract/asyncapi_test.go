package contract_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// shop registers a bit of everything.
func (n *node) shop() {
	n.T.Helper()
	n.Register("orders-value", schema.Avro, orderAvro)
	n.people("orders-value")
	n.Register("orders-key", schema.JSON, `{"$schema":"http://json-schema.org/draft-07/schema#","type":"string"}`)
	n.Register("events-value", schema.JSON, orderJSON)
	n.Register("moves-value", schema.Protobuf, orderProtobuf)
	n.Register("com.acme.Money", schema.Avro, `{"type":"record","name":"com.acme.Money","fields":[{"name":"units","type":"long"}]}`)
	n.Register("bills-value", schema.Avro, `{"type":"record","name":"com.acme.Bill","fields":[{"name":"total","type":"com.acme.Money"}]}`,
		"com.acme.Money", "com.acme.Money")
	n.Register("odd/name~x-value", schema.Avro, `"string"`)
	n.Commit(catalog.Edit{
		Ref:         catalog.Ref{Kind: catalog.KindTopic, Scope: catalog.DefaultCluster, Name: "orders"},
		Description: text("Every order, once.\nIn the order in which they came."), PutTags: []catalog.TagValue{{Name: "Gold"}},
	})
	n.Register(":.team:things-value", schema.Avro, `"string"`)
}

func TestAsyncAPI(t *testing.T) {
	n := newNode(t)
	n.shop()
	a, err := contract.NewAsyncAPI(t.Context(), n.View(), n.Registry, registry.DefaultContext, contract.Options{
		Host: func(cluster string) string { return "kafka-" + cluster + ":9092" },
	})
	if err != nil {
		t.Fatalf("NewAsyncAPI() = %v", err)
	}
	// An epoch that begins with a digit stands in quotes.
	at := strings.NewReplacer(`"`+n.View().Cursor().String()+`"`, "epoch:10", n.View().Cursor().String(), "epoch:10")
	golden(t, "asyncapi.yaml", at.Replace(string(a.YAML())))
	data, err := a.JSON()
	if err != nil {
		t.Fatalf("JSON() = %v", err)
	}
	var doc struct {
		Channels   map[string]struct{ Address string }
		Operations map[string]struct{ Action string }
		Components struct {
			Messages map[string]struct {
				Payload struct {
					SchemaFormat string
					Schema       json.RawMessage
				}
			}
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	if len(doc.Channels) != 5 || len(doc.Operations) != 10 || len(doc.Components.Messages) != 7 {
		t.Errorf("%d channels, %d operations, %d messages", len(doc.Channels), len(doc.Operations), len(doc.Components.Messages))
	}
	if !strings.Contains(string(doc.Components.Messages["bills-value"].Payload.Schema), "units") {
		t.Error("the referenced type is not in the schema of bills-value")
	}
}

func TestAsyncAPIOfContexts(t *testing.T) {
	n := newNode(t)
	n.shop()
	for _, x := range []struct {
		context registry.Context
		has     string
	}{{".team", "address: things"}, {".nothing", "asyncapi:"}} {
		a, err := contract.NewAsyncAPI(t.Context(), n.View(), n.Registry, x.context, contract.Options{})
		if err != nil {
			t.Fatalf("NewAsyncAPI(%s) = %v", x.context, err)
		}
		got := string(a.YAML())
		if !strings.Contains(got, x.has) || strings.Contains(got, "orders") {
			t.Errorf("NewAsyncAPI(%s) = %s", x.context, got)
		}
	}
}
