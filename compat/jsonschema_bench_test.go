package compat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// plainObject is an object of n properties with an optional further one.
func plainObject(n int, more string) string {
	var b strings.Builder
	b.WriteString(`{"type":"object","properties":{`)
	for i := range n {
		fmt.Fprintf(&b, `"property_%03d":{"type":"string","maxLength":%d},`, i, 10+i)
	}
	b.WriteString(more + `"last":{"type":"integer"}},"additionalProperties":false}`)
	return b.String()
}

func checkJSON(t testing.TB, old, fresh schema.Schema) compat.Result {
	result, err := compat.Check(t.Context(), compat.Request{
		Level: compat.Full, New: fresh,
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return old, nil }}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func BenchmarkJSONCheck(b *testing.B) {
	for _, n := range []int{50, 500} {
		b.Run(fmt.Sprintf("%d properties", n), func(b *testing.B) {
			old, fresh := parseJSON(b, plainObject(n, "")), parseJSON(b, plainObject(n, `"more":{"type":"null"},`))
			b.ReportAllocs()
			for b.Loop() {
				checkJSON(b, old, fresh)
			}
		})
	}
}

func BenchmarkJSONParse(b *testing.B) {
	text := plainObject(50, "")
	b.ReportAllocs()
	for b.Loop() {
		parseJSON(b, text)
	}
}

// TestJSONCheckGrowth holds that the cost of plain objects grows no worse than
// n log n: 500 properties cost at most 15 times as much as 50. What is counted
// is memory taken, which does not depend on the machine.
func TestJSONCheckGrowth(t *testing.T) {
	cost := func(n int) float64 {
		old, fresh := parseJSON(t, plainObject(n, "")), parseJSON(t, plainObject(n, `"more":{"type":"null"},`))
		return testing.AllocsPerRun(20, func() { checkJSON(t, old, fresh) })
	}
	if few, many := cost(50), cost(500); many > 15*few {
		t.Errorf("500 properties take %v allocations, 50 take %v", many, few)
	}
}
