package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/weir-registry/weir/registry/remote"
	"github.com/weir-registry/weir/transfer"
)

// importCommand is `weir import`.
type importCommand struct {
	From         string `required:"" help:"URL of the Confluent-compatible registry to copy." placeholder:"URL"`
	To           string `default:"http://127.0.0.1:8081" help:"URL of the weir to copy into, http://127.0.0.1:8081 when none is given." placeholder:"URL"`
	FromAuthFile string `type:"existingfile" help:"File with user:password, or a bearer token, for the source." placeholder:"FILE"`
	ToAuthFile   string `type:"existingfile" help:"The same for the target." placeholder:"FILE"`
	DryRun       bool   `help:"Read and compare, write nothing."`
	Workers      int    `default:"16" help:"Requests under way at a time."`
}

// errDiffers ends a run whose target is not what the source is.
var errDiffers = errors.New("not everything could be copied: the target differs from the source")

// Run copies, prints what it did, and fails when the registries differ at the
// end.
func (command *importCommand) Run(ctx context.Context) error {
	from, err := dial(command.From, command.FromAuthFile)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	to, err := dial(command.To, command.ToAuthFile)
	if err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	summary, err := transfer.Import(ctx, transfer.Options{
		From: from, To: to, DryRun: command.DryRun, Workers: command.Workers, Progress: progressLines(),
	})
	if err != nil {
		return fmt.Errorf("stopped midway, run it again to go on: %w", err)
	}
	printSummary(summary, command.DryRun)
	if summary.Failures > 0 || summary.Differences > 0 && !command.DryRun {
		return errDiffers
	}
	return nil
}

// dial makes a client whose credentials come from a file, never from the
// command line.
func dial(url, authFile string) (*remote.Client, error) {
	o := remote.Options{URL: url, Retrying: retryLines()}
	if authFile != "" {
		data, err := os.ReadFile(authFile)
		if err != nil {
			return nil, err
		}
		secret := strings.TrimSpace(string(data))
		if user, password, ok := strings.Cut(secret, ":"); ok {
			o.Username, o.Password = user, password
		} else {
			o.Token = secret
		}
	}
	return remote.New(o)
}

// retryLines prints a fault that may pass, at most every two seconds.
func retryLines() func(error) {
	var mu sync.Mutex
	var last time.Time
	return func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(last) >= 2*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "trying again: %v\n", err)
		}
	}
}

// progressLines prints at most one line a second, and the last of each phase.
func progressLines() func(phase string, done, total int) {
	var mu sync.Mutex
	var last time.Time
	return func(phase string, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if done != total && time.Since(last) < time.Second {
			return
		}
		last = time.Now()
		if total > 0 {
			fmt.Fprintf(os.Stderr, "%s: %d of %d\n", phase, done, total)
		} else {
			fmt.Fprintf(os.Stderr, "%s: %d\n", phase, done)
		}
	}
}

func printSummary(s transfer.Summary, dry bool) {
	fmt.Printf("source: %d contexts, %d subjects, %d versions (%d soft-deleted), %d configs, %d modes, %d associations, %d KEKs, %d DEKs\n",
		s.Contexts, s.Subjects, s.Versions, s.Deleted, s.Configs, s.Modes, s.Associations, s.Keks, s.Deks)
	if dry {
		fmt.Printf("dry run: %d differences, nothing was written\n", s.Differences)
	} else {
		fmt.Printf("copied %d versions, %d were there already; compared both at the end: %d differences\n", s.Copied, s.Present, s.Differences)
	}
	for _, d := range s.Described {
		fmt.Println("  " + d)
	}
	if more := s.Differences - len(s.Described); more > 0 {
		fmt.Printf("  and %d more\n", more)
	}
	if s.Failures > 0 {
		fmt.Printf("refused by one of the registries, and passed over: %d\n", s.Failures)
		for _, r := range s.Refused {
			fmt.Println("  " + r)
		}
	}
	fmt.Printf("took %s\n", s.Took.Round(time.Millisecond))
}
