package registry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

// Many clients on one subject: every content gets one version, without gaps,
// and memory agrees with the rows.
func TestManyClientsOnOneSubject(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		const clients, each = 32, 6
		got := make([]registry.Registered, clients*each)
		var group sync.WaitGroup
		for c := range clients {
			group.Go(func() {
				for i := range each {
					// Neighbours send the same content.
					r, err := n.Register(t.Context(), in("busy"), body(record("R", fmt.Sprintf("f%d_%d", c/2, i))), false, true, "")
					if err != nil {
						t.Errorf("Register = %v", err)
						return
					}
					got[c*each+i] = r
				}
			})
		}
		group.Wait()
		want := make([]int32, clients/2*each)
		for i := range want {
			want[i] = int32(i + 1)
		}
		if diff := cmp.Diff(want, n.versions("busy")); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
		for _, r := range got {
			found, err := n.Version(t.Context(), in("busy"), registry.VersionArg(r.Version), false, registry.ReadOptions{})
			if err != nil || found.ID != r.ID || found.Text() != r.Text() {
				t.Errorf("version %d is id %d %s (%v), Register said id %d %s", r.Version, found.ID, found.Text(), err, r.ID, r.Text())
			}
		}
		if diff := cmp.Diff(n.loaded().Lines(), n.Snapshot().Lines()); diff != "" {
			t.Errorf("-loaded +grown:\n%s", diff)
		}
	})
}

// Whoever deletes and whoever refers at the same time: a reference never ends
// nowhere (validation.md 8, G9).
func TestDeletionRacesReference(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		for round := range 12 {
			target, user := fmt.Sprintf("target%d", round), fmt.Sprintf("user%d", round)
			n.register(target, record("R", "f"))
			b := body(`{"type":"record","name":"U","fields":[{"name":"r","type":"R"}]}`)
			b.References = []registry.BodyReference{{Name: ptr("R"), Subject: &target, Version: ptr(int32(1))}}
			var referred, deleted error
			var group sync.WaitGroup
			group.Go(func() { _, referred = n.Register(t.Context(), in(user), b, false, false, "") })
			group.Go(func() { _, deleted = n.DeleteSubject(t.Context(), in(target), false) })
			group.Wait()
			if (referred == nil) == (deleted == nil) {
				t.Errorf("round %d: Register = %v and DeleteSubject = %v, want exactly one to succeed", round, referred, deleted)
			}
		}
	})
}

// Two nodes on one database agree on who was first.
func TestTwoNodes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, a *node) {
		b := startNode(t, a.store, defaults())
		a.store.Follow(nil)
		var group sync.WaitGroup
		for i, n := range []*node{a, b, a, b} {
			group.Go(func() {
				for v := range 8 {
					if _, err := n.Register(t.Context(), in("shared"), body(record("R", fmt.Sprintf("f%d_%d", i, v))), false, true, ""); err != nil {
						t.Errorf("Register = %v", err)
					}
				}
			})
		}
		group.Wait()
		want := a.loaded().Lines()
		for _, n := range []*node{a, b} {
			// What a node does not know it asks the database for.
			if _, err := n.SchemaByID(t.Context(), 1<<30, "", false, registry.ReadOptions{}); err == nil {
				t.Errorf("SchemaByID of an unknown id found something")
			}
			if diff := cmp.Diff(want, n.Snapshot().Lines()); diff != "" {
				t.Errorf("-loaded +grown:\n%s", diff)
			}
		}
	})
}

// A node refuses nothing that another one has allowed before the request came.
func TestRefusalsAreNew(t *testing.T) {
	onBothEngines(t, func(t *testing.T, a *node) {
		b := startNode(t, a.store, defaults())
		a.store.Follow(nil) // nobody tells b: it asks, four times a second
		first, other := record("R", "f"), `{"type":"record","name":"R","fields":[{"name":"f","type":"bytes"}]}`
		for i, allow := range []func(subject string){
			func(subject string) {
				if _, err := a.DeleteSubject(t.Context(), in(subject), false); err != nil {
					t.Fatalf("DeleteSubject = %v", err)
				}
			},
			func(subject string) { a.level(subject, "NONE") },
		} {
			s := in(fmt.Sprint("s", i))
			a.register(s.Name, first)
			if _, err := b.SchemaByID(t.Context(), 1<<30, "", false, registry.ReadOptions{}); err == nil {
				t.Fatal("SchemaByID of an unknown id found something")
			}
			allow(s.Name)
			if _, err := b.Register(t.Context(), s, body(other), false, false, ""); err != nil {
				t.Errorf("%d: Register = %v", i, err)
			}
		}
	})
}

// A caller that goes away does not harm those behind it on the subject.
func TestCallersGoAway(t *testing.T) {
	n := newNode(t)
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			if i%2 == 0 {
				go cancel()
			}
			defer cancel()
			_, err := n.Register(ctx, in("s"), body(record("R", fmt.Sprintf("f%d", i))), false, true, "")
			if err != nil && (i%2 == 1 || !errors.Is(err, context.Canceled)) {
				t.Errorf("Register %d = %v", i, err)
			}
		})
	}
	group.Wait()
	versions := n.versions("s")
	if len(versions) < 20 || !slices.IsSorted(versions) || versions[len(versions)-1] != int32(len(versions)) {
		t.Errorf("versions %v", versions)
	}
}
