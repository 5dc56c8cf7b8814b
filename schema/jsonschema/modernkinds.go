package jsonschema

// keywordOfKind reads a keyword of strings, numbers, arrays or objects as a
// node that holds nothing else; nil for any other keyword.
func (m *modern) keywordOfKind(at site, key string, v *Value) *Node {
	if rules := m.stringKeyword(at, key, v); rules != nil {
		return m.node(at.doc, at.value, String, rules)
	}
	if rules := m.numberKeyword(at, key, v); rules != nil {
		return m.node(at.doc, at.value, Number, rules)
	}
	if rules := m.arrayKeyword(at, key, v); rules != nil {
		return m.node(at.doc, at.value, Array, rules)
	}
	if rules := m.objectKeyword(at, key, v); rules != nil {
		rules.finish()
		return m.node(at.doc, at.value, Object, rules)
	}
	return nil
}

func (m *modern) stringKeyword(at site, key string, v *Value) *StringRules {
	switch key {
	case "minLength":
		return &StringRules{MinLength: m.count(at, key, v)}
	case "maxLength":
		return &StringRules{MaxLength: m.count(at, key, v)}
	case "pattern":
		text, ok := m.str(at.doc, v, key)
		if ok {
			m.pattern(at.doc, v, text)
		}
		return &StringRules{Pattern: text, HasPattern: true}
	}
	return nil
}

// count reads a length or a number of things: any number, cut to 32 bits.
func (m *modern) count(at site, key string, v *Value) Count {
	if m.number(at.doc, v, key) == nil {
		return Count{}
	}
	return Count{true, cutInt32(v.text)}
}

func (m *modern) numberKeyword(at site, key string, v *Value) *NumberRules {
	r := &NumberRules{}
	switch key {
	case "minimum":
		r.Minimum = m.number(at.doc, v, key)
	case "maximum":
		r.Maximum = m.number(at.doc, v, key)
	case "exclusiveMinimum":
		r.ExclusiveMinimum = m.number(at.doc, v, key)
	case "exclusiveMaximum":
		r.ExclusiveMaximum = m.number(at.doc, v, key)
	case "multipleOf":
		r.MultipleOf = m.number(at.doc, v, key)
	default:
		return nil
	}
	return r
}

func (m *modern) arrayKeyword(at site, key string, v *Value) *ArrayRules {
	r := &ArrayRules{}
	switch key {
	case "minItems":
		r.MinItems = m.count(at, key, v)
	case "maxItems":
		r.MaxItems = m.count(at, key, v)
	case "uniqueItems":
		r.Unique = m.boolean(at.doc, v, key)
	case "prefixItems":
		for _, item := range m.array(at.doc, v, key) {
			r.Items = append(r.Items, m.child(at, item))
		}
	case "items":
		return m.items(at, v)
	case "contains":
		r.Contains = m.child(at, v)
		r.MinContains = looseCount(at.value.Get("minContains"))
		if !r.MinContains.Set {
			r.MinContains = Count{true, 1}
		}
		r.MaxContains = looseCount(at.value.Get("maxContains"))
	default:
		return nil
	}
	return r
}

// items reads "items": beside prefixItems it speaks of the rest, alone of all
// items; true says nothing, and false alone forbids the rest.
func (m *modern) items(at site, v *Value) *ArrayRules {
	prefix := at.value.Get("prefixItems")
	switch {
	case v.kind == TrueValue:
		return nil
	case v.kind == FalseValue:
		return &ArrayRules{Additional: Rest{Forbidden: true}}
	case prefix != nil && len(prefix.items) > 0:
		return &ArrayRules{Additional: Rest{Schema: m.child(at, v)}}
	}
	return &ArrayRules{All: m.child(at, v)}
}

func (m *modern) objectKeyword(at site, key string, v *Value) *ObjectRules {
	r := &ObjectRules{}
	switch key {
	case "required":
		r.Required = m.strings(at.doc, v, key)
	case "minProperties":
		r.MinProperties = m.count(at, key, v)
	case "maxProperties":
		r.MaxProperties = m.count(at, key, v)
	case "propertyNames":
		r.Names = m.child(at, v)
	case "additionalProperties":
		switch v.kind {
		case TrueValue:
		case FalseValue:
			r.Additional.Forbidden = true
		default:
			r.Additional.Schema = m.child(at, v)
		}
	case "dependentRequired":
		for _, member := range m.object(at.doc, v, key) {
			if names := m.strings(at.doc, member.Value, key); len(names) > 0 {
				r.DependencyArrays = append(r.DependencyArrays, DependencyArray{member.Key, names})
			}
		}
	case "dependentSchemas":
		r.DependentSchemas = m.properties(at, v, key)
	default:
		return nil
	}
	return r
}

// properties reads named schemas in Java order.
func (m *modern) properties(at site, v *Value, key string) []Property {
	members := m.object(at.doc, v, key)
	keys := make([]string, len(members))
	for i := range members {
		keys[i] = members[i].Key
	}
	list := make([]Property, 0, len(members))
	for _, name := range JavaOrder(keys) {
		list = append(list, Property{name, m.child(at, v.Get(name))})
	}
	return list
}

// named reads "properties"; empty ones are no part.
func (m *modern) named(at site, key string) *Node {
	v := at.value.Get(key)
	if v == nil {
		return nil
	}
	list := m.properties(at, v, key)
	if len(list) == 0 {
		return nil
	}
	r := &ObjectRules{Properties: list}
	r.finish()
	return m.node(at.doc, at.value, Object, r)
}

// patternProperties reads the keyword of that name; empty ones are no part.
// Which of several patterns that fit a name counts is the first of the text,
// so the text's order is kept; the schemas are read in Java order.
func (m *modern) patternProperties(at site) *Node {
	v := at.value.Get("patternProperties")
	if v == nil {
		return nil
	}
	read := make(map[string]*Node)
	for _, p := range m.properties(at, v, "patternProperties") {
		read[p.Name] = p.Node
	}
	r := &ObjectRules{}
	for _, member := range v.members {
		r.Patterns = append(r.Patterns, PatternProperty{m.pattern(at.doc, member.Value, member.Key), read[member.Key]})
	}
	if len(r.Patterns) == 0 {
		return nil
	}
	return m.node(at.doc, at.value, Object, r)
}
