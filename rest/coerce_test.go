package rest

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// The rows of registry-api.md 1.5 about malformed JSON: 400 with the place.
func TestParseBodyRefuses(t *testing.T) {
	for text, place := range map[string]string{
		`{`:                       "line 1, column 2",
		`}`:                       "line 1, column 1",
		`{"schema"}`:              "line 1, column 10",
		`{"schema":}`:             "line 1, column 11",
		`{schema:"x"}`:            "line 1, column 2",
		`{'schema':'x'}`:          "line 1, column 2",
		"{\n\"schema\":\"x\",}":   "line 2, column 14",
		`{"schema":"x"} trailing`: "line 1, column 16",
		`{}{}`:                    "line 1, column 3",
		`/* c */ {}`:              "line 1, column 1",
		`{"id":01}`:               "",
		`{"id":+1}`:               "",
		`{"id":.5}`:               "",
		"{\"a\":\"\x01\"}":        "line 1, column 7",
		"{\"a\":\"\xff\"}":        "",
		strings.Repeat("[", 1100): "",
	} {
		_, _, err := parseBody(text)
		var refused *refusal
		if !errors.As(err, &refused) || refused.status != 400 || refused.code != 400 || !strings.Contains(refused.message, place) {
			t.Errorf("parseBody(%.40q) = %v, want a 400 with %q", text, err, place)
		}
	}
}

func TestParseBodyTakes(t *testing.T) {
	for _, text := range []string{"\ufeff{}", " {} \r\n\t", `{"a":NaN,"b":-Infinity}`, `{"a":1,"a":2}`} {
		if _, _, err := parseBody(text); err != nil {
			t.Errorf("parseBody(%q) = %v", text, err)
		}
	}
	for _, text := range []string{"", " ", "\r\n", "null", "\ufeff"} {
		if v, _, err := parseBody(text); err != nil || !absent(v) {
			t.Errorf("parseBody(%q) = %v, %v; want nothing", text, v, err)
		}
	}
}

// readSchemaBody reads a body that is the given JSON.
func readSchemaBody(t *testing.T, text string) (registry.SchemaBody, error) {
	t.Helper()
	v, f, err := parseBody(text)
	if err != nil {
		t.Fatal(err)
	}
	body := f.schemaBody(v)
	return body, f.fault
}

// The rows of 1.5 about types: what is taken for what.
func TestSchemaBodyCoerces(t *testing.T) {
	some := func(s string) *string { return &s }
	number := func(n int32) *int32 { return &n }
	for text, want := range map[string]registry.SchemaBody{
		`{}`:                                {Type: schema.Avro},
		`{"schema":1}`:                      {Type: schema.Avro, Schema: some("1")},
		`{"schema":1.50}`:                   {Type: schema.Avro, Schema: some("1.50")},
		`{"schema":true}`:                   {Type: schema.Avro, Schema: some("true")},
		`{"schema":null}`:                   {Type: schema.Avro},
		`{"schema":"","schemaType":""}`:     {Schema: some("")},
		`{"schema":"a","schema":"b"}`:       {Type: schema.Avro, Schema: some("b")},
		`{"Schema":"a","more":{"x":[1,2]}}`: {Type: schema.Avro},
		`{"schemaType":5}`:                  {Type: "5"},
		`{"schemaType":null}`:               {Type: schema.Avro},
		`{"version":1}`:                     {Type: schema.Avro, Version: number(1)},
		`{"version":"1"}`:                   {Type: schema.Avro, Version: number(1)},
		`{"version":" 7 "}`:                 {Type: schema.Avro, Version: number(7)},
		`{"version":""}`:                    {Type: schema.Avro},
		`{"version":1.9}`:                   {Type: schema.Avro, Version: number(1)},
		`{"version":-1.9}`:                  {Type: schema.Avro, Version: number(-1)},
		`{"version":1e2}`:                   {Type: schema.Avro, Version: number(100)},
		`{"id":-2147483648}`:                {Type: schema.Avro, ID: number(-2147483648)},
		`{"propagateSchemaTags":"TRUE"}`:    {Type: schema.Avro, PropagateSchemaTags: true},
		`{"propagateSchemaTags":" true "}`:  {Type: schema.Avro, PropagateSchemaTags: true},
		`{"propagateSchemaTags":1}`:         {Type: schema.Avro, PropagateSchemaTags: true},
		`{"propagateSchemaTags":0}`:         {Type: schema.Avro},
		`{"propagateSchemaTags":""}`:        {Type: schema.Avro},
		`{"references":[]}`:                 {Type: schema.Avro},
		`{"references":[null]}`:             {Type: schema.Avro, References: []registry.BodyReference{{}}},
		`{"references":[{"name":1,"subject":"s","version":"2"}]}`: {Type: schema.Avro, References: []registry.BodyReference{
			{Name: some("1"), Subject: some("s"), Version: number(2)},
		}},
		`{"metadata":{}}`: {Type: schema.Avro, Metadata: &registry.Metadata{}},
		`{"metadata":{"properties":{"n":1,"t":true},"tags":{"p":["b","a","b"]},"sensitive":["k","k"]}}`: {
			Type: schema.Avro,
			Metadata: &registry.Metadata{
				Properties: map[string]*string{"n": some("1"), "t": some("true")},
				Tags:       map[string][]string{"p": {"a", "b"}},
				Sensitive:  []string{"k"},
			},
		},
		`{"ruleSet":{"domainRules":[{"name":"r","kind":1,"mode":"3","disabled":"true","tags":[2,1],"params":{"a":1}}],"enableAt":"ALL"}}`: {
			Type: schema.Avro,
			Rules: &registry.RuleSet{
				DomainRules: []registry.Rule{{
					Name: some("r"), Kind: "CONDITION", Mode: "WRITE", Disabled: true,
					Tags: []string{"1", "2"}, Params: map[string]string{"a": "1"},
				}},
				EnableAt: "ALL",
			},
		},
		`{"schema":"\ud83d"}`:       {Type: schema.Avro, Schema: some("\xed\xa0\xbd")},
		`{"schema":"\ud83d\ude00"}`: {Type: schema.Avro, Schema: some("😀")},
	} {
		got, err := readSchemaBody(t, text)
		if err != nil {
			t.Errorf("schemaBody(%s) = %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("schemaBody(%s) (-want +got):\n%s", text, diff)
		}
	}
}

func TestSchemaBodyRefuses(t *testing.T) {
	for _, text := range []string{
		`[]`, `"x"`, `1`, `true`, `""`,
		`{"schema":{}}`, `{"schema":["x"]}`,
		`{"version":"x"}`, `{"version":true}`, `{"version":2147483648}`, `{"version":NaN}`, `{"version":[]}`, `{"version":1e10}`,
		`{"version":"1.0"}`,
		`{"references":{}}`, `{"references":"x"}`, `{"references":""}`, `{"references":[1]}`, `{"references":["x"]}`,
		`{"metadata":""}`, `{"metadata":[]}`, `{"metadata":"x"}`, `{"metadata":{"properties":[]}}`,
		`{"metadata":{"tags":{"p":"x"}}}`, `{"metadata":{"tags":{"p":[null]}}}`, `{"metadata":{"tags":{"p":null}}}`,
		`{"metadata":{"properties":{"n":null}}}`, `{"metadata":{"properties":{"n":{}}}}`, `{"metadata":{"sensitive":"k"}}`,
		`{"ruleSet":[]}`, `{"ruleSet":{"domainRules":[{"kind":"condition"}]}}`, `{"ruleSet":{"domainRules":[{"kind":""}]}}`,
		`{"ruleSet":{"domainRules":[{"kind":2}]}}`, `{"ruleSet":{"domainRules":[{"mode":"ODD"}]}}`,
		`{"ruleSet":{"enableAt":"MOON"}}`, `{"ruleSet":{"domainRules":{}}}`, `{"ruleSet":{"domainRules":["a"]}}`,
		`{"ruleSet":{"domainRules":[{"tags":"PII"}]}}`, `{"ruleSet":{"domainRules":[{"disabled":"yes"}]}}`,
		`{"propagateSchemaTags":"x"}`, `{"propagateSchemaTags":1.5}`, `{"propagateSchemaTags":[]}`,
		`{"schemaTagsToAdd":"x"}`, `{"schemaTagsToAdd":[{"schemaEntity":{"entityType":"sr_field"}}]}`,
		`{"schemaTagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_odd"}}]}`,
	} {
		_, err := readSchemaBody(t, text)
		var refused *refusal
		if !errors.As(err, &refused) || refused.status != 400 || !strings.Contains(refused.message, "line 1, column") {
			t.Errorf("schemaBody(%s) = %v, want a 400 with a place", text, err)
		}
	}
}

// A tag entry that lacks its entity or its tags is a 42201 where tags count
// (registry-api.md 14.2), and nothing elsewhere.
func TestTagsFault(t *testing.T) {
	for _, c := range []struct {
		text  string
		wrong bool
	}{
		{`{"schemaTagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_field"},"tags":["P"]}]}`, false},
		{`{"schemaTagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_field"},"tags":[]}]}`, false},
		{`{"schemaTagsToAdd":[{"tags":["P"]}]}`, true},
		{`{"schemaTagsToRemove":[{"schemaEntity":null,"tags":["P"]}]}`, true},
		{`{"schemaTagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_field"}}]}`, true},
		{`{"schemaTagsToAdd":[null]}`, true},
	} {
		body, err := readSchemaBody(t, c.text)
		if err != nil {
			t.Errorf("schemaBody(%s) = %v", c.text, err)
			continue
		}
		err = tagsFault(body.TagsToAdd, body.TagsToRemove)
		refused, _ := err.(*registry.Error)
		if (err != nil) != c.wrong || c.wrong && refused.Code != 42201 {
			t.Errorf("tagsFault(%s) = %v, want a 42201: %v", c.text, err, c.wrong)
		}
	}
}

func FuzzSchemaBody(f *testing.F) {
	f.Add(`{"schema":"\"string\"","version":1.5,"references":[{"name":"a"}],"metadata":{"tags":{"a":["b"]}}}`)
	f.Add(`{"ruleSet":{"domainRules":[{"name":"a","kind":0}]},"schemaTagsToAdd":[{"tags":[]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		v, fields, err := parseBody(text)
		if err != nil || absent(v) {
			return
		}
		fields.schemaBody(v)
		fields.configUpdate(v)
		fields.tagRequest(v)
		fields.modeUpdate(v)
	})
}
