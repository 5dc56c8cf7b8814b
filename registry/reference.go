package registry

import (
	"fmt"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// The limits on references (validation.md 9).
const (
	maxDirect     = 100
	maxTransitive = 1000
	maxDepth      = 32
)

// referenceError says what is wrong with a reference; it becomes part of a
// 42201 (registry-api.md 2.3).
type referenceError struct{ message string }

func (e *referenceError) Error() string { return e.message }

func badReference(format string, args ...any) error {
	return &referenceError{fmt.Sprintf(format, args...)}
}

// resolved is a list of references with all that they lead to.
type resolved struct {
	// refs have their versions filled in.
	refs []schema.Reference
	// direct are their targets.
	direct []ResolvedReference
	deps   []schema.Dependency
	// contents are the targets of deps, for digests.
	contents []*content
	bytes    int
}

// resolver follows references through a snapshot (registry-api.md 8,
// compatibility.md 2.1).
type resolver struct {
	snapshot *Snapshot
	// live refuses soft-deleted targets of direct references.
	live   bool
	strict bool
	out    resolved
	named  map[string]int
	// path are the targets being walked.
	path []*content
}

// resolve fills in the versions of references that a subject of a context
// makes, and gathers the closure.
func (r *Registry) resolve(s *Snapshot, in Context, refs []BodyReference, live bool) (*resolved, error) {
	if len(refs) == 0 {
		return &resolved{}, nil
	}
	if len(refs) > maxDirect {
		return nil, badReference("A schema may list %d references, this one has %d", maxDirect, len(refs))
	}
	v := resolver{snapshot: s, live: live, strict: r.opts.Settings.ReferenceVersionsStrict, named: map[string]int{}}
	for _, ref := range refs {
		if err := v.direct(in, ref); err != nil {
			return nil, err
		}
	}
	return &v.out, nil
}

func (v *resolver) direct(in Context, ref BodyReference) error {
	if ref.Name == nil || ref.Subject == nil || ref.Version == nil {
		return badReference("Invalid reference: %s", ref)
	}
	if *ref.Version == 0 || *ref.Version < -1 {
		return badReference("Invalid version %d of a reference", *ref.Version)
	}
	target := resolveSubject(in, *ref.Subject)
	x, number := v.find(target, *ref.Version, !v.live)
	if x == nil {
		return notFound(target, *ref.Version)
	}
	out := schema.Reference{Name: *ref.Name, Subject: *ref.Subject, Version: number}
	v.out.refs = append(v.out.refs, out)
	v.out.direct = append(v.out.direct, ResolvedReference{out.Name, target, number})
	return v.follow(target.Context, out, x, 1)
}

func notFound(target Subject, number int32) error {
	return badReference("No schema reference found for subject \"%s\" and version %d", target, number)
}

// find gives the content of a version, nil when it is not there; -1 is the
// latest live one.
func (v *resolver) find(target Subject, number int32, deleted bool) (*content, int32) {
	sub := v.snapshot.subject(target)
	var found *version
	var ok bool
	if number == -1 {
		found, ok = sub.latest()
	} else {
		found, ok = sub.find(number)
	}
	if !ok || found.deleted && !deleted {
		return nil, 0
	}
	return v.snapshot.space(target.Context).content(found.id), found.number
}

// follow adds a target behind those that it refers to itself. A name counts
// as met before its own references are walked.
func (v *resolver) follow(in Context, ref schema.Reference, x *content, depth int) error {
	if depth > maxDepth {
		return badReference("References are nested more than %d deep", maxDepth)
	}
	if at, met := v.named[ref.Name]; met {
		return v.again(at, ref, x, depth)
	}
	if len(v.named) >= maxTransitive {
		return badReference("A schema may lead to %d others through its references", maxTransitive)
	}
	if slices.Contains(v.path, x) {
		return badReference("References of \"%s\" lead back to it", ref.Name)
	}
	v.named[ref.Name] = -1
	v.path = append(v.path, x)
	for _, next := range x.refs {
		target := resolveSubject(in, next.Subject)
		y, _ := v.find(target, next.Version, true)
		if y == nil {
			return notFound(target, next.Version)
		}
		if err := v.follow(target.Context, next, y, depth+1); err != nil {
			return err
		}
	}
	v.path = v.path[:len(v.path)-1]
	v.named[ref.Name] = len(v.out.deps)
	v.out.deps = append(v.out.deps, schema.Dependency{Reference: ref, Text: x.plainText(), Direct: depth == 1})
	v.out.contents = append(v.out.contents, x)
	if v.out.bytes += x.text.size(); v.out.bytes > 2*schema.MaxClosureBytes {
		return badReference("The schemas that the references lead to are larger than %d bytes", schema.MaxClosureBytes)
	}
	return nil
}

// again meets a name for the second time: the first target holds.
func (v *resolver) again(at int, ref schema.Reference, x *content, depth int) error {
	if at < 0 {
		return nil
	}
	first := &v.out.deps[at]
	if v.strict && first.Version != ref.Version {
		return badReference("Conflicting reference versions for \"%s\": version %d and version %d", ref.Name, first.Version, ref.Version)
	}
	if depth == 1 && v.out.contents[at] == x {
		first.Direct = true
	}
	return nil
}

// String gives the form of messages: "null" for what is missing.
func (b BodyReference) String() string {
	number := "null"
	if b.Version != nil {
		number = fmt.Sprint(*b.Version)
	}
	return fmt.Sprintf("{name='%s', subject='%s', version=%s}", value(b.Name, "null"), value(b.Subject, "null"), number)
}

// bodyReferences gives stored references in the form of requests.
func bodyReferences(refs []schema.Reference) []BodyReference {
	list := make([]BodyReference, len(refs))
	for i := range refs {
		list[i] = BodyReference{&refs[i].Name, &refs[i].Subject, &refs[i].Version}
	}
	return list
}
