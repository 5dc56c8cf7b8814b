package avro_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

const (
	address  = `{"type":"record","name":"Address","namespace":"com.acme","fields":[{"name":"street","type":"string"},{"name":"g","type":{"type":"record","name":"Geo","fields":[{"name":"lat","type":"double"}]}}]}`
	customer = `{"type":"record","name":"Customer","namespace":"com.acme","fields":[{"name":"x","type":"Address"}]}`
)

// referring is a source with texts that it refers to, each before what needs
// it.
func referring(text string, dependencies ...string) schema.Source {
	source := schema.Source{Type: schema.Avro, Text: text}
	for i, d := range dependencies {
		ref := schema.Reference{Name: string(rune('a' + i)), Subject: "s", Version: int32(i + 1)}
		source.References = append(source.References, ref)
		source.Dependencies = append(source.Dependencies, schema.Dependency{Reference: ref, Text: d, Direct: true})
	}
	return source
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		name         string
		text         string
		dependencies []string
		stored       string
		resolved     string
	}{
		{
			"a chain",
			`{"type":"record","name":"O","namespace":"com.acme","fields":[{"name":"b","type":"Customer"},{"name":"a","type":"com.acme.Address"}]}`,
			[]string{address, customer},
			`{"type":"record","name":"O","namespace":"com.acme","fields":[{"name":"b","type":"Customer"},{"name":"a","type":"Address"}]}`,
			`{"type":"record","name":"O","namespace":"com.acme","fields":[{"name":"b","type":{"type":"record","name":"Customer","fields":[{"name":"x","type":{"type":"record","name":"Address","fields":[{"name":"street","type":"string"},{"name":"g","type":{"type":"record","name":"Geo","fields":[{"name":"lat","type":"double"}]}}]}}]}},{"name":"a","type":"Address"}]}`,
		},
		{
			"a type nested in a referenced text is inlined",
			`{"type":"record","name":"U","namespace":"com.acme","fields":[{"name":"first","type":"Geo"},{"name":"then","type":["null","Address"]}]}`,
			[]string{address},
			`{"type":"record","name":"U","namespace":"com.acme","fields":[{"name":"first","type":{"type":"record","name":"Geo","fields":[{"name":"lat","type":"double"}]}},{"name":"then","type":["null","Address"]}]}`,
			`{"type":"record","name":"U","namespace":"com.acme","fields":[{"name":"first","type":{"type":"record","name":"Geo","fields":[{"name":"lat","type":"double"}]}},{"name":"then","type":["null",{"type":"record","name":"Address","fields":[{"name":"street","type":"string"},{"name":"g","type":"Geo"}]}]}]}`,
		},
		{
			"a type that the text repeats is a name",
			`{"type":"record","name":"Own","fields":[{"name":"a","type":` + address + `}]}`,
			[]string{address},
			`{"type":"record","name":"Own","fields":[{"name":"a","type":"com.acme.Address"}]}`,
			`{"type":"record","name":"Own","fields":[{"name":"a","type":` + address + `}]}`,
		},
		{
			"the branches of a referenced union are inlined",
			`{"type":"record","name":"H","fields":[{"name":"m","type":"com.acme.Mac"}]}`,
			[]string{`[{"type":"fixed","name":"com.acme.Mac","size":6},"null"]`},
			`{"type":"record","name":"H","fields":[{"name":"m","type":{"type":"fixed","name":"Mac","namespace":"com.acme","size":6}}]}`,
			`{"type":"record","name":"H","fields":[{"name":"m","type":{"type":"fixed","name":"Mac","namespace":"com.acme","size":6}}]}`,
		},
		{"only a name", `"com.acme.Address"`, []string{address}, `"com.acme.Address"`, address},
		{"names of a referenced text are not checked", `"com.acme.Old"`, []string{`{"type":"fixed","name":"Old","namespace":"com.acme","aliases":["9"],"size":1}`}, `"com.acme.Old"`, `{"type":"fixed","name":"Old","namespace":"com.acme","size":1,"aliases":["9"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustParse(t, referring(c.text, c.dependencies...), schema.Options{New: true})
			if diff := cmp.Diff(c.stored, s.Text()); diff != "" {
				t.Errorf("stored: %s", diff)
			}
			for _, format := range []string{"resolved", "RESOLVED"} {
				if got, err := s.Render(format); err != nil || got != c.resolved {
					t.Errorf("Render(%s) = %s, %v, want %s", format, got, err, c.resolved)
				}
			}
			if got, _ := s.Render("serialized"); got != c.stored {
				t.Errorf("Render(serialized) = %s", got)
			}
			again := mustParse(t, referring(s.Text(), c.dependencies...), schema.Options{})
			if again.Text() != s.Text() || !again.Equal(s) {
				t.Errorf("read again: %s", again.Text())
			}
			if inlined := stored(t, c.resolved); !inlined.Equal(s) || !s.Equal(inlined) {
				t.Error("not equal with its references inlined")
			}
			normal, err := s.Normalize()
			if err != nil || normal.Text() != c.stored {
				t.Errorf("normalised: %s, %v", normal.Text(), err)
			}
		})
	}
}

func TestReferenceFaults(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		dependencies []string
		fault        string
	}{
		{"missing", customer, nil, `"com.acme.Address" is not defined`},
		{"the text redefines", `{"type":"record","name":"Own","fields":[{"name":"a","type":{"type":"fixed","name":"com.acme.Address","size":1}}]}`, []string{address}, "a second time"},
		{"two versions of one type", `"com.acme.Address"`, []string{address, strings.Replace(address, "street", "road", 1)}, `in the reference "b"`},
		{"no Avro", `"int"`, []string{`{"type":"object"}`}, `in the reference "a"`},
		{"the whole text is a definition of a reference", address, []string{address}, "by a reference already"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, options := range []schema.Options{{New: true}, {}} {
				faults := refuse(t, referring(c.text, c.dependencies...), options)
				if len(faults) == 0 || !strings.Contains(faults[0].Message, c.fault) {
					t.Errorf("faults %v, want %q", faults, c.fault)
				}
			}
		})
	}
}

func TestNormalizedReferences(t *testing.T) {
	ref := func(name, subject string, version int32) schema.Reference {
		return schema.Reference{Name: name, Subject: subject, Version: version}
	}
	s := mustParse(t, schema.Source{Text: `"int"`, References: []schema.Reference{
		ref("b", "s", 1), ref("a", "s", 1), ref("b", "s", 1), ref("z", "r", 2), ref("z", "r", 2), ref("y", "r", 1), ref("b", "s", 1),
	}}, schema.Options{})
	normal, err := s.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	want := []schema.Reference{ref("y", "r", 1), ref("z", "r", 2), ref("b", "s", 1), ref("a", "s", 1), ref("b", "s", 1)}
	if diff := cmp.Diff(want, normal.References()); diff != "" {
		t.Error(diff)
	}
	if len(s.References()) != 7 {
		t.Error("the references of the schema itself have changed")
	}
}
