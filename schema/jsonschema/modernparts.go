package jsonschema

// schema loads one schema.
func (m *modern) schema(at site) *Node {
	switch {
	case m.stopped:
		return m.node(at.doc, at.value, Empty, nil)
	case at.value.kind == FalseValue:
		return m.node(at.doc, at.value, False, nil)
	case at.value.kind == TrueValue:
		return m.node(at.doc, at.value, Empty, nil)
	case at.value.kind != ObjectValue:
		m.fault(at.doc, at.value, "a schema must be an object or a boolean, not %s", withArticle(at.value.kind))
		return m.node(at.doc, at.value, Empty, nil)
	}
	return m.composite(m.enter(at))
}

// child loads a schema inside another. One that names a meta-schema needs one
// that is at hand, though nothing of it is used.
func (m *modern) child(at site, v *Value) *Node {
	if meta := v.Get("$schema"); meta != nil {
		url, ok := m.str(at.doc, meta, "$schema")
		if ok && m.text(withoutFragment(url)) == nil {
			m.fault(at.doc, meta, "cannot resolve the meta-schema %q", url)
		}
	}
	return m.schema(site{v, at.doc, at.base})
}

// composite folds what the keywords of one object say into one node: keywords
// in Java order, then properties, patternProperties and the unevaluated ones.
func (m *modern) composite(at site) *Node {
	top := m.unit != nil && m.unit.node == nil && !m.unit.begun
	if top {
		m.unit.begun = true
	}
	keys := make([]string, len(at.value.members))
	for i := range at.value.members {
		keys[i] = at.value.members[i].Key
	}
	f := &folder{loader: m.loader, at: at}
	for _, key := range JavaOrder(keys) {
		v := at.value.Get(key)
		f.add(m.part(at, key, v))
	}
	f.add(m.named(at, "properties"))
	f.add(m.patternProperties(at))
	if v := at.value.Get("unevaluatedItems"); v != nil {
		f.add(m.node(at.doc, at.value, Array, &ArrayRules{Unevaluated: m.child(at, v)}))
	}
	if v := at.value.Get("unevaluatedProperties"); v != nil {
		f.add(m.node(at.doc, at.value, Object, &ObjectRules{Unevaluated: m.child(at, v)}))
	}
	n := f.result()
	m.notes(at, n)
	m.definitions(at)
	return m.lose(at, n, top)
}

// part reads one keyword; most are a part of the node.
func (m *modern) part(at site, key string, v *Value) *Node {
	switch key {
	case "$ref":
		return m.reference(at, v, key)
	case "$dynamicRef":
		m.reference(at, v, key)
	case "$dynamicAnchor", "title", "description":
		m.str(at.doc, v, key)
	case "deprecated":
		m.boolean(at.doc, v, key)
	case "format":
		m.str(at.doc, v, key)
		return m.nothing(at)
	case "readOnly", "writeOnly":
		if m.boolean(at.doc, v, key) {
			return m.nothing(at)
		}
	case "enum":
		return m.node(at.doc, at.value, Enum, &Values{m.values(at.doc, v)})
	case "const":
		return m.node(at.doc, at.value, Const, &Values{[]*Value{v}})
	case "not":
		return m.node(at.doc, at.value, Not, m.child(at, v))
	case "allOf", "anyOf", "oneOf":
		return m.combined(at, key, v)
	case "if":
		return m.conditional(at, v)
	case "type":
		return m.types(at, v)
	}
	return m.keywordOfKind(at, key, v)
}

// nothing is a keyword that says nothing to the comparison but takes a place.
func (m *modern) nothing(at site) *Node {
	n := m.node(at.doc, at.value, Combined, &Combination{Criterion: AllOf})
	n.Generated = true
	return n
}

// combined reads allOf, anyOf or oneOf. A branch that was put together by the
// loader is replaced by its own branches.
func (m *modern) combined(at site, key string, v *Value) *Node {
	c := &Combination{Criterion: AllOf}
	switch key {
	case "anyOf":
		c.Criterion = AnyOf
	case "oneOf":
		c.Criterion = OneOf
	}
	for _, item := range m.array(at.doc, v, key) {
		n := m.child(at, item)
		if inner, ok := n.Rules.(*Combination); ok && n.Generated && inner.Criterion == AllOf {
			c.Branches = append(c.Branches, inner.Branches...)
		} else {
			c.Branches = append(c.Branches, n)
		}
	}
	return m.node(at.doc, at.value, Combined, c)
}

func (m *modern) conditional(at site, v *Value) *Node {
	c := &Condition{If: m.child(at, v)}
	if then := at.value.Get("then"); then != nil {
		c.Then = m.child(at, then)
	}
	if other := at.value.Get("else"); other != nil {
		c.Else = m.child(at, other)
	}
	return m.node(at.doc, at.value, Conditional, c)
}

// types reads "type": a bare node, or a generated anyOf of bare nodes.
func (m *modern) types(at site, v *Value) *Node {
	switch v.kind {
	case StringValue:
		return m.bare(at, v)
	case ArrayValue:
		c := &Combination{Criterion: AnyOf}
		for _, item := range v.items {
			if _, ok := m.str(at.doc, item, "type"); ok {
				c.Branches = append(c.Branches, m.bare(at, item))
			}
		}
		n := m.node(at.doc, at.value, Combined, c)
		n.Generated = true
		return n
	}
	m.wrongKind(at.doc, v, "type", "a string or an array")
	return nil
}

func (m *modern) bare(at site, name *Value) *Node {
	kind, ok := kindOfType(name.text)
	if !ok {
		m.fault(at.doc, name, "unknown type %q", name.text)
	}
	n := m.node(at.doc, at.value, kind, nil)
	n.Typed = true
	switch kind {
	case String:
		n.Rules = &StringRules{}
	case Number:
		n.Rules = &NumberRules{Integer: name.text == "integer"}
	case Array:
		n.Rules = &ArrayRules{}
	case Object:
		n.Rules = &ObjectRules{}
	}
	return n
}

// notes reads the annotations, which stand on the outermost node. A default of
// null is none, and an id is not compared.
func (m *modern) notes(at site, n *Node) {
	notes := &Notes{Title: at.value.Get("title"), Description: at.value.Get("description"), Default: at.value.Get("default")}
	if notes.Default != nil && notes.Default.kind == NullValue {
		notes.Default = nil
	}
	connect := at.value.Get("connect.type")
	notes.ConnectBytes = connect != nil && connect.kind == StringValue && connect.text == "bytes"
	for _, member := range at.value.members {
		if !modernKeyword(member.Key) {
			notes.Rest = append(notes.Rest, member)
		}
	}
	if notes.Title != nil || notes.Description != nil || notes.Default != nil || notes.Rest != nil {
		n.Notes = notes
	}
}

// definitions reads $defs: its entries are checked like all schemas, but only
// the references of the first count for the order of copies.
func (m *modern) definitions(at site) {
	v := at.value.Get("$defs")
	if v == nil {
		return
	}
	m.object(at.doc, v, "$defs")
	keys := make([]string, len(v.members))
	for i := range v.members {
		keys[i] = v.members[i].Key
	}
	outer := m.unit
	for i, key := range JavaOrder(keys) {
		if i > 0 {
			m.unit = &unit{begun: true}
		}
		m.child(at, v.Get(key))
	}
	m.unit = outer
}

// lose takes away what an unknown keyword or $defs makes the loader forget on
// a node that is one array or one object. Where a reference leads to the root,
// what $defs takes is still there.
func (m *modern) lose(at site, n *Node, top bool) *Node {
	unknown := n.Notes != nil && len(n.Notes.Rest) > 0
	defs := at.value.Get("$defs")
	if !unknown && (defs == nil || len(defs.members) == 0) {
		return n
	}
	whole := *n
	switch r := n.Rules.(type) {
	case *ArrayRules:
		less := *r
		less.MinContains, less.MaxContains, less.Unevaluated = Count{}, Count{}, nil
		n.Rules = &less
	case *ObjectRules:
		less := *r
		less.Unevaluated = nil
		n.Rules = &less
	default:
		return n
	}
	if top && !unknown && at.value == m.main.bridged {
		m.unit.inner = &whole
	}
	return n
}
