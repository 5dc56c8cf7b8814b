package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

// slack is how late an answer may come: two seconds, and what a busy machine
// needs.
const slack = 10 * time.Second

// A database that refuses connections, and one that takes them and says
// nothing: every command is answered in time that nothing was done, those in a
// transaction, those in the queue and those that come later; and once the
// database is there again, commits go on by themselves.
func TestAwayIsToldInTime(t *testing.T) {
	for name, deaf := range map[string]bool{"refuses": false, "silent": true} {
		t.Run(name, func(t *testing.T) {
			n, through := startNetwork(t, pgtest.URL(t))
			s := storetest.Open(t, store.Config{Database: through, NoListen: true})
			warm(t, s)
			server := n.server
			n.set(func() { n.deaf, n.server = deaf, "127.0.0.1:1" })
			n.cut()

			begun := time.Now()
			var waits []func(context.Context) (feed.Receipt, error)
			for i := range 1000 { // more than two committers take
				waits = append(waits, s.Submit(wide(fmt.Sprint("a", i))))
			}
			for i, wait := range waits {
				if _, err := wait(t.Context()); !errors.Is(err, feed.ErrUnavailable) {
					t.Fatalf("command %d = %v, want ErrUnavailable", i, err)
				}
			}
			if took := time.Since(begun); took > slack {
				t.Errorf("the answers took %v", took)
			}
			begun = time.Now()
			if _, err := s.Head(t.Context()); err == nil {
				t.Error("Head() without a database")
			}
			if took := time.Since(begun); took > slack {
				t.Errorf("Head() took %v", took)
			}

			n.set(func() { n.deaf, n.server = false, server })
			n.cut()
			eventually(t, "commits go on", func() bool {
				_, err := s.Commit(t.Context(), wide("b"))
				return err == nil
			})
			if got := len(storetest.Versions(t, s)); got != 2 {
				t.Errorf("%d versions, want the first and the last", got)
			}
		})
	}
}
