package registry

import (
	"context"

	"github.com/weir-registry/weir/auth"
)

// referencedVersion refuses to take away what somebody refers to
// (registry-api.md 2.2).
func referencedVersion(s Subject, number int32) error {
	return refuse(CodeReferenced, "One or more references exist to the schema {magic=1,keytype=SCHEMA,subject=%s,version=%d}.", s, number)
}

// DeleteVersion is DELETE .../versions/{version} (registry-api.md 9.1).
func (r *Registry) DeleteVersion(ctx context.Context, s Subject, v VersionArg, permanent bool) (int32, error) {
	if err := r.authorizeSubject(ctx, auth.Delete, s); err != nil {
		return 0, err
	}
	var number int32
	_, err := r.commit(ctx, SubjectKey(s), func(_ context.Context, snap *Snapshot) (*plan, error) {
		sub := snap.subject(s)
		found := snap.find(s, v, true)
		if found == nil {
			if !snap.exists(s, true) {
				return nil, subjectNotFound(s)
			}
			return nil, versionNotFound(int32(v))
		}
		number = found.number
		if found.deleted && !permanent {
			return nil, refuse(CodeVersionSoftDeleted, "Subject '%s' Version %d was soft deleted.Set permanent=true to delete permanently", s, number)
		}
		if !snap.modeOf(s).writable() {
			return nil, readOnly(s)
		}
		if !permanent && sub.live == 1 && len(snap.associations.of(s)) > 0 {
			return nil, refuse(CodeNoActiveVersion, "No active (non-deleted) version exists for subject '%s'", s)
		}
		if snap.referenced(s, number, permanent) {
			return nil, referencedVersion(s, number)
		}
		if permanent && !found.deleted {
			return nil, refuse(CodeVersionNotDeleted, "Subject '%s' Version %d was not deleted first before being permanently deleted", s, number)
		}
		return snap.planDeletion(s, []int32{number}, permanent), nil
	})
	return number, err
}

// DeleteSubject is DELETE /subjects/{subject} (registry-api.md 9.2).
func (r *Registry) DeleteSubject(ctx context.Context, s Subject, permanent bool) ([]int32, error) {
	if err := r.authorizeSubject(ctx, auth.Delete, s); err != nil {
		return nil, err
	}
	var numbers []int32
	_, err := r.commit(ctx, SubjectKey(s), func(_ context.Context, snap *Snapshot) (*plan, error) {
		var err error
		if numbers, err = snap.deletable(s, permanent); err != nil || len(numbers) == 0 {
			return nil, err
		}
		return snap.planDeletion(s, numbers, permanent), nil
	})
	return numbers, err
}

// deletable goes through the checks of the deletion of a subject, and gives
// the versions that will go.
func (s *Snapshot) deletable(name Subject, permanent bool) ([]int32, error) {
	sub := s.subject(name)
	switch {
	case !s.exists(name, true):
		return nil, subjectNotFound(name)
	case sub == nil:
		// The empty name of a context (registry-api.md 5.2).
		return nil, nil
	case !permanent && sub.live == 0:
		return nil, refuse(CodeSubjectSoftDeleted, "Subject '%s' was soft deleted.Set permanent=true to delete permanently", name)
	case !s.modeOf(name).writable():
		return nil, readOnly(name)
	case len(s.associations.of(name)) > 0:
		return nil, associated(name)
	}
	var numbers []int32
	for _, v := range sub.versions.items {
		if permanent || !v.deleted {
			numbers = append(numbers, v.number)
		}
	}
	for _, number := range numbers {
		for c, x := range s.referrersOf(name, number, permanent) {
			if x.heldOutside(name, c, permanent) {
				return nil, referencedVersion(name, number)
			}
		}
	}
	if permanent && sub.live > 0 {
		return nil, refuse(CodeSubjectNotDeleted, "Subject '%s' was not deleted first before being permanently deleted", name)
	}
	return numbers, nil
}

// heldOutside says whether a version of another subject holds a content of a
// context; without deleted, a live one.
func (x *content) heldOutside(name Subject, c Context, deleted bool) bool {
	for _, h := range x.holders {
		if (c != name.Context || h.name != name.Name) && (deleted || !h.deleted) {
			return true
		}
	}
	return false
}

// planDeletion writes a deletion. Config and mode go with the last version
// (registry-api.md 9.1).
func (s *Snapshot) planDeletion(name Subject, numbers []int32, permanent bool) *plan {
	p := &plan{}
	p.readScope(name)
	p.read(ReferenceKey(name), AssociationsKey)
	if !permanent {
		p.write(SoftDelete{Subject: name, Versions: numbers, Audit: auditDeletion(name, numbers)})
		return p
	}
	p.write(HardDelete{Subject: name, Versions: numbers, Audit: s.auditGone(name, numbers)})
	if len(numbers) == len(s.subject(name).versions.items) && name.Name != "" {
		s.forgetSettings(name, p)
	}
	return p
}

// forgetSettings removes config and mode of a subject.
func (s *Snapshot) forgetSettings(name Subject, p *plan) {
	if c := s.config(name); c != nil {
		p.write(DeleteSetting{ConfigSetting, name, []byte(c.encode())})
	}
	if m, ok := s.mode(name); ok {
		p.write(DeleteSetting{ModeSetting, name, []byte(mustJSON(m))})
	}
}

// associated refuses what an association stands in the way of.
func associated(s Subject) error {
	return refuse(CodeSubjectAssociated, "An association already exists for subject '%s'", s)
}
