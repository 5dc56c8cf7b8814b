package graphql

import (
	"embed"
	"net/http"
)

//go:embed explorer
var explorerFiles embed.FS

// serveExplorer serves the page; it is one file, so that nothing else needs a
// path, and it may load nothing from anywhere else.
func serveExplorer(w http.ResponseWriter, r *http.Request) {
	page, err := explorerFiles.ReadFile("explorer/index.html")
	if err != nil {
		http.Error(w, "the explorer is not there", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	if r.Method != http.MethodHead {
		_, _ = w.Write(page) // the browser may be gone
	}
}
