package rest

import (
	"net/http"
)

// Starting answers while a node waits for its database: it lives, it is not
// ready, and everything else is to be tried again.
func Starting() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := http.StatusServiceUnavailable, `{"error_code":503,"message":"This node is starting: it waits for its database"}`
		switch r.URL.Path {
		case "/health/live":
			status, body = http.StatusOK, `{"status":"UP"}`
		case "/health/ready":
			body = `{"status":"DOWN","reason":"waiting for the database"}`
		}
		h := w.Header()
		h["X-Request-ID"] = []string{requestID(r)}
		h["Content-Type"] = contentTypes[typeJSON]
		h["Retry-After"] = []string{"1"}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
}
