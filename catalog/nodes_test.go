package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/pgtest"
	"github.com/weir-registry/weir/store/storetest"
)

// Two catalogs on one database see each other's writes, and decide on the
// newest state: an expectation is judged by what the other has committed.
func TestTwoNodes(t *testing.T) {
	database := pgtest.URL(t)
	one := startNode(t, storetest.Open(t, store.Config{Database: database}))
	two := startNode(t, storetest.Open(t, store.Config{Database: database}))
	one.put("orders-value", order)
	one.company()
	ref := subject("orders-value")
	for i := range 20 {
		n, other := one, two
		if i%2 == 1 {
			n, other = two, one
		}
		// Decided on a view that may not have the other's last word yet.
		text := fmt.Sprint("words ", i)
		n.Commit(catalog.Edit{Ref: ref, ExpectedVersion: ptr(int64(i)), Description: &text})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		if err := other.Wait(ctx, n.View().Revision()-1); err != nil {
			t.Fatalf("Wait() = %v", err)
		}
		cancel()
		if e := other.entity(ref); e.Descriptions[0].Value != text || e.Version != int64(i+1) {
			t.Fatalf("the other node has %+v", e)
		}
	}
	if diff := cmp.Diff(one.View().SaidLines(), two.View().SaidLines()); diff != "" {
		t.Errorf("the nodes differ:\n%s", diff)
	}
	if diff := cmp.Diff(happened(one.changes(catalog.EventFilter{}, 7)), happened(two.changes(catalog.EventFilter{}, 5))); diff != "" {
		t.Errorf("the nodes tell different stories:\n%s", diff)
	}
}

// A tag is put on many entities while it is removed: it never stays on one
// without its definition.
func TestNoTagWithoutItsDefinition(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		for i := range 4 {
			n.put(fmt.Sprint("s", i), order)
		}
		for round := range 8 {
			n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "Brief"}})
			var group sync.WaitGroup
			for i := range 4 {
				group.Go(func() {
					_, err := n.Do(t.Context(), catalog.Command{Steps: []catalog.Step{tagged(subject(fmt.Sprint("s", i)), "Brief", "")}})
					if err != nil && reason(err) != "unknown TAG Brief" {
						t.Errorf("tag: %v", err)
					}
				})
			}
			group.Go(func() {
				_, err := n.Do(t.Context(), catalog.Command{Steps: []catalog.Step{catalog.Remove{Ref: tag("Brief"), Force: round%2 == 0}}})
				var inUse *catalog.InUseError
				if err != nil && !errors.As(err, &inUse) {
					t.Errorf("remove: %v", err)
				}
			})
			group.Wait()
			_, err := n.View().Definition(t.Context(), tag("Brief"))
			users := collect(n.View().UsersOf(t.Context(), tag("Brief")))
			if err != nil && len(users) > 0 {
				t.Fatalf("round %d: %v have a tag that is gone", round, users)
			}
			if err == nil {
				n.Commit(catalog.Remove{Ref: tag("Brief"), Force: true})
			}
		}
	})
}

// Two words are each made the parent of the other at once: one of them loses.
func TestNoCircleAtOnce(t *testing.T) {
	n := newNode(t)
	for round := range 10 {
		a, b := fmt.Sprint("a", round), fmt.Sprint("b", round)
		n.Commit(catalog.Put{Definition: &catalog.Term{Name: a}}, catalog.Put{Definition: &catalog.Term{Name: b}})
		var errs [2]error
		var group sync.WaitGroup
		for i, pair := range [][2]string{{a, b}, {b, a}} {
			group.Go(func() {
				_, errs[i] = n.Do(t.Context(), catalog.Command{Steps: []catalog.Step{catalog.Put{Definition: &catalog.Term{Name: pair[0], Parent: pair[1]}}}})
			})
		}
		group.Wait()
		if got := reason(errs[0]) + reason(errs[1]); got != "CYCLE" {
			t.Fatalf("round %d: %v, %v", round, errs[0], errs[1])
		}
	}
}

// hider allows everything but some resources.
type hider map[auth.Resource]auth.Action

func (h hider) Authorize(ctx context.Context, action auth.Action, resource auth.Resource) error {
	if denied, hidden := h[resource]; hidden && denied == action {
		return &auth.DeniedError{Principal: auth.From(ctx), Action: action, Resource: resource}
	}
	return nil
}

// Every write and every event asks.
func TestAuthorization(t *testing.T) {
	rules := hider{}
	n := newNode(t, catalogtest.Auth(rules))
	n.put("orders-value", order)
	n.put("secret-value", order)
	n.company()
	n.Commit(tagged(subject("orders-value"), "Sensitive", ""), tagged(field("secret-value", "acme.Order.id"), "Sensitive", ""))
	all := len(n.changes(catalog.EventFilter{}, 100))

	secret := auth.Resource{Kind: "subject", Name: "secret-value"}
	rules[secret] = auth.Write
	var denied *auth.DeniedError
	for name, steps := range map[string][]catalog.Step{
		"edit":         {catalog.Edit{Ref: subject("secret-value"), Description: ptr("x")}},
		"edit a field": {tagged(field("secret-value", "acme.Order.id"), "Sensitive", "")},
		"move":         {catalog.Move{From: subject("secret-value"), To: subject("orders-value")}},
		"force":        {catalog.Remove{Ref: tag("Sensitive"), Force: true}},
	} {
		if err := n.refused(catalog.Command{Steps: steps}); !errors.As(err, &denied) || denied.Resource != secret {
			t.Errorf("%s: %v", name, err)
		}
	}
	rules[auth.Resource{Kind: "tag", Name: "Sensitive"}] = auth.Admin
	if err := n.refused(catalog.Command{Steps: []catalog.Step{catalog.Put{Definition: &catalog.TagDefinition{Name: "Sensitive", Color: "RED"}}}}); !errors.As(err, &denied) {
		t.Errorf("define: %v", err)
	}

	rules[secret] = auth.Read
	if got := len(n.changes(catalog.EventFilter{}, 100)); got != all-2 {
		t.Errorf("%d events are seen, want %d without two", got, all)
	}
	_, _, err := n.History(t.Context(), field("secret-value", "acme.Order.id"), nil, n.View().Cursor(), 10)
	if !errors.As(err, &denied) {
		t.Errorf("history: %v", err)
	}
	if _, err := n.ViewAt(t.Context(), subject("secret-value"), 2); !errors.As(err, &denied) {
		t.Errorf("time travel: %v", err)
	}
	if rows := n.View().Annotations(t.Context(), field("secret-value", "acme.Order.id")); rows != nil {
		t.Errorf("annotations: %v", rows)
	}
}

// Wait wakes when the node has applied more, and ends with its context.
func TestWait(t *testing.T) {
	n := newNode(t)
	woken := make(chan error, 3)
	before := n.View().Revision()
	for range 3 {
		go func() { woken <- n.Wait(t.Context(), before) }()
	}
	n.put("a", order)
	for range 3 {
		if err := <-woken; err != nil {
			t.Errorf("Wait() = %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := n.Wait(ctx, 99); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait() = %v", err)
	}
}
