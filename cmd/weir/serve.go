package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/weir-registry/weir/rest"
	"golang.org/x/sync/errgroup"
)

// serveCommand is `weir serve`. The defaults that a properties file may change
// are not written as defaults of flags: a flag that is given wins over the
// file, which wins over the default.
type serveCommand struct {
	Listen              []string      `help:"Addresses to listen on; 127.0.0.1:8081 when neither this nor a properties file names one." placeholder:"HOST:PORT"`
	DB                  string        `name:"db" default:"weir.db" help:"Path of a SQLite file, weir.db when none is given, or a URL postgres://…." placeholder:"PATH|URL"`
	NoMigrate           bool          `help:"Leave the database's tables as they are."`
	ConfluentProperties string        `type:"existingfile" help:"Properties file of Confluent's server, taken as it is." placeholder:"FILE"`
	DropRuleSets        bool          `help:"Drop rule sets, as Confluent's community server does."`
	IncompatibleCode    int           `enum:"409,40901" default:"40901" help:"The error_code of an incompatible schema."`
	Consistency         string        `enum:"bounded,linearizable" default:"bounded" help:"What reads see of the writes of other nodes."`
	InsecureNoAuth      bool          `help:"Listen beyond loopback although everybody may do everything."`
	AccessLog           string        `default:"stdout" help:"Where the access log goes: stdout, stderr, off, or a file." placeholder:"WHERE"`
	LogLevel            slog.Level    `default:"info" help:"What is logged: debug, info, warn or error."`
	LogFormat           string        `enum:"text,json" default:"text" help:"The form of the log."`
	GraphQL             graphqlFlags  `embed:"" prefix:"graphql-"`
	Drain               time.Duration `default:"2s" help:"How long clients are told to leave before the server stops." placeholder:"DURATION"`

	logTo io.Writer // where the log goes; nil means standard error
}

// Validate finds what no flag's type can.
func (command *serveCommand) Validate() error {
	if command.Drain < 0 {
		return errors.New("--drain must not be negative")
	}
	return nil
}

// Run serves until ctx ends or a part fails.
func (command *serveCommand) Run(ctx context.Context) error {
	s, err := command.start(ctx)
	if err != nil {
		if ctx.Err() != nil && errors.Is(err, context.Canceled) {
			return nil // told to stop while it waited for its database
		}
		return err
	}
	err = s.wait(ctx)
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		s.logger.Info("stopped")
		return nil
	}
	return err
}

// service is a running `weir serve`.
type service struct {
	command *serveCommand
	logger  *slog.Logger
	door    *door
	node    *node
	// closers are run at the end, the last first.
	closers []func()
}

// start makes all parts, the first needed first, and opens the door.
func (command *serveCommand) start(ctx context.Context) (_ *service, err error) {
	s := &service{command: command, logger: command.logger()}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	settings := defaultSettings()
	if command.ConfluentProperties != "" {
		if err := readConfluentProperties(command.ConfluentProperties, settings, s.logger); err != nil {
			return nil, err
		}
	}
	command.override(settings)
	addresses := command.addresses(settings)
	if err := checkExposure(addresses, settings.wantsAuth, command.InsecureNoAuth); err != nil {
		return nil, err
	}
	tuneMemory()
	access, closeAccess, err := openAccessLog(command.AccessLog)
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, closeAccess)
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	s.door = newDoor(addresses, settings, s.logger)
	if err := s.door.listen(ctx); err != nil {
		return nil, err
	}
	s.node, err = openNode(ctx, nodeConfig{
		database:  command.DB,
		noMigrate: command.NoMigrate,
		settings:  settings,
		metrics:   metrics,
		access:    access,
		logger:    s.logger,
		door:      s.door,
	})
	if err != nil {
		return nil, err
	}
	s.closers = append(s.closers, s.node.close)
	if err := s.node.start(ctx); err != nil {
		return nil, err
	}
	s.door.serve(s.node.server)
	s.door.open()
	s.logger.Info("serving", "addresses", s.door.addresses(), "database", s.node.engine(), "cluster", s.node.clusterID(), "version", version())
	return s, nil
}

// wait returns when ctx has ended and the last request is answered, or when a
// part has failed; everything is closed then.
func (s *service) wait(ctx context.Context) error {
	defer s.close()
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return s.node.run(running) })
	group.Go(func() error {
		<-running.Done()
		s.node.leave()
		return s.door.drain(s.command.Drain)
	})
	group.Go(s.door.wait)
	return group.Wait()
}

func (s *service) close() {
	if s.door != nil {
		if err := s.door.close(); err != nil {
			s.logger.Error("door not closed", "error", err)
		}
	}
	for _, end := range slices.Backward(s.closers) {
		end()
	}
	s.closers = nil
}

// override applies the flags over what a properties file has said.
func (command *serveCommand) override(s *settings) {
	s.registry.DropRuleSets = command.DropRuleSets
	if command.IncompatibleCode == http.StatusConflict {
		s.rest.IncompatibleCode = http.StatusConflict
	}
	s.graphql = command.GraphQL.limits()
	s.rest.Linearizable = command.Consistency == "linearizable"
}

func (command *serveCommand) addresses(s *settings) []string {
	switch {
	case len(command.Listen) > 0:
		return command.Listen
	case len(s.addresses) > 0:
		return s.addresses
	}
	return []string{"127.0.0.1:8081"}
}

func (command *serveCommand) logger() *slog.Logger {
	var out io.Writer = os.Stderr
	if command.logTo != nil {
		out = command.logTo
	}
	options := &slog.HandlerOptions{Level: command.LogLevel}
	if command.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}

// openAccessLog opens where the access log goes; nil for nowhere.
func openAccessLog(where string) (*rest.AccessLog, func(), error) {
	var out io.Writer
	closeFile := func() error { return nil }
	switch where {
	case "off", "":
		return nil, func() {}, nil
	case "stdout", "-":
		out = os.Stdout
	case "stderr":
		out = os.Stderr
	default:
		file, err := os.OpenFile(where, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
		if err != nil {
			return nil, nil, fmt.Errorf("access log: %w", err)
		}
		out, closeFile = file, file.Close
	}
	log := rest.NewAccessLog(out)
	return log, func() {
		log.Close()
		_ = closeFile()
	}, nil
}
