package jsonschema

import "slices"

// classic loads drafts 4 to 7 (compatibility.md 7.1).
type classic struct {
	*loader
	// knots are the references that were met, by their absolute text: all
	// references of one text lead to one node.
	knots map[string]*unit
	// ids are the schemas with an id, per document and dialect.
	ids map[idKey]map[string]located
	// unit is the piece that is being loaded.
	unit *unit
	// units are all pieces.
	units []*unit
	// rootBase is the id of the client's root, nil when it has none.
	rootBase *uri
}

// classicPlace says where a value stands: in which document, read as which dialect,
// and against which URI its references resolve.
type classicPlace struct {
	document *Document
	dialect  Dialect
	base     *uri
}

// located is a value with its place.
type located struct {
	value *Value
	place classicPlace
}

type idKey struct {
	document *Document
	dialect  Dialect
}

// load reads the client's text.
func (c *classic) load(dialect Dialect) *unit {
	place := classicPlace{document: c.main, dialect: dialect}
	at := c.enter(located{c.main.bridged, place})
	c.rootBase = at.place.base
	u := &unit{}
	c.units = append(c.units, u)
	c.inUnit(u, at)
	return u
}

// inUnit loads a schema as a piece of its own.
func (c *classic) inUnit(u *unit, at located) {
	outer := c.unit
	c.unit = u
	u.node = c.schema(at)
	c.unit = outer
}

// enter gives a value its place: one with an id of its own moves the base.
func (c *classic) enter(at located) located {
	id := at.value.Get(at.place.dialect.idKeyword())
	if id == nil || id.kind != StringValue {
		return at
	}
	ref, err := parseURI(id.text)
	if err != nil {
		c.fault(at.place.document, id, "%q is not a URI: %q", at.place.dialect.idKeyword(), id.text)
		return at
	}
	if at.place.base != nil {
		ref = at.place.base.resolve(ref)
	}
	at.place.base = &ref
	return at
}

// child goes one step down.
func (c *classic) child(at located, v *Value) located {
	return c.enter(located{v, at.place})
}

// schema loads one schema.
func (c *classic) schema(at located) *Node {
	v, d := at.value, at.place.document
	switch {
	case c.stopped:
		return c.node(d, v, Empty, nil)
	case v.kind == FalseValue:
		return c.node(d, v, False, nil)
	case v.kind == TrueValue:
		return c.node(d, v, Empty, nil)
	case v.kind != ObjectValue:
		c.fault(d, v, "a schema must be an object or a boolean, not %s", withArticle(v.kind))
		return c.node(d, v, Empty, nil)
	}
	read := &keywords{value: v}
	var n *Node
	if read.has("$ref") {
		n = c.reference(at, read.take("$ref"))
	} else {
		n = c.parts(at, read)
	}
	c.notes(at, n, read)
	return n
}

// parts joins what the keywords of one object say.
func (c *classic) parts(at located, read *keywords) *Node {
	d, v := at.place.document, at.value
	var parts []*Node
	if enum := read.take("enum"); enum != nil {
		for _, item := range enum.items {
			c.child(at, item)
		}
		parts = append(parts, c.node(d, v, Enum, &Values{c.values(d, enum)}))
	}
	for _, criterion := range []Criterion{AllOf, AnyOf, OneOf} {
		if list := read.take(criterion.String()); list != nil {
			combination := &Combination{Criterion: criterion}
			for _, item := range c.array(d, list, criterion.String()) {
				combination.Branches = append(combination.Branches, c.schema(c.child(at, item)))
			}
			parts = append(parts, c.node(d, v, Combined, combination))
		}
	}
	if not := read.take("not"); not != nil {
		parts = append(parts, c.node(d, v, Not, c.schema(c.child(at, not))))
	}
	if at.place.dialect != Draft04 {
		if value := read.take("const"); value != nil {
			c.child(at, value)
			parts = append(parts, c.node(d, v, Const, &Values{[]*Value{value}}))
		}
	}
	if named := read.take("type"); named != nil {
		parts = append(parts, c.types(at, named, read))
	}
	parts = append(parts, c.implied(at, read)...)
	switch len(parts) {
	case 0:
		return c.node(d, v, Empty, nil)
	case 1:
		return parts[0]
	}
	n := c.node(d, v, Combined, &Combination{Criterion: AllOf, Branches: parts})
	n.Generated = true
	return n
}

// types reads "type": a name, or a list that stands for an anyOf.
func (c *classic) types(at located, named *Value, read *keywords) *Node {
	d := at.place.document
	switch named.kind {
	case StringValue:
		return c.named(at, named, read)
	case ArrayValue:
		combination := &Combination{Criterion: AnyOf}
		for _, item := range named.items {
			if _, ok := c.str(d, item, "type"); ok {
				combination.Branches = append(combination.Branches, c.named(at, item, read))
			}
		}
		return c.node(d, at.value, Combined, combination)
	}
	c.wrongKind(d, named, "type", "a string or an array")
	return c.node(d, at.value, Empty, nil)
}

// named makes the node of one named type with all keywords of its kind.
func (c *classic) named(at located, name *Value, read *keywords) *Node {
	kind, ok := kindOfType(name.text)
	if !ok {
		c.fault(at.place.document, name, "unknown type %q", name.text)
		return c.node(at.place.document, at.value, Empty, nil)
	}
	n := c.ofKind(at, kind, read)
	n.Typed = true
	if rules, ok := n.Rules.(*NumberRules); ok {
		rules.Integer = name.text == "integer"
	}
	return n
}

// implied makes the nodes of kinds that were not named but whose keywords are
// there.
func (c *classic) implied(at located, read *keywords) []*Node {
	var parts []*Node
	for _, kind := range []Kind{Array, Object, Number, String} {
		if slices.ContainsFunc(classicKeywords(kind, at.place.dialect), read.has) {
			parts = append(parts, c.ofKind(at, kind, read))
		}
	}
	if at.place.dialect == Draft07 && (read.has("if") || read.has("then") || read.has("else")) {
		branch := func(keyword string) *Node {
			if v := read.take(keyword); v != nil {
				return c.schema(c.child(at, v))
			}
			return nil
		}
		condition := &Condition{If: branch("if"), Then: branch("then"), Else: branch("else")}
		parts = append(parts, c.node(at.place.document, at.value, Conditional, condition))
	}
	return parts
}

// ofKind makes a node of a kind and marks the keywords of the kind as read.
func (c *classic) ofKind(at located, kind Kind, read *keywords) *Node {
	for _, keyword := range classicKeywords(kind, at.place.dialect) {
		read.mark(keyword)
	}
	n := c.node(at.place.document, at.value, kind, nil)
	switch kind {
	case String:
		n.Rules = c.stringRules(at)
	case Number:
		n.Rules = c.numberRules(at)
	case Array:
		n.Rules = c.arrayRules(at)
	case Object:
		n.Rules = c.objectRules(at)
	}
	return n
}

// classicKeywords are the keywords that belong to a kind.
func classicKeywords(kind Kind, dialect Dialect) []string {
	switch kind {
	case String:
		return []string{"minLength", "maxLength", "pattern", "format"}
	case Number:
		return []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
	case Array:
		if dialect == Draft04 {
			return []string{"items", "additionalItems", "minItems", "maxItems", "uniqueItems"}
		}
		return []string{"items", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains"}
	case Object:
		if dialect == Draft04 {
			return []string{
				"properties", "required", "minProperties", "maxProperties", "dependencies",
				"patternProperties", "additionalProperties",
			}
		}
		return []string{
			"properties", "required", "minProperties", "maxProperties", "dependencies",
			"patternProperties", "additionalProperties", "propertyNames",
		}
	}
	return nil
}

// keywords keeps book of which keywords of an object were read.
type keywords struct {
	value *Value
	done  []string
}

func (k *keywords) has(keyword string) bool {
	return k.value.Get(keyword) != nil && !slices.Contains(k.done, keyword)
}

func (k *keywords) mark(keyword string) { k.done = append(k.done, keyword) }

// take gives the value of a keyword that was not read yet and marks it.
func (k *keywords) take(keyword string) *Value {
	if !k.has(keyword) {
		return nil
	}
	k.mark(keyword)
	return k.value.Get(keyword)
}
