package main

import (
	"context"
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
	for live, want := range map[uint64]int{0: 1600, 1 << 20: 1600, 16 << 20: 100, 1 << 30: 25} {
		if got := percentFor(live); got != want {
			t.Errorf("percentFor(%d) = %d, want %d", live, got, want)
		}
	}
}

// While weir stops, every request that came in is answered: clients go on as
// fast as they can, on kept and on new connections, until they are refused.
func TestStopCutsNoRequest(t *testing.T) {
	command := parseServe(t, "--listen", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "weir.db"), "--access-log", "off", "--log-level", "error", "--drain", "300ms")
	ctx, stop := context.WithCancel(context.Background())
	s, err := command.start(ctx)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.wait(ctx) }()
	address := "http://" + s.door.addresses()[0]

	var answered, cut atomic.Int64
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport, Timeout: 20 * time.Second}
			for {
				request, err := http.NewRequest(http.MethodPost, address+"/subjects/s/versions", strings.NewReader(`{"schema":"\"string\""}`))
				if err != nil {
					t.Error(err)
					return
				}
				request.Header.Set("Content-Type", "application/json")
				response, err := client.Do(request)
				if refused(err) {
					return
				}
				if err != nil || response.StatusCode != http.StatusOK {
					cut.Add(1)
					t.Errorf("a request was cut: %v %v", response, err)
					return
				}
				_ = response.Body.Close()
				answered.Add(1)
			}
		})
	}
	for answered.Load() < 50 {
		time.Sleep(time.Millisecond)
	}
	stop()
	clients.Wait()
	if err := <-ended; err != nil {
		t.Errorf("weir ended with %v", err)
	}
	if cut.Load() == 0 && answered.Load() < 50 {
		t.Errorf("only %d requests were answered", answered.Load())
	}
}

// refused says that a connection was never accepted.
func refused(err error) bool {
	for err != nil {
		if op, ok := err.(*net.OpError); ok {
			return op.Op == "dial"
		}
		unwrapped, ok := err.(interface{ Unwrap() error })
		if !ok {
			return false
		}
		err = unwrapped.Unwrap()
	}
	return false
}
