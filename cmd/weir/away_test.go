package main

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"
)

// A node whose database is away says so and goes on trying (docs/design.md
// section 5), and ends when it is told to.
func TestStartWaitsForDatabase(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	command := parseServe(t, "--listen", address, "--db", "postgres://weir@127.0.0.1:1/weir", "--access-log", "off", "--log-level", "error")
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- command.Run(ctx) }()

	deadline := time.Now().Add(20 * time.Second)
	for {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the node does not listen")
		}
		time.Sleep(5 * time.Millisecond)
	}
	for target, want := range map[string]int{"/health/live": 200, "/health/ready": 503, "/subjects": 503} {
		if got := ask(t, address, http.MethodGet, target, nil, nil, false); got.status != want || got.media() != "application/json" {
			t.Errorf("%s is answered %d %s", target, got.status, got.body)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("weir ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("weir does not end")
	}
}
