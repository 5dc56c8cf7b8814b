package rest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// takeContext takes the prefix /contexts/{context} off a path and puts the
// context into the subjects that follow (registry-api.md 12.2). The context it
// gives is for the query parameters that name subjects; it is empty without a
// prefix.
func takeContext(segments []string) ([]string, registry.Context, error) {
	var context registry.Context
	for len(segments) > 1 && segments[0] == "contexts" {
		name, err := contextName(segments[1])
		if err != nil {
			return segments, "", err
		}
		if len(segments) == 2 {
			if name == registry.DefaultContext {
				return segments[:1], "", nil
			}
			segments[1] = name.Qualified()
			return segments, name, nil
		}
		context, segments = name, segments[2:]
	}
	if context == "" || context == registry.DefaultContext || ofCatalog(segments) {
		return segments, context, nil
	}
	switch {
	case segments[0] != "config" && segments[0] != "mode":
	case len(segments) == 1:
		segments = append(segments, context.Qualified())
	default:
		segments[1] = inContext(context, segments[1])
		qualifySubjects(segments[2:], context)
		return segments, context, nil
	}
	qualifySubjects(segments, context)
	return segments, context, nil
}

// qualifySubjects rewrites the segment behind each "subjects" and "deks"; one
// just rewritten is no such word itself.
func qualifySubjects(segments []string, context registry.Context) {
	for i := 1; i < len(segments); i++ {
		if namesSubject(segments[i-1]) {
			segments[i] = inContext(context, segments[i])
			i++
		}
	}
}

// namesSubject says that the segment after this one is a subject.
func namesSubject(segment string) bool { return segment == "subjects" || segment == "deks" }

// ofCatalog says that a path is the catalog's: its names are none of subjects,
// whatever word they are.
func ofCatalog(segments []string) bool { return len(segments) > 0 && segments[0] == "catalog" }

// contextName reads the context of a prefix: delimiters at its ends are
// stripped and the point at its front is added.
func contextName(segment string) (registry.Context, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(segment, ":"), ":")
	if strings.Contains(name, ":") {
		message := fmt.Sprintf("Context name '%s' cannot contain a colon", name)
		return "", &refusal{http.StatusBadRequest, 400, message, untypedForm}
	}
	if !strings.HasPrefix(name, ".") {
		name = "." + name
	}
	return registry.Context(name), nil
}

// inContext qualifies a subject, or a prefix of subjects, that is not
// qualified.
func inContext(context registry.Context, subject string) string {
	if context == "" || strings.HasPrefix(subject, ":.") || strings.HasPrefix(subject, ":*:") {
		return subject
	}
	return context.Qualified() + subject
}

// followAlias sends requests for a subject to its alias (registry-api.md
// 12.4): the segment behind "subjects" or "deks". An alias goes into the path
// as it is, so one with slashes makes other segments.
func followAlias(segments []string, aliasOf func(s registry.Subject, dek bool) registry.Subject) []string {
	if ofCatalog(segments) {
		return segments
	}
	for i := 1; i < len(segments); i++ {
		if !namesSubject(segments[i-1]) {
			continue
		}
		before := registry.ParseSubject(segments[i])
		after := aliasOf(before, segments[i-1] == "deks")
		if after == before {
			return segments
		}
		target := after.String()
		if !strings.Contains(target, "/") {
			segments[i] = target
			return segments
		}
		return slices.Concat(segments[:i], strings.Split(target, "/"), segments[i+1:])
	}
	return segments
}
