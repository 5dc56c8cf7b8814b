package dek

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// View is all KEKs and DEKs as of a revision. It is immutable.
type View struct {
	revision feed.Revision
	keks     map[string]*kekView
	deks     int // over all KEKs, soft-deleted ones included
}

// kekView is a KEK with its DEKs, in the order of subject, algorithm, version.
type kekView struct {
	kek  Kek
	deks []Dek
}

// Store is what the DEK registry asks of the database.
type Store interface {
	feed.Committer
	// ReadKeks and ReadDeks give all rows, in any order.
	ReadKeks(ctx context.Context) ([]Kek, error)
	ReadDeks(ctx context.Context) ([]Dek, error)
}

// holder publishes views; Apply is called by one goroutine.
type holder struct{ current atomic.Pointer[View] }

func (h *holder) load(ctx context.Context, store Store, at feed.Revision) error {
	keks, err := store.ReadKeks(ctx)
	if err != nil {
		return fmt.Errorf("load KEKs: %w", err)
	}
	deks, err := store.ReadDeks(ctx)
	if err != nil {
		return fmt.Errorf("load DEKs: %w", err)
	}
	v := &View{revision: at, keks: make(map[string]*kekView, len(keks)), deks: len(deks)}
	for _, k := range keks {
		v.keks[k.Name] = &kekView{kek: k}
	}
	for _, d := range deks {
		if k := v.keks[d.Kek]; k != nil {
			k.deks = append(k.deks, d)
		}
	}
	for _, k := range v.keks {
		slices.SortFunc(k.deks, func(a, b Dek) int { return compareKeys(a.Key, b.Key) })
	}
	h.current.Store(v)
	return nil
}

// Apply takes changes of the feed; those of other domains only move the
// revision.
func (h *holder) Apply(_ context.Context, changes []feed.Change) error {
	v := *h.current.Load()
	own := false
	for _, c := range changes {
		switch c.Kind {
		case KindPutKek, KindDeleteKek, KindPutDek, KindDeleteDek:
			if !own {
				v.keks, own = maps.Clone(v.keks), true
			}
			if err := v.apply(c); err != nil {
				return fmt.Errorf("revision %d: %s: %w", c.Revision, c.Kind, err)
			}
		}
		v.revision = c.Revision
	}
	h.current.Store(&v)
	return nil
}

// apply makes one change in a view whose map is its own; what the map's
// pointers lead to is still shared.
func (v *View) apply(c feed.Change) error {
	switch c.Kind {
	case KindPutKek:
		var row Kek
		if err := json.Unmarshal(c.After, &row); err != nil {
			return err
		}
		next := kekView{kek: row}
		if old := v.keks[row.Name]; old != nil {
			next.deks = old.deks
		}
		v.keks[row.Name] = &next
	case KindDeleteKek:
		var w DeleteKek
		if err := json.Unmarshal(c.After, &w); err != nil {
			return err
		}
		if old := v.keks[w.Name]; old != nil {
			v.deks -= len(old.deks)
			delete(v.keks, w.Name)
		}
	case KindPutDek:
		var row Dek
		if err := json.Unmarshal(c.After, &row); err != nil {
			return err
		}
		v.replace(row.Key, &row)
	case KindDeleteDek:
		var key Key
		if err := json.Unmarshal(c.After, &key); err != nil {
			return err
		}
		v.replace(key, nil)
	}
	return nil
}

// replace sets or removes the DEK of a key.
func (v *View) replace(key Key, row *Dek) {
	old := v.keks[key.Kek]
	if old == nil {
		return // a replayed change of a KEK that is gone
	}
	next := kekView{kek: old.kek, deks: slices.Clone(old.deks)}
	i, found := old.find(key)
	switch {
	case row == nil && found:
		next.deks = slices.Delete(next.deks, i, i+1)
		v.deks--
	case row != nil && found:
		next.deks[i] = *row
	case row != nil:
		next.deks = slices.Insert(next.deks, i, *row)
		v.deks++
	}
	v.keks[key.Kek] = &next
}

func (k *kekView) find(key Key) (int, bool) {
	return slices.BinarySearchFunc(k.deks, key, func(d Dek, key Key) int { return compareKeys(d.Key, key) })
}

// get gives the DEK of a key, nil for none.
func (k *kekView) get(key Key) *Dek {
	if i, found := k.find(key); found {
		return &k.deks[i]
	}
	return nil
}

// versions are the DEKs of a subject and algorithm, ascending by version.
func (k *kekView) versions(s registry.Subject, a Algorithm) []Dek {
	from, _ := k.find(Key{Kek: k.kek.Name, Subject: s, Algorithm: a, Version: -1 << 31})
	to := from
	for to < len(k.deks) && k.deks[to].Subject == s && k.deks[to].Algorithm == a {
		to++
	}
	return k.deks[from:to]
}

func compareKeys(a, b Key) int {
	return cmp.Or(
		cmp.Compare(a.Subject.String(), b.Subject.String()),
		cmp.Compare(a.Algorithm, b.Algorithm),
		cmp.Compare(a.Version, b.Version),
	)
}
