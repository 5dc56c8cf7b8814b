package compat_test

import (
	"fmt"
	"strings"
	"testing"

	hamba "github.com/hamba/avro/v2"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// evolvedRecord is a record of n fields and an optional one more.
func evolvedRecord(n, more int) string {
	types := []string{
		`"string"`, `"long"`, `["null","string"]`, `{"type":"long","logicalType":"timestamp-millis"}`, `"double"`,
		`{"type":"array","items":"string"}`, `{"type":"map","values":"int"}`, `{"type":"enum","name":"Kind%d","symbols":["A","B","C"]}`,
		`{"type":"record","name":"Part%d","fields":[{"name":"id","type":"int"},{"name":"note","type":["null","string"]}]}`,
		`{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}`,
	}
	var b strings.Builder
	b.WriteString(`{"type":"record","name":"Order","namespace":"com.acme","fields":[`)
	for i := range n {
		kind := types[i%len(types)]
		if strings.Contains(kind, "%d") {
			kind = fmt.Sprintf(kind, i)
		}
		fmt.Fprintf(&b, `{"name":"field_%d","type":%s},`, i, kind)
	}
	for i := range more {
		fmt.Fprintf(&b, `{"name":"more_%d","type":["null","string"],"default":null},`, i)
	}
	return strings.TrimSuffix(b.String(), ",") + `]}`
}

// BenchmarkCheckAvro50 has to take no more than half of BenchmarkHambaCheck50.
func BenchmarkCheckAvro50(b *testing.B) { benchmarkCheck(b, 50) }

// BenchmarkCheckAvro500 has to take no more than 15 times BenchmarkCheckAvro50.
func BenchmarkCheckAvro500(b *testing.B) { benchmarkCheck(b, 500) }

func benchmarkCheck(b *testing.B, fields int) {
	old, fresh := parseAvro(b, evolvedRecord(fields, 0)), parseAvro(b, evolvedRecord(fields, 1))
	request := compat.Request{Level: compat.Backward, New: fresh, Old: versions(old)}
	b.ReportAllocs()
	for b.Loop() {
		mustPass(b, request)
	}
}

// BenchmarkHambaCheck50 is hamba/avro's check with a fresh checker per call.
func BenchmarkHambaCheck50(b *testing.B) {
	old, fresh := hamba.MustParse(evolvedRecord(50, 0)), hamba.MustParse(evolvedRecord(50, 1))
	b.ReportAllocs()
	for b.Loop() {
		if err := hamba.NewSchemaCompatibility().Compatible(fresh, old); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheckAvro100Versions, a new text against 100 stored versions, has to
// take no more than 1.3 times BenchmarkCheckAvro100Singles, the same with a
// check for each version.
func BenchmarkCheckAvro100Versions(b *testing.B) {
	old := hundredVersions(b)
	b.ReportAllocs()
	for b.Loop() {
		fresh := parseAvro(b, evolvedRecord(50, 1))
		mustPass(b, compat.Request{Level: compat.BackwardTransitive, New: fresh, Old: old})
	}
}

func BenchmarkCheckAvro100Singles(b *testing.B) {
	old := hundredVersions(b)
	b.ReportAllocs()
	for b.Loop() {
		fresh := parseAvro(b, evolvedRecord(50, 1))
		for i := range old {
			mustPass(b, compat.Request{Level: compat.BackwardTransitive, New: fresh, Old: old[i : i+1]})
		}
	}
}

func mustPass(b *testing.B, request compat.Request) {
	result, err := compat.Check(b.Context(), request)
	if err != nil || !result.Compatible {
		b.Fatal(result, err)
	}
}

func hundredVersions(b *testing.B) []compat.Version {
	var old []schema.Schema
	for i := range 100 {
		doc := fmt.Sprintf(`{"doc":"version %d",`, 100-i)
		old = append(old, parseAvro(b, strings.Replace(evolvedRecord(50, 0), "{", doc, 1)))
	}
	return versions(old...)
}

// versions gives schemas, newest first, as versions.
func versions(old ...schema.Schema) []compat.Version {
	list := make([]compat.Version, len(old))
	for i, s := range old {
		list[i] = compat.Version{Number: int32(len(old) - i), Schema: func() (schema.Schema, error) { return s, nil }}
	}
	return list
}
