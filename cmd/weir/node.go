package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql"
	graphqlconfluent "github.com/weir-registry/weir/graphql/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/dek"
	"github.com/weir-registry/weir/registry/exporter"
	"github.com/weir-registry/weir/rest"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"golang.org/x/sync/errgroup"
)

// closeTimeout is how long the commits that wait may take at the end.
const closeTimeout = 10 * time.Second

// nodeConfig is what a node is made of.
type nodeConfig struct {
	database  string
	noMigrate bool
	settings  *settings
	metrics   *prometheus.Registry
	access    *rest.AccessLog
	logger    *slog.Logger
	// door is opened early when the database is away, so that the node can say
	// so.
	door *door
}

// node is one running weir: store, follower, domains and the wire.
type node struct {
	config    nodeConfig
	store     *store.Store
	epoch     string
	follower  *feed.Follower
	registry  *registry.Registry
	catalog   *catalog.Catalog
	exporters *exporter.Registry
	server    *rest.Server
	leaving   atomic.Bool
}

// openNode opens the store, loads the domains and puts the wire in front. A
// PostgreSQL that does not answer is waited for.
func openNode(ctx context.Context, config nodeConfig) (_ *node, err error) {
	n := &node{config: config}
	if n.store, err = n.openStore(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			n.close()
		}
	}()
	if n.epoch, err = n.store.Epoch(ctx); err != nil {
		return nil, err
	}
	n.follower = feed.NewFollower(n.store, feed.FollowerOptions{Logger: config.logger})
	n.store.Follow(n.follower)
	begin := time.Now()
	n.registry, err = registry.New(ctx, registry.Options{
		Store:    n.store,
		Log:      n.store,
		Follower: n.follower,
		Formats:  format.All(),
		Auth:     auth.AllowAll{},
		Settings: config.settings.registry,
		Logger:   config.logger,
	})
	if err != nil {
		return nil, err
	}
	proposer := feed.Proposer{
		Committer: n.store,
		Log:       n.store,
		Advance:   n.follower.Advance,
		Origin:    registry.OriginOf,
		Committed: func(ctx context.Context, at feed.Revision) {
			registry.ReportRevision(ctx, feed.Cursor{Epoch: n.epoch, Revision: at})
		},
		NewID: newCommandID,
	}
	keys, err := dek.New(ctx, dek.Options{
		Store:    n.store,
		Log:      n.store,
		Proposer: proposer,
		Auth:     auth.AllowAll{},
		Mode: func(ctx context.Context, s registry.Subject) (string, error) {
			return n.registry.Mode(ctx, s, true)
		},
		Drivers: map[string]dek.Driver{dek.LocalType: dek.Local{}},
		MaxKeys: config.settings.maxKeys,
		Now:     time.Now,
	})
	if err != nil {
		return nil, err
	}
	n.exporters, err = exporter.New(ctx, exporter.Options{Store: n.store, Log: n.store, Proposer: proposer, Auth: auth.AllowAll{}})
	if err != nil {
		return nil, err
	}
	n.catalog, err = catalog.New(ctx, catalog.Options{
		Store: n.store, Registry: n.registry, Proposer: proposer, Auth: auth.AllowAll{}, Cluster: clusterOf, Epoch: n.epoch, Logger: config.logger,
	})
	if err != nil {
		return nil, err
	}
	n.follower.Attach(n.registry)
	n.follower.Attach(n.catalog) // behind the registry: it reads the registry's snapshot
	n.follower.Attach(keys)
	n.follower.Attach(n.exporters)
	config.logger.Info("loaded", "revision", n.registry.Snapshot().Revision(), "took", time.Since(begin).Round(time.Millisecond))

	config.settings.rest.ClusterID = n.store.ClusterID()
	names := confluent.Names{Registry: n.store.ClusterID(), Cluster: clusterOf}
	n.server = rest.New(rest.Config{
		Registry:  n.registry,
		Keys:      keys,
		Exporters: n.exporters,
		Catalog:   n.catalog,
		Names:     names,
		GraphQL: graphql.New(graphql.Config{
			Catalog: n.catalog, Registry: n.registry, Limits: config.settings.graphql, Logger: config.logger,
		}),
		ConfluentGraphQL: graphqlconfluent.New(graphqlconfluent.Config{Catalog: n.catalog, Names: names, Logger: config.logger}),

		Settings:  config.settings.rest,
		Progress:  progress{n},
		Ready:     n.ready,
		Leaving:   n.leaving.Load,
		Metrics:   config.metrics,
		AccessLog: config.access,
		Logger:    config.logger,
	})
	return n, nil
}

// clusterOf is the Kafka cluster that a context is bound to.
func clusterOf(registry.Context) string { return catalog.DefaultCluster }

// newCommandID makes the id of a command: a random UUID without its hyphens.
func newCommandID() string {
	id := uuid.New()
	return hex.EncodeToString(id[:])
}

// openStore opens the database; one that is away is tried again until ctx
// ends, with the door open so that the node's health can be asked for.
func (n *node) openStore(ctx context.Context) (*store.Store, error) {
	trouble := &feed.Trouble{
		Logger: n.config.logger, Level: slog.LevelWarn,
		Message: "the database is away, will try again", Over: "the database is there",
	}
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		s, err := store.Open(ctx, store.Config{Database: n.config.database, NoMigrate: n.config.noMigrate, Logger: n.config.logger})
		if err == nil || !errors.Is(err, feed.ErrUnavailable) {
			trouble.End()
			return s, err
		}
		trouble.Tell(err)
		n.config.door.open()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// run follows the feed and lets the exporters work until ctx ends. The
// follower goes on after that until the last request is answered: close stops
// it.
func (n *node) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		select {
		case <-ctx.Done():
			return nil
		case <-n.follower.Done():
			return fmt.Errorf("the follower has ended: %w", n.follower.Stop())
		}
	})
	workers := exporter.Workers{
		Registry: n.exporters,
		Source:   source{n.registry},
		Leases:   n.store,
		Holder:   newCommandID(),
		Cluster:  n.store.ClusterID(),
		Now:      time.Now,
		Logger:   n.config.logger,
	}
	group.Go(func() error {
		if err := workers.Run(ctx); ctx.Err() == nil {
			return err
		}
		return nil
	})
	group.Go(func() error {
		if err := n.catalog.Run(ctx); ctx.Err() == nil {
			return err
		}
		return nil
	})
	return group.Wait()
}

// start begins to follow the feed and catches up with it.
func (n *node) start(ctx context.Context) error {
	n.follower.Start(context.WithoutCancel(ctx), n.registry.Snapshot().Revision())
	head, err := n.store.Head(ctx)
	if err != nil {
		return err
	}
	return n.follower.Advance(ctx, head)
}

// leave makes the node say that it is going.
func (n *node) leave() { n.leaving.Store(true) }

// close ends what openNode began, in reverse order.
func (n *node) close() {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	if n.follower != nil {
		if err := n.follower.Stop(); err != nil {
			n.config.logger.Error("follower stopped", "error", err)
		}
	}
	if err := n.store.Close(ctx); err != nil {
		n.config.logger.Error("store not closed", "error", err)
	}
}

// ready says whether the node can answer, and whether it can write.
func (n *node) ready(r *http.Request, forWrite bool) error {
	if n.leaving.Load() {
		return errors.New("shutting down")
	}
	if !forWrite {
		return nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := n.store.Head(ctx); err != nil {
		return errors.New("the database does not answer")
	}
	return nil
}

func (n *node) clusterID() string { return n.store.ClusterID() }

// engine names the kind of database, without its address.
func (n *node) engine() string {
	if strings.HasPrefix(n.config.database, "postgres") {
		return "postgresql"
	}
	return "sqlite"
}

// progress is rest.Progress: how far this node has come.
type progress struct{ *node }

func (p progress) Epoch() string          { return p.epoch }
func (p progress) Applied() feed.Revision { return p.follower.Applied() }
func (p progress) Advance(ctx context.Context, to feed.Revision) error {
	return p.follower.Advance(ctx, to)
}
func (p progress) Stale() time.Duration                            { return p.follower.Stale() }
func (p progress) Head(ctx context.Context) (feed.Revision, error) { return p.store.Head(ctx) }
