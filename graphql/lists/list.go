// Package lists makes the items of a list of GraphQL, in place of gqlgen's
// function for it, which starts a goroutine for each item: where items are
// looked up in memory, starting it and growing its small stack takes longer than
// the item does.
//
// In come the length of a list and a function that makes one item, which
// gqlgen wrote; out come the items. They are made one by one, in the goroutine
// that asks. A list that takes longer than memory does (its items read the
// change log, or are many) gets helpers.
//
// It knows gqlgen alone. listgen below it puts it into generated code; nobody
// else uses it.
package lists

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// patience is how long a list is made without help: a page of a hundred objects
// from memory takes about half of it, a read of the log most of it.
const patience = time.Millisecond

// most is how many goroutines make one list. A database has about as many
// connections; more would only wait there.
const most = 16

// list is a list that is being made.
type list struct {
	ctx  context.Context
	make func(ctx context.Context, i int) graphql.Marshaler
	// items are all, in their order; the first taken of them are made, or being
	// made.
	items  graphql.Array
	taken  atomic.Int64
	failed atomic.Bool
}

// Marshal makes a list of a length. item gets a context with the item's place in
// the answer, as gqlgen's [graphql.MarshalSliceConcurrently] gives it, and as
// there the list is nil when making an item panics.
func Marshal(ctx context.Context, length int, item func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	l := &list{ctx: ctx, make: item, items: make(graphql.Array, length)}
	var helpers sync.WaitGroup
	begun, alone := time.Now(), true
	for i := l.take(); i < length; i = l.take() {
		l.one(i)
		if left := length - 1 - i; alone && left > 1 && time.Since(begun) > patience {
			alone = false
			for range min(most, left) - 1 {
				helpers.Go(l.rest)
			}
		}
	}
	helpers.Wait()
	if l.failed.Load() {
		return nil
	}
	return l.items
}

// take gives the next item that nobody has begun.
func (l *list) take() int { return int(l.taken.Add(1)) - 1 }

// rest makes items for as long as there are some.
func (l *list) rest() {
	for i := l.take(); i < len(l.items); i = l.take() {
		l.one(i)
	}
}

// one makes an item.
func (l *list) one(i int) {
	ctx := graphql.WithFieldContext(l.ctx, &graphql.FieldContext{Index: &i})
	defer func() {
		if fault := recover(); fault != nil {
			graphql.AddError(ctx, graphql.Recover(ctx, fault))
			l.failed.Store(true)
		}
	}()
	l.items[i] = l.make(ctx, i)
}
