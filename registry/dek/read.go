package dek

import (
	"context"
	"encoding/base64"
	"math"
	"slices"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/registry"
)

// Subjects is GET /keks/{name}/deks: the subjects that have a DEK, sorted.
func (r *Registry) Subjects(ctx context.Context, kek string, deleted bool, page registry.Page) ([]string, error) {
	k, err := r.readable(ctx, kek, deleted)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, d := range k.deks { // in the order of their subjects
		if name := d.Subject.String(); (deleted || !d.Deleted) && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	return registry.Paged(names, page), nil
}

// Versions is GET .../deks/{subject}/versions.
func (r *Registry) Versions(ctx context.Context, kek string, s registry.Subject, a Algorithm, deleted bool, page registry.Page) ([]int32, error) {
	k, err := r.readable(ctx, kek, deleted)
	if err != nil {
		return nil, err
	}
	versions := []int32{}
	for _, d := range k.versions(s, a) {
		if d.listed(deleted) {
			versions = append(versions, d.Version)
		}
	}
	return registry.Paged(versions, page), nil
}

// listed says whether lists and "latest" show the DEK: the highest number is
// reached by its number only.
func (d *Dek) listed(deleted bool) bool {
	return d.Version > 0 && d.Version < math.MaxInt32 && (deleted || !d.Deleted)
}

// Dek is GET .../deks/{subject}/versions/{version}; without a version in the
// path it is version 1. given is the subject as the path has it.
func (r *Registry) Dek(ctx context.Context, kek, given string, a Algorithm, v registry.VersionArg, deleted bool) (Dek, error) {
	k, err := r.readable(ctx, kek, deleted)
	if err != nil {
		return Dek{}, err
	}
	s := registry.ParseSubject(given)
	var found *Dek
	if v == registry.LatestVersion {
		list := k.versions(s, a)
		for i := range slices.Backward(list) {
			if list[i].listed(deleted) {
				found = &list[i]
				break
			}
		}
	} else if d := k.get(Key{Kek: kek, Subject: s, Algorithm: a, Version: int32(v)}); d != nil && (deleted || !d.Deleted) {
		found = d
	}
	if found == nil {
		return Dek{}, notFound(given)
	}
	return r.shown(ctx, k.kek, given, *found)
}

// shown adds the key in the clear where the KEK is shared.
func (r *Registry) shown(ctx context.Context, k Kek, given string, d Dek) (Dek, error) {
	if !k.Shared {
		return d, nil
	}
	raw, err := r.unseal(ctx, k, given, d.EncryptedKeyMaterial)
	d.KeyMaterial = base64.StdEncoding.EncodeToString(raw)
	return d, err
}

func (r *Registry) readable(ctx context.Context, kek string, deleted bool) (*kekView, error) {
	if err := r.authorize(ctx, auth.Read, kek); err != nil {
		return nil, err
	}
	return r.view.current.Load().kek(kek, deleted)
}
