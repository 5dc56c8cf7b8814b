package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestCheckExposure(t *testing.T) {
	for _, test := range []struct {
		addresses []string
		wantsAuth string
		insecure  bool
		refused   bool
	}{
		{addresses: []string{"127.0.0.1:8081", "[::1]:8081", "localhost:1"}},
		{addresses: []string{"127.0.0.1:8081", "0.0.0.0:8081"}, refused: true},
		{addresses: []string{":8081"}, refused: true},
		{addresses: []string{"registry:8081"}, refused: true},
		{addresses: []string{"0.0.0.0:8081"}, insecure: true},
		{addresses: []string{"127.0.0.1:8081"}, wantsAuth: "BASIC", refused: true},
		{addresses: []string{"127.0.0.1:8081"}, wantsAuth: "BASIC", insecure: true},
	} {
		if err := checkExposure(test.addresses, test.wantsAuth, test.insecure); (err != nil) != test.refused {
			t.Errorf("checkExposure(%q, %q, %v) = %v, want refused %v", test.addresses, test.wantsAuth, test.insecure, err, test.refused)
		}
	}
}

// Flags win over environment, which wins over the YAML file; a key that is no
// flag is refused.
func TestConfiguration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "weir.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("listen: [127.0.0.1:1, 127.0.0.1:2]\ndb: from-file\nconsistency: linearizable\ndrop-rule-sets: true\n")
	t.Setenv("WEIR_DB", "from-environment")
	command := parseServe(t, "--config", file, "--consistency", "bounded")
	if strings.Join(command.Listen, " ") != "127.0.0.1:1 127.0.0.1:2" || command.DB != "from-environment" || command.Consistency != "bounded" || !command.DropRuleSets {
		t.Errorf("the command is %+v", command)
	}
	write("nosuch: 1\n")
	parser, err := newParser(&commandLine{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve", "--config", file}); err == nil || !strings.Contains(err.Error(), "nosuch") {
		t.Errorf("a key that is no flag = %v", err)
	}
}

func TestPercentFor(t *testing.T) {
	for live, want := range map[uint64]int{0: 1600, 1 << 20: 1600, 16 << 20: 100, 1 << 30: 100} {
		if got := percentFor(live); got != want {
			t.Errorf("percentFor(%d) = %d, want %d", live, got, want)
		}
	}
}

// While weir stops, every request that came in is answered: clients go on as
// fast as they can on their connections until an answer asks them to leave,
// and one whose body is still coming is waited for.
func TestStopCutsNoRequest(t *testing.T) {
	command := parseServe(t, "--listen", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "weir.db"), "--access-log", "off", "--log-level", "error", "--drain", "5s")
	ctx, stop := context.WithCancel(context.Background())
	s, err := command.start(ctx)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.wait(ctx) }()
	address := s.door.addresses()[0]
	const body = `{"schema":"\"string\""}`
	request := fmt.Sprintf("POST /subjects/s/versions HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", address, len(body), body)

	slow := connect(t, address)
	if _, err := io.WriteString(slow, request[:len(request)-5]); err != nil {
		t.Fatal(err)
	}
	var answered atomic.Int64
	var clients sync.WaitGroup
	for range 8 {
		conn := connect(t, address)
		clients.Go(func() {
			reader := bufio.NewReader(conn)
			for {
				if _, err := io.WriteString(conn, request); err != nil {
					t.Errorf("a request was cut: %v", err)
					return
				}
				response, err := http.ReadResponse(reader, nil)
				if err != nil || response.StatusCode != http.StatusOK {
					t.Errorf("a request was cut: %v %v", response, err)
					return
				}
				if _, err := io.Copy(io.Discard, response.Body); err != nil {
					t.Errorf("an answer was cut: %v", err)
					return
				}
				answered.Add(1)
				if response.Close {
					return
				}
			}
		})
	}
	for answered.Load() < 50 && !t.Failed() {
		time.Sleep(time.Millisecond)
	}
	stop()
	clients.Wait()
	if _, err := io.WriteString(slow, request[len(request)-5:]); err != nil {
		t.Errorf("the slow request was cut: %v", err)
	}
	response, err := http.ReadResponse(bufio.NewReader(slow), nil)
	if err != nil || response.StatusCode != http.StatusOK || !response.Close {
		t.Errorf("the slow request is answered %v, %v", response, err)
	}
	if err := <-ended; err != nil {
		t.Errorf("weir ended with %v", err)
	}
}

func connect(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// A port in use is found before the database is opened, so that the node that
// has both goes on undisturbed and nothing is loaded in vain.
func TestPortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	file := filepath.Join(t.TempDir(), "weir.db")
	command := parseServe(t, "--listen", taken.Addr().String(), "--db", file, "--log-level", "error")
	if err := command.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "listen") {
		t.Errorf("Run with a port in use = %v", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the database was opened: %v", err)
	}
}

func TestFlagsThatMakeNoSense(t *testing.T) {
	parser, err := newParser(&commandLine{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse([]string{"serve", "--drain", "-1s"}); err == nil || !strings.Contains(err.Error(), "--drain") {
		t.Errorf("a negative --drain = %v", err)
	}
	if err := parseServe(t, "--listen", "nonsense").Run(t.Context()); err == nil || !strings.Contains(err.Error(), "HOST:PORT") {
		t.Errorf("--listen nonsense = %v", err)
	}
}
