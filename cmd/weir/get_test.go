package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"
)

// BenchmarkSchemaByID times GET /schemas/ids/{id} through the whole server,
// on one connection that stays open; bench measures it beside a bare handler.
func BenchmarkSchemaByID(b *testing.B) {
	address := startWeir(b, b.TempDir()+"/weir.db", nil, "--access-log", b.TempDir()+"/access.log")
	registered := ask(b, address, http.MethodPost, "/subjects/orders-value/versions", map[string]string{"Content-Type": "application/json"},
		[]byte(`{"schema":"{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}"}`), true)
	if registered.status != http.StatusOK {
		b.Fatalf("register = %d %s", registered.status, registered.body)
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	request := []byte("GET /schemas/ids/1 HTTP/1.1\r\nHost: " + address + "\r\n\r\n")
	reader := bufio.NewReader(conn)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := conn.Write(request); err != nil {
			b.Fatal(err)
		}
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			b.Fatal(err)
		}
	}
}
