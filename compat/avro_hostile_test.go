package compat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

func mustParseSource(t testing.TB, source schema.Source) schema.Schema {
	t.Helper()
	source.Type = schema.Avro
	s, err := avro.Parser{}.Parse(t.Context(), source, schema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// doubling is a chain of records, each of which holds the one before twice;
// the innermost field has a type.
func doubling(n int, innermost string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `[{"type":"record","name":"R0","fields":[{"name":"a","type":%s}]}`, innermost)
	for i := range n {
		fmt.Fprintf(&b, `,{"type":"record","name":"R%d","fields":[{"name":"a","type":"R%d"},{"name":"b","type":"R%d"}]}`, i+1, i, i)
	}
	return b.String() + "]"
}

// cycle is a ring of records. Its innermost text is small: the records are
// defined one beside the other.
func cycle(n int, typ string) string {
	var b strings.Builder
	b.WriteString("[")
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"type":"record","name":"n%d.R","fields":[{"name":"v","type":%s},{"name":"next","type":["null","n%d.R"]}]}`, i, typ, (i+1)%n)
	}
	return b.String() + "]"
}

// TestAvroHostilePairs: a pair that would cost or say too much ends within two
// seconds, with a verdict or with the reason why there is none.
func TestAvroHostilePairs(t *testing.T) {
	manyBranches := func(n int, field string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,{"type":"record","name":"n%d.R","fields":[{"name":"%s","type":"int"}]}`, i, field)
		}
		return `["null"` + b.String() + "]"
	}
	manyFields := func(n int, prefix string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,{"name":"%s%d","type":"int"}`, prefix, i)
		}
		return `{"type":"record","name":"R","fields":[` + b.String()[1:] + "]}"
	}
	for _, c := range []struct {
		name       string
		fresh, old string
		given      bool // a verdict is due
	}{
		{"differences double with each record", doubling(100, `"int"`), doubling(100, `"string"`), false},
		{"cycles of two lengths", cycle(90, `"int"`), cycle(91, `"int"`), true},
		{"cycles of two lengths that differ", cycle(90, `"int"`), cycle(91, `"string"`), false},
		{"every branch with every branch", manyBranches(3000, "a"), manyBranches(3000, "b"), false},
		{"no field in common", manyFields(20000, "a"), manyFields(20000, "b"), true},
		{"fields shifted", manyFields(20000, "a"), strings.Replace(manyFields(20000, "a"), "a0", "b0", 1), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			fresh, old := parseAvro(t, c.fresh), parseAvro(t, c.old)
			start := time.Now()
			_, err := compat.Check(t.Context(), compat.Request{Level: compat.Full, New: fresh, Old: versions(old)})
			var exceeded *compat.BudgetError
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			if err != nil && (c.given || !errors.As(err, &exceeded)) {
				t.Errorf("Check: %v", err)
			}
			t.Logf("%v, %v", time.Since(start), err)
		})
	}
}
