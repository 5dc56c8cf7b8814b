// Package transfer moves whole registries: so far, into weir from a running
// Confluent-compatible registry ([Import]).
//
// In go two registries by URL (package registry/remote), out comes the target
// with everything that the source has: contexts, subjects, versions with their
// ids and numbers, soft-deleted ones, references, metadata, rule sets, configs,
// modes, associations, and the keys of the DEK registry. The target is read first and only
// what is missing is written, so an import that was cut short goes on where it
// stopped; at the end both are read again and compared. What a registry refuses
// is named and passed over. What a registry does not list cannot be found:
// configs and modes of subjects that have no version stay behind. The package
// knows no snapshot and no store.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/weir-registry/weir/registry/remote"
)

// Options shape an import.
type Options struct {
	From, To *remote.Client
	// DryRun reads and compares, and writes nothing.
	DryRun bool
	// Workers is how many requests are under way at a time; 0 means 16.
	Workers int
	// Progress is called now and then with what is being done; it may be nil.
	// It must be safe for concurrent use.
	Progress func(phase string, done, total int)
}

// Summary says what an import found and did.
type Summary struct {
	Contexts, Subjects, Versions, Deleted int
	Configs, Modes, Keks, Deks            int
	Associations                          int
	// Copied and Present count versions that were written, and that were there
	// already.
	Copied, Present int
	// Differences are what the comparison at the end found; the first
	// MaxDifferences of them are described.
	Differences int
	Described   []string
	// Failures are what one of the registries refused; the rest was copied all
	// the same. The first MaxDifferences of them are in Refused.
	Failures int
	Refused  []string
	Took     time.Duration
}

// MaxDifferences is how many differences a Summary describes.
const MaxDifferences = 50

// Import copies From to To. An error means that it stopped midway and can be
// run again; differences that remain at the end are no error but stand in the
// Summary.
func Import(ctx context.Context, o Options) (Summary, error) {
	begin := time.Now()
	if o.Workers == 0 {
		o.Workers = 16
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	i := &transfer{Options: o}
	if err := i.run(ctx); err != nil {
		return i.summary, err
	}
	i.summary.Took = time.Since(begin)
	return i.summary, nil
}

// transfer is one import on its way.
type transfer struct {
	Options
	source, target *inventory
	copied         atomic.Int64

	mu      sync.Mutex // guards the failures of the summary
	summary Summary
}

// passOver notes what a registry refuses for good, so that one bad entry does
// not keep the others back; any other fault ends the import.
func (t *transfer) passOver(err error) error {
	refusal, ok := errors.AsType[*remote.Error](err)
	if !ok || refusal.Status >= http.StatusInternalServerError || refusal.Status == http.StatusUnauthorized || refusal.Status == http.StatusForbidden {
		return err
	}
	t.fails(err)
	return nil
}

func (t *transfer) fails(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.summary.Failures++
	if len(t.summary.Refused) < MaxDifferences {
		t.summary.Refused = append(t.summary.Refused, err.Error())
	}
}

func (t *transfer) run(ctx context.Context) (err error) {
	if t.source, err = t.read(ctx, t.From, "reading the source", nil); err != nil {
		return fmt.Errorf("read %s: %w", t.From.URL(), err)
	}
	t.count()
	if t.target, err = t.read(ctx, t.To, "reading the target", t.source.subjects); err != nil {
		return fmt.Errorf("read %s: %w", t.To.URL(), err)
	}
	if !t.DryRun {
		if err := t.write(ctx); err != nil {
			return fmt.Errorf("write to %s: %w", t.To.URL(), err)
		}
		if t.target, err = t.read(ctx, t.To, "verifying", t.source.subjects); err != nil {
			return fmt.Errorf("read %s again: %w", t.To.URL(), err)
		}
	}
	t.compare()
	return nil
}

func (t *transfer) count() {
	s := &t.summary
	s.Contexts, s.Subjects, s.Versions = len(t.source.contexts), len(t.source.subjects), len(t.source.versions)
	for _, v := range t.source.versions {
		if v.Deleted {
			s.Deleted++
		}
	}
	s.Configs, s.Modes = len(t.source.configs), len(t.source.modes)
	s.Keks, s.Deks = len(t.source.keks), len(t.source.deks)
	s.Associations = len(t.source.associations)
}
