package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/weir-registry/weir/rest"
)

// Limits of the server (wire/validation.md 9).
const (
	headerTimeout  = 5 * time.Second
	bodyTimeout    = 15 * time.Second
	answerTimeout  = 90 * time.Second
	maxConnections = 10000
)

// door is where requests come in: the listeners and the server behind them.
// It can open before the node is ready; then it says so to whoever asks.
type door struct {
	wanted  []string
	logger  *slog.Logger
	handler atomic.Pointer[http.Handler]
	server  *http.Server

	opened    bool
	listeners []*rest.Listener
	served    sync.WaitGroup
	failed    chan error
	done      chan struct{}
}

func newDoor(addresses []string, s *settings, logger *slog.Logger) *door {
	d := &door{
		wanted: addresses,
		logger: logger,
		failed: make(chan error, len(addresses)),
		done:   make(chan struct{}),
	}
	d.serve(rest.Starting())
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(s.http2)
	d.server = &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*d.handler.Load()).ServeHTTP(w, r) }),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       bodyTimeout,
		WriteTimeout:      max(answerTimeout, s.rest.Timeout+bodyTimeout),
		IdleTimeout:       s.idle,
		// net/http reads up to 4096 bytes more than it is told.
		MaxHeaderBytes: max(s.headerBytes-4096, 1),
		Protocols:      protocols,
		ConnState:      rest.ConnState,
		ErrorLog:       slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
	}
	return d
}

// serve makes a handler answer from now on.
func (d *door) serve(h http.Handler) { d.handler.Store(&h) }

// listen takes the addresses, so that one in use is found before anything is
// loaded. Who connects waits until the door is open.
func (d *door) listen(ctx context.Context) error {
	for _, address := range d.wanted {
		var config net.ListenConfig
		l, err := config.Listen(ctx, "tcp", address)
		if err != nil {
			return errors.Join(fmt.Errorf("listen: %w", err), d.close())
		}
		d.listeners = append(d.listeners, rest.Listen(l, maxConnections))
	}
	return nil
}

// open begins to serve; once is enough.
func (d *door) open() {
	if d.opened {
		return
	}
	d.opened = true
	for _, l := range d.listeners {
		d.served.Go(func() {
			if err := d.server.Serve(l); !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
				d.failed <- err
			}
		})
	}
}

func (d *door) addresses() []string {
	var list []string
	for _, l := range d.listeners {
		list = append(list, l.Addr().String())
	}
	return list
}

// wait returns when the door has closed, or why a listener failed.
func (d *door) wait() error {
	select {
	case err := <-d.failed:
		return err
	case <-d.done:
		return nil
	}
}

// counts gives how many connections are owed an answer, and how many there are.
func (d *door) counts() (busy, all int) {
	for _, l := range d.listeners {
		busy += l.Busy()
		all += l.Open()
	}
	return busy, all
}

// drain closes the door so that no request that came in is cut. First clients
// are asked to leave (every answer closes its connection, by the handler) for
// the grace or until all have; then nothing new is accepted and what is being
// answered is waited for; only then is the server shut down. http.Server's own
// Shutdown alone would drop a request that arrives while it begins.
func (d *door) drain(grace time.Duration) error {
	defer close(d.done)
	wait(grace, func() bool { _, all := d.counts(); return all == 0 })
	for _, l := range d.listeners {
		l.Stop()
	}
	d.served.Wait()
	wait(d.server.WriteTimeout, func() bool { busy, _ := d.counts(); return busy == 0 })
	return d.close()
}

// wait looks until a condition holds, at most for a time.
func wait(most time.Duration, holds func() bool) {
	deadline := time.NewTimer(most)
	defer deadline.Stop()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-deadline.C:
			return
		case <-look.C:
		}
	}
}

// close ends the server and what listens.
func (d *door) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), headerTimeout)
	defer cancel()
	err := d.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = d.server.Close()
	}
	for _, l := range d.listeners {
		_ = l.Close() // Shutdown has closed those that were served.
		l.Wait()
	}
	d.served.Wait()
	return err
}
