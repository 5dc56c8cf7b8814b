package jsonschema

// stringRules reads the keywords of strings.
func (c *classic) stringRules(at located) *StringRules {
	d, v := at.place.document, at.value
	r := &StringRules{MinLength: c.count(at, "minLength"), MaxLength: c.count(at, "maxLength")}
	if pattern := v.Get("pattern"); pattern != nil {
		if text, ok := c.str(d, pattern, "pattern"); ok {
			c.pattern(d, pattern, text)
			r.Pattern, r.HasPattern = text, true
		}
	}
	if format := v.Get("format"); format != nil {
		if name, ok := c.str(d, format, "format"); ok && knownFormat(name, at.place.dialect) {
			r.Format = name
		}
	}
	return r
}

// knownFormat says whether the loader keeps a format; others count as absent
// when branches are told apart.
func knownFormat(name string, dialect Dialect) bool {
	switch name {
	case "date-time", "uri", "email", "ipv4", "ipv6", "hostname":
		return true
	case "json-pointer", "uri-reference", "uri-template":
		return dialect >= Draft06
	case "date", "time", "regex", "relative-json-pointer":
		return dialect >= Draft07
	}
	return false
}

// count reads a length: an integer of 32 bits, not written as 1.0.
func (c *classic) count(at located, keyword string) Count {
	v := at.value.Get(keyword)
	if v == nil {
		return Count{}
	}
	n, ok := v.int32()
	if !ok {
		c.fault(at.place.document, v, "%q must be an integer of at most 32 bits", keyword)
	}
	return Count{true, n}
}

// numberRules reads the keywords of numbers.
func (c *classic) numberRules(at located) *NumberRules {
	d := at.place.document
	limit := func(keyword string) *Value {
		if v := at.value.Get(keyword); v != nil {
			return c.number(d, v, keyword)
		}
		return nil
	}
	r := &NumberRules{Minimum: limit("minimum"), Maximum: limit("maximum"), MultipleOf: limit("multipleOf")}
	if r.MultipleOf != nil {
		if f := r.MultipleOf.Float(); f == 0 || f-f != 0 {
			c.fault(d, r.MultipleOf, "\"multipleOf\" must not be 0 or infinite as a double")
		}
	}
	if at.place.dialect == Draft04 {
		if v := at.value.Get("exclusiveMinimum"); v != nil {
			r.AboveMinimum = c.boolean(d, v, "exclusiveMinimum")
		}
		if v := at.value.Get("exclusiveMaximum"); v != nil {
			r.BelowMaximum = c.boolean(d, v, "exclusiveMaximum")
		}
		return r
	}
	r.ExclusiveMinimum, r.ExclusiveMaximum = limit("exclusiveMinimum"), limit("exclusiveMaximum")
	return r
}

// arrayRules reads the keywords of arrays.
func (c *classic) arrayRules(at located) *ArrayRules {
	d, v := at.place.document, at.value
	r := &ArrayRules{MinItems: c.count(at, "minItems"), MaxItems: c.count(at, "maxItems")}
	if unique := v.Get("uniqueItems"); unique != nil {
		r.Unique = c.boolean(d, unique, "uniqueItems")
	}
	r.Additional = c.rest(at, "additionalItems")
	if items := v.Get("items"); items != nil {
		switch {
		case items.kind == ObjectValue, items.isBoolean() && at.place.dialect != Draft04:
			r.All = c.schema(c.child(at, items))
		case items.kind == ArrayValue:
			for _, item := range items.items {
				r.Items = append(r.Items, c.schema(c.child(at, item)))
			}
		default:
			c.wrongKind(d, items, "items", "a schema or an array of schemas")
		}
	}
	if contains := v.Get("contains"); contains != nil && at.place.dialect != Draft04 {
		r.Contains = c.schema(c.child(at, contains))
	}
	return r
}

// rest reads additionalProperties or additionalItems.
func (c *classic) rest(at located, keyword string) Rest {
	v := at.value.Get(keyword)
	switch {
	case v == nil || v.kind == TrueValue:
	case v.kind == FalseValue:
		return Rest{Forbidden: true}
	case v.kind == ObjectValue:
		return Rest{Schema: c.schema(c.child(at, v))}
	default:
		c.wrongKind(at.place.document, v, keyword, "an object or a boolean")
	}
	return Rest{}
}

// objectRules reads the keywords of objects.
func (c *classic) objectRules(at located) *ObjectRules {
	d, v := at.place.document, at.value
	r := &ObjectRules{MinProperties: c.count(at, "minProperties"), MaxProperties: c.count(at, "maxProperties")}
	if properties := v.Get("properties"); properties != nil {
		inside := c.child(at, properties)
		for _, m := range c.object(d, properties, "properties") {
			// A text under the keyword for ids is taken for an id here too.
			if m.Key == at.place.dialect.idKeyword() && m.Value.kind != ObjectValue {
				continue
			}
			r.Properties = append(r.Properties, Property{m.Key, c.schema(c.child(inside, m.Value))})
		}
		r.Properties = inJavaOrder(r.Properties)
	}
	r.Additional = c.rest(at, "additionalProperties")
	if required := v.Get("required"); required != nil {
		r.Required = c.strings(d, required, "required")
	}
	if patterns := v.Get("patternProperties"); patterns != nil {
		inside := c.child(at, patterns)
		for _, m := range c.object(d, patterns, "patternProperties") {
			r.Patterns = append(r.Patterns, PatternProperty{c.pattern(d, m.Value, m.Key), c.schema(c.child(inside, m.Value))})
		}
	}
	if dependencies := v.Get("dependencies"); dependencies != nil {
		c.dependencies(c.child(at, dependencies), r)
	}
	if names := v.Get("propertyNames"); names != nil && at.place.dialect != Draft04 {
		r.Names = c.schema(c.child(at, names))
	}
	r.finish()
	return r
}

func (c *classic) dependencies(at located, r *ObjectRules) {
	d := at.place.document
	for _, m := range c.object(d, at.value, "dependencies") {
		switch v := m.Value; {
		case v.kind == ObjectValue, v.isBoolean() && at.place.dialect != Draft04:
			r.DependentSchemas = append(r.DependentSchemas, Property{m.Key, c.schema(c.child(at, v))})
		case v.kind == ArrayValue:
			// An empty list counts as absent.
			if names := c.strings(d, v, "dependencies"); len(names) > 0 {
				r.DependencyArrays = append(r.DependencyArrays, DependencyArray{m.Key, names})
			}
		default:
			c.wrongKind(d, v, m.Key, "a schema or an array of names")
		}
	}
}

// notes reads the annotations of a schema. They stand on its outermost node.
func (c *classic) notes(at located, n *Node, read *keywords) {
	d := at.place.document
	notes := &Notes{ID: read.take(at.place.dialect.idKeyword()), Title: read.take("title"), Description: read.take("description")}
	if notes.ID != nil {
		c.str(d, notes.ID, at.place.dialect.idKeyword())
	}
	if notes.Title != nil {
		c.str(d, notes.Title, "title")
	}
	if notes.Description != nil {
		c.str(d, notes.Description, "description")
	}
	if at.place.dialect == Draft07 {
		for _, keyword := range []string{"readOnly", "writeOnly"} {
			if v := read.take(keyword); v != nil {
				c.boolean(d, v, keyword)
				notes.Rest = append(notes.Rest, Member{Key: keyword, Value: v})
			}
		}
	}
	notes.Default = read.take("default")
	for _, m := range at.value.members {
		if read.has(m.Key) {
			notes.Rest = append(notes.Rest, m)
		}
	}
	connect := at.value.Get("connect.type")
	notes.ConnectBytes = connect != nil && connect.kind == StringValue && connect.text == "bytes"
	if rules, ok := n.Rules.(*ArrayRules); ok && n.Kind == Array {
		rules.MinContains = looseCount(at.value.Get("minContains"))
		rules.MaxContains = looseCount(at.value.Get("maxContains"))
	}
	if notes.ID != nil || notes.Title != nil || notes.Description != nil || notes.Default != nil || notes.Rest != nil {
		n.Notes = notes
	}
}

// looseCount reads a number of things that nobody checked: what is no number
// counts as absent, the rest is cut to 32 bits.
func looseCount(v *Value) Count {
	if v == nil || v.kind != NumberValue {
		return Count{}
	}
	return Count{true, cutInt32(v.text)}
}
