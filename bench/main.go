// Command bench measures weir beside a limit in one run, and prints ratios.
//
// A figure of its own says little on a shared machine. So every row names a
// limit (a bare net/http handler, pgbench, receive-and-drop), runs both in
// turns, and prints the medians of 7 rounds and their ratio. A row whose limit
// varied by more than 25 % between its own rounds is measured again, and
// refused when it goes on varying: the machine was too noisy to tell.
//
//	go run ./bench [-only R1,W1] [-rounds 7] [-versions 1000000] [-subjects 100000] [-json FILE]
//
// Server CPU is read from the kernel's accounting of the server's process
// (/proc), never from the load generator's. The rows are those of the
// project's issues "The registry runs" and "The catalog and GraphQL"; row.go says how to add one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		serveBare(os.Args[2:])
		return
	}
	only := flag.String("only", "", "rows to run, joined by commas (all)")
	out := flag.String("json", "", "write the table as JSON to this file")
	s := settings{}
	flag.IntVar(&s.rounds, "rounds", 7, "counted rounds of each side")
	flag.IntVar(&s.versions, "versions", 1_000_000, "versions in the large registries")
	flag.IntVar(&s.subjects, "subjects", 100_000, "subjects in the search index, with about twenty fields each")
	flag.DurationVar(&s.slice, "slice", defaultSlice, "how long one side of one round runs")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s, *only, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings, only, out string) error {
	env, err := newEnvironment(s)
	if err != nil {
		return err
	}
	defer env.close()
	wanted := map[string]bool{}
	for name := range strings.SplitSeq(only, ",") {
		if name != "" {
			wanted[name] = true
		}
	}
	var table report
	for _, r := range rows {
		if len(wanted) > 0 && !wanted[r.name] {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: %s\n", r.name, r.what)
		lines, err := r.measure(ctx, env)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		table.Lines = append(table.Lines, lines...)
		for _, l := range lines {
			fmt.Fprintln(os.Stderr, "  "+l.String())
		}
	}
	table.print(os.Stdout)
	if out != "" {
		return table.write(out)
	}
	return nil
}
