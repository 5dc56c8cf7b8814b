// Command weir is the whole product: `weir serve` runs the registry on SQLite
// or PostgreSQL, `weir migrate` brings a database up to date, `weir import`
// copies another registry into this one, `weir apply` and `weir export` carry
// metadata as code to and from a running weir, `weir version` says what this is.
//
// In come flags, environment variables (WEIR_… for every flag), one YAML file
// and, for those who come from Confluent, their properties file; out comes the
// running server, or an exit code other than 0 and the reason on standard
// error. This package only wires: it makes the logger, the metrics registry
// and the clock, opens the store, and hands them down; it decides nothing that
// the wire shows. Nobody imports it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commandLine is what weir understands.
type commandLine struct {
	Config kong.ConfigFlag `help:"YAML file with values for flags, a key for each." placeholder:"FILE"`

	Serve   serveCommand   `cmd:"" help:"Run the registry."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's tables up to date and exit."`
	Import  importCommand  `cmd:"" help:"Copy a running Confluent-compatible registry into a running weir."`
	Apply   applyCommand   `cmd:"" help:"Make a named set in a running weir say what YAML documents say (exit code 0: done; 1: an error; 2: a dry run found changes)."`
	Export  exportCommand  `cmd:"" help:"Write what a running weir knows in the form that apply takes."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
}

func main() {
	err := run(os.Args[1:], os.Stdout)
	if err == nil {
		return
	}
	if err.Error() != "" {
		fmt.Fprintln(os.Stderr, "weir:", err)
	}
	code := 1
	if exit, ok := errors.AsType[*exitError](err); ok {
		code = exit.code
	}
	os.Exit(code)
}

// run carries out a command line; out is where answers go.
func run(args []string, out io.Writer) error {
	parser, err := newParser(&commandLine{})
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	command.BindTo(ctx, (*context.Context)(nil))
	command.BindTo(out, (*io.Writer)(nil))
	return command.Run()
}

func newParser(line *commandLine) (*kong.Kong, error) {
	return kong.New(
		line,
		kong.Name("weir"),
		kong.Description("A schema registry that Confluent's clients cannot tell from Confluent's, on SQLite or PostgreSQL."),
		kong.DefaultEnvars("WEIR"),
		kong.Configuration(yamlConfiguration),
	)
}
