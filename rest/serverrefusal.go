package rest

import (
	"bytes"
	"fmt"
	"net/http"
)

// refusedTail is how every answer that net/http gives by itself goes on after
// its status line. An answer of ours never looks so: it has a Date.
var refusedTail = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// refusedByServer gives the wire's form of an answer that net/http made by
// itself, and nil for any other bytes.
func refusedByServer(b []byte) []byte {
	const front = len("HTTP/1.1 400 ")
	if len(b) < front || b[9] != '4' && b[9] != '5' || !bytes.HasPrefix(b, []byte("HTTP/1.1 ")) {
		return nil
	}
	lineEnd := bytes.IndexByte(b, '\r')
	if lineEnd < front || !bytes.HasPrefix(b[lineEnd:], refusedTail) {
		return nil
	}
	status := int(b[9]-'0')*100 + int(b[10]-'0')*10 + int(b[11]-'0')
	body := appendRefusal(nil, &refusal{status: status, code: status, message: fmt.Sprintf("HTTP %d %s", status, http.StatusText(status))})
	answer := append([]byte(nil), b[:lineEnd]...)
	return fmt.Appendf(answer, "\r\nContent-Type: %s\r\nX-Request-ID: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s",
		typeJSON, requestID(&http.Request{}), len(body), body)
}
