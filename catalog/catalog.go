// Package catalog knows every stream and field, and what people say of them.
//
// # What comes in
//
// Two things, through the node's one follower. What was registered: the
// [registry.Snapshot] of the same revision, from whose outlines subjects,
// versions, records, logical fields and topics are derived; they are never
// rows. And what people, clients and files say (descriptions, owners, tags,
// terms, domains, deprecations, links, business metadata: [Edit]; and the
// things that they speak of: [Definition]), which is always rows.
//
// # What goes out
//
// A [View]: all of it at one revision, immutable. Values from schemas and from
// people stand side by side in it, each with its [Source]; neither overwrites
// the other. [Catalog.Search] asks the index (package search), which is brought
// up to the view before it answers, so that what was registered a moment ago on
// this node is found. [Catalog.History] and [Catalog.Changes] read the change
// log; [Catalog.ViewAt] undoes it, for what an entity was at a revision.
//
// # Who may know it
//
// rest, graphql and the packages below this one. It knows the registry and no
// transport, no SQL and no names of Confluent's entity types: those are the
// edge's (rest/confluent and graphql/confluent). Every method that takes a
// context asks auth.Authorizer with the principal in it, once for each entity
// it shows or changes.
//
// The rules are those of catalog-api.md sections 9 and 10 and of docs/design.md
// sections 3 and 7.
package catalog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// Options is what a Catalog needs.
type Options struct {
	Store    Store
	Registry *registry.Registry
	// Proposer commits the commands of Do.
	Proposer feed.Proposer
	Auth     auth.Authorizer // nil allows everything
	// Cluster is the Kafka cluster that a context is bound to; nil is
	// DefaultCluster for all.
	Cluster func(registry.Context) string
	// Epoch names the database; empty asks the Store.
	Epoch  string
	Now    func() int64 // microseconds; nil is the clock
	Logger *slog.Logger
	// CacheBytes bounds the cache of logical fields; 0 means 64 MiB.
	CacheBytes int
}

// DefaultCluster is the cluster of all contexts until one is attached
// (docs/design.md section 3).
const DefaultCluster = "default"

// Catalog is the catalog of a node. It is safe for concurrent use.
type Catalog struct {
	options Options
	view    atomic.Pointer[View]
	fields  *fieldCache
	index   *indexing
	tail    *feed.Tail // of the log, for those who follow the changes
	moved   alarm      // rings whenever there is a newer view
}

// tailBytes is how much of the log's end is kept in memory.
const tailBytes = 4 << 20

// New loads the catalog: its rows, and what the registry's snapshot says. The
// caller attaches it to the node's follower behind the registry, before the
// follower starts from the registry's revision. The search index is made by
// [Catalog.Run], or by whoever asks it first.
func New(ctx context.Context, o Options) (*Catalog, error) {
	if o.Store == nil || o.Registry == nil {
		return nil, errors.New("catalog: a store and a registry are needed")
	}
	o = o.withDefaults()
	if o.Epoch == "" {
		epoch, err := o.Store.Epoch(ctx)
		if err != nil {
			return nil, fmt.Errorf("catalog: %w", err)
		}
		o.Epoch = epoch
	}
	c := &Catalog{options: o, fields: newFieldCache(o.CacheBytes), index: newIndexing()}
	// The registry's revision was noted before its first read, and the
	// follower starts from there: what is read here that is newer is applied
	// again, which does no harm.
	snapshot := o.Registry.Snapshot()
	c.tail = feed.NewTail(snapshot.Revision(), tailBytes)
	said, err := loadSaid(ctx, o.Store)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	c.view.Store(&View{
		catalog: c, revision: snapshot.Revision(), registry: snapshot, said: said,
		topics: gatherLater(snapshot, o.Cluster),
	})
	return c, nil
}

// Apply makes the next view out of changes and publishes it. The node's
// follower calls it, from one goroutine, after the registry. It does little:
// what the changes mean for the search index is found out when somebody
// searches, or by Run.
func (c *Catalog) Apply(_ context.Context, changes []feed.Change) error {
	if len(changes) == 0 {
		return nil
	}
	before := c.view.Load()
	next := &View{
		catalog: c, registry: c.options.Registry.Snapshot(), said: before.said, topics: before.topics,
		revision: max(before.revision, changes[len(changes)-1].Revision),
	}
	var err error
	if next.said, err = before.said.apply(changes); err != nil {
		return err
	}
	t := newTouched()
	t.by(changes, before.registry)
	for s := range t.rewritten {
		c.fields.rewritten.Store(s, next.revision)
	}
	next.topics = before.topics.follow(before.registry, next.registry, t, c.options.Cluster)
	c.tail.Note(changes)
	c.index.note(t, func() { c.view.Store(next) })
	c.moved.wake()
	return nil
}

// View is the catalog at the newest revision that the node has.
func (c *Catalog) View() *View { return c.view.Load() }

// withDefaults fills in what is not given.
func (o Options) withDefaults() Options {
	if o.Auth == nil {
		o.Auth = auth.AllowAll{}
	}
	if o.Cluster == nil {
		o.Cluster = func(registry.Context) string { return DefaultCluster }
	}
	if o.Now == nil {
		o.Now = func() int64 { return time.Now().UnixMicro() }
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	return o
}
