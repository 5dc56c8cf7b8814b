package graphql_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/weir-registry/weir/graphql"
	"github.com/weir-registry/weir/schema"
)

// post answers one operation without a network.
func post(b *testing.B, h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"errors"`) {
		b.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w
}

// BenchmarkHundredByTen answers 100 objects of 10 fields.
func BenchmarkHundredByTen(b *testing.B) {
	n := newNode(b)
	for i := range 100 {
		n.Register(fmt.Sprintf("subject-%03d-value", i), schema.Avro, orderV1)
	}
	h := graphql.New(graphql.Config{Catalog: n.Catalog, Registry: n.Registry})
	body := `{"query":` + quoted(hundredByTen) + `}`
	if w := post(b, h, body); strings.Count(w.Body.String(), `"qualifiedName"`) != 100 {
		b.Fatal(w.Body)
	}
	b.ReportAllocs()
	for b.Loop() {
		post(b, h, body)
	}
}

// BenchmarkTenThousandFields opens a page of a subject with 10,000 fields.
func BenchmarkTenThousandFields(b *testing.B) {
	n := newNode(b)
	var text strings.Builder
	text.WriteString(`{"type":"record","name":"Wide","fields":[`)
	for i := range 10_000 {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, `{"name":"field%d","type":"string"}`, i)
	}
	text.WriteString(`]}`)
	n.Register("wide", schema.Avro, text.String())
	h := graphql.New(graphql.Config{Catalog: n.Catalog, Registry: n.Registry})
	body := `{"query":` + quoted(`{ subject(name: "wide") { fields(first: 100) { totalCount nodes { name path type nullable description { value } tags { tag { name } } } } } }`) + `}`
	b.ReportAllocs()
	for b.Loop() {
		post(b, h, body)
	}
}
