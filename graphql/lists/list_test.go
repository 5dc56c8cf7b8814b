package lists_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/weir-registry/weir/graphql/lists"
)

// operation is a context as the items of an operation get it.
func operation(t *testing.T) context.Context {
	return graphql.WithResponseContext(t.Context(), graphql.DefaultErrorPresenter, graphql.DefaultRecover)
}

// written is what a list is in an answer.
func written(list graphql.Array) string {
	var text strings.Builder
	list.MarshalGQL(&text)
	return text.String()
}

// Items that come from memory are made in order, by one goroutine: nothing
// guards what they write to.
func TestInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var made []int
		list := lists.Marshal(operation(t), 5, func(ctx context.Context, i int) graphql.Marshaler {
			if at := *graphql.GetFieldContext(ctx).Index; at != i {
				t.Errorf("item %d is at %d", i, at)
			}
			made = append(made, i)
			return graphql.MarshalInt(i)
		})
		if got := written(list); got != "[0,1,2,3,4]" {
			t.Errorf("written %s", got)
		}
		if !slices.Equal(made, []int{0, 1, 2, 3, 4}) {
			t.Errorf("made in the order %v", made)
		}
	})
}

// A list whose items wait is made by several goroutines, and not by as many as
// it has items.
func TestHelpers(t *testing.T) {
	for _, length := range []int{2, 3, 16, 100} {
		synctest.Test(t, func(t *testing.T) {
			var open, most atomic.Int64
			begun := time.Now()
			list := lists.Marshal(operation(t), length, func(_ context.Context, i int) graphql.Marshaler {
				now := open.Add(1)
				for was := most.Load(); now > was && !most.CompareAndSwap(was, now); was = most.Load() {
				}
				time.Sleep(10 * time.Millisecond)
				open.Add(-1)
				return graphql.MarshalInt(i)
			})
			if n := strings.Count(written(list), ","); n != length-1 {
				t.Errorf("%d of %d items", n+1, length)
			}
			// The first alone, the others sixteen at a time.
			rounds := 1 + (length-1+15)/16
			if took := time.Since(begun); took != time.Duration(rounds)*10*time.Millisecond {
				t.Errorf("%d items took %v, want %d rounds", length, took, rounds)
			}
			if want := max(1, min(16, length-1)); most.Load() != int64(want) {
				t.Errorf("%d at a time, want %d", most.Load(), want)
			}
		})
	}
}

// An item that panics takes its list with it and no other item, and says where
// it was.
func TestPanic(t *testing.T) {
	for _, wait := range []time.Duration{0, 10 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			ctx := operation(t)
			var made atomic.Int64
			list := lists.Marshal(ctx, 40, func(_ context.Context, i int) graphql.Marshaler {
				time.Sleep(wait)
				if i == 30 {
					panic("no item")
				}
				made.Add(1)
				return graphql.Null
			})
			if list != nil {
				t.Errorf("a list of %d items", len(list))
			}
			if made.Load() != 39 {
				t.Errorf("%d items made", made.Load())
			}
			errs := graphql.GetErrors(ctx)
			if len(errs) != 1 || errs[0].Path.String() != "[30]" {
				t.Errorf("errors %v", errs)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	list := lists.Marshal(operation(t), 0, func(context.Context, int) graphql.Marshaler { panic("an item") })
	if got := written(list); list == nil || got != "[]" {
		t.Errorf("written %s", got)
	}
}
