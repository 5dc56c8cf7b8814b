package confluent_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/schema"
)

// wide makes a record of so many fields.
func wide(name string, fields int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"type":"record","name":%q,"fields":[`, name)
	for i := range fields {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"f%05d","type":"string","doc":"Number %d."}`, i, i)
	}
	b.WriteString("]}")
	return b.String()
}

// A page of 1,000 rows with ten attributes passes all limits; so does the
// record of each.
func TestLargestPage(t *testing.T) {
	n := newNode(t, confluent.Limits{})
	n.Register("wide-value", schema.Avro, wide("Wide", 1500))
	const query = `{ sr_field(limit: %d, offset: %d) { name nameLower qualifiedName description type context version createTime updateTime tags record { name } } }`
	for _, test := range []struct {
		limit, offset, rows int
		first               string
	}{
		{1000, 0, 1000, "f00000"},
		{1000, 1000, 500, "f01000"},
		{1000, 1500, 0, ""},
	} {
		got := n.data(fmt.Sprintf(query, test.limit, test.offset))
		if rows := strings.Count(got, `{"name":"f`); rows != test.rows {
			t.Errorf("limit %d, offset %d: %d rows, want %d", test.limit, test.offset, rows, test.rows)
		}
		if !strings.Contains(got, test.first) {
			t.Errorf("limit %d, offset %d begins %.100s, want %s", test.limit, test.offset, got, test.first)
		}
	}
	if rows := strings.Count(n.data(`{ sr_field { name } }`), `"name"`); rows != 100 {
		t.Errorf("without a limit there are %d rows, want 100", rows)
	}
}

func TestLimits(t *testing.T) {
	n := newNode(t, confluent.Limits{Relations: 50})
	n.Register("wide-value", schema.Avro, wide("Wide", 60))
	aliases := func(count int) string {
		var b strings.Builder
		for i := range count {
			fmt.Fprintf(&b, " a%d: kafka_topic(limit: 1) { name }", i)
		}
		return "{" + b.String() + " }"
	}
	deep := func(depth int) string { // depth is even
		return "{ sr_schema(limit: 1) { " + strings.Repeat("subject_versions { schema { ", depth/2-1) + "id " + strings.Repeat("} } ", depth/2-1) + "} }"
	}
	for _, test := range []struct {
		name, query string
		status      int
		code        string
	}{
		{"30 aliases", aliases(30), 200, ""},
		{"31 aliases", aliases(31), 400, "ALIAS_LIMIT_EXCEEDED"},
		{"10 deep", deep(10), 200, ""},
		{"12 deep, through five lists", deep(12), 400, "COMPLEXITY_LIMIT_EXCEEDED"},
		{"14 deep", deep(14), 400, "DEPTH_LIMIT_EXCEEDED"},
		{"too many tokens", "{ kafka_topic { " + strings.Repeat("name ", 15_010) + "} }", 400, "TOKEN_LIMIT_EXCEEDED"},
		{"too complex", `{ a: sr_schema(limit: 1000) { types { ... on sr_record { fields { name type description tags record { name schema { name } } } } } } }`, 400, "COMPLEXITY_LIMIT_EXCEEDED"},
		{"too many through relations", `{ sr_record { fields { name } } }`, 200, "RELATIONS_LIMIT_EXCEEDED"},
		{"a body that is too long", `{ kafka_topic { name } } #` + strings.Repeat("x", 1<<20), 400, "BODY_LIMIT_EXCEEDED"},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := n.in(t)
			a := n.ask(test.query, nil)
			if a.status != test.status || a.code() != test.code {
				t.Errorf("%d %.300s, want %d %s", a.status, a.text, test.status, test.code)
			}
		})
	}
	if a := n.send(http.MethodPost, n.url, `[{"query": "{ kafka_topic { name } }"}]`, ""); a.status != http.StatusBadRequest {
		t.Errorf("a batch: %d %s", a.status, a.text)
	}
}

func TestTimeLimit(t *testing.T) {
	n := newNode(t, confluent.Limits{Time: time.Nanosecond})
	n.Register("orders-value", schema.Avro, orderV1)
	if a := n.ask(`{ sr_field { name } }`, nil); a.code() != "TIMEOUT" {
		t.Errorf("%d %s, want TIMEOUT", a.status, a.text)
	}
}
