package jsonschema

// folder joins the parts of one object from the left (compatibility.md 7.1,
// fold).
type folder struct {
	*loader
	at    site
	state *Node
}

// add folds the next part in; nil is none.
func (f *folder) add(part *Node) {
	switch {
	case part == nil:
	case f.state == nil:
		f.state = part
	default:
		f.state = f.fold(f.state, part)
	}
}

// plain says that nodes of a kind can take up each other's keywords.
func (k Kind) plain() bool { return k == Array || k == Object || k == Number || k == String }

func (f *folder) fold(s, c *Node) *Node {
	switch {
	case s.Kind == c.Kind && s.Kind.plain():
		s.takeUp(c)
		return s
	case f.intoBranch(s, c):
		return s
	case f.intoBranch(c, s):
		return c
	}
	joined := &Combination{Criterion: AllOf}
	for _, n := range []*Node{s, c} {
		branches := []*Node{n}
		if inner, ok := n.Rules.(*Combination); ok && n.Generated && inner.Criterion == AllOf {
			branches = inner.Branches
		}
		for _, b := range branches {
			joined.take(b)
		}
	}
	n := f.node(f.at.doc, f.at.value, Combined, joined)
	n.Generated = true
	return n
}

// intoBranch lets the first branch of a generated anyOf that is of the part's
// kind take it up.
func (f *folder) intoBranch(s, c *Node) bool {
	inner, ok := s.Rules.(*Combination)
	if !ok || !s.Generated || inner.Criterion != AnyOf || !c.Kind.plain() {
		return false
	}
	for _, b := range inner.Branches {
		if b.Kind == c.Kind {
			b.takeUp(c)
			return true
		}
	}
	return false
}

// take adds a branch, or lets an earlier one of its kind take it up.
func (c *Combination) take(b *Node) {
	if b.Kind.plain() {
		for _, known := range c.Branches {
			if known.Kind == b.Kind {
				known.takeUp(b)
				return
			}
		}
	}
	c.Branches = append(c.Branches, b)
}

// result gives the folded node.
func (f *folder) result() *Node {
	n := f.state
	if n == nil {
		return f.node(f.at.doc, f.at.value, Empty, nil)
	}
	if inner, ok := n.Rules.(*Combination); ok && n.Generated && inner.Criterion == AllOf {
		switch len(inner.Branches) {
		case 0:
			return f.node(f.at.doc, f.at.value, Empty, nil)
		case 1:
			return inner.Branches[0]
		}
	}
	return n
}

// takeUp adds the keywords of another node of the same kind. Each keyword
// stands once in an object, so nothing is lost.
func (n *Node) takeUp(o *Node) {
	n.Typed = n.Typed || o.Typed
	switch r := n.Rules.(type) {
	case *StringRules:
		r.takeUp(o.Rules.(*StringRules))
	case *NumberRules:
		r.takeUp(o.Rules.(*NumberRules))
	case *ArrayRules:
		r.takeUp(o.Rules.(*ArrayRules))
	case *ObjectRules:
		r.takeUp(o.Rules.(*ObjectRules))
	}
}

func (c *Count) takeUp(o Count) {
	if o.Set {
		*c = o
	}
}

func (r *StringRules) takeUp(o *StringRules) {
	r.MaxLength.takeUp(o.MaxLength)
	r.MinLength.takeUp(o.MinLength)
	if o.HasPattern {
		r.Pattern, r.HasPattern = o.Pattern, true
	}
}

func (r *NumberRules) takeUp(o *NumberRules) {
	for _, x := range []struct {
		to   **Value
		from *Value
	}{
		{&r.Maximum, o.Maximum},
		{&r.Minimum, o.Minimum},
		{&r.MultipleOf, o.MultipleOf},
		{&r.ExclusiveMaximum, o.ExclusiveMaximum},
		{&r.ExclusiveMinimum, o.ExclusiveMinimum},
	} {
		if x.from != nil {
			*x.to = x.from
		}
	}
	r.Integer = r.Integer || o.Integer
}

func (r *Rest) takeUp(o Rest) {
	if o.Forbidden || o.Schema != nil {
		*r = o
	}
}

func orNode(n, o *Node) *Node {
	if o != nil {
		return o
	}
	return n
}

func (r *ArrayRules) takeUp(o *ArrayRules) {
	r.All, r.Contains, r.Unevaluated = orNode(r.All, o.All), orNode(r.Contains, o.Contains), orNode(r.Unevaluated, o.Unevaluated)
	if o.Items != nil {
		r.Items = o.Items
	}
	r.Additional.takeUp(o.Additional)
	r.MaxItems.takeUp(o.MaxItems)
	r.MinItems.takeUp(o.MinItems)
	r.MaxContains.takeUp(o.MaxContains)
	r.MinContains.takeUp(o.MinContains)
	r.Unique = r.Unique || o.Unique
}

func (r *ObjectRules) takeUp(o *ObjectRules) {
	if o.Properties != nil {
		r.Properties, r.properties = o.Properties, o.properties
	}
	if o.Required != nil {
		r.Required, r.required = o.Required, o.required
	}
	if o.DependencyArrays != nil {
		r.DependencyArrays = o.DependencyArrays
	}
	if o.DependentSchemas != nil {
		r.DependentSchemas = o.DependentSchemas
	}
	if o.Patterns != nil {
		r.Patterns = o.Patterns
	}
	r.Additional.takeUp(o.Additional)
	r.Unevaluated, r.Names = orNode(r.Unevaluated, o.Unevaluated), orNode(r.Names, o.Names)
	r.MaxProperties.takeUp(o.MaxProperties)
	r.MinProperties.takeUp(o.MinProperties)
}
