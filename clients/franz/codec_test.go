package franz

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/bufbuild/protocompile"
	"github.com/hamba/avro/v2"
	"github.com/twmb/franz-go/pkg/sr"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/weir-registry/weir/clients/shop"
)

// codec makes the functions of one schema for an sr.Serde. It reads the
// schema and what it refers to from the registry, as a program does that
// knows nothing but the id.
type codec func(t *testing.T, client *sr.Client, schema sr.Schema) []sr.EncodingOpt

func avroCodec(t *testing.T, client *sr.Client, schema sr.Schema) []sr.EncodingOpt {
	t.Helper()
	var cache avro.SchemaCache
	var parsed avro.Schema
	for _, text := range closure(t, client, "", schema) {
		var err error
		if parsed, err = avro.ParseWithCache(text.schema, "", &cache); err != nil {
			t.Fatal(err)
		}
	}
	return []sr.EncodingOpt{
		sr.EncodeFn(func(v any) ([]byte, error) { return avro.Marshal(parsed, v) }),
		sr.DecodeFn(func(b []byte, v any) error { return avro.Unmarshal(parsed, b, v) }),
	}
}

func jsonCodec(t *testing.T, client *sr.Client, schema sr.Schema) []sr.EncodingOpt {
	t.Helper()
	for _, text := range closure(t, client, "", schema) {
		if !json.Valid([]byte(text.schema)) {
			t.Fatalf("the schema %s is not JSON: %s", text.name, text.schema)
		}
	}
	return []sr.EncodingOpt{sr.EncodeFn(json.Marshal), sr.DecodeFn(json.Unmarshal)}
}

// protobufCodec takes the last message of the file. The records have JSON
// forms that fit the messages, so the fields are moved by way of JSON.
func protobufCodec(t *testing.T, client *sr.Client, schema sr.Schema) []sr.EncodingOpt {
	t.Helper()
	const root = "root.proto"
	sources := map[string]string{}
	for _, text := range closure(t, client, root, schema) {
		sources[text.name] = text.schema
	}
	compiler := protocompile.Compiler{Resolver: &protocompile.SourceResolver{
		Accessor: func(name string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(sources[name])), nil
		},
	}}
	files, err := compiler.Compile(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	messages := files[0].Messages()
	last := messages.Len() - 1
	return []sr.EncodingOpt{
		sr.Index(last),
		sr.EncodeFn(func(v any) ([]byte, error) {
			m := dynamicpb.NewMessage(messages.Get(last))
			if err := shop.Fill(m, v); err != nil {
				return nil, err
			}
			return proto.Marshal(m)
		}),
		sr.DecodeFn(func(b []byte, v any) error { return decodeMessage(messages.Get(last), b, v) }),
	}
}

// decodeMessage reads a message into one of the records of package shop.
// Protobuf's JSON has 64-bit numbers as strings, which the records do not
// take; they are turned back into numbers first.
func decodeMessage(descriptor protoreflect.MessageDescriptor, b []byte, v any) error {
	m := dynamicpb.NewMessage(descriptor)
	if err := proto.Unmarshal(b, m); err != nil {
		return err
	}
	text, err := protojson.Marshal(m)
	if err != nil {
		return err
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	if id, ok := fields["id"].(string); ok {
		fields["id"] = json.Number(id)
	}
	if text, err = json.Marshal(fields); err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}

// A text is a schema under the name by which others refer to it.
type text struct{ name, schema string }

// closure returns what the schema refers to, directly or not, and then the
// schema itself.
func closure(t *testing.T, client *sr.Client, name string, schema sr.Schema) []text {
	t.Helper()
	var texts []text
	for _, reference := range schema.References {
		found, err := client.SchemaByVersion(context.Background(), reference.Subject, reference.Version)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, closure(t, client, reference.Name, found.Schema)...)
	}
	return append(texts, text{name: name, schema: schema.Schema})
}
