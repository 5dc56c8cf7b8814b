package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// stream writes events as go test does: one JSON value a line.
func stream(lines ...string) *strings.Reader {
	return strings.NewReader(strings.Join(lines, "\n") + "\n")
}

func TestTally(t *testing.T) {
	mixed := stream(
		`{"Action":"start","Package":"w/store"}`,
		`{"Action":"run","Package":"w/store","Test":"TestStore"}`,
		`{"Action":"run","Package":"w/store","Test":"TestStore/sqlite"}`,
		`{"Action":"run","Package":"w/store","Test":"TestStore/sqlite/register"}`,
		`{"Action":"pass","Package":"w/store","Test":"TestStore/sqlite/register"}`,
		`{"Action":"pass","Package":"w/store","Test":"TestStore/sqlite"}`,
		`{"Action":"run","Package":"w/store","Test":"TestStore/B"}`,
		`{"Action":"attr","Package":"w/store","Test":"TestStore/B","Key":"engine","Value":"postgres"}`,
		`{"Action":"run","Package":"w/store","Test":"TestStore/B/register"}`,
		`{"Action":"output","Package":"w/store","Test":"TestStore/B/register","Output":"    a.go:1: lost a write\n"}`,
		`{"Action":"fail","Package":"w/store","Test":"TestStore/B/register"}`,
		`{"Action":"fail","Package":"w/store","Test":"TestStore/B"}`,
		`{"Action":"fail","Package":"w/store","Test":"TestStore"}`,
		`{"Action":"fail","Package":"w/store","Elapsed":1.5}`,
		`{"Action":"run","Package":"w/compat","Test":"TestPairs"}`,
		`{"Action":"attr","Package":"w/compat","Test":"TestPairs","Key":"corpus","Value":"avro/pairs.json 1000"}`,
		`{"Action":"attr","Package":"w/compat","Test":"TestPairs","Key":"corpus","Value":"avro/pairs.json 100"}`,
		`{"Action":"pass","Package":"w/compat","Test":"TestPairs"}`,
		`{"Action":"run","Package":"w/compat","Test":"TestMore"}`,
		`{"Action":"output","Package":"w/compat","Test":"TestMore","Output":"=== RUN   TestMore\n"}`,
		`{"Action":"output","Package":"w/compat","Test":"TestMore","Output":"    b.go:7: no corpora here\n"}`,
		`{"Action":"skip","Package":"w/compat","Test":"TestMore"}`,
		`{"Action":"pass","Package":"w/compat","Elapsed":0.25}`,
		`{"Action":"skip","Package":"w/none","Elapsed":0}`,
	)
	const want = `    a.go:1: lost a write
FAIL  w/store  1.5s
ok    w/compat  250ms
none  w/none  (no tests)

skipped: w/compat TestMore: b.go:7: no corpora here
packages      1 passed, 1 failed, 1 without tests
on SQLite     1 passed, 0 failed, 0 skipped
on PostgreSQL 0 passed, 1 failed, 0 skipped (PostgreSQL 15)
on neither    1 passed, 0 failed, 1 skipped
corpus          1100 cases of avro/pairs.json
corpus          1100 recorded cases of 1 files ran
took          3s
2 passed, 1 failed, 1 skipped
`
	var out bytes.Buffer
	tl := newTally(&out)
	if err := tl.read(mixed); err != nil {
		t.Fatal(err)
	}
	tl.close(summary{took: 3 * time.Second, postgres: "PostgreSQL 15", everything: true})
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("closing lines (-want +got):\n%s", diff)
	}
	if !tl.failed() {
		t.Error("failed() = false after a failed test")
	}
}

func TestTallyFailsOn(t *testing.T) {
	const passing = `{"Action":"pass","Package":"w/a","Test":"TestA/sqlite"}`
	tests := []struct {
		name  string
		lines []string
		want  string // in the output
	}{
		{"an engine that no test reached", []string{passing}, "fault: no test ran on postgres"},
		{
			"a package that does not build",
			[]string{
				`{"Action":"build-output","ImportPath":"w/b [w/b.test]","Output":"b.go:3: undefined: x\n"}`,
				`{"Action":"fail","Package":"w/b","FailedBuild":"w/b [w/b.test]"}`,
			},
			"b.go:3: undefined: x",
		},
		{
			"a test that a panic cut off",
			[]string{
				`{"Action":"run","Package":"w/c","Test":"TestC"}`,
				`{"Action":"output","Package":"w/c","Test":"TestC","Output":"panic: oh\n"}`,
				`{"Action":"fail","Package":"w/c"}`,
			},
			"panic: oh",
		},
		{
			"a corpus count that is none",
			[]string{`{"Action":"attr","Package":"w/d","Test":"TestD","Key":"corpus","Value":"all"}`},
			`fault: w/d TestD: attribute corpus is "all"`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			tl := newTally(&out)
			if err := tl.read(stream(tt.lines...)); err != nil {
				t.Fatal(err)
			}
			tl.close(summary{everything: true})
			if !tl.failed() {
				t.Error("failed() = false")
			}
			if !strings.Contains(out.String(), tt.want) {
				t.Errorf("output lacks %q:\n%s", tt.want, out.String())
			}
		})
	}
}

func TestTallyRefusesWhatIsNotJSON(t *testing.T) {
	if err := newTally(&bytes.Buffer{}).read(strings.NewReader("go: no such tool\n")); err == nil {
		t.Error("read returned no error")
	}
}
