package main

import (
	"strings"
	"testing"
)

func TestCount(t *testing.T) {
	tests := []struct {
		name           string
		events         string
		passed, failed int
		report         string
	}{
		{
			name: "a test with subtests is no case",
			events: `{"Action":"run","Package":"p","Test":"T"}
{"Action":"run","Package":"p","Test":"T/a"}
{"Action":"pass","Package":"p","Test":"T/a"}
{"Action":"run","Package":"p","Test":"T/b"}
{"Action":"output","Package":"p","Test":"T/b","Output":"why\n"}
{"Action":"fail","Package":"p","Test":"T/b"}
{"Action":"fail","Package":"p","Test":"T"}
{"Action":"fail","Package":"p"}`,
			passed: 1, failed: 1, report: "why\n",
		},
		{
			name: "a package that ends by itself is a failure",
			events: `{"Action":"output","Package":"p","Output":"panic\n"}
{"Action":"fail","Package":"p"}`,
			failed: 1, report: "panic\n",
		},
		{
			name:   "a skipped test is a failure",
			events: `{"Action":"skip","Package":"p","Test":"T"}`,
			failed: 1,
		},
		{
			name: "all is well",
			events: `{"Action":"pass","Package":"p","Test":"T"}
{"Action":"pass","Package":"p"}`,
			passed: 1,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var report strings.Builder
			passed, failed, err := count(strings.NewReader(test.events), &report)
			if err != nil || passed != test.passed || failed != test.failed || report.String() != test.report {
				t.Errorf("count = %d, %d, %v with the report %q, want %d, %d with %q",
					passed, failed, err, report.String(), test.passed, test.failed, test.report)
			}
		})
	}
}
