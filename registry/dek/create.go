package dek

import (
	"context"
	"encoding/base64"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// CreateDek is POST /keks/{name}/deks/{subject}, and the older form with the
// subject in the body (given empty). rewrap replaces the material of an
// existing DEK.
func (r *Registry) CreateDek(ctx context.Context, kek, given string, body CreateDek, rewrap bool) (Dek, error) {
	if err := r.authorize(ctx, auth.Write, kek); err != nil {
		return Dek{}, err
	}
	if given == "" && body.Subject != nil {
		given = *body.Subject
	}
	c := creation{r: r, given: given, body: body, rewrap: rewrap}
	err := r.change(ctx, kek, func(v *View) ([]feed.Write, error) {
		if err := c.decide(ctx, v, kek); err != nil {
			return nil, err
		}
		stored := c.dek
		stored.KeyMaterial = ""
		return []feed.Write{PutDek{stored}}, nil
	})
	return c.dek, err
}

// creation is one creation on its way to a DEK.
type creation struct {
	r      *Registry
	given  string // the subject as the client wrote it
	body   CreateDek
	rewrap bool
	dek    Dek // what it became
}

func (c *creation) decide(ctx context.Context, v *View, kek string) error {
	k, err := v.kek(kek, c.body.Deleted)
	if err != nil {
		return err
	}
	s, err := parseSubject(c.given)
	if err != nil {
		return err
	}
	version := int32(1)
	if c.body.Version != nil {
		version = *c.body.Version
	}
	if version <= 0 {
		return invalidVersion(version)
	}
	if c.body.EncryptedKeyMaterial == nil && !k.kek.Shared {
		return invalid("encryptedKeyMaterial")
	}
	if v.deks > c.r.options.MaxKeys {
		return tooMany(c.r.options.MaxKeys)
	}
	key := Key{Kek: kek, Subject: s, Algorithm: c.body.Algorithm, Version: version}
	c.dek = Dek{Key: key, Deleted: c.body.Deleted, At: c.r.now()}
	old := k.get(key)
	if k.kek.Shared {
		return c.shared(ctx, k.kek, old)
	}
	c.dek.EncryptedKeyMaterial = *c.body.EncryptedKeyMaterial
	if old == nil || c.rewrap {
		return nil
	}
	// The same again is a change only of whether it is deleted.
	if old.Deleted == c.body.Deleted || old.EncryptedKeyMaterial != c.dek.EncryptedKeyMaterial {
		return exists(c.given)
	}
	return nil
}

// shared is the part of the registry when it uses the KMS itself.
func (c *creation) shared(ctx context.Context, k Kek, old *Dek) error {
	generates := c.body.EncryptedKeyMaterial == nil
	if old != nil && !(generates && c.rewrap) {
		return exists(c.given)
	}
	mode, err := c.r.options.Mode(ctx, c.dek.Subject)
	if err != nil {
		return err
	}
	importing := mode == "IMPORT"
	var raw []byte
	switch {
	case old != nil:
		if raw, err = c.r.unseal(ctx, k, c.given, old.EncryptedKeyMaterial); err != nil {
			return err
		}
		if c.dek.EncryptedKeyMaterial, err = c.r.seal(ctx, k, c.given, raw); err != nil {
			return err
		}
	case generates:
		if c.dek.EncryptedKeyMaterial, raw, err = c.r.generate(ctx, k, c.given, c.dek.Algorithm); err != nil {
			return err
		}
	default:
		c.dek.EncryptedKeyMaterial = *c.body.EncryptedKeyMaterial
		if importing {
			return nil // stored untried
		}
		if raw, err = c.r.unseal(ctx, k, c.given, c.dek.EncryptedKeyMaterial); err != nil {
			return err
		}
	}
	if !importing {
		c.dek.KeyMaterial = base64.StdEncoding.EncodeToString(raw)
	}
	return nil
}

// DeleteDeks is DELETE .../deks/{subject}: all versions of an algorithm.
func (r *Registry) DeleteDeks(ctx context.Context, kek, given string, a Algorithm, permanent bool) error {
	return r.each(ctx, kek, given, a, auth.Delete, func(_ *kekView, list []Dek) ([]feed.Write, error) {
		return r.deletion(given, list, permanent)
	})
}

// UndeleteDeks is POST .../deks/{subject}/undelete.
func (r *Registry) UndeleteDeks(ctx context.Context, kek, given string, a Algorithm) error {
	return r.each(ctx, kek, given, a, auth.Write, func(k *kekView, list []Dek) ([]feed.Write, error) {
		if k.kek.Deleted {
			return nil, undeleteFirst(kek)
		}
		return r.marked(list, false), nil
	})
}

// DeleteDek is DELETE .../versions/{version}; "latest" does nothing.
func (r *Registry) DeleteDek(ctx context.Context, kek, given string, a Algorithm, v registry.VersionArg, permanent bool) error {
	return r.one(ctx, kek, given, a, v, auth.Delete, "deleting", func(_ *kekView, list []Dek) ([]feed.Write, error) {
		return r.deletion(given, list, permanent)
	})
}

// UndeleteDek is POST .../versions/{version}/undelete; "latest" does nothing.
func (r *Registry) UndeleteDek(ctx context.Context, kek, given string, a Algorithm, v registry.VersionArg) error {
	return r.one(ctx, kek, given, a, v, auth.Write, "undeleting", func(k *kekView, list []Dek) ([]feed.Write, error) {
		if k.kek.Deleted {
			return nil, undeleteFirst(kek)
		}
		return r.marked(list, false), nil
	})
}

type decision func(k *kekView, list []Dek) ([]feed.Write, error)

// each decides on all versions of a subject and algorithm.
func (r *Registry) each(ctx context.Context, kek, given string, a Algorithm, action auth.Action, decide decision) error {
	if err := r.authorize(ctx, action, kek); err != nil {
		return err
	}
	return r.change(ctx, kek, func(v *View) ([]feed.Write, error) {
		k, err := v.kek(kek, true)
		if err != nil {
			return nil, err
		}
		list := k.versions(registry.ParseSubject(given), a)
		if len(list) == 0 {
			return nil, notFound(given)
		}
		return decide(k, list)
	})
}

// one decides on one version. A shared KEK whose KMS does not answer cannot
// change single versions, as on the wire.
func (r *Registry) one(ctx context.Context, kek, given string, a Algorithm, version registry.VersionArg, action auth.Action, doing string, decide decision) error {
	if err := r.authorize(ctx, action, kek); err != nil {
		return err
	}
	return r.change(ctx, kek, func(v *View) ([]feed.Write, error) {
		k, err := v.kek(kek, true)
		if err != nil {
			return nil, err
		}
		if version == registry.LatestVersion {
			_, err := r.Dek(ctx, kek, given, a, version, true)
			return nil, r.touched(k.kek, doing, err)
		}
		d := k.get(Key{Kek: kek, Subject: registry.ParseSubject(given), Algorithm: a, Version: int32(version)})
		if d == nil {
			return nil, notFound(given)
		}
		if _, err := r.shown(ctx, k.kek, given, *d); err != nil {
			return nil, r.touched(k.kek, doing, err)
		}
		return decide(k, []Dek{*d})
	})
}

// touched words a failure of the KMS during a change of one version.
func (r *Registry) touched(k Kek, doing string, err error) error {
	if err == nil || !k.Shared {
		return nil
	}
	return refuse(500, "Error while %s key", doing)
}

func (r *Registry) deletion(given string, list []Dek, permanent bool) ([]feed.Write, error) {
	if !permanent {
		return r.marked(list, true), nil
	}
	var writes []feed.Write
	for _, d := range list {
		if !d.Deleted {
			return nil, notDeletedFirst(given)
		}
		writes = append(writes, DeleteDek{d.Key})
	}
	return writes, nil
}

// marked sets deleted where it is not set so already.
func (r *Registry) marked(list []Dek, deleted bool) []feed.Write {
	var writes []feed.Write
	for _, d := range list {
		if d.Deleted != deleted {
			d.Deleted, d.At = deleted, r.now()
			writes = append(writes, PutDek{d})
		}
	}
	return writes
}
