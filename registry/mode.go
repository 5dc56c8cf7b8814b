package registry

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/auth"
)

// Mode is what may be written (registry-api.md 11.2).
type Mode string

// The modes.
const (
	ReadWrite        Mode = "READWRITE"
	ReadOnly         Mode = "READONLY"
	ReadOnlyOverride Mode = "READONLY_OVERRIDE"
	Import           Mode = "IMPORT"
	Forward          Mode = "FORWARD"
)

// writable says whether the mode lets anything be written.
func (m Mode) writable() bool { return m != ReadOnly && m != ReadOnlyOverride }

// imports says whether registrations bring their ids.
func (m Mode) imports() bool { return m == Import || m == Forward }

// modeOf gives the mode in scope of a subject or a context (registry-api.md
// 11.2): its own, else its context's, else that of the global context.
func (s *Snapshot) modeOf(scope Subject) Mode {
	for _, at := range []Subject{scope, {scope.Context, ""}, {GlobalContext, ""}} {
		if m, ok := s.mode(at); ok {
			return m
		}
	}
	return ReadWrite
}

// parseMode reads a mode in any letter case.
func parseMode(text string) (Mode, bool) {
	switch m := Mode(strings.ToUpper(text)); m {
	case ReadWrite, ReadOnly, ReadOnlyOverride, Import, Forward:
		return m, true
	}
	return "", false
}

// Mode is GET /mode (registry-api.md 11.1).
func (r *Registry) Mode(ctx context.Context, scope Subject, defaultToGlobal bool) (string, error) {
	if err := r.authorizeKind(ctx, auth.Read, "mode", scope.String()); err != nil {
		return "", err
	}
	if scope.Context == GlobalContext {
		scope.Name = ""
	}
	s := r.Snapshot()
	if defaultToGlobal {
		return string(s.modeOf(scope)), nil
	}
	m, ok := s.mode(scope)
	switch {
	case ok:
		return string(m), nil
	case scope.global():
		return string(ReadWrite), nil
	}
	return "", refuse(CodeModeNotFound, "Subject '%s' does not have subject-level mode configured", scope)
}

// SetMode is PUT /mode (registry-api.md 11.3); mode nil removes it.
func (r *Registry) SetMode(ctx context.Context, scope Subject, mode *string, force bool) error {
	if err := r.authorizeKind(ctx, auth.Admin, "mode", scope.String()); err != nil {
		return err
	}
	if !nameable(scope) {
		return invalidSubject(scope)
	}
	var next Mode
	if mode != nil {
		var ok bool
		if next, ok = parseMode(*mode); !ok {
			return refuse(CodeInvalidMode, "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD.")
		}
		// Only the upper-case spelling is looked at.
		if *mode == string(Forward) && scope != (Subject{GlobalContext, ""}) {
			return refuse(CodeInvalidMode, "Forward mode only supported on global level")
		}
	}
	if !r.opts.Settings.ModeMutability {
		return notPermitted("Mode changes are not allowed")
	}
	_, err := r.commit(ctx, SettingKey(ModeSetting, scope), func(_ context.Context, s *Snapshot) (*plan, error) {
		p := &plan{}
		p.readScope(scope)
		before, stored := s.mode(scope)
		if mode == nil {
			if !stored {
				return nil, nil
			}
			p.write(DeleteSetting{ModeSetting, scope, []byte(mustJSON(before))})
			return p, nil
		}
		if next == Import && !force && s.modeOf(scope) != Import {
			if err := s.emptyForImport(scope, p); err != nil {
				return nil, err
			}
		}
		row := PutSetting{Row: SettingRow{ModeSetting, scope, mustJSON(next)}}
		if stored {
			row.Before = []byte(mustJSON(before))
		}
		p.write(row)
		return p, nil
	})
	return err
}

// emptyForImport makes room for an IMPORT: nothing live may be in the scope,
// and what is soft-deleted goes for good, unless somebody refers to it
// (registry-api.md 11.3).
func (s *Snapshot) emptyForImport(scope Subject, p *plan) error {
	var err error
	var doomed []HardDelete
	for sp := range s.spaces {
		if !scope.global() && sp.name != scope.Context {
			continue
		}
		sp.subjects.All(func(name string, sub *subject) bool {
			if scope.Name != "" && name != scope.Name {
				return true
			}
			in := Subject{sp.name, name}
			if sub.live > 0 {
				err = notPermitted("Cannot import since found existing subjects")
				return false
			}
			d := HardDelete{Subject: in}
			for _, v := range sub.versions.items {
				d.Versions = append(d.Versions, v.number)
			}
			doomed = append(doomed, d)
			return true
		})
		if err != nil {
			return err
		}
	}
	for _, d := range doomed {
		for _, number := range d.Versions {
			if s.referenced(d.Subject, number, true) {
				return referencedVersion(d.Subject, number)
			}
		}
		d.Audit = s.auditGone(d.Subject, d.Versions)
		p.write(d)
		p.read(ReferenceKey(d.Subject))
	}
	return nil
}

// DeleteMode is DELETE /mode (registry-api.md 11.1); it answers the mode
// before, empty for none. recursive takes the modes of the subjects of a
// context along.
func (r *Registry) DeleteMode(ctx context.Context, scope Subject, recursive bool) (string, error) {
	if err := r.authorizeKind(ctx, auth.Admin, "mode", scope.String()); err != nil {
		return "", err
	}
	var before Mode
	_, err := r.commit(ctx, SettingKey(ModeSetting, scope), func(_ context.Context, s *Snapshot) (*plan, error) {
		own, stored := s.mode(scope)
		if before = own; !stored && scope.global() {
			before = ReadWrite
		}
		if !stored && !recursive && !scope.global() {
			return nil, subjectNotFound(scope)
		}
		if !r.opts.Settings.ModeMutability {
			return nil, notPermitted("Mode changes are not allowed")
		}
		p := &plan{}
		if stored {
			p.write(DeleteSetting{ModeSetting, scope, []byte(mustJSON(own))})
		}
		if recursive && scope.Name == "" {
			s.settings.From(settingKey{ModeSetting, scope}, func(key settingKey, x *setting) bool {
				if key.kind != ModeSetting || key.scope.Context != scope.Context {
					return false
				}
				if key.scope != scope {
					p.write(DeleteSetting{ModeSetting, key.scope, []byte(mustJSON(x.mode))})
				}
				return true
			})
		}
		if len(p.writes) == 0 {
			return nil, nil
		}
		return p, nil
	})
	if err != nil {
		return "", err
	}
	return string(before), nil
}
