package catalogtest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/weir-registry/weir/auth"
)

// Principal is the header in which a request to what [Serve] serves names who
// asks; without it nobody does.
const Principal = "Test-Principal"

// Serve serves an edge of a node until the test ends.
func Serve(t testing.TB, edge http.Handler) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := r.Header.Get(Principal); name != "" {
			r = r.WithContext(auth.With(r.Context(), auth.Principal{Name: name}))
		}
		edge.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Client().CloseIdleConnections()
		server.Close()
	})
	return server
}
