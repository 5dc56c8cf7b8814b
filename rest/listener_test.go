package rest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serveOn runs an http.Server with a handler behind a Listener until the test
// ends.
func serveOn(t *testing.T, server *http.Server, connections int) *Listener {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, connections)
	server.ConnState = ConnState
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = l.Close()
		<-ended
		l.Wait()
	})
	return l
}

func dial(t *testing.T, l *Listener) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return c
}

func say(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

func hear(t *testing.T, c net.Conn) (*http.Response, string) {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// What net/http refuses by itself is answered in JSON (registry-api.md 1.3).
func TestServerRefusalsAreJSON(t *testing.T) {
	l := serveOn(t, &http.Server{Handler: http.NotFoundHandler(), MaxHeaderBytes: 1}, 10)
	for _, x := range []struct {
		request string
		status  int
	}{
		{"GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
		{"GET / HTTP/1.1\r\n\r\n", 400}, // no Host
		{"GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("x", 9000) + "\r\n\r\n", 431},
		{"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: odd\r\n\r\n", 501},
	} {
		c := dial(t, l)
		say(t, c, x.request)
		response, body := hear(t, c)
		want := fmt.Sprintf(`{"error_code":%d,"message":"HTTP %d %s"}`, x.status, x.status, http.StatusText(x.status))
		if response.StatusCode != x.status || response.Header.Get("Content-Type") != typeJSON || body != want || response.Header.Get("X-Request-ID") == "" {
			t.Errorf("%.30q is answered %d %q %q, want %d %s", x.request, response.StatusCode, response.Header, body, x.status, want)
		}
	}
}

// Deadlines hold although nobody sets a timer for them.
func TestListenerKeepsDeadlines(t *testing.T) {
	l := serveOn(t, &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: 100 * time.Millisecond, IdleTimeout: 100 * time.Millisecond}, 10)
	for name, text := range map[string]string{
		"half a header": "GET / HTTP/1.1\r\nHost:",
		"idle":          "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, l)
			begin := time.Now()
			say(t, c, text)
			if _, err := io.ReadAll(c); err != nil {
				t.Fatalf("the connection ended with %v", err)
			}
			if took := time.Since(begin); took < 90*time.Millisecond || took > 5*time.Second {
				t.Errorf("the connection was closed after %v", took)
			}
		})
	}
}

// A client that hangs up ends the context of its request.
func TestListenerHearsHangUp(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error, 1)
	l := serveOn(t, &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		select {
		case <-r.Context().Done():
			ended <- nil
		case <-time.After(10 * time.Second):
			ended <- errors.New("the context goes on")
		}
	})}, 10)
	c := dial(t, l)
	say(t, c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	<-began
	_ = c.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Many requests on one connection, pipelined ones and slow ones among them,
// are answered in order.
func TestListenerAnswersInOrder(t *testing.T) {
	l := serveOn(t, &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			time.Sleep(3 * sweepInterval)
		}
		fmt.Fprint(w, r.URL.Path)
	})}, 10)
	c := dial(t, l)
	paths := []string{"/1", "/slow", "/2", "/3", "/slow", "/4"}
	for _, path := range paths {
		say(t, c, "GET "+path+" HTTP/1.1\r\nHost: h\r\n\r\n")
	}
	reader := bufio.NewReader(c)
	for _, path := range paths {
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if body, err := io.ReadAll(response.Body); err != nil || string(body) != path {
			t.Fatalf("%s is answered %q, %v", path, body, err)
		}
	}
}

func TestListenerBoundsConnections(t *testing.T) {
	l := serveOn(t, &http.Server{Handler: http.NotFoundHandler()}, 1)
	first := dial(t, l)
	say(t, first, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	hear(t, first)
	second := dial(t, l)
	say(t, second, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	if err := second.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if n, err := second.Read(make([]byte, 1)); err == nil {
		t.Fatalf("a second connection was answered (%d bytes) while the first is open", n)
	}
	_ = first.Close()
	if err := second.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	hear(t, second)
}

// A listener that stops gives every connection that the kernel had accepted,
// however late it is asked for them: closing would reset them.
func TestListenerStopsEmpty(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, 100)
	const clients = 20
	for range clients {
		dial(t, l)
	}
	l.Stop()
	time.Sleep(stopAccepting + 10*time.Millisecond)
	for i := range clients {
		c, err := l.Accept()
		if err != nil {
			t.Fatalf("Accept = %v after %d of %d connections", err, i, clients)
		}
		_ = c.Close()
	}
	if c, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept = %v, %v when all are taken; want net.ErrClosed", c, err)
	}
	l.Wait()
}

// A client that wants its connection closed gets the whole answer, although
// nobody read its body: what is unread at the close would reset the connection.
func TestAnswerSurvivesBody(t *testing.T) {
	server, sent := edge(t, DefaultSettings()), make(chan struct{})
	op := read("/late", func(c *call) error {
		<-sent
		c.out = append(c.out, strings.Repeat("x", 100_000)...)
		return nil
	})
	op.count = server.metrics.of(op.method, op.pattern)
	server.root.add(op)
	l := serveOn(t, &http.Server{Handler: server}, 10)
	c := dial(t, l)
	say(t, c, "GET /late HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 4\r\n\r\n")
	time.Sleep(10 * time.Millisecond) // The body is to come behind what the server has read.
	say(t, c, "body")
	close(sent)
	response, body := hear(t, c)
	if response.StatusCode != http.StatusOK || len(body) != 100_000 {
		t.Errorf("answered %d with %d bytes", response.StatusCode, len(body))
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the connection ends with %v", err)
	}
}

// A client whose body is not wanted is told so before it is cut off.
func TestRefusalEndsAnswers(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, 1)
	t.Cleanup(func() { _ = l.Close(); l.Wait() })
	client := dial(t, l)
	server, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	half, ok := server.(interface{ CloseWrite() error })
	if !ok {
		t.Fatal("a connection cannot end its answers alone")
	}
	if err := half.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("the client reads %v, want the end", err)
	}
	say(t, client, "x")
	if n, err := server.Read(make([]byte, 1)); n != 1 || err != nil {
		t.Errorf("the server reads %d, %v", n, err)
	}
}
