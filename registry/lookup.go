package registry

import (
	"context"

	"github.com/weir-registry/weir/auth"
)

// Lookup is POST /subjects/{subject} (registry-api.md 5.6).
func (r *Registry) Lookup(ctx context.Context, s Subject, body SchemaBody, normalize, deleted bool, format string) (Stored, error) {
	if err := r.authorizeSubject(ctx, auth.Read, s); err != nil {
		return Stored{}, err
	}
	if err := r.knownType(body.Type); err != nil {
		return Stored{}, err
	}
	snap := r.Snapshot()
	found, in, err := r.lookUpAnywhere(ctx, snap, s, body, normalize, deleted)
	if err != nil {
		return Stored{}, err
	}
	if found == nil {
		// What another node registered a moment ago counts too.
		if err := r.catchUp(ctx); err != nil {
			return Stored{}, storeFailed(err)
		}
		if newer := r.Snapshot(); newer != snap {
			snap = newer
			if found, in, err = r.lookUpAnywhere(ctx, snap, s, body, normalize, deleted); err != nil {
				return Stored{}, err
			}
		}
	}
	if found == nil {
		if !snap.exists(s, deleted) {
			return Stored{}, subjectNotFound(s)
		}
		return Stored{}, refuse(CodeSchemaNotFound, "Schema not found")
	}
	a := found.answer(in)
	err = r.shape(ctx, snap, in.Context, &a, found.content, ReadOptions{Format: format})
	return a, err
}

// lookUpAnywhere looks in the subject and, when its name is not qualified, in
// its namesakes of the other contexts, whose errors do not count.
func (r *Registry) lookUpAnywhere(ctx context.Context, snap *Snapshot, s Subject, body SchemaBody, normalize, deleted bool) (*match, Subject, error) {
	found, err := r.lookUp(ctx, snap, s, body, normalize, deleted)
	if err != nil || found != nil || s.Context != DefaultContext {
		return found, s, err
	}
	for in := range snap.namesakes(s) {
		if found, err := r.lookUp(ctx, snap, in, body, normalize, deleted); err == nil && found != nil {
			return found, in, nil
		}
	}
	return nil, s, ctx.Err()
}

// lookUp looks in one subject: by hash, then by likeness, then by both again
// with what a registration would inherit.
func (r *Registry) lookUp(ctx context.Context, snap *Snapshot, s Subject, body SchemaBody, normalize, deleted bool) (*match, error) {
	if body.blank() {
		return nil, nil
	}
	rules := r.rulesFor(snap, s)
	how := reading{validateFields: rules.validateFields, normalize: normalize || rules.normalize}
	if m := r.asSent(snap, s, body, how, deleted); m != nil {
		return m, nil
	}
	c, err := r.read(ctx, snap, s, body, how)
	if err != nil {
		return nil, err
	}
	w := &wanted{canon: c, metadata: body.Metadata, rules: body.Rules}
	found, err := r.look(ctx, snap, s, w, deleted)
	if err != nil || found != nil {
		return found, err
	}
	sub := snap.subject(s)
	latest, ok := sub.latest()
	if !ok {
		return nil, nil
	}
	merged := &wanted{canon: c, escaped: w.escaped}
	merged.metadata, merged.rules = rules.mergeAll(body.Metadata, body.Rules, snap.space(s.Context).content(latest.id))
	if encodeMetadata(merged.metadata) == encodeMetadata(w.metadata) && encodeRules(merged.rules) == encodeRules(w.rules) {
		return nil, nil
	}
	return r.look(ctx, snap, s, merged, deleted)
}

// asSent finds a text that was sent just as it is stored, without reading it:
// a canonical text is its own canonical text.
func (r *Registry) asSent(snap *Snapshot, s Subject, b SchemaBody, how reading, deleted bool) *match {
	if how.normalize || how.validateFields || len(b.References) > 0 {
		return nil
	}
	sub := snap.subject(s)
	if !sub.has(deleted) {
		return nil
	}
	return snap.space(s.Context).byHash(sub, body{typeOf(b.Type), *b.Schema, nil, b.Metadata, b.Rules}, deleted)
}

// namesakes are the subjects of the same name in the other contexts, in the
// order of the wire, that have a version.
func (s *Snapshot) namesakes(of Subject) func(func(Subject) bool) {
	return func(yield func(Subject) bool) {
		for sp := range s.spaces {
			if sp.name != of.Context && sp.subject(of.Name) != nil && !yield(Subject{sp.name, of.Name}) {
				return
			}
		}
	}
}

// exists says whether a subject counts as there: it has a live version, or
// any. The empty name of a context is there when anything in the context is,
// that of the global context when anything is anywhere (registry-api.md 5.2).
func (s *Snapshot) exists(name Subject, deleted bool) bool {
	if name.Name != "" {
		return s.subject(name).has(deleted)
	}
	found := false
	for sp := range s.spaces {
		if name.Context == GlobalContext || sp.name == name.Context {
			sp.subjects.All(func(_ string, sub *subject) bool {
				found = sub.has(deleted)
				return !found
			})
		}
		if found {
			return true
		}
	}
	return false
}
