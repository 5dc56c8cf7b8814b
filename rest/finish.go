package rest

import (
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// contentTypes are the header values of the types that are answered most,
// made once. A map from net/http is never changed by it.
var contentTypes = map[string][]string{
	typeV1:          {typeV1},
	typeRegistry:    {typeRegistry},
	typeJSON:        {typeJSON},
	typeDifferences: {typeDifferences},
}

var (
	varyEncoding  = []string{"Accept-Encoding"}
	cachePrivate  = []string{"private, no-cache"}
	encodingGzip  = []string{"gzip"}
	connectionEnd = []string{"close"}
)

// worthCompressing is the size from which an answer is compressed: Confluent's
// server compresses one of 200 bytes (registry-api.md 1.7).
const worthCompressing = 200

// finish sends the answer.
func (c *call) finish(op *operation) {
	c.sent = true
	if c.status == 0 {
		c.status = http.StatusOK
	}
	h := c.w.Header()
	values := new([3]string)
	values[0] = c.requestID
	h["X-Request-ID"] = values[0:1:1]
	h["Date"] = c.server.dates.at(c.start)
	for i := range c.server.settings.Headers {
		c.server.settings.Headers[i].put(h, c.start)
	}
	if c.media == "" {
		// Without this net/http would look at the bytes and guess.
		h["Content-Type"] = nil
	} else if known, ok := contentTypes[c.media]; ok {
		h["Content-Type"] = known
	} else {
		h["Content-Type"] = []string{c.media}
	}
	compress := false
	if c.server.settings.Compress && (c.r.Method == http.MethodGet || c.r.Method == http.MethodPost) {
		h["Vary"] = varyEncoding
		compress = c.status < 300 && len(c.out) >= worthCompressing && acceptsGzip(c.r.Header["Accept-Encoding"])
	}
	if op != nil && op.tagged && c.status == http.StatusOK {
		h["Cache-Control"] = cachePrivate
		tag := entityTag(c.out)
		values[1] = tag
		if compress {
			values[1] = "W/" + tag
		}
		h["ETag"] = values[1:2:2]
		if matchesTag(c.r.Header["If-None-Match"], tag) {
			c.status = http.StatusNotModified
			delete(h, "Content-Type")
			c.w.WriteHeader(c.status)
			return
		}
	}
	body := c.out
	if compress {
		h["Content-Encoding"] = encodingGzip
		body = c.server.gzips.compress(c)
	}
	if c.status == http.StatusNoContent {
		delete(h, "Content-Type")
		body = nil
	} else if len(body) > netHTTPBuffer {
		values[2] = strconv.Itoa(len(body))
		h["Content-Length"] = values[2:3:3]
	}
	if c.status == http.StatusRequestEntityTooLarge || c.server.leaving != nil && c.server.leaving() {
		h["Connection"] = connectionEnd
	}
	c.w.WriteHeader(c.status)
	if len(body) > 0 {
		// A client that went away needs no answer, so the error says nothing.
		_, _ = c.w.Write(body)
	}
}

// netHTTPBuffer is below the size up to which net/http works out the length of
// an answer by itself.
const netHTTPBuffer = 2000

// entityTag is a strong tag over the bytes of a body (registry-api.md 1.8): 64
// bits of a hash that is quick and the same on every node. It tells versions
// of one body apart, not forgeries; a SHA-256 here took a third of the handler.
func entityTag(body []byte) string {
	var sum [8]byte
	binary.BigEndian.PutUint64(sum[:], xxhash.Sum64(body))
	var tag [18]byte
	tag[0], tag[17] = '"', '"'
	hex.Encode(tag[1:17], sum[:])
	return string(tag[:])
}

// matchesTag compares weakly, as If-None-Match asks for.
func matchesTag(header []string, tag string) bool {
	for _, line := range header {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
				return true
			}
		}
	}
	return false
}
