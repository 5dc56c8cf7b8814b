package rest

import (
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"strings"
)

// requestID is the client's own X-Request-ID when it gives exactly one that is
// not blank, else a fresh UUID (registry-api.md 1.7). The id is no secret, so
// a fast generator does.
func requestID(r *http.Request) string {
	if given := r.Header["X-Request-Id"]; len(given) == 1 && strings.TrimSpace(given[0]) != "" {
		return given[0]
	}
	var raw [16]byte
	for i, word := range [2]uint64{rand.Uint64(), rand.Uint64()} {
		for j := range 8 {
			raw[8*i+j] = byte(word >> (8 * j))
		}
	}
	raw[6] = raw[6]&0x0f | 0x40 // version 4
	raw[8] = raw[8]&0x3f | 0x80 // RFC 9562 variant
	var text [36]byte
	hex.Encode(text[0:8], raw[0:4])
	text[8] = '-'
	hex.Encode(text[9:13], raw[4:6])
	text[13] = '-'
	hex.Encode(text[14:18], raw[6:8])
	text[18] = '-'
	hex.Encode(text[19:23], raw[8:10])
	text[23] = '-'
	hex.Encode(text[24:36], raw[10:16])
	return string(text[:])
}
