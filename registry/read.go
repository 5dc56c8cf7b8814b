package registry

import (
	"context"

	"github.com/weir-registry/weir/auth"
)

// Version is GET /subjects/{subject}/versions/{version} (registry-api.md 6.3).
func (r *Registry) Version(ctx context.Context, s Subject, v VersionArg, deleted bool, o ReadOptions) (Stored, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return Stored{}, err
	}
	snap, in, found, err := r.versionAnywhere(ctx, s, v, deleted)
	if err != nil {
		return Stored{}, err
	}
	x := snap.space(in.Context).content(found.id)
	a := answer(in, found, x)
	if err := r.shape(ctx, snap, in.Context, &a, x, o); err != nil {
		return Stored{}, err
	}
	if o.ReferenceFormat == "qualified" && len(a.References) > 0 {
		// Here, unlike by id, the GUID follows the references that are shown.
		a.GUID = body{x.kind, x.plainText(), a.References, x.metadata, x.rules}.guid()
	}
	return a, nil
}

// versionAnywhere finds a version of a subject or, when its name is not
// qualified and it has none, of a namesake in another context.
func (r *Registry) versionAnywhere(ctx context.Context, s Subject, v VersionArg, deleted bool) (*Snapshot, Subject, *version, error) {
	snap := r.Snapshot()
	in, found := snap.findAnywhere(s, v, deleted)
	if found == nil {
		if err := r.catchUp(ctx); err != nil {
			return nil, s, nil, storeFailed(err)
		}
		if newer := r.Snapshot(); newer != snap {
			snap = newer
			in, found = snap.findAnywhere(s, v, deleted)
		}
	}
	if found == nil {
		return nil, s, nil, snap.missing(s, v, deleted)
	}
	return snap, in, found, nil
}

func (s *Snapshot) findAnywhere(name Subject, v VersionArg, deleted bool) (Subject, *version) {
	if found := s.find(name, v, deleted); found != nil || name.Context != DefaultContext {
		return name, found
	}
	for in := range s.namesakes(name) {
		if found := s.find(in, v, deleted); found != nil {
			return in, found
		}
	}
	return name, nil
}

// find gives a version, nil when it is not there; the latest is always a live
// one.
func (s *Snapshot) find(name Subject, v VersionArg, deleted bool) *version {
	sub := s.subject(name)
	if v == LatestVersion {
		latest, _ := sub.latest()
		return latest
	}
	found, ok := sub.find(int32(v))
	if !ok || found.deleted && !deleted {
		return nil
	}
	return found
}

// missing is the refusal of a version that is not there.
func (s *Snapshot) missing(name Subject, v VersionArg, deleted bool) error {
	if !s.exists(name, deleted) {
		return subjectNotFound(name)
	}
	return versionNotFound(int32(v))
}

// LatestWithMetadata is GET /subjects/{subject}/metadata (registry-api.md
// 5.7): the newest version whose properties contain all pairs; without any
// pair, the newest with metadata.
func (r *Registry) LatestWithMetadata(ctx context.Context, s Subject, pairs map[string]string, deleted bool, o ReadOptions) (Stored, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return Stored{}, err
	}
	snap := r.Snapshot()
	sp := snap.space(s.Context)
	for v := range snap.subject(s).newestFirst(deleted) {
		x := sp.content(v.id)
		if x == nil || x.metadata == nil || !x.metadata.contains(pairs) {
			continue
		}
		a := answer(s, v, x)
		err := r.shape(ctx, snap, s.Context, &a, x, o)
		return a, err
	}
	if !snap.exists(s, deleted) {
		return Stored{}, subjectNotFound(s)
	}
	return Stored{}, refuse(CodeSchemaNotFound, "Schema not found")
}

func (m *Metadata) contains(pairs map[string]string) bool {
	for k, want := range pairs {
		if got, ok := m.property(k); !ok || got != want {
			return false
		}
	}
	return true
}
