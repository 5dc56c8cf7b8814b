package exporter

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/lease"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
)

// batch is how many changes a worker copies between two savings of its
// progress.
const batch = 200

// idle is how long a worker that has copied everything waits before it looks
// again, where nothing wakes it.
const idle = time.Second

// retry is how long a worker waits after a fault.
const retry = 5 * time.Second

// Workers runs the exporters of a registry that this node holds the lease of.
type Workers struct {
	Registry *Registry
	Source   Source
	Leases   lease.Store
	// Holder names this node.
	Holder string
	// Cluster is this registry's id, for contextType AUTO.
	Cluster string
	Now     func() time.Time
	Logger  *slog.Logger
}

// Run keeps one worker for each exporter that is not paused, until ctx ends.
func (w *Workers) Run(ctx context.Context) error {
	workers := map[string]*job{}
	var group sync.WaitGroup
	defer group.Wait()
	defer func() {
		for _, r := range workers {
			r.stop()
		}
	}()
	for {
		exporters := w.Registry.current.Load().exporters
		for name, r := range workers {
			if e := exporters[name]; e == nil || e.Paused || e.Epoch != r.epoch {
				r.stop()
				<-r.done
				delete(workers, name)
			}
		}
		for name, e := range exporters {
			if e.Paused || workers[name] != nil {
				continue
			}
			worker, stop := context.WithCancel(ctx)
			r := &job{epoch: e.Epoch, stop: stop, done: make(chan struct{})}
			workers[name] = r
			group.Go(func() {
				defer close(r.done)
				w.keep(worker, e)
			})
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.Registry.changed:
		}
	}
}

// job is a worker that runs.
type job struct {
	epoch int64
	stop  context.CancelFunc
	done  chan struct{}
}

// keep works on one exporter while this node holds its lease.
func (w *Workers) keep(ctx context.Context, e *Exporter) {
	o := lease.Options{Store: w.Leases, Name: keyOf(e.Name), Holder: w.Holder, Now: w.Now}
	trouble := &feed.Trouble{Logger: w.Logger, Level: slog.LevelWarn, Message: "exporter stopped, trying again", Over: "exporter goes on"}
	lease.Keep(ctx, o, func(ctx context.Context, fence int64) error {
		for {
			err := w.export(ctx, e, fence, func() { trouble.End("exporter", e.Name) })
			if ctx.Err() != nil {
				return ctx.Err()
			}
			trouble.Tell(err, "exporter", e.Name)
			if err := sleep(ctx, retry); err != nil {
				return err
			}
		}
	})
}

// sleep waits, or gives ctx's error when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// export copies and follows until something fails; well is called whenever
// nothing is left to copy.
func (w *Workers) export(ctx context.Context, e *Exporter, fence int64, well func()) (err error) {
	p, err := w.Registry.options.Store.ReadProgress(ctx, e.Name)
	if err != nil {
		return err
	}
	if p.Epoch != e.Epoch {
		p = Progress{Name: e.Name, Epoch: e.Epoch}
	}
	x := &export{Workers: w, exporter: e, fence: fence, progress: p}
	defer func() {
		if err != nil && ctx.Err() == nil {
			x.progress.State, x.progress.Trace = Failed, err.Error()
			err = errors.Join(err, x.save(ctx))
		}
	}()
	options, err := target(e.Config)
	if err != nil {
		return err
	}
	client, err := remote.New(options)
	if err != nil {
		return err
	}
	x.copier = copier{
		source: w.Source, to: client, naming: naming{e, w.Cluster},
		importing: map[string]bool{}, copied: map[versionName]bool{},
	}
	if x.progress.Offset == 0 {
		if err := x.begin(ctx); err != nil {
			return err
		}
	}
	for {
		moved, err := x.follow(ctx)
		if err != nil {
			return err
		}
		if moved {
			continue
		}
		well()
		if err := sleep(ctx, idle); err != nil {
			return err
		}
	}
}

// export is one attempt of a worker.
type export struct {
	*Workers
	exporter *Exporter
	fence    int64
	progress Progress
	copier   copier
}

// begin copies everything. What changes meanwhile is followed afterwards.
func (x *export) begin(ctx context.Context) error {
	head, err := x.Registry.options.Log.Head(ctx)
	if err != nil {
		return err
	}
	x.progress.State, x.progress.Trace = Starting, ""
	if err := x.save(ctx); err != nil {
		return err
	}
	if err := x.copier.all(ctx, ctx.Err); err != nil {
		return err
	}
	return x.reached(ctx, max(head, 1))
}

// follow copies the next changes; moved is false when there are none.
func (x *export) follow(ctx context.Context) (moved bool, err error) {
	after := feed.Revision(x.progress.Offset)
	changes, err := x.Registry.options.Log.Changes(ctx, after, batch)
	if err != nil {
		return false, err
	}
	if len(changes) == 0 {
		if x.progress.State != Running {
			return false, x.reached(ctx, after)
		}
		return false, nil
	}
	if changes[0].Revision != after+1 {
		x.progress.Offset = 0 // the log was trimmed: the next attempt begins anew
		return false, errors.Join(errTrimmed, x.save(ctx))
	}
	for i := range changes {
		if err := x.copy(ctx, &changes[i]); err != nil {
			return false, err
		}
	}
	return true, x.reached(ctx, changes[len(changes)-1].Revision)
}

func (x *export) copy(ctx context.Context, c *feed.Change) error {
	s, versions, ok, err := registry.Touched(c)
	if err != nil || !ok || !x.copier.naming.matches(s) {
		return err
	}
	for _, v := range versions {
		name := versionName{s, v}
		delete(x.copier.copied, name)
		switch c.Kind {
		case registry.KindPutVersion:
			err = x.copier.put(ctx, name)
		default:
			err = x.copier.remove(ctx, name, c.Kind == registry.KindHardDelete)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *export) reached(ctx context.Context, at feed.Revision) error {
	x.progress.State, x.progress.Trace, x.progress.Offset = Running, "", int64(at)
	return x.save(ctx)
}

func (x *export) save(ctx context.Context) error {
	x.progress.At = x.Now().UnixMicro()
	saved, err := x.Registry.options.Store.SaveProgress(ctx, x.progress, x.fence)
	if err == nil && !saved {
		return errFenced
	}
	return err
}

// errTrimmed says that the log no longer reaches back to where an exporter
// was.
var errTrimmed = errors.New("exporter: the log was trimmed, starting from the beginning")

// errFenced says that another node has taken over.
var errFenced = errors.New("exporter: another node has taken over")
