package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// TestJSONFields holds that the fields of JSON Schema are known by their way
// from the root (catalog-api.md section 9).
func TestJSONFields(t *testing.T) {
	n := newNode(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{
			"nested", `{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}}},"c":{"type":"integer"}}}`,
			[]string{"$.a a", "$.a.b a.b", "$.c c"},
		},
		{
			"lists", `{"type":"object","properties":{"lines":{"type":"array","items":{"type":"object","properties":{
				"sku":{"type":"string"},"parts":{"type":"array","items":{"$ref":"#/definitions/part"}}}}}},
				"definitions":{"part":{"type":"object","properties":{"n":{"type":"integer"}}}}}`,
			[]string{"$.lines lines", "$.lines[i].sku lines.sku", "$.lines[i].parts lines.parts", "$.lines[i].parts[i].n lines.parts.n"},
		},
		{
			"a definition used twice", `{"type":"object","properties":{"from":{"$ref":"#/$defs/place"},"to":{"$ref":"#/$defs/place"}},
				"$defs":{"place":{"type":"object","properties":{"zip":{"type":"string"}}}}}`,
			[]string{"$.from from", "$.from.zip from.zip", "$.to to", "$.to.zip to.zip"},
		},
		{
			"inheritance", `{"allOf":[{"$ref":"#/definitions/base"},{"type":"object","properties":{"own":{"type":"string"},"id":{"type":"string"}}}],
				"definitions":{"base":{"type":"object","properties":{"id":{"type":"string"}}}}}`,
			[]string{"$.own own", "$.id id"},
		},
		{
			"a choice of references", `{"type":"object","properties":{"pay":{"oneOf":[{"$ref":"#/definitions/card"},{"$ref":"#/definitions/cash"},{"type":"null"}]}},
				"definitions":{"card":{"type":"object","properties":{"no":{"type":"string"}}},"cash":{"type":"object","properties":{"sum":{"type":"number"}}}}}`,
			[]string{"$.pay pay", "$.pay.no pay.no", "$.pay.sum pay.sum"},
		},
		{
			"a reference as the root", `{"$ref":"#/definitions/order","definitions":{"order":{"type":"object","properties":{"id":{"type":"string"}}}}}`,
			[]string{"$.id id"},
		},
		{
			"a list as the root", `{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"}}}}`,
			[]string{"$[i].id id"},
		},
		{
			"a type within itself", `{"type":"object","properties":{"name":{"type":"string"},"kids":{"type":"array","items":{"$ref":"#"}}}}`,
			[]string{"$.name name", "$.kids kids"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			n.Register(c.name, schema.JSON, c.text)
			var got []string
			for _, f := range n.fields(c.name) {
				got = append(got, f.RuntimeName+" "+strings.Join(f.Paths, " "))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestJSONReferences(t *testing.T) {
	n := newNode(t)
	n.Register("address", schema.JSON, `{"type":"object","confluent:tags":["PII"],"properties":{"zip":{"type":"string","confluent:tags":["ZIP"]}},
		"definitions":{"geo":{"type":"object","properties":{"lat":{"type":"number"}}}}}`)
	n.Register("orders", schema.JSON, `{"type":"object","properties":{"to":{"$ref":"address.json"},"at":{"$ref":"address.json#/definitions/geo"}}}`, "address.json", "address")
	want := []string{"$.to [PII INLINE via address]", "$.to.zip [ZIP INLINE via address]", "$.at []", "$.at.lat []"}
	var got []string
	for _, f := range n.fields("orders") {
		got = append(got, fmt.Sprint(f.RuntimeName, " ", tagsOf(f.Tags)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

// TestJSONTags holds that the tags of an object that is the value of a field
// are the field's, and not a record's of its own.
func TestJSONTags(t *testing.T) {
	n := newNode(t)
	n.Register("j", schema.JSON, `{"type":"object","confluent:tags":["ROOT"],"properties":{
		"a":{"type":"object","confluent:tags":["A"],"properties":{"b":{"type":"string","confluent:tags":["B"]}}},
		"l":{"type":"array","items":{"type":"object","confluent:tags":["ITEM"],"properties":{}}}}}`)
	got := map[string][]string{}
	for _, f := range n.fields("j") {
		got[f.RuntimeName] = tagsOf(f.Tags)
	}
	records, err := n.View().Records(t.Context(), in("j"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		got[r.Name] = tagsOf(r.Tags)
	}
	want := map[string][]string{
		"$.a": {"A INLINE"}, "$.a.b": {"B INLINE"}, "$.l": nil,
		"object": {"ROOT INLINE"}, "object.a.object": nil, "object.l.array.object": {"ITEM INLINE"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

// TestBounds holds that schemas whose types stand within each other in very
// many ways are laid out in bounded time, the upper fields all there.
func TestBounds(t *testing.T) {
	var defs, props []string
	for i := range 12 {
		var fields []string
		for j := range 12 {
			fields = append(fields, fmt.Sprintf(`"f%d":{"$ref":"#/definitions/d%d"}`, j, j))
		}
		defs = append(defs, fmt.Sprintf(`"d%d":{"type":"object","properties":{%s}}`, i, strings.Join(fields, ",")))
		props = append(props, fmt.Sprintf(`"p%d":{"$ref":"#/definitions/d%d"}`, i, i))
	}
	n := newNode(t)
	n.Register("j", schema.JSON, `{"type":"object","properties":{`+strings.Join(props, ",")+`},"definitions":{`+strings.Join(defs, ",")+`}}`)
	fields := n.fields("j")
	top := 0
	for i := range fields {
		if strings.Count(fields[i].RuntimeName, ".") == 1 {
			top++
		}
	}
	if top != 12 || len(fields) > 20_000 {
		t.Errorf("%d upper fields of %d", top, len(fields))
	}
}
