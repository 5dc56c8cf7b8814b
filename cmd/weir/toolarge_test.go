package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// A schema text over the limit is 42209 (registry-api.md 2.2), and nothing is
// stored. Its size keeps it out of the scripts.
func TestSchemaTooLarge(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		address := startWeir(t, database, nil)
		headers := map[string]string{"Content-Type": "application/vnd.schemaregistry.v1+json"}
		body := `{"schema":"\"` + strings.Repeat("x", schema.MaxTextBytes) + `\""}`
		got := ask(t, address, http.MethodPost, "/subjects/s/versions", headers, []byte(body), true)
		want := `{"error_code":42209,"message":"Register operation failed because schema is too large"}`
		if got.status != http.StatusUnprocessableEntity || got.media() != headers["Content-Type"] || string(got.body) != want {
			t.Errorf("register = %d %s %.200s", got.status, got.media(), got.body)
		}
		if got := ask(t, address, http.MethodGet, "/subjects", nil, nil, false); string(got.body) != "[]" {
			t.Errorf("subjects = %s", got.body)
		}
	})
}
