package exporter

import (
	"context"
	"fmt"
	"slices"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
)

// Source is what a worker reads of this node's registry.
type Source interface {
	// Subjects lists all subjects of all contexts, soft-deleted ones too.
	Subjects(ctx context.Context) ([]registry.Subject, error)
	// Versions lists the versions of a subject, ascending, soft-deleted ones
	// too.
	Versions(ctx context.Context, s registry.Subject) ([]int32, error)
	// Version reads one version, soft-deleted or not. found is false when
	// there is none.
	Version(ctx context.Context, s registry.Subject, v int32) (version remote.Schema, found bool, err error)
}

// destination is the other registry, as far as a copy needs it.
type destination interface {
	PutMode(ctx context.Context, scope, mode string) error
	Import(ctx context.Context, s remote.Schema) error
	SoftDelete(ctx context.Context, subject string, version int32) error
	Purge(ctx context.Context, subject string, version int32) error
}

// versionName names a version of this registry.
type versionName struct {
	subject registry.Subject
	version int32
}

// copier copies versions to a target, what they refer to first. It remembers
// what it copied, so that a shared reference goes over once.
type copier struct {
	source Source
	to     destination
	naming naming
	// importing holds the target's subjects whose mode has been set.
	importing map[string]bool
	// copied holds versions that are at the target, and whether they are
	// soft-deleted there.
	copied map[versionName]bool
}

// all copies every version that matches, in the order of subjects, calling
// done after each subject.
func (c *copier) all(ctx context.Context, done func() error) error {
	subjects, err := c.source.Subjects(ctx)
	if err != nil {
		return err
	}
	for _, s := range subjects {
		if !c.naming.matches(s) {
			continue
		}
		versions, err := c.source.Versions(ctx, s)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if err := c.put(ctx, versionName{s, v}); err != nil {
				return err
			}
		}
		if err := done(); err != nil {
			return err
		}
	}
	return nil
}

// put copies one version as it is now, with what it refers to. Nothing happens
// when it is gone.
func (c *copier) put(ctx context.Context, name versionName) error {
	s, found, err := c.source.Version(ctx, name.subject, name.version)
	if err != nil || !found {
		return err
	}
	deleted, there := c.copied[name]
	if there && deleted == s.Deleted {
		return nil
	}
	for _, r := range s.References {
		ref := registry.ParseSubject(r.Subject)
		if !qualified(r.Subject) {
			ref.Context = name.subject.Context
		}
		if _, there := c.copied[versionName{ref, r.Version}]; !there {
			if err := c.put(ctx, versionName{ref, r.Version}); err != nil {
				return err
			}
		}
	}
	out, err := c.naming.schema(withOwnReferences(s))
	if err != nil {
		return err
	}
	if err := c.prepare(ctx, out.Subject); err != nil {
		return err
	}
	if err := c.to.Import(ctx, out); err != nil {
		return fmt.Errorf("copy %s version %d: %w", s.Subject, s.Version, err)
	}
	if s.Deleted {
		if err := c.softDelete(ctx, out.Subject, s.Version); err != nil {
			return err
		}
	}
	c.copied[name] = s.Deleted
	return nil
}

// remove soft-deletes or purges a version at the target.
func (c *copier) remove(ctx context.Context, name versionName, permanent bool) error {
	if !c.naming.matches(name.subject) {
		return nil
	}
	subject := c.naming.subject(name.subject).String()
	delete(c.copied, name)
	if err := c.softDelete(ctx, subject, name.version); err != nil || !permanent {
		return err
	}
	if err := c.to.Purge(ctx, subject, name.version); err != nil && !missing(err) {
		return fmt.Errorf("purge %s version %d: %w", subject, name.version, err)
	}
	return nil
}

// softDelete soft-deletes at the target; what is not there needs none.
func (c *copier) softDelete(ctx context.Context, subject string, version int32) error {
	if err := c.to.SoftDelete(ctx, subject, version); err != nil && !missing(err) {
		return fmt.Errorf("delete %s version %d: %w", subject, version, err)
	}
	return nil
}

// prepare sets the mode of a target's subject once.
func (c *copier) prepare(ctx context.Context, subject string) error {
	if c.importing[subject] {
		return nil
	}
	if err := c.to.PutMode(ctx, subject, string(registry.Import)); err != nil {
		return fmt.Errorf("set the mode of %s: %w", subject, err)
	}
	c.importing[subject] = true
	return nil
}

// missing says that the target lacks the version or its subject.
func missing(err error) bool { return remote.HasCode(err, 40401, 40402) }

func qualified(subject string) bool { return len(subject) > 1 && subject[:2] == ":." }

// withOwnReferences gives the version with a list of references of its own, so
// that renaming them leaves the source's alone.
func withOwnReferences(s remote.Schema) remote.Schema {
	s.References = slices.Clone(s.References)
	return s
}
