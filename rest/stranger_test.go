package rest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/weir-registry/weir/auth"
)

// Who has no valid credentials is refused before anything is looked up, an
// unknown path included (registry-api.md 2.2); health needs none.
func TestStrangersAreRefused(t *testing.T) {
	s := New(Config{Settings: DefaultSettings(), Authenticate: func(*http.Request) (auth.Principal, error) {
		return auth.Principal{}, errors.New("no credentials")
	}})
	for _, target := range []string{"/subjects", "/schemas/ids/1", "/nope"} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
		const body = `{"error_code":401,"message":"Unauthorized"}`
		h, id := w.Header(), "X-Request-ID" // as it is written, which is not Go's spelling
		if w.Code != http.StatusUnauthorized || w.Body.String() != body || h.Get("Content-Type") != wireTypes[0] || h.Get("WWW-Authenticate") == "" || len(h[id]) == 0 {
			t.Errorf("GET %s = %d %v %s", target, w.Code, h, w.Body)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/health/live", nil))
	if w.Code != http.StatusOK {
		t.Errorf("GET /health/live = %d %s", w.Code, w.Body)
	}
}
