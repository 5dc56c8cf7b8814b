package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/store/pgtest"
)

// Two nodes register under load, the whole PostgreSQL under them is shot at a
// random moment, and comes back on the same folder and port. What was answered
// is there, under the ids that were answered; meanwhile reads go on, writes are
// refused in time (guarantee 10 of the registry), and the log stays readable;
// afterwards both nodes go on by themselves.
func TestPostgresDies(t *testing.T) {
	t.Attr("engine", "postgres")
	server, err := pgtest.Start(t.Context(), pgtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	var logs [2]lines
	var nodes [2]*service
	var addresses [2]string
	for i := range nodes {
		command := parseServe(t, "--listen", "127.0.0.1:0", "--db", server.URL(), "--access-log", "off", "--drain", "0s")
		command.logTo = &logs[i]
		nodes[i] = startCommand(t, command)
		addresses[i] = nodes[i].door.addresses()[0]
	}
	demand(t, addresses[0], http.MethodPut, "/config", `{"compatibility":"NONE"}`)
	known := demand(t, addresses[0], http.MethodPost, "/subjects/known/versions", `{"schema":"\"string\""}`).(map[string]any)["id"]

	load := startLoad(t, addresses[:])
	load.until(t, "both nodes register", func(w *writer) bool { return w.count(http.StatusOK) >= 10 })
	moment := time.Duration(rand.IntN(200)) * time.Millisecond
	t.Logf("the server is shot after another %v", moment)
	time.Sleep(moment)
	before := [2]int{logs[0].count(), logs[1].count()}
	if err := server.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	load.turn()

	// Every writer is refused; meanwhile reads go on.
	load.until(t, "writes are refused", func(w *writer) bool { return w.count(http.StatusServiceUnavailable) >= 1 })
	for i, address := range addresses {
		eventually(t, "the node knows that it hears nothing", func() bool { return nodes[i].node.follower.Stale() > 0 })
		for target, want := range map[string]int{
			fmt.Sprintf("/schemas/ids/%v", known): 200, "/subjects/known/versions/latest": 200, "/subjects": 200,
			"/health/live": 200, "/health/ready": 200, "/health/ready?for=write": 503,
			"/schemas/ids/2000000": 503, "/subjects/unknown/versions/1": 503, "/subjects/known/versions/7": 503,
		} {
			begun := time.Now()
			got := ask(t, address, http.MethodGet, target, nil, nil, false)
			if got.status != want {
				t.Errorf("GET %s without the database = %d %s, want %d", target, got.status, got.body, want)
			}
			if took := time.Since(begun); took > slack {
				t.Errorf("GET %s took %v", target, took)
			}
			if stale := got.header.Get("Weir-Stale"); (stale == "") != strings.HasPrefix(target, "/health") {
				t.Errorf("GET %s without the database has Weir-Stale %q", target, stale)
			}
			if want == 503 && !strings.HasPrefix(target, "/health") {
				refused(t, "GET "+target, got)
			}
		}
	}
	load.turn()

	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	load.until(t, "both nodes register again", func(w *writer) bool { return w.count(http.StatusOK) >= 10 })
	load.stop()
	for i, n := range nodes {
		eventually(t, "the node listens again", n.node.store.Listening)
		hinted := n.node.follower.Stats().Hinted
		eventually(t, "it hears of the other's commits", func() bool {
			demand(t, addresses[1-i], http.MethodPost, "/subjects/hint/versions", registration(`{"type":"fixed","name":"f","size":`+fmt.Sprint(rand.IntN(1<<30))+`}`, ""))
			return n.node.follower.Stats().Hinted > hinted
		})
	}
	load.check(t)

	fresh := startWeir(t, server.URL(), nil)
	load.there(t, fresh)
	want := inventory(t, fresh)
	for i, address := range addresses {
		eventually(t, "the node has what the log has", func() bool {
			return nodes[i].node.follower.Applied() >= 1 && nodes[0].node.follower.Applied() == nodes[1].node.follower.Applied()
		})
		load.there(t, address)
		if diff := cmp.Diff(want, inventory(t, address)); diff != "" {
			t.Errorf("node %d beside one that was loaded afterwards (-loaded +node):\n%s", i, diff)
		}
		// Each part says that it stands still and that it goes on, twice where an
		// answer was still on its way; it tries four times a second.
		if told := logs[i].count() - before[i]; told < 2 || told > 14 {
			t.Errorf("node %d has logged %d lines since the crash:\n%s", i, told, logs[i].text())
		}
	}
}

// slack is how late an answer may come: two seconds, and what a busy machine
// needs.
const slack = 10 * time.Second

// inventory is what a node has: each version with its id and text.
func inventory(t *testing.T, address string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for offset := 0; ; offset += 1000 {
		page := demand(t, address, http.MethodGet, fmt.Sprintf("/schemas?offset=%d&limit=1000", offset), "").([]any)
		for _, x := range page {
			v := x.(map[string]any)
			all[fmt.Sprint(v["subject"], " ", v["version"])] = fmt.Sprint(v["id"], " ", v["schema"])
		}
		if len(page) < 1000 {
			return all
		}
	}
}
