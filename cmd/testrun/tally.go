package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// event is a line of `go test -json` (go doc test2json).
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Elapsed     float64
	Output      string
	Key, Value  string
	FailedBuild string
}

// test is a test, subtest, example or fuzz target while and after it runs.
type test struct {
	pkg, name string
	result    string // pass, fail, skip; empty: never ended
	parent    bool
	engine    string
	output    []string
}

// tally gathers the events of a run.
type tally struct {
	out      io.Writer
	tests    map[string]*test // by package and name
	packages map[string]string
	builds   map[string][]string // compiler output by import path
	corpus   map[string]int
	faults   []string
}

func newTally(out io.Writer) *tally {
	return &tally{
		out:      out,
		tests:    map[string]*test{},
		packages: map[string]string{},
		builds:   map[string][]string{},
		corpus:   map[string]int{},
	}
}

func (t *tally) add(e event) {
	switch {
	case e.Action == "build-output":
		t.builds[e.ImportPath] = append(t.builds[e.ImportPath], e.Output)
	case e.Package == "":
	case e.Test == "":
		t.addPackage(e)
	default:
		t.addTest(e)
	}
}

func (t *tally) addTest(e event) {
	x := t.test(e.Package, e.Test)
	switch e.Action {
	case "output":
		// Which test runs now is no news: the reader wants what it said.
		if !strings.HasPrefix(e.Output, "=== ") {
			x.output = append(x.output, e.Output)
		}
	case "attr":
		t.addAttribute(x, e.Key, e.Value)
	case "pass", "fail", "skip":
		x.result = e.Action
		if e.Action == "pass" {
			x.output = nil
		}
	}
}

// test returns the record of a test, and marks the one above it as a parent.
func (t *tally) test(pkg, name string) *test {
	key := pkg + " " + name
	x := t.tests[key]
	if x == nil {
		x = &test{pkg: pkg, name: name}
		t.tests[key] = x
		if i := strings.LastIndexByte(name, '/'); i > 0 {
			t.test(pkg, name[:i]).parent = true
		}
	}
	return x
}

func (t *tally) addAttribute(x *test, key, value string) {
	switch key {
	case "engine":
		x.engine = value
	case "corpus":
		file, count, _ := strings.Cut(value, " ")
		n, err := strconv.Atoi(count)
		if err != nil {
			t.faults = append(t.faults, fmt.Sprintf("%s %s: attribute corpus is %q, want a file and a number", x.pkg, x.name, value))
			return
		}
		t.corpus[file] += n
	}
}

func (t *tally) addPackage(e event) {
	switch e.Action {
	case "output":
		x := t.test(e.Package, "")
		x.output = append(x.output, e.Output)
	case "pass", "fail", "skip":
		t.packages[e.Package] = e.Action
		took := time.Duration(e.Elapsed * float64(time.Second)).Round(10 * time.Millisecond)
		switch e.Action {
		case "pass":
			fmt.Fprintf(t.out, "ok    %s  %s\n", e.Package, took)
		case "skip":
			fmt.Fprintf(t.out, "none  %s  (no tests)\n", e.Package)
		case "fail":
			t.printFailure(e)
			fmt.Fprintf(t.out, "FAIL  %s  %s\n", e.Package, took)
		}
	}
}

// printFailure shows all that the failing tests of a package said, and those that
// were cut off by a panic or a time limit.
func (t *tally) printFailure(e event) {
	for _, line := range t.builds[e.FailedBuild] {
		fmt.Fprint(t.out, line)
	}
	for _, x := range t.sorted() {
		if x.pkg == e.Package && x.name != "" && (x.result == "fail" || x.result == "") {
			fmt.Fprint(t.out, strings.Join(x.output, ""))
		}
	}
	if x := t.tests[e.Package+" "]; x != nil {
		fmt.Fprint(t.out, strings.Join(x.output, ""))
	}
}

func (t *tally) sorted() []*test {
	keys := slices.Sorted(maps.Keys(t.tests))
	xs := make([]*test, len(keys))
	for i, k := range keys {
		xs[i] = t.tests[k]
	}
	return xs
}
