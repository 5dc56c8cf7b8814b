package jsonschema

import (
	"strings"
	"testing"
)

// Dialects as the tables below name them: the four-digit years are the newer
// two, "old" is draft-04 to 07, "all" is every one.
var dialectURLs = map[string]string{
	"04": "http://json-schema.org/draft-04/schema#", "06": "http://json-schema.org/draft-06/schema#",
	"07": "http://json-schema.org/draft-07/schema#", "2019": "https://json-schema.org/draft/2019-09/schema",
	"2020": "https://json-schema.org/draft/2020-12/schema",
}

// inDialect puts a $schema in front of the keywords of a text.
func inDialect(dialect, keywords string) string {
	return `{"$schema":"` + dialectURLs[dialect] + `",` + keywords + "}"
}

func expand(dialects string) []string {
	switch dialects {
	case "":
		return nil
	case "all":
		return []string{"04", "06", "07", "2019", "2020"}
	case "old":
		return []string{"04", "06", "07"}
	case "new":
		return []string{"2019", "2020"}
	}
	return strings.Fields(dialects)
}

// TestAcceptance holds the table of compatibility.md 2.3: for each text the
// dialects that refuse it; all others accept it.
func TestAcceptance(t *testing.T) {
	for _, c := range []struct{ keywords, refused string }{
		{`"type":"strin"`, "all"},
		{`"type":["string","foo"]`, "all"},
		{`"type":1`, "all"},
		{`"type":null`, "all"},
		{`"pattern":"["`, "all"},
		{`"pattern":1`, "all"},
		{`"patternProperties":{"[":{}}`, "all"},
		{`"patternProperties":[]`, "all"},
		{`"required":"a"`, "all"},
		{`"required":[1]`, "all"},
		{`"enum":{}`, "all"},
		{`"anyOf":{}`, "all"},
		{`"not":[]`, "all"},
		{`"properties":{"a":1}`, "all"},
		{`"properties":{"a":null}`, "all"},
		{`"$ref":"#/nowhere/at/all"`, "all"},
		{`"$ref":1`, "all"},
		{`"$ref":"http://example.com/other.json"`, "all"},
		{`"$ref":"file:///etc/passwd"`, "all"},
		{`"$ref":"a b"`, "all"},
		{`"title":1`, "all"},
		{`"description":[]`, "all"},
		{`"format":1`, "all"},
		{`"additionalProperties":null`, "all"},
		{`"uniqueItems":1`, "all"},
		{`"minimum":NaN`, "all"},
		{`"maximum":"1"`, "all"},
		{`"exclusiveMaximum":5`, "04"},
		{`"exclusiveMaximum":true`, "06 07 2019 2020"},
		{`"required":[]`, ""},
		{`"required":["a","a"]`, ""},
		{`"enum":[]`, ""},
		{`"type":[]`, ""},
		{`"anyOf":[]`, ""},
		{`"minLength":-1`, ""},
		{`"multipleOf":-2`, ""},
		{`"maximum":1e999999`, ""},
		{`"format":"nope"`, ""},
		{`"multipleOf":0`, "old"},
		{`"multipleOf":1E-400`, "old"},
		{`"multipleOf":1E309`, "old"},
		{`"maxLength":1.5`, "old"},
		{`"maxLength":1.0`, "old"},
		{`"maxItems":4294967296`, "old"},
		{`"minProperties":"1"`, "all"},
		{`"items":[{"type":"string"}]`, "new"},
		{`"items":{"type":"x"}`, "all"},
		{`"items":true`, "04"},
		{`"definitions":{"a":{"type":"x"}}`, "new"},
		{`"$defs":{"a":{"type":"x"}}`, "new"},
		{`"$defs":1`, "new"},
		{`"definitions":1`, ""},
		{`"prefixItems":{}`, "new"},
		{`"unevaluatedItems":"x"`, "new"},
		{`"unevaluatedProperties":1`, "new"},
		{`"dependentRequired":{"a":"b"}`, "new"},
		{`"dependentSchemas":{"a":1}`, "new"},
		{`"deprecated":1`, "new"},
		{`"$anchor":"a b"`, "new"},
		{`"dependencies":{"a":"b"}`, "old"},
		{`"dependencies":1`, "old"},
		{`"contains":1`, "06 07 2019 2020"},
		{`"propertyNames":[]`, "06 07 2019 2020"},
		{`"if":1`, "07 2019 2020"},
		{`"then":1`, "07"},
		{`"readOnly":1`, "07 2019 2020"},
		{`"id":1`, "04"},
		{`"id":"a b"`, "04"},
		{`"$id":1`, "06 07"},
		{`"$id":"a b"`, "06 07 2019 2020"},
		{`"$dynamicRef":"#nope"`, "new"},
		{`"$dynamicRef":"#here","$dynamicAnchor":"here"`, ""},
		{`"$comment":1`, ""},
		{`"examples":1`, ""},
		{`"minContains":"x"`, ""},
		{`"contentEncoding":[]`, ""},
		{`"default":null`, ""},
		{`"properties":{"":{}}`, ""},
		{`"properties":{"id":"x"}`, "06 07 2019 2020"},
		{`"$ref":"#"`, ""},
		{`"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"$ref":"#/definitions/a"}}`, ""},
		{`"definitions":{"a":{}},"properties":{"p":{"$ref":"#/$defs/a"}}`, ""},
		{`"$defs":{"a":{}},"properties":{"p":{"$ref":"#/definitions/a"}}`, "all"},
		{`"properties":{"p":{"$ref":"http://json-schema.org/draft-07/schema#"}}`, ""},
		{`"properties":{"p":{"$ref":"https://json-schema.org/draft-07/schema#/definitions/schemaArray"}}`, ""},
		{`"properties":{"p":{"$ref":"https://json-schema.org/draft/2020-12/schema"}}`, "old"},
		{`"properties":{"p":{"$ref":"https://json-schema.org/draft/2019-09/schema"}}`, "old"},
		{`"properties":{"p":{"$schema":"http://json-schema.org/draft-07/schema#"}}`, ""},
		{`"properties":{"p":{"$schema":"http://example.com/mine"}}`, "new"},
		{`"x":NaN,"y":-Infinity,"z":+Infinity`, ""},
		{`"$id":"urn:x:a","$defs":{"a":{}},"properties":{"p":{"$ref":"#/$defs/a"}}`, ""},
		{`"$defs":{"a":{"$anchor":"here"}},"properties":{"p":{"$ref":"#here"}}`, ""},
		// Drafts 4 to 7 know no anchors; a fragment that is no pointer leads
		// to the root there.
		{`"properties":{"p":{"$ref":"#nowhere"}}`, "new"},
		{`"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}`, "new"},
	} {
		refused := make(map[string]bool)
		for _, d := range expand(c.refused) {
			refused[d] = true
		}
		for _, d := range expand("all") {
			_, err := parse(inDialect(d, c.keywords))
			if (err != nil) != refused[d] {
				t.Errorf("%s in %s: %v, want refused %v", c.keywords, d, err, refused[d])
			}
		}
	}
}

// TestDialects holds which $schema means which dialect.
func TestDialects(t *testing.T) {
	for _, c := range []struct {
		text string
		want Dialect
	}{
		{`{}`, Draft07},
		{`true`, Draft07},
		{`{"$schema":""}`, Draft07},
		{`{"$schema":"http://example.com/mine"}`, Draft07},
		{`{"$schema":"http://json-schema.org/draft-05/schema#"}`, Draft07},
		{`{"$schema":"HTTP://json-schema.org/draft-04/schema#"}`, Draft07},
		{`{"$schema":"http://json-schema.org/schema#"}`, Draft04},
		{`{"$schema":"https://json-schema.org/draft-04/schema"}`, Draft04},
		{`{"$schema":"http://json-schema.org/draft-06/schema"}`, Draft06},
		{`{"$schema":"http://json-schema.org/draft/2019-09/schema#"}`, Draft201909},
		{`{"$schema":"https://json-schema.org/draft/2020-12/schema"}`, Draft202012},
	} {
		s, err := parse(c.text)
		if err != nil || s.Dialect() != c.want {
			t.Errorf("dialect of %s = %v, %v, want %v", c.text, s.Dialect(), err, c.want)
		}
	}
	for _, text := range []string{`{"$schema":1}`, `{"$schema":null}`} {
		if _, err := parse(text); err == nil {
			t.Errorf("%s is accepted", text)
		}
	}
}
