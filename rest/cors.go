package rest

import (
	"net/http"
	"slices"
	"strings"
)

// CORS lets pages of other origins in (registry-api.md 1.7, 23).
type CORS struct {
	// Origins are those let in; "*" lets in all.
	Origins []string
	// Methods and Headers are those that a page may use (the defaults are those
	// of the filter in Confluent's server), Exposed the headers of answers that
	// it may read.
	Methods, Headers, Exposed []string
	// PassOptions also passes a preflight on to the path's own OPTIONS.
	PassOptions bool
}

func (o *CORS) lets(origin string) bool {
	return slices.Contains(o.Origins, "*") || slices.Contains(o.Origins, origin)
}

// crossOrigin adds what a page of another origin needs. It says true when the
// request was only the question whether it may ask, and is answered.
func (c *call) crossOrigin() bool {
	o := &c.server.settings.CORS
	if len(o.Origins) == 0 {
		return false
	}
	origin := c.r.Header.Get("Origin")
	if origin == "" || !o.lets(origin) {
		return false
	}
	h := c.w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Credentials", "true")
	if c.r.Method != http.MethodOptions || c.r.Header.Get("Access-Control-Request-Method") == "" {
		if len(o.Exposed) > 0 {
			h.Set("Access-Control-Expose-Headers", strings.Join(o.Exposed, ","))
		}
		return false
	}
	h.Set("Access-Control-Max-Age", "1800")
	h.Set("Access-Control-Allow-Methods", strings.Join(o.Methods, ","))
	h.Set("Access-Control-Allow-Headers", strings.Join(o.Headers, ","))
	return !o.PassOptions
}

// options answers OPTIONS of a known path (registry-api.md 1.3).
func (c *call) options(r *route) {
	c.w.Header().Set("Allow", r.methods(","))
	c.media = "text/plain"
	c.out = append(c.out, r.methods(", ")...)
}
