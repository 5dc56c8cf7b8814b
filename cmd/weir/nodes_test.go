package main

import (
	"net/http"
	"strings"
	"testing"
)

// A version that one node has just registered is deleted through another, and
// gone on both (registry-api.md 18). Only PostgreSQL has several nodes.
func TestDeletionOnAnotherNode(t *testing.T) {
	database := engines["postgres"](t)
	a, b := startWeir(t, database, nil), startWeir(t, database, nil)
	headers := map[string]string{"Content-Type": "application/vnd.schemaregistry.v1+json"}
	for range 20 {
		if got := ask(t, a, http.MethodPost, "/subjects/s/versions", headers, []byte(`{"schema":"\"string\""}`), true); got.status != http.StatusOK {
			t.Fatalf("register = %d %s", got.status, got.body)
		}
		for _, query := range []string{"", "?permanent=true"} {
			got := ask(t, b, http.MethodDelete, "/subjects/s/versions/1"+query, nil, nil, false)
			if got.status != http.StatusOK || string(got.body) != "1" {
				t.Fatalf("DELETE%s on the other node = %d %s", query, got.status, got.body)
			}
			headers["Weir-Min-Revision"] = got.header.Get("Weir-Revision")
		}
		got := ask(t, a, http.MethodGet, "/subjects/s/versions/1?deleted=true", headers, nil, false)
		if got.status != http.StatusNotFound || !strings.Contains(string(got.body), "40401") {
			t.Fatalf("GET on the first node = %d %s", got.status, got.body)
		}
		delete(headers, "Weir-Min-Revision")
	}
}
