package contract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/contract"
)

const head = "apiVersion: v3.1.0\nkind: DataContract\nid: x\nversion: 1.0.0\nstatus: active\n"

func TestReadFaults(t *testing.T) {
	for _, x := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"@0:0 the document is empty"}},
		{"a text", "hello", []string{"@1:1 a contract is an object"}},
		{"no YAML", "a: [1", []string{"@1:4 it is not YAML: sequence end token ']' not found"}},
		{"nothing there", "{}", []string{
			"apiVersion@1:1 the member is missing", "id@1:1 the member is missing", "kind@1:1 the member is missing",
			"status@1:1 the member is missing", "version@1:1 the member is missing",
		}},
		{"another standard", strings.Replace(head, "v3.1.0", "v2.2.2", 1), []string{`apiVersion@1:13 the version "v2.2.2" of the standard is not known`}},
		{"another kind", strings.Replace(head, "DataContract", "Pod", 1), []string{"kind@2:7 the kind of a contract is DataContract"}},
		{
			"wrong kinds",
			head + "name: 1\ntags: x\ndescription: text\nschema:\n  - text\n  - name: [a]\n    properties:\n      - {description: none}\nteam: 5\n",
			[]string{
				"name@6:7 it is a number, and should be a text", "tags@7:7 it is a text, and should be a list",
				"description@8:14 it is a text, and should be an object",
				"schema[0]@10:5 it is a text, and should be an object", "schema[1].name@11:11 it is a list, and should be a text",
				"schema[1].properties[0].name@13:9 the member is missing", "team@14:7 it is a number, and should be an object",
			},
		},
		{"SLA", head + "slaProperties:\n  - property: latency\n  - property: x\n    value: [1]\n", []string{
			"slaProperties[0].value@7:5 the member is missing", "slaProperties[1].value@9:12 it is a list, and should be a single value",
		}},
		{"twice", head + "id: y\n", []string{"@6:1 it is not YAML: mapping key \"id\" already defined at [3:1]"}},
		{"two documents", head + "---\n" + head, []string{"@7:1 there is more than one document"}},
		{"an unknown anchor", head + "name: *x\n", []string{`@6:7 there is no anchor named "x" before its use`}},
		{"not UTF-8", head + "name: \xff", []string{"@0:0 the text is not UTF-8"}},
	} {
		t.Run(x.name, func(t *testing.T) {
			_, err := contract.Read(x.text)
			var invalid *contract.InvalidError
			if !errors.As(err, &invalid) {
				t.Fatalf("Read() = %v", err)
			}
			var got []string
			for _, f := range invalid.Faults {
				got = append(got, fmt.Sprintf("%s@%d:%d %s", f.Path, f.Position.Line, f.Position.Column, f.Message))
			}
			if d := cmp.Diff(x.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestRead(t *testing.T) {
	d, err := contract.Read(head + `
name: &n Orders
team:
  - {username: ann, role: Owner, dateIn: 2020-01-01}
schema:
  - name: *n
    physicalName: orders
    properties:
      - name: a
        logicalType: array
        items: {items: {properties: [{name: b, unknown: {x: 1}}]}}
unknown: [1, {a: 2}]
`)
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != "Orders" || len(d.Objects) != 1 || d.Objects[0].Name != "Orders" || len(d.Team.Members) != 1 ||
		d.Objects[0].Properties[0].Properties[0].Name != "b" {
		t.Errorf("Read() = %+v", d)
	}
}

func TestReadHostile(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, text := range map[string]string{
		"brackets":   head + "x: " + strings.Repeat("[", 200_000),
		"dashes":     head + "x:\n  " + strings.Repeat("- ", 200_000),
		"aliases":    head + bomb,
		"long":       head + "x: " + strings.Repeat("y", 600_000),
		"many":       head + "x: [" + strings.Repeat("1,", 240_000) + "1]",
		"indented":   head + indented(600),
		"questions":  head + strings.Repeat("? ", 100_000),
		"comments":   head + strings.Repeat("# x\n", 120_000) + "x: [",
		"anchors":    head + "x: [" + strings.Repeat("&a 1, ", 80_000) + "1]]",
		"literals":   head + "x: |\n" + strings.Repeat("  y\n", 100_000) + "z: *z\n",
		"members":    head + repeated("k%d: 1\n", 40_000) + "z: *z\n",
		"flow":       head + "x: {" + repeated("k%d: 1, ", 40_000) + "z: 1}",
		"aliases 2":  head + "x: &a 1\ny: [" + strings.Repeat("*a, ", 100_000) + "*b]",
		"below":      head + "x:\n" + repeated("  k%d: 1\n", 40_000) + "z: *z\n",
		"members ok": head + repeated("k%d: 1\n", 4_900) + "z: *z\n",
		"quotes":     head + "x: \"" + strings.Repeat("\\n", 200_000),
		"folded":     head + "x: y\n" + strings.Repeat("  y\n", 100_000) + "z: *z\n",
		"items":      head + "x:\n" + strings.Repeat("- y: 1\n", 60_000) + "z: *z\n",
		"properties": head + "schema:\n  - name: x\n    properties: " + strings.Repeat("[{name: a, properties: ", 70) + strings.Repeat("}]", 70),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := contract.Read(text)
			if !errors.As(err, new(*contract.InvalidError)) {
				t.Errorf("Read() = %v", err)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("it took %s", took)
			} else {
				t.Logf("it took %s", took)
			}
		})
	}
}

func repeated(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, pattern, i)
	}
	return b.String()
}

func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add(head)
	f.Add(head + "team:\n  - username: a\nschema:\n  - name: x\n    properties:\n      - name: y\n        items: {properties: [{name: z}]}\n")
	f.Add("{\"id\": 1, \"a\": &b [*b]}")
	f.Add("? a\n: b\n--- |\n x\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := contract.Read(text)
		if err == nil && (d.ID == "" || d.Status == "") {
			t.Errorf("Read(%q) = %+v", text, d)
		}
		if err != nil && !errors.As(err, new(*contract.InvalidError)) {
			t.Errorf("Read(%q) = %v", text, err)
		}
	})
}
