package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
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
	DB                  string        `name:"db" default:"weir.db" help:"Path of a SQLite file, or a URL postgres://…." placeholder:"PATH|URL"`
	NoMigrate           bool          `help:"Leave the database's tables as they are."`
	ConfluentProperties string        `type:"existingfile" help:"Properties file of Confluent's server, taken as it is." placeholder:"FILE"`
	DropRuleSets        bool          `help:"Drop rule sets, as Confluent's community server does."`
	IncompatibleCode    int           `enum:"409,40901" default:"40901" help:"The error_code of an incompatible schema."`
	Consistency         string        `enum:"bounded,linearizable" default:"bounded" help:"What reads see of the writes of other nodes."`
	InsecureNoAuth      bool          `help:"Listen beyond loopback although everybody may do everything."`
	AccessLog           string        `default:"stdout" help:"Where the access log goes: stdout, stderr, off, or a file." placeholder:"WHERE"`
	LogLevel            slog.Level    `default:"info" help:"What is logged: debug, info, warn or error."`
	LogFormat           string        `enum:"text,json" default:"text" help:"The form of the log."`
	Drain               time.Duration `default:"2s" help:"How long clients are told to leave before the server stops." placeholder:"DURATION"`
}

// Run serves until ctx ends or a part fails.
func (command *serveCommand) Run(ctx context.Context) error {
	logger := command.logger()
	s := defaultSettings()
	if command.ConfluentProperties != "" {
		if err := readConfluentProperties(command.ConfluentProperties, s, logger); err != nil {
			return err
		}
	}
	command.override(s)
	addresses := command.addresses(s)
	if err := checkExposure(addresses, s.wantsAuth, command.InsecureNoAuth); err != nil {
		return err
	}
	tuneMemory()

	access, closeAccess, err := openAccessLog(command.AccessLog)
	if err != nil {
		return err
	}
	defer closeAccess()

	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	d := newDoor(addresses, s, logger)
	n, err := openNode(ctx, nodeConfig{
		database:  command.DB,
		noMigrate: command.NoMigrate,
		settings:  s,
		metrics:   metrics,
		access:    access,
		logger:    logger,
		door:      d,
	})
	if err != nil {
		return errors.Join(err, d.close())
	}
	defer n.close()

	if err := n.start(ctx); err != nil {
		return errors.Join(err, d.close())
	}
	d.serve(n.server)
	if err := d.open(ctx); err != nil {
		return err
	}
	logger.Info("serving", "addresses", d.addresses(), "database", n.engine(), "cluster", n.clusterID(), "version", version())

	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return n.run(running) })
	group.Go(func() error {
		<-running.Done()
		n.leave()
		return d.drain(command.Drain)
	})
	group.Go(func() error { return d.wait() })
	err = group.Wait()
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		logger.Info("stopped")
		return nil
	}
	return err
}

// override applies the flags over what a properties file has said.
func (command *serveCommand) override(s *settings) {
	s.registry.DropRuleSets = command.DropRuleSets
	if command.IncompatibleCode == http.StatusConflict {
		s.rest.IncompatibleCode = http.StatusConflict
	}
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
	options := &slog.HandlerOptions{Level: command.LogLevel}
	if command.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
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
