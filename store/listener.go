package store

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// closeTimeout bounds the goodbye to a server that may not be there.
const closeTimeout = 2 * time.Second

// newNodeName tells this node's notifications from those of others.
func newNodeName() string { return strings.ToLower(rand.Text())[:16] }

// listener waits for other nodes' notifications. They are a hint: it may lose
// its connection, and comes back to it by itself.
type listener struct {
	config    *pgx.ConnConfig
	node      string
	logger    *slog.Logger
	hint      chan struct{}
	connected atomic.Bool
	cancel    context.CancelFunc
	done      chan struct{}
}

func startListener(config *pgx.ConnConfig, node string, logger *slog.Logger) *listener {
	ctx, cancel := context.WithCancel(context.Background())
	l := &listener{
		config: config.Copy(), node: node, logger: logger,
		hint: make(chan struct{}, 1), cancel: cancel, done: make(chan struct{}),
	}
	go l.run(ctx)
	return l
}

func (l *listener) close() {
	l.cancel()
	<-l.done
}

// run listens, again and again.
func (l *listener) run(ctx context.Context) {
	defer close(l.done)
	for pause := firstPause; ctx.Err() == nil; pause = min(2*pause, longestPause) {
		err := l.listen(ctx)
		if l.connected.Swap(false) {
			pause = firstPause
		}
		if ctx.Err() != nil {
			return
		}
		l.logger.Warn("not listening, the feed is polled", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func (l *listener) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, l.config)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		_ = conn.Close(ctx)
	}()
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		return err
	}
	l.connected.Store(true)
	l.signal() // for what was missed before
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if n.Payload != l.node {
			l.signal()
		}
	}
}

func (l *listener) signal() {
	select {
	case l.hint <- struct{}{}:
	default:
	}
}
