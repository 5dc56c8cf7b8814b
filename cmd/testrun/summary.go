package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// summary is what a tally does not know of the run that it closes.
type summary struct {
	took     time.Duration
	postgres string
	// everything is set for a run over ./...: then both engines must have been
	// reached.
	everything bool
}

// counts are of tests without subtests.
type counts struct{ passed, failed, skipped int }

func (c *counts) add(result string) {
	switch result {
	case "pass":
		c.passed++
	case "skip":
		c.skipped++
	default:
		c.failed++
	}
}

func (c counts) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.passed, c.failed, c.skipped)
}

// engineOf is the engine that a test ran on: its own mark, or that of the nearest
// test above it; "" for a test that needs no database.
func (t *tally) engineOf(x *test) string {
	for name := x.name; ; {
		if e := t.test(x.pkg, name).engine; e != "" {
			return e
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return ""
		}
		switch last := strings.ToLower(name[i+1:]); last {
		case "sqlite", "postgres":
			return last
		case "postgresql":
			return "postgres"
		}
		name = name[:i]
	}
}

// count returns the counts by engine, and all together under "all".
func (t *tally) count() map[string]*counts {
	by := map[string]*counts{"all": {}, "sqlite": {}, "postgres": {}, "": {}}
	for _, x := range t.sorted() {
		if x.name == "" || x.parent && x.result != "fail" {
			continue
		}
		// A parent fails with its subtests; it counts only for a fault of its own.
		if x.parent && t.childFailed(x) {
			continue
		}
		engine := t.engineOf(x)
		if by[engine] == nil {
			by[engine] = &counts{}
		}
		by[engine].add(x.result)
		by["all"].add(x.result)
	}
	// A package that does not build or panics outside a test is a failure too.
	for pkg, result := range t.packages {
		if result == "fail" && !t.packageHasFailedTest(pkg) {
			by["all"].failed++
		}
	}
	return by
}

func (t *tally) childFailed(parent *test) bool {
	for _, x := range t.tests {
		if x.pkg == parent.pkg && strings.HasPrefix(x.name, parent.name+"/") && x.result != "pass" && x.result != "skip" {
			return true
		}
	}
	return false
}

func (t *tally) packageHasFailedTest(pkg string) bool {
	for _, x := range t.tests {
		if x.pkg == pkg && x.name != "" && x.result != "pass" && x.result != "skip" {
			return true
		}
	}
	return false
}

// failed says whether anything failed so far.
func (t *tally) failed() bool {
	return len(t.faults) > 0 || t.count()["all"].failed > 0
}

// close prints the closing lines. What they complain about counts as failed.
func (t *tally) close(s summary) {
	by := t.count()
	if s.everything {
		for _, engine := range []string{"sqlite", "postgres"} {
			if by[engine].passed+by[engine].failed == 0 {
				t.faults = append(t.faults, "no test ran on "+engine)
			}
		}
	}
	p := func(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }
	p("")
	for _, x := range t.sorted() {
		if x.result == "skip" && x.name != "" && !x.parent {
			p("skipped: %s %s: %s", x.pkg, x.name, reason(x.output))
		}
	}
	for _, f := range t.faults {
		p("fault: %s", f)
	}
	packages := counts{}
	for _, result := range t.packages {
		packages.add(result)
	}
	p("packages      %d passed, %d failed, %d without tests", packages.passed, packages.failed, packages.skipped)
	p("on SQLite     %v", by["sqlite"])
	p("on PostgreSQL %v (%s)", by["postgres"], s.postgres)
	p("on neither    %v", by[""])
	total := 0
	for _, file := range slices.Sorted(maps.Keys(t.corpus)) {
		p("corpus        %6d cases of %s", t.corpus[file], file)
		total += t.corpus[file]
	}
	p("corpus        %6d recorded cases of %d files ran", total, len(t.corpus))
	p("took          %v", s.took.Round(time.Second))
	all := by["all"]
	p("%d passed, %d failed, %d skipped", all.passed, all.failed+len(t.faults), all.skipped)
}

// reason picks what a skipped test said out of its output.
func reason(output []string) string {
	var words []string
	for _, line := range output {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "---") {
			words = append(words, line)
		}
	}
	if len(words) == 0 {
		return "no reason given"
	}
	return strings.Join(words, " ")
}
