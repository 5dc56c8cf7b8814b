package rest

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/dek"
	"github.com/weir-registry/weir/registry/exporter"
)

// Config is what a Server is made of.
type Config struct {
	Registry *registry.Registry
	// Keys and Exporters may be nil: their paths are unknown then.
	Keys      *dek.Registry
	Exporters *exporter.Registry
	// Catalog may be nil, as Keys may. Names are how Confluent's clients name
	// what it has.
	Catalog *catalog.Catalog
	Names   confluent.Names
	// GraphQL answers at /graphql, ConfluentGraphQL at /catalog/graphql; nil
	// leaves a path unknown.
	GraphQL, ConfluentGraphQL http.Handler
	Settings                  Settings
	// Authenticate says who sent a request; an error is a 401. Nil makes
	// everybody anonymous.
	Authenticate func(*http.Request) (auth.Principal, error)
	// Progress is how far this node has come in the log. Nil leaves the
	// revision headers away; only tests of the edge alone do that.
	Progress Progress
	// Ready says whether the node can answer, and with forWrite whether it can
	// write; nil means always.
	Ready func(r *http.Request, forWrite bool) error
	// Leaving says that the node is about to stop: answers then ask clients to
	// close their connection. Nil means never.
	Leaving func() bool
	// Metrics is where this package's metrics go and what /metrics shows.
	Metrics *prometheus.Registry
	// AccessLog gets one line a request; nil for none.
	AccessLog *AccessLog
	Logger    *slog.Logger
	Now       func() time.Time
}

// Progress is how far a node has come in the log of all changes
// (docs/design.md 4): feed.Follower and feed.Log together.
type Progress interface {
	// Epoch names the database.
	Epoch() string
	// Applied is the revision up to which this node has everything.
	Applied() feed.Revision
	// Advance returns when everything up to a revision is applied.
	Advance(ctx context.Context, to feed.Revision) error
	// Head is the highest committed revision.
	Head(ctx context.Context) (feed.Revision, error)
	// Stale says for how long this node has heard nothing; 0 while it hears.
	Stale() time.Duration
}

// Server answers the wire. It is an http.Handler.
type Server struct {
	registry     *registry.Registry
	keys         *dek.Registry
	exporters    *exporter.Registry
	catalog      *catalog.Catalog
	names        confluent.Names
	counts       *confluent.Counts
	mounts       []*operation
	settings     Settings
	authenticate func(*http.Request) (auth.Principal, error)
	freshness    *freshness
	ready        func(r *http.Request, forWrite bool) error
	leaving      func() bool
	metrics      *metrics
	accessLog    *AccessLog
	logger       *slog.Logger
	now          func() time.Time
	// away tells the log of requests that the database did not answer: not of
	// each, as there may be thousands a second.
	away feed.Trouble

	root  *node
	calls callPool
	gzips gzipPool
	dates dates
}

// New makes a Server.
func New(config Config) *Server {
	s := &Server{
		registry:     config.Registry,
		keys:         config.Keys,
		exporters:    config.Exporters,
		catalog:      config.Catalog,
		names:        config.Names,
		counts:       confluent.NewCounts(),
		mounts:       slices.Concat(mount("/graphql", config.GraphQL), mount("/catalog/graphql", config.ConfluentGraphQL)),
		settings:     config.Settings,
		authenticate: config.Authenticate,
		ready:        config.Ready,
		leaving:      config.Leaving,
		accessLog:    config.AccessLog,
		logger:       config.Logger,
		now:          config.Now,
		root:         &node{},
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.away = feed.Trouble{Logger: s.logger, Level: slog.LevelError, Message: "requests are refused, the database does not answer"}
	if s.now == nil {
		s.now = time.Now
	}
	if config.Metrics == nil {
		config.Metrics = prometheus.NewRegistry()
	}
	if config.Progress != nil {
		s.freshness = &freshness{progress: config.Progress, linearizable: config.Settings.Linearizable}
	}
	s.metrics = newMetrics(config.Metrics)
	for _, op := range s.routes() {
		op.count = s.metrics.of(op.method, op.pattern)
		s.root.add(op)
	}
	return s
}

// ServeHTTP answers one request. What is refused before a path is known has no
// operation of its own, and is counted under an empty route.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := s.calls.get(s, w, r)
	c.start = s.now()
	count := s.metrics.unknown
	s.metrics.inFlight.Inc()
	defer func() {
		if fault := recover(); fault != nil {
			c.panicked(fault)
		}
		s.metrics.inFlight.Dec()
		took := s.now().Sub(c.start)
		count.observe(c.status, took)
		if s.accessLog != nil {
			s.accessLog.record(c, took)
		}
		s.calls.put(c)
	}()

	c.requestID = requestID(r)
	op, err := c.open()
	if op != nil {
		count = op.count
	}
	if err == nil {
		err = c.serve(op)
	}
	if err != nil {
		c.refuse(err)
	}
	if !c.sent {
		c.finish(op)
	}
	if r.Close {
		c.readOver()
	}
}

// open finds the operation of a request. It is nil with a nil error when the
// answer is there already (OPTIONS).
func (c *call) open() (op *operation, err error) {
	target := c.r.RequestURI
	if target == "" {
		target = c.r.URL.RequestURI()
	}
	segments, raw, err := splitPath(c.room[:0], target)
	c.segments, c.query = segments, query(raw)
	if err != nil {
		return nil, err
	}
	if c.segments, c.prefix, err = takeContext(c.segments); err != nil {
		return nil, err
	}
	if c.server.registry != nil {
		c.segments = followAlias(c.segments, c.server.registry.AliasOf)
	}
	route := c.server.root.find(c.segments, &c.args)
	if route != nil {
		op = route.operation(c.r.Method)
	}
	if c.crossOrigin() {
		return nil, nil
	}
	if err := c.identify(op); err != nil {
		return op, err
	}
	switch {
	case route == nil:
		return nil, errNotFound
	case op == nil && c.r.Method == http.MethodOptions:
		c.options(route)
		return nil, nil
	case op == nil:
		return nil, errMethod
	}
	return op, nil
}

// identify asks who sends the request. It comes before the answer to an
// unknown path, so that strangers learn nothing of the paths.
func (c *call) identify(op *operation) (err error) {
	if c.server.authenticate == nil || op != nil && op.own {
		return nil
	}
	if c.principal, err = c.server.authenticate(c.r); err != nil {
		c.w.Header().Set("WWW-Authenticate", `Basic realm="weir"`)
		return errUnauthorized
	}
	if c.principal.Name != "" {
		c.ctx = auth.With(c.ctx, c.principal)
	}
	return nil
}

// serve negotiates the types and runs the operation.
func (c *call) serve(op *operation) (err error) {
	if op == nil {
		return nil
	}
	if !op.own && !op.passed {
		if err := accepts(c.r.Header["Content-Type"], op.takes...); err != nil {
			return err
		}
		if c.media, err = negotiate(c.r.Header["Accept"], op.offers); err != nil {
			return err
		}
	}
	if op.fresh && c.server.freshness != nil {
		if err := c.server.freshness.wait(c); err != nil {
			return err
		}
	}
	if op.method != http.MethodGet && !op.passed {
		return c.serveBounded(op)
	}
	return op.serve(c)
}

// serveBounded runs an operation that works for longer than a look into
// memory: it has a deadline, and when it writes it leaves its trail.
func (c *call) serveBounded(op *operation) error {
	ctx, cancel := context.WithTimeout(c.ctx, c.server.settings.Timeout)
	defer cancel()
	c.ctx = ctx
	if op.write {
		c.ctx = registry.WithRevision(registry.WithOrigin(ctx, c.origin()), &c.committed)
	}
	err := op.serve(c)
	if op.write && err == nil && c.status < http.StatusMultipleChoices && c.server.freshness != nil {
		c.server.freshness.report(c)
	}
	return err
}

// origin says who asks, for the audit trail.
func (c *call) origin() feed.Origin {
	client := c.r.Header.Get("Confluent-Client-Version")
	if client == "" {
		client = c.r.UserAgent()
	}
	return feed.Origin{Actor: c.principal.Name, Client: client, Address: c.r.RemoteAddr, RequestID: c.requestID}
}

// refuse makes an error the answer.
func (c *call) refuse(err error) {
	refused, known := c.server.refusalOf(err)
	if !known {
		c.server.logger.Error("request failed", "method", c.r.Method, "path", c.r.RequestURI, "request", c.requestID, "error", err)
	}
	if refused.status == http.StatusServiceUnavailable {
		c.w.Header()["Retry-After"] = []string{"1"}
	}
	if refused == errUnavailable || refused == errUnknown {
		c.server.away.Tell(err, "method", c.r.Method, "path", c.r.RequestURI, "request", c.requestID)
	}
	if c.media == "" || c.media == typeDifferences || c.media == typeEvents || c.media == typeYAML || refused.form != negotiatedForm {
		c.media = c.refusalMedia(refused.form)
	}
	c.status = refused.status
	c.out = appendRefusal(c.out[:0], refused)
}

// refusalMedia gives the type of a refusal; what it cannot negotiate is the
// first type of the wire.
func (c *call) refusalMedia(f form) string {
	switch f {
	case untypedForm:
		return ""
	case jsonForm:
		return typeJSON
	}
	media, err := negotiate(c.r.Header["Accept"], wireTypes)
	if err != nil {
		return typeV1
	}
	return media
}

// panicked answers a panic like any fault of ours, unless the answer is on its
// way already.
func (c *call) panicked(fault any) {
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	c.server.logger.Error("panic", "method", c.r.Method, "path", c.r.RequestURI, "request", c.requestID, "panic", fault, "stack", string(debug.Stack()))
	if !c.sent {
		c.refuse(errInternal)
		c.finish(nil)
	}
}
