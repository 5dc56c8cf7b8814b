package dek

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// Keks is GET /keks: the names, sorted. With prefixes it lists the KEKs that
// have a DEK whose subject starts with one of them; deleted then speaks of the
// DEKs.
func (r *Registry) Keks(ctx context.Context, prefixes []string, deleted bool, page registry.Page) ([]string, error) {
	if err := r.authorize(ctx, auth.Read, ""); err != nil {
		return nil, err
	}
	names := []string{}
	for name, k := range r.view.current.Load().keks {
		if len(prefixes) == 0 && (deleted || !k.kek.Deleted) || len(prefixes) > 0 && k.hasSubject(prefixes, deleted) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return registry.Paged(names, page), nil
}

func (k *kekView) hasSubject(prefixes []string, deleted bool) bool {
	return slices.ContainsFunc(k.deks, func(d Dek) bool {
		return (deleted || !d.Deleted) && slices.ContainsFunc(prefixes, func(prefix string) bool {
			return strings.HasPrefix(d.Subject.String(), prefix)
		})
	})
}

// Kek is GET /keks/{name}.
func (r *Registry) Kek(ctx context.Context, name string, deleted bool) (Kek, error) {
	if err := r.authorize(ctx, auth.Read, name); err != nil {
		return Kek{}, err
	}
	k, err := r.view.current.Load().kek(name, deleted)
	if err != nil {
		return Kek{}, err
	}
	return k.kek, nil
}

// CreateKek is POST /keks.
func (r *Registry) CreateKek(ctx context.Context, body CreateKek, testSharing bool) (Kek, error) {
	asked, err := body.kek()
	if err != nil {
		return Kek{}, err
	}
	if err := r.authorize(ctx, auth.Write, asked.Name); err != nil {
		return Kek{}, err
	}
	if testSharing && asked.Shared {
		if err := r.test(ctx, asked); err != nil {
			return Kek{}, duringTest("creating", err)
		}
	}
	err = r.change(ctx, asked.Name, func(v *View) ([]feed.Write, error) {
		if len(v.keks) > r.options.MaxKeys {
			return nil, tooMany(r.options.MaxKeys)
		}
		if old := v.keks[asked.Name]; old != nil && (old.kek.Deleted == asked.Deleted || !old.kek.equal(asked)) {
			return nil, exists(asked.Name)
		}
		asked.At = r.now()
		return []feed.Write{PutKek{asked}}, nil
	})
	return asked, err
}

// UpdateKek is PUT /keks/{name}.
func (r *Registry) UpdateKek(ctx context.Context, name string, body UpdateKek, testSharing bool) (Kek, error) {
	if err := r.authorize(ctx, auth.Write, name); err != nil {
		return Kek{}, err
	}
	var next Kek
	err := r.change(ctx, name, func(v *View) ([]feed.Write, error) {
		old, err := v.kek(name, false)
		if err != nil {
			return nil, err
		}
		if next, err = body.over(old.kek); err != nil {
			return nil, err
		}
		if testSharing && next.Shared {
			if err := r.test(ctx, next); err != nil {
				return nil, duringTest("updating", err)
			}
		}
		if next.equal(old.kek) {
			return nil, nil
		}
		next.At = r.now()
		return []feed.Write{PutKek{next}}, nil
	})
	return next, err
}

// over gives the KEK after the update.
func (u UpdateKek) over(k Kek) (Kek, error) {
	if u.KMSProps.Set {
		k.KMSProps = map[string]*string{}
		if u.KMSProps.Value != nil && *u.KMSProps.Value != nil {
			k.KMSProps = *u.KMSProps.Value
		}
	}
	if u.Doc.Set {
		k.Doc = u.Doc.Value
	}
	if u.Shared.Set {
		if u.Shared.Value == nil {
			return k, invalid("shared")
		}
		k.Shared = *u.Shared.Value
	}
	return k, nil
}

// duringTest words a failed test of a creation or an update.
func duringTest(doing string, err error) error {
	if e, ok := errors.AsType[*registry.Error](err); ok {
		return refuse(500, "Error while %s key: %s", doing, e.Message)
	}
	return fmt.Errorf("error while %s key: %w", doing, err)
}

// TestKek is POST /keks/{name}/test: it tries the KMS of a shared KEK.
func (r *Registry) TestKek(ctx context.Context, name string) (Kek, error) {
	if err := r.authorize(ctx, auth.Read, name); err != nil {
		return Kek{}, err
	}
	k, err := r.view.current.Load().kek(name, false)
	if err != nil {
		return Kek{}, err
	}
	if !k.kek.Shared {
		return Kek{}, invalid("shared")
	}
	return k.kek, r.test(ctx, k.kek)
}

// DeleteKek is DELETE /keks/{name}.
func (r *Registry) DeleteKek(ctx context.Context, name string, permanent bool) error {
	if err := r.authorize(ctx, auth.Delete, name); err != nil {
		return err
	}
	return r.change(ctx, name, func(v *View) ([]feed.Write, error) {
		k, err := v.kek(name, true)
		if err != nil {
			return nil, err
		}
		held := slices.ContainsFunc(k.deks, func(d Dek) bool { return permanent || !d.Deleted })
		switch {
		case held:
			return nil, referenced(name)
		case permanent && !k.kek.Deleted:
			return nil, notDeletedFirst(name)
		case permanent:
			return []feed.Write{DeleteKek{name}}, nil
		case k.kek.Deleted:
			return nil, nil
		}
		return r.mark(k.kek, true), nil
	})
}

// UndeleteKek is POST /keks/{name}/undelete; its DEKs stay deleted.
func (r *Registry) UndeleteKek(ctx context.Context, name string) error {
	if err := r.authorize(ctx, auth.Write, name); err != nil {
		return err
	}
	return r.change(ctx, name, func(v *View) ([]feed.Write, error) {
		k, err := v.kek(name, true)
		if err != nil || !k.kek.Deleted {
			return nil, err
		}
		return r.mark(k.kek, false), nil
	})
}

func (r *Registry) mark(k Kek, deleted bool) []feed.Write {
	k.Deleted, k.At = deleted, r.now()
	return []feed.Write{PutKek{k}}
}
