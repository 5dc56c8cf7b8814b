package avro_test

import (
	"strings"
	"testing"
)

// TestEqual goes through wire/compatibility.md 3: what counts, and what does
// not.
func TestEqual(t *testing.T) {
	base := `{"type":"record","name":"n.R","doc":"d","aliases":["A","B"],"p":1,"q":{"x":1,"y":2},"fields":[` +
		`{"name":"a","type":"long","doc":"e","aliases":["u","v"],"s":1,"t":2},` +
		`{"name":"b","type":{"type":"enum","name":"E","symbols":["X","Y"],"default":"X"},"default":"Y"},` +
		`{"name":"c","type":{"type":"fixed","name":"F","size":2}},` +
		`{"name":"d","type":["null",{"type":"array","items":"n.R"}],"default":null},` +
		`{"name":"e","type":"double","default":1.0}]}`
	for _, c := range []struct {
		name, old, new string
		want           bool
	}{
		{"nothing", ``, ``, true},
		{"order of properties", `"p":1,"q":{"x":1,"y":2}`, `"q":{"x":1,"y":2},"p":1`, true},
		{"order of keys inside", `{"x":1,"y":2}`, `{"y":2,"x":1}`, true},
		{"order of aliases", `["A","B"]`, `["B","A"]`, true},
		{"alias in full", `["A","B"]`, `["n.A","B"]`, true},
		{"order of a field's aliases", `["u","v"]`, `["v","u"]`, true},
		{"number of the same value", `"p":1,`, `"p":1.0,`, false},
		{"the same number written otherwise", `"default":1.0`, `"default":1.00`, true},
		{"default 1 for 1.0", `"default":1.0`, `"default":1`, false},
		{"doc", `"doc":"d"`, `"doc":"x"`, false},
		{"doc of a field", `"doc":"e",`, ``, false},
		{"an empty doc for none", `"name":"E",`, `"name":"E","doc":"",`, false},
		{"alias less", `["A","B"]`, `["A"]`, false},
		{"field alias", `["u","v"]`, `["u","w"]`, false},
		{"enum default", `"default":"X"`, `"default":"Y"`, false},
		{"symbols", `["X","Y"]`, `["Y","X"]`, false},
		{"size", `"size":2`, `"size":3`, false},
		{"property", `"s":1`, `"s":2`, false},
		{"property less", `"s":1,`, ``, false},
		{"another property", `"s":1`, `"r":1`, false},
		{"default", `"default":null`, `"order":"ignore"`, false},
		{"name", `n.R","doc`, `n.S","aliases":["n.R"],"doc`, false},
		{"branch", `["null",{"type":"array","items":"n.R"}]`, `["null",{"type":"map","values":"n.R"}]`, false},
	} {
		changed := strings.Replace(base, c.old, c.new, 1)
		if c.name == "name" {
			changed = strings.ReplaceAll(strings.Replace(base, `n.R","doc"`, `n.S","doc"`, 1), `"items":"n.R"`, `"items":"n.S"`)
		}
		a, b := parse(t, base), parse(t, changed)
		if a.Equal(b) != c.want || b.Equal(a) != c.want {
			t.Errorf("%s: Equal = %v and %v, want %v", c.name, a.Equal(b), b.Equal(a), c.want)
		}
	}
}

func TestEqualOfRecursiveTypes(t *testing.T) {
	// The same graph, entered at the other end.
	a := parse(t, `{"type":"record","name":"A","fields":[{"name":"b","type":{"type":"record","name":"B","fields":[{"name":"a","type":["null","A"]}]}}]}`)
	b := parse(t, `{"type":"record","name":"B","fields":[{"name":"a","type":["null",{"type":"record","name":"A","fields":[{"name":"b","type":"B"}]}]}]}`)
	if a.Equal(b) {
		t.Error("A and B are equal")
	}
	field, _ := a.Root().Named.Field("b")
	if got, want := field.Type.String(), b.Text(); got != want {
		t.Errorf("B inside A is %s, want %s", got, want)
	}
}
