package jsonschema

import "strings"

// modern loads 2019-09 and 2020-12 (compatibility.md 7.1). Every reference
// target is loaded apart from the place where it stands, in its own unit.
type modern struct {
	*loader
	// knots are the places that references and ids name, by absolute URI;
	// list holds them in the order in which they were met.
	knots map[string]*knot
	list  []*knot
	unit  *unit
}

// knot is a schema that has a URI.
type knot struct {
	uri   string
	value *Value
	doc   *Document
	base  uri
	unit  *unit
	// from is the reference that asked for it first.
	from site
}

// site is a value with its document and the base that references in it
// resolve against.
type site struct {
	value *Value
	doc   *Document
	base  uri
}

// memInput is the base of a text without an id.
const memInput = "mem://input"

// load reads the client's text and everything that it refers to.
func (m *modern) load() *unit {
	base, _ := parseURI(memInput)
	at := site{m.main.bridged, m.main, base}
	m.anchors(at, "", "")
	at = m.enter(at)
	root := m.register(at)
	if strings.Contains(strings.TrimSuffix(at.base.text, "#"), "#") {
		m.fault(m.main, at.value.Get("$id"), "the \"$id\" of the root must not have a fragment: %q", at.value.Get("$id").text)
	}
	for i := 0; i < len(m.list) && !m.stopped; i++ {
		m.tie(m.list[i])
	}
	if root.unit == nil {
		return &unit{node: m.node(m.main, at.value, Empty, nil)}
	}
	return m.copies(root)
}

// tie loads the schema of a knot.
func (m *modern) tie(k *knot) {
	if k.value == nil {
		if k.from.doc.Main() {
			m.from = k.from.doc.position(k.from.value.offset)
		}
		if !m.resolve(k) {
			m.fault(k.from.doc, k.from.value, "cannot resolve the reference %q", k.uri)
			return
		}
	}
	k.unit = &unit{}
	m.unit = k.unit
	k.unit.node = m.schema(site{k.value, k.doc, k.base})
}

// knot gives the knot of a URI. A # at the end does not count.
func (m *modern) knot(uri string) *knot {
	uri = strings.TrimSuffix(uri, "#")
	k := m.knots[uri]
	if k == nil {
		k = &knot{uri: uri}
		m.knots[uri] = k
		m.list = append(m.list, k)
	}
	return k
}

// known gives the knot of a URI whose schema is known.
func (m *modern) known(uri string) *knot {
	if k := m.knots[strings.TrimSuffix(uri, "#")]; k != nil && k.value != nil {
		return k
	}
	return nil
}

// register names a schema by the base that is in force in it.
func (m *modern) register(at site) *knot {
	k := m.knot(at.base.text)
	if k.value != nil && k.value != at.value {
		m.fault(at.doc, at.value, "two schemas have the URI %q", at.base.text)
	}
	k.value, k.doc, k.base = at.value, at.doc, at.base
	return k
}

// resolveBase gives what a reference means under a base. Below a urn or a tag
// the texts are put one behind the other.
func resolveBase(base, ref uri) (uri, error) {
	if base.scheme == "urn" || base.scheme == "tag" {
		return parseURI(base.text + ref.text)
	}
	return base.resolve(ref), nil
}

// enter gives a schema its base: one with an id of its own moves it, unless
// the base ends in that text already.
func (m *modern) enter(at site) site {
	id := at.value.Get("$id")
	if id == nil || id.kind != StringValue || strings.HasSuffix(at.base.text, id.text) {
		return at
	}
	ref, err := parseURI(id.text)
	if err == nil {
		ref, err = resolveBase(at.base, ref)
	}
	if err != nil {
		m.fault(at.doc, id, "%q is not a URI: %q", "$id", id.text)
		return at
	}
	at.base = ref
	return at
}

// anchors finds the schemas of a document that have an id or an anchor. It
// does not look into keywords that the loader does not know, nor into values.
func (m *modern) anchors(at site, outer, key string) {
	switch at.value.kind {
	case ArrayValue:
		for _, item := range at.value.items {
			m.anchors(site{item, at.doc, at.base}, key, "")
		}
		return
	case ObjectValue:
	default:
		return
	}
	if key != "" && !modernKeyword(key) && !holdsNames(outer) {
		return
	}
	at = m.enter(at)
	if id := at.value.Get("$id"); id != nil && id.kind == StringValue {
		m.register(at)
	}
	for _, keyword := range []string{"$anchor", "$dynamicAnchor"} {
		anchor := at.value.Get(keyword)
		if anchor == nil || anchor.kind != StringValue {
			continue
		}
		ref, err := parseURI("#" + anchor.text)
		if err == nil {
			ref, err = resolveBase(at.base, ref)
		}
		if err != nil {
			m.fault(at.doc, anchor, "%q is not a name: %q", keyword, anchor.text)
			continue
		}
		k := m.knot(ref.text)
		if keyword == "$anchor" && k.value != nil && k.value != at.value {
			m.fault(at.doc, anchor, "two schemas have the anchor %q", anchor.text)
		}
		k.value, k.doc, k.base = at.value, at.doc, ref
	}
	for _, member := range at.value.members {
		if member.Key != "enum" && member.Key != "const" {
			m.anchors(site{member.Value, at.doc, at.base}, key, member.Key)
		}
	}
}

// holdsNames says that the keys below a keyword are names, not keywords.
func holdsNames(keyword string) bool {
	switch keyword {
	case "$defs", "properties", "patternProperties", "dependentSchemas", "allOf", "anyOf", "oneOf", "prefixItems":
		return true
	}
	return false
}

// modernKeyword says whether the loader knows a keyword.
func modernKeyword(keyword string) bool {
	switch keyword {
	case "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$ref", "$defs", "$schema", "$vocabulary",
		"minLength", "maxLength", "allOf", "anyOf", "oneOf", "additionalProperties", "properties",
		"patternProperties", "title", "description", "readOnly", "writeOnly", "deprecated", "default",
		"enum", "const", "false", "true", "type", "not", "required", "maximum", "minimum",
		"exclusiveMaximum", "exclusiveMinimum", "multipleOf", "uniqueItems", "items", "prefixItems",
		"contains", "minContains", "maxContains", "if", "then", "else", "dependentSchemas",
		"dependentRequired", "unevaluatedItems", "unevaluatedProperties", "minItems", "maxItems",
		"minProperties", "maxProperties", "propertyNames", "pattern", "format":
		return true
	}
	return false
}
