package diff_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/catalog/diff"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// most is how long a diff of the largest schemas may take here, with the race
// detector and on a busy machine: the budget of the check, and as much again.
const most = 20 * time.Second

func TestHostileSchemasEndInBoundedTime(t *testing.T) {
	list := func(n int, each func(i int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = each(i)
		}
		return strings.Join(parts, ",")
	}
	repeat := strings.Repeat
	for _, x := range []struct {
		name     string
		language schema.Type
		old, new string
	}{
		{
			"an enum with other symbols", schema.Avro,
			`{"type":"enum","name":"E","symbols":[` + list(50_000, func(i int) string { return fmt.Sprintf(`"A%d"`, i) }) + `]}`,
			`{"type":"enum","name":"E","symbols":[` + list(50_000, func(i int) string { return fmt.Sprintf(`"B%d"`, i) }) + `]}`,
		},
		{
			"records with all fields new", schema.Avro,
			`{"type":"record","name":"R","fields":[` + list(10_000, func(i int) string { return fmt.Sprintf(`{"name":"a%d","type":"int"}`, i) }) + `]}`,
			`{"type":"record","name":"R","fields":[` + list(10_000, func(i int) string { return fmt.Sprintf(`{"name":"b%d","type":"int"}`, i) }) + `]}`,
		},
		{
			"a long namespace", schema.Avro,
			`{"type":"record","name":"` + repeat("n.", 50_000) + `R","fields":[` + list(10_000, func(i int) string { return fmt.Sprintf(`{"name":"a%d","type":"int"}`, i) }) + `]}`,
			`{"type":"record","name":"` + repeat("n.", 50_000) + `R","fields":[` + list(10_000, func(i int) string { return fmt.Sprintf(`{"name":"a%d","type":"string"}`, i) }) + `]}`,
		},
		{
			"branches within branches", schema.JSON,
			repeat(`{"anyOf":[{"type":"string"},`, 200) + `{"type":"integer","description":"` + repeat("x", 500_000) + `"}` + repeat(`]}`, 200),
			repeat(`{"anyOf":[{"type":"string"},`, 200) + `{"type":"integer","description":"` + repeat("y", 500_000) + `"}` + repeat(`]}`, 200),
		},
		{
			"properties within properties", schema.JSON,
			repeat(`{"type":"object","properties":{"`+repeat("p", 1000)+`":`, 200) + `{"type":"string"}` + repeat(`}}`, 200),
			repeat(`{"type":"object","properties":{"`+repeat("p", 1000)+`":`, 200) + `{"type":"integer"}` + repeat(`}}`, 200),
		},
		{
			"an enum of one value many times", schema.JSON,
			`{"enum":[` + list(100_000, func(int) string { return `"a"` }) + `]}`,
			`{"enum":[` + list(100_000, func(int) string { return `"b"` }) + `]}`,
		},
		{
			"options many times", schema.Protobuf,
			`syntax = "proto3"; message M {` + repeat(`option (a) = "x";`, 40_000) + `}`,
			`syntax = "proto3"; message M {` + repeat(`option (a) = "y";`, 40_000) + `}`,
		},
		{
			"constants of one number", schema.Protobuf,
			`syntax = "proto3"; enum E { option allow_alias = true; A = 0; ` + protobufList(20_000, "B%d = 1;") + `}`,
			`syntax = "proto3"; enum E { option allow_alias = true; A = 0; ` + protobufList(20_000, "C%d = 1;") + `}`,
		},
	} {
		t.Run(x.name, func(t *testing.T) {
			a, err := parseMaybe(t.Context(), x.language, x.old, nil)
			if err != nil {
				t.Fatalf("the old one is no schema: %.200s", err)
			}
			b, err := parseMaybe(t.Context(), x.language, x.new, nil)
			if err != nil {
				t.Fatalf("the new one is no schema: %.200s", err)
			}
			start := time.Now()
			d, err := diff.Between(t.Context(), diff.Side{Schema: a}, diff.Side{Schema: b}, diff.Options{})
			if took := time.Since(start); took > most {
				t.Errorf("it took %s", took)
			} else {
				t.Logf("it took %s", took)
			}
			if errors.As(err, new(*compat.BudgetError)) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			size := 0
			for _, c := range d.Changes {
				size += len(c.Path) + len(c.OldPath) + len(c.TagPath) + len(c.Message)
			}
			if len(d.Changes) == 0 || len(d.Changes) > diff.MaxChanges || size > 16<<20 {
				t.Errorf("%d changes, %d bytes of paths and messages", len(d.Changes), size)
			}
		})
	}
}

func protobufList(n int, pattern string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern+" ", i)
	}
	return b.String()
}
