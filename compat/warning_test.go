package compat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// warned checks with warnings asked for, and holds what is true of all of
// them: they change neither verdict nor differences, and the hint says how
// sure it is.
func warned(t testing.TB, request compat.Request) compat.Result {
	t.Helper()
	plain, err := compat.Check(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if plain.Warnings != nil || plain.WarningsCut {
		t.Errorf("without being asked: %+v", plain.Warnings)
	}
	request.Warnings = true
	result, err := compat.Check(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain.Reports, result.Reports); diff != "" || plain.Compatible != result.Compatible {
		t.Errorf("asking for warnings changed the verdict: %s", diff)
	}
	for _, w := range result.Warnings {
		lead, text, _ := strings.Cut(w.Hint, ": ")
		if !strings.EqualFold(lead, string(w.Confidence)) || text == "" {
			t.Errorf("%s is %s, and its hint is %q", w.Code, w.Confidence, w.Hint)
		}
	}
	return result
}

// warnings compares a new schema with one old version and gives each warning
// in one line.
func warningLines(t testing.TB, level compat.Level, fresh, old schema.Schema) []string {
	t.Helper()
	var lines []string
	for _, w := range warned(t, compat.Request{Level: level, New: fresh, Old: versions(old)}).Warnings {
		lines = append(lines, warningLine(w))
	}
	return lines
}

// warningLine is the rule, the path, what suffers, how sure that is and who
// reads.
func warningLine(w compat.Warning) string {
	line := w.Code + " " + w.Path + " " + string(w.Category) + " " + string(w.Confidence)
	switch {
	case w.Backward && w.Forward:
		return line + " both"
	case w.Backward:
		return line + " backward"
	case w.Forward:
		return line + " forward"
	}
	return line
}
