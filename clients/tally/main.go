// Command tally reads the events of `go test -json` and counts the test
// cases. It prints what the failed ones wrote, and at the end one line
//
//	NAME: N passed, N failed
//
// in the form that all client programs end with. A case is a test without
// subtests. A skipped one counts as failed, and so does a package that did
// not get as far as its tests, so that nothing is left out in silence.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json … | tally NAME")
		os.Exit(2)
	}
	passed, failed, err := count(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		failed++
	}
	fmt.Printf("%s: %d passed, %d failed\n", os.Args[1], passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// event is one line of test2json, see `go doc test2json`.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// count reads the events and writes the output of what failed.
func count(events io.Reader, report io.Writer) (passed, failed int, err error) {
	output := map[string]*strings.Builder{}
	parents := map[string]bool{}
	failedIn := map[string]bool{}
	scanner := bufio.NewScanner(events)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		var e event
		if err := json.Unmarshal(scanner.Bytes(), &e); err != nil {
			return passed, failed, fmt.Errorf("%q: %w", scanner.Text(), err)
		}
		key := e.Package + " " + e.Test
		if output[key] == nil {
			output[key] = &strings.Builder{}
		}
		if i := strings.LastIndexByte(key, '/'); i > len(e.Package) {
			parents[key[:i]] = true
		}
		switch e.Action {
		case "build-output":
			io.WriteString(report, e.Output)
		case "output":
			if !strings.HasPrefix(e.Output, "=== ") {
				output[key].WriteString(e.Output)
			}
		case "pass":
			if e.Test != "" && !parents[key] {
				passed++
			}
		case "fail", "skip":
			io.WriteString(report, output[key].String())
			if e.Test == "" && failedIn[e.Package] {
				continue
			}
			failedIn[e.Package] = true
			if !parents[key] {
				failed++
			}
		}
	}
	return passed, failed, scanner.Err()
}
