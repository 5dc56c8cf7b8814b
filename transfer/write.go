package transfer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
)

// write brings the target to what the source has: all versions first, live, so
// that none is taken for a repetition of another and every reference is found;
// then the deletions, the associations, the settings and the keys; the modes last, for until then
// the target imports.
func (t *transfer) write(ctx context.Context) error {
	missing := t.missing()
	t.summary.Present = len(t.source.versions) - len(missing)
	if len(missing) > 0 {
		if err := t.importVersions(ctx, missing); err != nil {
			return err
		}
	}
	if err := t.softDelete(ctx); err != nil {
		return err
	}
	if err := t.writeAssociations(ctx); err != nil {
		return err
	}
	if err := t.writeConfigs(ctx); err != nil {
		return err
	}
	if err := t.writeKeys(ctx); err != nil {
		return err
	}
	return t.writeModes(ctx)
}

// missing are the versions that the target lacks or has otherwise.
func (t *transfer) missing() []versionKey {
	var list []versionKey
	for key, want := range t.source.versions {
		if got, there := t.target.versions[key]; !there || !same(want, got) {
			list = append(list, key)
		}
	}
	slices.SortFunc(list, compareKeys)
	return list
}

func compareKeys(a, b versionKey) int {
	return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.version, b.version))
}

// importVersions writes versions in layers: first those that refer to nothing,
// then those that refer to them, and so on; a layer side by side.
func (t *transfer) importVersions(ctx context.Context, list []versionKey) error {
	if err := t.startImporting(ctx, list); err != nil {
		return err
	}
	if err := t.unalias(ctx, list); err != nil {
		return err
	}
	layers, err := t.layers(list)
	if err != nil {
		return err
	}
	var done atomic.Int64
	for _, layer := range layers {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(t.Workers)
		for _, key := range layer {
			group.Go(func() error {
				if err := t.To.Import(ctx, t.source.versions[key]); err != nil {
					return t.passOver(fmt.Errorf("%s version %d: %w", key.subject, key.version, err))
				}
				t.copied.Add(1)
				if n := int(done.Add(1)); n%500 == 0 || n == len(list) {
					t.Progress("copying versions", n, len(list))
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	t.summary.Copied = int(t.copied.Load())
	return nil
}

// startImporting sets the mode of every scope that would keep a version out:
// the contexts, and the subjects with a mode of their own.
func (t *transfer) startImporting(ctx context.Context, list []versionKey) error {
	scopes := map[string]bool{}
	for _, key := range list {
		s := registry.ParseSubject(key.subject)
		scopes[s.Context.Qualified()] = true
		if t.target.modes[key.subject] != "" {
			scopes[key.subject] = true
		}
	}
	for _, scope := range slices.Sorted(maps.Keys(scopes)) {
		if err := t.To.PutMode(ctx, scope, string(registry.Import)); err != nil {
			return err
		}
		t.target.modes[scope] = string(registry.Import)
	}
	return nil
}

// layers sorts versions by how long the longest chain of references below them
// is. A chain that leads back to its start is refused; no registry makes one.
func (t *transfer) layers(list []versionKey) ([][]versionKey, error) {
	wanted := make(map[versionKey]bool, len(list))
	for _, key := range list {
		wanted[key] = true
	}
	const open = -1
	depth := make(map[versionKey]int, len(list))
	var measure func(key versionKey) (int, error)
	measure = func(key versionKey) (int, error) {
		if d, known := depth[key]; known {
			if d == open {
				return 0, fmt.Errorf("%s version %d refers to itself", key.subject, key.version)
			}
			return d, nil
		}
		depth[key] = open
		deepest := 0
		for _, r := range t.source.versions[key].References {
			if target := referenced(key, r); wanted[target] {
				below, err := measure(target)
				if err != nil {
					return 0, err
				}
				deepest = max(deepest, below+1)
			}
		}
		depth[key] = deepest
		return deepest, nil
	}
	var layers [][]versionKey
	for _, key := range list {
		d, err := measure(key)
		if err != nil {
			return nil, err
		}
		for len(layers) <= d {
			layers = append(layers, nil)
		}
		layers[d] = append(layers[d], key)
	}
	return layers, nil
}

// referenced gives the version that a reference names: its subject is in the
// referrer's context unless it is qualified (registry-api.md 8).
func referenced(from versionKey, r remote.Reference) versionKey {
	s := registry.ParseSubject(r.Subject)
	if len(r.Subject) < 2 || r.Subject[:2] != ":." {
		s.Context = registry.ParseSubject(from.subject).Context
	}
	return versionKey{s.String(), r.Version}
}

// softDelete deletes what is soft-deleted at the source, the referrers before
// what they refer to.
func (t *transfer) softDelete(ctx context.Context) error {
	var list []versionKey
	for key, v := range t.source.versions {
		if got, there := t.target.versions[key]; v.Deleted && (!there || !got.Deleted || !same(v, got)) {
			list = append(list, key)
		}
	}
	slices.SortFunc(list, compareKeys)
	if err := t.unalias(ctx, list); err != nil {
		return err
	}
	layers, err := t.layers(list)
	if err != nil {
		return err
	}
	for _, layer := range slices.Backward(layers) {
		for _, key := range layer {
			// A live schema that refers to it keeps it: the comparison says so.
			if err := t.To.SoftDelete(ctx, key.subject, key.version); err != nil && !remote.HasCode(err, 42206) {
				if err := t.passOver(fmt.Errorf("delete %s version %d: %w", key.subject, key.version, err)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *transfer) writeConfigs(ctx context.Context) error {
	return t.each(ctx, "configs", slices.Sorted(maps.Keys(t.source.configs)), func(ctx context.Context, scope string) error {
		if equalJSON(t.source.configs[scope], t.target.configs[scope]) {
			return nil
		}
		if err := t.To.PutConfig(ctx, scope, t.source.configs[scope]); err != nil {
			return t.passOver(fmt.Errorf("config of %q: %w", scope, err))
		}
		return nil
	})
}

// writeModes sets the modes of the source, and takes off those that only the
// target has.
func (t *transfer) writeModes(ctx context.Context) error {
	scopes := maps.Clone(t.target.modes)
	maps.Copy(scopes, t.source.modes)
	return t.each(ctx, "modes", slices.Sorted(maps.Keys(scopes)), func(ctx context.Context, scope string) error {
		switch want := t.source.modes[scope]; {
		case want == t.target.modes[scope]:
			return nil
		case want == "":
			return t.To.DeleteMode(ctx, scope)
		default:
			return t.To.PutMode(ctx, scope, want)
		}
	})
}

func (t *transfer) writeKeys(ctx context.Context) error {
	for _, name := range slices.Sorted(maps.Keys(t.source.keks)) {
		want := t.source.keks[name]
		if got, there := t.target.keks[name]; there && equalKek(want, got) {
			continue
		}
		if err := t.To.PutKek(ctx, want); err != nil {
			if err := t.passOver(fmt.Errorf("KEK %q: %w", name, err)); err != nil {
				return err
			}
		}
	}
	for key, want := range t.source.deks {
		if t.target.deks[key] == want {
			continue
		}
		if err := t.To.PutDek(ctx, want); err != nil {
			if err := t.passOver(fmt.Errorf("DEK of %q under %q: %w", key.subject, key.kek, err)); err != nil {
				return err
			}
		}
	}
	return nil
}
