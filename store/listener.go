package store

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/weir-registry/weir/feed"
)

// closeTimeout bounds the goodbye to a server that may not be there.
const closeTimeout = 2 * time.Second

// longestPause is how long a listener waits at most before it connects again.
const longestPause = time.Second

// newNodeName tells this node's notifications from those of others.
func newNodeName() string { return strings.ToLower(rand.Text())[:16] }

// listener waits for other nodes' notifications. They are a hint: it may lose
// its connection, and comes back to it by itself.
type listener struct {
	config    *pgx.ConnConfig
	node      string
	trouble   feed.Trouble
	hint      chan struct{}
	connected atomic.Bool
	started   bool
	cancel    context.CancelFunc
	done      chan struct{}
}

func newListener(config *pgx.ConnConfig, node string, logger *slog.Logger) *listener {
	return &listener{
		config: config.Copy(), node: node,
		trouble: feed.Trouble{
			Logger: logger, Level: slog.LevelWarn,
			Message: "not listening, the feed is polled", Over: "listening again",
		},
		hint: make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// start begins to listen; close ends it.
func (l *listener) start() {
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel, l.started = cancel, true
	go l.run(ctx)
}

func (l *listener) close() {
	if l.started {
		l.cancel()
		<-l.done
	}
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
		l.trouble.Tell(err)
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
	l.trouble.End()
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
