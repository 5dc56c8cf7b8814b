package transfer

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
)

// versionKey names a version: the qualified subject and the number.
type versionKey struct {
	subject string
	version int32
}

// inventory is all that a registry has.
type inventory struct {
	contexts []string
	subjects []string // qualified, sorted
	versions map[versionKey]remote.Schema
	// configs and modes are the scopes' own, by the scope as a path names it:
	// a subject, ":.ctx:", ":.__GLOBAL:", or empty for the global one.
	configs map[string]json.RawMessage
	modes   map[string]string
	keks    map[string]remote.Kek
	deks    map[dekKey]remote.Dek

	associations []remote.Association
}

type dekKey struct {
	kek, subject, algorithm string
	version                 int32
}

// read takes stock of a registry. Settings are asked for its own subjects and
// for those in also.
func (t *transfer) read(ctx context.Context, from *remote.Client, phase string, also []string) (*inventory, error) {
	inv := &inventory{
		versions: map[versionKey]remote.Schema{}, configs: map[string]json.RawMessage{}, modes: map[string]string{},
		keks: map[string]remote.Kek{}, deks: map[dekKey]remote.Dek{},
	}
	var err error
	if inv.contexts, err = from.Contexts(ctx); err != nil {
		return nil, err
	}
	err = from.Schemas(ctx, func(s remote.Schema) error {
		if n := len(inv.subjects); n == 0 || inv.subjects[n-1] != s.Subject {
			inv.subjects = append(inv.subjects, s.Subject)
		}
		inv.versions[versionKey{s.Subject, s.Version}] = s
		if len(inv.versions)%1000 == 0 {
			t.Progress(phase+": versions", len(inv.versions), 0)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(inv.subjects)
	inv.subjects = slices.Compact(inv.subjects)
	if err := t.readSettings(ctx, from, phase, inv, also); err != nil {
		return nil, err
	}
	if inv.associations, err = from.Associations(ctx); err != nil {
		return nil, err
	}
	return inv, t.readKeys(ctx, from, inv)
}

// scopes are where settings may be: the global ones, the contexts, the
// subjects.
func (inv *inventory) scopes(also []string) []string {
	list := []string{"", registry.GlobalContext.Qualified()}
	for _, c := range inv.contexts {
		if q := registry.Context(c).Qualified(); q != "" {
			list = append(list, q)
		}
	}
	list = append(list, inv.subjects...)
	list = append(list, also...)
	slices.Sort(list)
	return slices.Compact(list)
}

func (t *transfer) readSettings(ctx context.Context, from *remote.Client, phase string, inv *inventory, also []string) error {
	var mu sync.Mutex
	return t.each(ctx, phase+": settings", inv.scopes(also), func(ctx context.Context, scope string) error {
		config, err := from.Config(ctx, scope)
		if err != nil {
			return err
		}
		mode, err := from.Mode(ctx, scope)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		if config != nil {
			inv.configs[scope] = config
		}
		if mode != "" {
			inv.modes[scope] = mode
		}
		return nil
	})
}

func (t *transfer) readKeys(ctx context.Context, from *remote.Client, inv *inventory) error {
	keks, err := from.Keks(ctx)
	if err != nil {
		return err
	}
	for _, k := range keks {
		inv.keks[k.Name] = k
		deks, err := from.Deks(ctx, k.Name)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && from == t.From {
			t.fails(err)
		}
		for _, d := range deks {
			inv.deks[dekKey{d.KekName, d.Subject, d.Algorithm, d.Version}] = d
		}
	}
	return nil
}

// each runs f over a list with the transfer's workers, and tells how far it
// is.
func (t *transfer) each(ctx context.Context, phase string, list []string, f func(ctx context.Context, item string) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(t.Workers)
	var done atomic.Int64
	for _, item := range list {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := f(ctx, item); err != nil {
				return err
			}
			if n := int(done.Add(1)); n%500 == 0 || n == len(list) {
				t.Progress(phase, n, len(list))
			}
			return nil
		})
	}
	return group.Wait()
}
