package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

func asRefused(err error) *feed.RefusedError {
	var refused *feed.RefusedError
	if errors.As(err, &refused) {
		return refused
	}
	return nil
}

// network stands between a store and the server, and can lose what passes.
type network struct {
	t        *testing.T
	listener net.Listener
	server   string
	group    sync.WaitGroup

	mu    sync.Mutex
	loss  loss
	late  func() // delivers what was held back
	lost  chan struct{}
	conns map[net.Conn]struct{}
	deaf  bool // takes connections, and nothing that comes by them
}

// loss says what happens to the next commit that passes; then it is none.
type loss int

const (
	none loss = iota
	// answer: the commit arrives, its answer does not.
	answer
	// request: the commit is held back, the client is cut off.
	request
)

// startNetwork gives the URL by which a store reaches database through it.
func startNetwork(t *testing.T, database string) (*network, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	n := &network{t: t, server: u.Host, lost: make(chan struct{}, 1), conns: map[net.Conn]struct{}{}}
	n.listener, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u.Host = n.listener.Addr().String()
	n.group.Go(func() {
		for {
			client, err := n.listener.Accept()
			if err != nil {
				return
			}
			address, deaf := n.to()
			if deaf {
				n.keep(client)
				continue
			}
			server, err := net.Dial("tcp", address)
			if err != nil {
				_ = client.Close()
				continue
			}
			n.keep(client)
			n.keep(server)
			cut := make(chan struct{})
			n.group.Go(func() { n.toServer(client, server, cut) })
			n.group.Go(func() { n.toClient(client, server, cut) })
		}
	})
	t.Cleanup(func() {
		_ = n.listener.Close()
		n.cut()
		n.group.Wait()
	})
	return n, u.String()
}

func (n *network) keep(c net.Conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.conns[c] = struct{}{}
}

// to says where a connection leads.
func (n *network) to() (address string, deaf bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.server, n.deaf
}

func (n *network) set(f func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f()
}

// cut breaks all connections there are.
func (n *network) cut() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for c := range n.conns {
		_ = c.Close()
	}
	clear(n.conns)
}

// lose arms the network.
func (n *network) lose(l loss) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.loss = l
}

// commitSize is more than anything else sends at a time once the statements
// of a commit are prepared.
const commitSize = 1500

// toServer forwards requests, until it loses one: then it closes cut, and what
// the server says is for the one who lost it.
func (n *network) toServer(client, server net.Conn, cut chan<- struct{}) {
	buffer := make([]byte, 1<<20)
	for {
		size, err := client.Read(buffer)
		if err != nil {
			_ = server.Close()
			return
		}
		n.mu.Lock()
		l := none
		if size > commitSize {
			l, n.loss = n.loss, none
		}
		n.mu.Unlock()
		if l != none {
			// The client is gone before the server can answer it.
			close(cut)
			_ = client.Close()
			held := append([]byte(nil), buffer[:size]...)
			deliver := func() {
				if _, err := server.Write(held); err != nil {
					n.t.Error(err)
				}
				// The server has done all that it was sent when it hangs up
				// on the one who will send no more.
				_ = server.(*net.TCPConn).CloseWrite()
				_, _ = io.Copy(io.Discard, server)
				_ = server.Close()
			}
			if l == answer {
				deliver()
			}
			n.mu.Lock()
			n.late = deliver
			n.mu.Unlock()
			n.lost <- struct{}{}
			return
		}
		if _, err := server.Write(buffer[:size]); err != nil {
			_ = client.Close()
			return
		}
	}
}

func (n *network) toClient(client, server net.Conn, cut <-chan struct{}) {
	buffer := make([]byte, 1<<16)
	for {
		size, err := server.Read(buffer)
		if err != nil {
			_ = client.Close()
			return
		}
		select {
		case <-cut:
			return
		default:
		}
		_, _ = client.Write(buffer[:size])
	}
}

// The answer to a commit is lost: the store finds out that it was done, and
// says so.
func TestLostAnswer(t *testing.T) {
	database := pgtest.URL(t)
	n, through := startNetwork(t, database)
	s := storetest.Open(t, store.Config{Database: through, Committers: 1, NoListen: true})
	warm(t, s)
	const rounds, each = 4, 8
	for i := range rounds {
		n.lose(answer)
		var waits []func(context.Context) (feed.Receipt, error)
		for k := range each {
			waits = append(waits, s.Submit(wide(fmt.Sprint("a", i, "-", k))))
		}
		for k, wait := range waits {
			if r, err := wait(t.Context()); err != nil || int(r.Revision) != 2+i*each+k || len(r.Changes) != 1 {
				t.Errorf("command %d of round %d, an answer lost: %+v, %v", k, i, r, err)
			}
		}
		<-n.lost
	}
	if got := len(storetest.Versions(t, s)); got != 1+rounds*each {
		t.Errorf("%d versions, want %d", got, 1+rounds*each)
	}
}

// The connection breaks before a commit arrives; the store commits by another
// one, and then the bytes of the first arrive: they change nothing.
func TestLateRequest(t *testing.T) {
	database := pgtest.URL(t)
	n, through := startNetwork(t, database)
	s := storetest.Open(t, store.Config{Database: through, Committers: 1, NoListen: true})
	warm(t, s)
	n.lose(request)
	const many = 8
	var waits []func(context.Context) (feed.Receipt, error)
	for k := range many {
		waits = append(waits, s.Submit(wide(fmt.Sprint("a", k))))
	}
	for k, wait := range waits {
		if r, err := wait(t.Context()); err != nil || int(r.Revision) != 2+k {
			t.Fatalf("command %d: %+v, %v", k, r, err)
		}
	}
	<-n.lost
	conn := connect(t, database)
	const rows = `select (select count(*) from change)::text || ' ' || (select count(*) from version) || ' ' || (select count(*) from schema)`
	before := value[string](t, conn, rows)
	n.late()
	if after := value[string](t, conn, rows); after != before {
		t.Errorf("changes, versions, schemas were %s, and are %s after the late bytes", before, after)
	}
	// The next commit follows on.
	if r := storetest.Commit(t, s, wide("b")); r.Revision != 2+many {
		t.Errorf("next revision = %d, want %d", r.Revision, 2+many)
	}
}

// The server goes away for a moment while commands wait for it.
func TestServerAway(t *testing.T) {
	database := pgtest.URL(t)
	n, through := startNetwork(t, database)
	s := storetest.Open(t, store.Config{Database: through, NoListen: true})
	warm(t, s)
	n.cut()
	for i := range 20 {
		if _, err := s.Commit(t.Context(), wide(fmt.Sprint(i))); err != nil {
			t.Errorf("Commit %d = %v", i, err)
		}
	}
}

// A node whose LISTEN is cut follows by the poll, and listens again later.
func TestListenIsCut(t *testing.T) {
	database := pgtest.URL(t)
	writer := storetest.Open(t, store.Config{Database: database})
	reader := storetest.StartNode(t, store.Config{Database: database})
	conn := connect(t, database)
	const listeners = `select count(*) from pg_stat_activity
		where datname = current_database() and query = 'listen weir_change' and pid <> pg_backend_pid()`
	eventually(t, "both nodes listen", func() bool { return value[int](t, conn, listeners) == 2 })
	commit := func(name string) feed.Revision {
		return storetest.Commit(t, writer, wide(name)).Revision
	}

	reader.Advance(t, commit("first"))
	eventually(t, "a notification came", func() bool {
		if reader.Follower.Stats().Hinted > 0 {
			return true
		}
		commit(storetest.NewID())
		return false
	})

	deaf := storetest.StartNode(t, store.Config{Database: database, NoListen: true})
	eventually(t, "the poll finds what nobody hints at", func() bool {
		head := commit(storetest.NewID())
		wait, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		for deaf.Applied() < head {
			select {
			case <-wait.Done():
				return false
			case <-time.After(10 * time.Millisecond):
			}
		}
		return true
	})
	if stats := deaf.Follower.Stats(); stats.Polled == 0 || stats.Hinted != 0 {
		t.Errorf("Stats() without LISTEN = %+v", stats)
	}

	execute(t, conn, `select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and query = 'listen weir_change'`)
	reader.Advance(t, commit("after the cut"))
	eventually(t, "both nodes listen again", func() bool { return value[int](t, conn, listeners) == 2 })
}

// warm makes the first commit, which prepares the statements.
func warm(t *testing.T, s *store.Store) {
	t.Helper()
	storetest.Commit(t, s, wide("warm"))
}

// wide is a command of its own subject, large enough to be told from others.
func wide(name string) feed.Command {
	return storetest.Command(0, storetest.Put(storetest.Subject(name), 1, fmt.Sprintf("%-4000s", name)))
}
