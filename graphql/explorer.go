package graphql

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
)

// explorerFiles are the parts of the page that browsers get. It is sent as one
// file, so that it needs no further path, and asks nobody but this server.
//
//go:embed explorer
var explorerFiles embed.FS

// explorerScripts are the parts of the script, in order.
var explorerScripts = []string{"send.js", "history.js", "documentation.js", "page.js"}

// explorerPage puts the page together, and the policy that lets the browser run
// these two texts and no others.
var explorerPage = sync.OnceValues(func() (page, policy string) {
	read := func(name string) string {
		text, err := explorerFiles.ReadFile("explorer/" + name)
		if err != nil {
			panic(err) // it is in the program
		}
		return string(text)
	}
	var script strings.Builder
	for _, name := range explorerScripts {
		script.WriteString(read(name))
	}
	style := read("style.css")
	page = strings.NewReplacer("{{style}}", style, "{{script}}", script.String()).Replace(read("page.html"))
	policy = "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" +
		"; style-src 'sha256-" + digest(style) + "'; script-src 'sha256-" + digest(script.String()) + "'"
	return page, policy
})

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func serveExplorer(w http.ResponseWriter, r *http.Request) {
	page, policy := explorerPage()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept")
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(page)) // the browser may be gone
	}
}
