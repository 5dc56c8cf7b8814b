package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// answer is what a server said to one request.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends one request on a connection of its own, written byte by byte, so
// that path and headers arrive as they stand in the test.
func ask(t testing.TB, address, method, target string, headers map[string]string, body []byte, hasBody bool) answer {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var request bytes.Buffer
	fmt.Fprintf(&request, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", method, target, address)
	for name, value := range headers {
		fmt.Fprintf(&request, "%s: %s\r\n", name, value)
	}
	if hasBody || method == http.MethodPost || method == http.MethodPut {
		fmt.Fprintf(&request, "Content-Length: %d\r\n", len(body))
	}
	request.WriteString("\r\n")
	request.Write(body)
	if _, err := conn.Write(request.Bytes()); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	return answer{response.StatusCode, response.Header, data}
}

// media is the type of the answer, empty for none.
func (a answer) media() string { return a.header.Get("Content-Type") }

// value is the body as JSON, or as text where it is none.
func (a answer) value() (value any, isJSON bool) {
	d := json.NewDecoder(bytes.NewReader(a.body))
	d.UseNumber()
	if strings.Contains(a.media(), "json") && d.Decode(&value) == nil && !d.More() {
		return value, true
	}
	return string(a.body), false
}
