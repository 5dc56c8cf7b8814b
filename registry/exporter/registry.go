package exporter

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// DefaultMaxExporters bounds the number of exporters.
const DefaultMaxExporters = 100

// Kinds of change.
const (
	KindPut    = "exporter.put"
	KindDelete = "exporter.delete"
)

// Put stores a definition.
type Put struct{ Row Exporter }

// Delete removes a definition and its progress.
type Delete struct{ Name string }

func keyOf(name string) string { return "exporter " + name }

// Change gives the definition without the config's values, which hold
// credentials; followers read the row.
func (w Put) Change() feed.Change {
	shown := w.Row
	shown.Config = make(map[string]string, len(w.Row.Config))
	for name := range w.Row.Config {
		shown.Config[name] = ""
	}
	data, err := json.Marshal(shown)
	if err != nil {
		panic(err) // texts and lists of texts always marshal
	}
	return feed.Change{Kind: KindPut, Key: keyOf(w.Row.Name), After: data}
}

// Change names the exporter.
func (w Delete) Change() feed.Change {
	data, err := json.Marshal(Exporter{Name: w.Name})
	if err != nil {
		panic(err)
	}
	return feed.Change{Kind: KindDelete, Key: keyOf(w.Name), After: data}
}

// Store is what exporters ask of the database.
type Store interface {
	feed.Committer
	// ReadExporters gives all definitions.
	ReadExporters(ctx context.Context) ([]Exporter, error)
	// ReadProgress gives the progress of an exporter; the zero value when
	// there is none.
	ReadProgress(ctx context.Context, name string) (Progress, error)
	// SaveProgress stores the progress of an exporter, unless one of a higher
	// fencing number has been stored; saved says whether it was.
	SaveProgress(ctx context.Context, p Progress, fence int64) (saved bool, err error)
}

// Options are what a Registry is made of.
type Options struct {
	Store    Store
	Log      feed.Log
	Proposer feed.Proposer
	Auth     auth.Authorizer
	// Max bounds the number of exporters; 0 means DefaultMaxExporters.
	Max int
}

// Registry holds the exporters of a registry: their definitions in memory,
// their progress in the database.
type Registry struct {
	options Options
	current atomic.Pointer[view]
	changed chan struct{} // signalled when definitions may have changed
}

type view struct {
	revision  feed.Revision
	exporters map[string]*Exporter
}

// New loads the definitions.
func New(ctx context.Context, options Options) (*Registry, error) {
	options.Max = cmp.Or(options.Max, DefaultMaxExporters)
	r := &Registry{options: options, changed: make(chan struct{}, 1)}
	at, err := options.Log.Head(ctx)
	if err != nil {
		return nil, err
	}
	return r, r.load(ctx, at)
}

func (r *Registry) load(ctx context.Context, at feed.Revision) error {
	list, err := r.options.Store.ReadExporters(ctx)
	if err != nil {
		return fmt.Errorf("load exporters: %w", err)
	}
	v := &view{revision: at, exporters: make(map[string]*Exporter, len(list))}
	for _, e := range list {
		v.exporters[e.Name] = &e
	}
	r.current.Store(v)
	select {
	case r.changed <- struct{}{}:
	default:
	}
	return nil
}

// Apply implements feed.Applier. Definitions are few and change seldom: any
// change of one reads them all again.
func (r *Registry) Apply(ctx context.Context, changes []feed.Change) error {
	last := changes[len(changes)-1].Revision
	if slices.ContainsFunc(changes, func(c feed.Change) bool { return c.Kind == KindPut || c.Kind == KindDelete }) {
		return r.load(ctx, last)
	}
	v := *r.current.Load()
	v.revision = last
	r.current.Store(&v)
	return nil
}

// Names is GET /exporters, sorted.
func (r *Registry) Names(ctx context.Context) ([]string, error) {
	if err := r.authorize(ctx, auth.Read, ""); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(r.current.Load().exporters)), nil
}

// Exporter is GET /exporters/{name}.
func (r *Registry) Exporter(ctx context.Context, name string) (Exporter, error) {
	if err := r.authorize(ctx, auth.Read, name); err != nil {
		return Exporter{}, err
	}
	e := r.current.Load().exporters[name]
	if e == nil {
		return Exporter{}, notFound(name)
	}
	return *e, nil
}

// Status is GET /exporters/{name}/status.
func (r *Registry) Status(ctx context.Context, name string) (Status, error) {
	e, err := r.Exporter(ctx, name)
	if err != nil {
		return Status{}, err
	}
	p, err := r.options.Store.ReadProgress(ctx, name)
	if err != nil {
		return Status{}, err
	}
	s := Status{Name: name, State: cmp.Or(p.State, Starting), Offset: p.Offset, At: p.At, Trace: p.Trace}
	if p.Epoch != e.Epoch {
		s = Status{Name: name, State: Starting}
	}
	if e.Paused {
		s.State = Paused
	}
	return s, nil
}

// Create is POST /exporters.
func (r *Registry) Create(ctx context.Context, e Exporter) error {
	if err := e.check(); err != nil {
		return err
	}
	return r.change(ctx, auth.Write, e.Name, func(v *view) (feed.Write, error) {
		if v.exporters[e.Name] != nil {
			return nil, exists(e.Name)
		}
		if len(v.exporters) >= r.options.Max {
			return nil, tooMany(r.options.Max)
		}
		e.Epoch = int64(v.revision) + 1
		return Put{e}, nil
	})
}

// Update is PUT /exporters/{name}: edit changes a copy of the definition. It
// starts from the beginning when the definition changed.
func (r *Registry) Update(ctx context.Context, name string, edit func(*Exporter)) error {
	return r.change(ctx, auth.Write, name, func(v *view) (feed.Write, error) {
		old := v.exporters[name]
		if old == nil {
			return nil, notFound(name)
		}
		next := *old
		next.Subjects, next.Config = slices.Clone(old.Subjects), maps.Clone(old.Config)
		edit(&next)
		next.Name, next.Paused = name, old.Paused
		if err := next.check(); err != nil {
			return nil, err
		}
		if next.equal(old) {
			return nil, nil
		}
		if !old.Paused {
			return nil, notPaused(name)
		}
		next.Epoch++
		return Put{next}, nil
	})
}

// Pause is PUT /exporters/{name}/pause.
func (r *Registry) Pause(ctx context.Context, name string) error {
	return r.edit(ctx, name, func(e *Exporter) error {
		if e.Paused {
			return alreadyPaused(name)
		}
		e.Paused = true
		return nil
	})
}

// Resume is PUT /exporters/{name}/resume.
func (r *Registry) Resume(ctx context.Context, name string) error {
	return r.edit(ctx, name, func(e *Exporter) error {
		if !e.Paused {
			return alreadyRunning(name)
		}
		e.Paused = false
		return nil
	})
}

// Reset is PUT /exporters/{name}/reset: a paused exporter will start from the
// beginning.
func (r *Registry) Reset(ctx context.Context, name string) error {
	return r.edit(ctx, name, func(e *Exporter) error {
		if !e.Paused {
			return notPaused(name)
		}
		e.Epoch++
		return nil
	})
}

func (r *Registry) edit(ctx context.Context, name string, edit func(*Exporter) error) error {
	return r.change(ctx, auth.Write, name, func(v *view) (feed.Write, error) {
		old := v.exporters[name]
		if old == nil {
			return nil, notFound(name)
		}
		next := *old
		if err := edit(&next); err != nil {
			return nil, err
		}
		return Put{next}, nil
	})
}

// Delete is DELETE /exporters/{name}; it must be paused.
func (r *Registry) Delete(ctx context.Context, name string) error {
	return r.change(ctx, auth.Delete, name, func(v *view) (feed.Write, error) {
		e := v.exporters[name]
		switch {
		case e == nil:
			return nil, notFound(name)
		case !e.Paused:
			return nil, notPaused(name)
		}
		return Delete{name}, nil
	})
}

func (r *Registry) authorize(ctx context.Context, action auth.Action, name string) error {
	return r.options.Auth.Authorize(ctx, action, auth.Resource{Kind: "exporter", Name: name})
}

// change decides on the current view and commits, again while somebody else
// changes the same exporter.
func (r *Registry) change(ctx context.Context, action auth.Action, name string, decide func(*view) (feed.Write, error)) error {
	if err := r.authorize(ctx, action, name); err != nil {
		return err
	}
	return r.options.Proposer.Do(ctx, []string{keyOf(name)}, func() (feed.Revision, []feed.Write, error) {
		v := r.current.Load()
		write, err := decide(v)
		if err != nil || write == nil {
			return v.revision, nil, err
		}
		return v.revision, []feed.Write{write}, nil
	})
}
