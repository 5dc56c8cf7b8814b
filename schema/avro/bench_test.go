package avro_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	hamba "github.com/hamba/avro/v2"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// bigRecord is a record of n fields as people write them: docs, defaults,
// logical types, a nested record and an enum in every ten.
func bigRecord(n int) string {
	types := []string{
		`"string"`, `"long"`, `["null","string"],"default":null`, `{"type":"long","logicalType":"timestamp-millis"}`, `"double","default":0.0`,
		`{"type":"array","items":"string"}`, `{"type":"map","values":"int"}`, `{"type":"enum","name":"Kind%d","symbols":["A","B","C"]}`,
		`{"type":"record","name":"Part%d","fields":[{"name":"id","type":"int"},{"name":"note","type":["null","string"],"default":null}]}`,
		`{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}`,
	}
	var b strings.Builder
	b.WriteString(`{"type":"record","name":"Order","namespace":"com.acme","doc":"An order.","fields":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		kind := types[i%len(types)]
		if strings.Contains(kind, "%d") {
			kind = fmt.Sprintf(kind, i)
		}
		fmt.Fprintf(&b, `{"name":"field_%d","type":%s,"doc":"What field %d means."}`, i, kind, i)
	}
	b.WriteString(`]}`)
	return b.String()
}

// BenchmarkParse50 has to take no longer than BenchmarkUnmarshal50.
func BenchmarkParse50(b *testing.B) { benchmarkParse(b, bigRecord(50)) }

func BenchmarkParse500(b *testing.B) { benchmarkParse(b, bigRecord(500)) }

func benchmarkParse(b *testing.B, text string) {
	source := schema.Source{Type: schema.Avro, Text: text}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (avro.Parser{}).Parse(b.Context(), source, schema.Options{New: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnmarshal50 is what encoding/json takes for the same text.
func BenchmarkUnmarshal50(b *testing.B) {
	text := []byte(bigRecord(50))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHambaParse50 is what hamba/avro takes for the same text.
func BenchmarkHambaParse50(b *testing.B) {
	text := bigRecord(50)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := hamba.ParseWithCache(text, "", &hamba.SchemaCache{}); err != nil {
			b.Fatal(err)
		}
	}
}
