package registry

import "strings"

// registrable says whether schemas may be registered under a name
// (registry-api.md 5.2).
func (r *Registry) registrable(s Subject) bool {
	if r.opts.Settings.RejectEmptySubject && (s.Name == "" || s.Name == "*") {
		return false
	}
	if s.Name == "" && s.Context == DefaultContext || s.Context == "*" || s.Context == GlobalContext {
		return false
	}
	return nameable(s)
}

// nameable says whether a name may have a config and a mode (registry-api.md
// 5.2).
func nameable(s Subject) bool {
	return s.Name != "__GLOBAL" && s.Name != "__EMPTY" && !strings.ContainsFunc(s.String(), control)
}

// control says whether a character is an ISO control character.
func control(c rune) bool { return c <= 0x1f || c >= 0x7f && c <= 0x9f }

// invalidSubject is the refusal of a name.
func invalidSubject(s Subject) *Error {
	return refuse(CodeInvalidSubject, "The specified subject '%s' is not a valid.", s)
}
