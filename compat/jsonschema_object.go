package compat

import "github.com/weir-registry/weir/schema/jsonschema"

// objects compares the keywords of objects; patternProperties and
// propertyNames are not compared themselves.
func (c *jsonCheck) objects(f *jsonFound, o, u *jsonschema.ObjectRules) error {
	if err := c.w.steps((len(o.Properties) + len(u.Properties)) / 4); err != nil {
		return err
	}
	f.required(o, u)
	for _, name := range unionOf(o.Properties, u.Properties) {
		if err := c.property(f, o, u, name); err != nil {
			return err
		}
	}
	f.dependencyArrays(o.DependencyArrays, u.DependencyArrays)
	if err := c.dependentSchemas(f, o, u); err != nil {
		return err
	}
	if err := c.rest(f, "ADDITIONAL_PROPERTIES", "additionalProperties", o.Additional, u.Additional); err != nil {
		return err
	}
	if err := c.unevaluated(f, "UNEVALUATED_PROPERTIES", "unevaluatedProperties", o.Unevaluated, u.Unevaluated); err != nil {
		return err
	}
	f.count("MAX_PROPERTIES", "maxProperties", o.MaxProperties, u.MaxProperties)
	f.count("MIN_PROPERTIES", "minProperties", o.MinProperties, u.MinProperties)
	if c.warn {
		return c.unreadOfObject(f, o, u)
	}
	return nil
}

func unionOf(o, u []jsonschema.Property) []string {
	return jsonschema.JavaUnion(namesOf(o), namesOf(u))
}

func namesOf(list []jsonschema.Property) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	return names
}

// required compares whether the properties that both sides have are required.
func (f *jsonFound) required(o, u *jsonschema.ObjectRules) {
	for i := range o.Properties {
		name := o.Properties[i].Name
		node := u.Property(name)
		if node == nil || o.Requires(name) == u.Requires(name) {
			continue
		}
		code := "REQUIRED_ATTRIBUTE_ADDED"
		switch {
		case o.Requires(name):
			code = "REQUIRED_ATTRIBUTE_REMOVED"
		case hasDefault(node):
			code = "REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED"
			f.doubt(code, "required/"+name, "required", name)
		}
		f.addNamed(code, "required/"+name, "required", name)
	}
}

// hasDefault says whether a property has a default of its own; a reference has
// none, neither beside it nor in its target.
func hasDefault(n *jsonschema.Node) bool {
	return n.Kind != jsonschema.Reference && n.Notes != nil && n.Notes.Default != nil
}

// property compares what the two sides say about one name.
func (c *jsonCheck) property(f *jsonFound, o, u *jsonschema.ObjectRules, name string) error {
	was, is := o.Property(name), u.Property(name)
	step := "properties/" + name
	switch {
	case is == nil:
		return c.propertyRemoved(f, u, was, step, name)
	case was == nil:
		return c.propertyAdded(f, o, u, is, step, name)
	}
	return c.into(f, step, was, is)
}

func (c *jsonCheck) propertyRemoved(f *jsonFound, u *jsonschema.ObjectRules, was *jsonschema.Node, step, name string) error {
	if openObject(u) {
		f.addNamed("PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL", step, "properties", name)
		return nil
	}
	cover, err := c.coverOf(u, name)
	if err != nil {
		return err
	}
	if cover == nil {
		code := "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL"
		if was.Kind == jsonschema.False {
			code = "PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL"
		}
		f.addNamed(code, step, "properties", name)
		return nil
	}
	return c.covered(f, was, cover, "PROPERTY_REMOVED", step, "properties", name)
}

func (c *jsonCheck) propertyAdded(f *jsonFound, o, u *jsonschema.ObjectRules, is *jsonschema.Node, step, name string) error {
	code := "OPTIONAL_PROPERTY_ADDED_TO_"
	if u.Requires(name) {
		code = "REQUIRED_PROPERTY_ADDED_TO_"
		if hasDefault(is) {
			code = "REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_"
		}
	}
	if openObject(o) {
		if is.Kind == jsonschema.Empty {
			code = "PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_"
		}
		f.addNamed(code+"OPEN_CONTENT_MODEL", step, "properties", name)
		f.doubtDefault(code+"OPEN_CONTENT_MODEL", step, name)
		return nil
	}
	cover, err := c.coverOf(o, name)
	if err != nil {
		return err
	}
	if cover != nil {
		if err := c.covered(f, cover, is, "PROPERTY_ADDED", step, "properties", name); err != nil {
			return err
		}
	}
	f.addNamed(code+"UNOPEN_CONTENT_MODEL", step, "properties", name)
	f.doubtDefault(code+"UNOPEN_CONTENT_MODEL", step, name)
	return nil
}

// covered compares a property or item with the schema that the other side has
// for names or places that it does not list.
func (c *jsonCheck) covered(f *jsonFound, original, update *jsonschema.Node, code, step, keyword, name string) error {
	inside, err := c.compare(original, update)
	if err != nil {
		return err
	}
	f.join(step, inside, jsonPair{original, update})
	if inside.harmful {
		f.addNamed(code+"_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", step, keyword, name)
	} else {
		f.addNamed(code+"_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", step, keyword, name)
	}
	return nil
}

// openObject says whether an object takes any value under any other name.
func openObject(o *jsonschema.ObjectRules) bool {
	return !o.Additional.Forbidden && o.Additional.Schema == nil && len(o.Patterns) == 0 && unlimited(o.Unevaluated)
}

func unlimited(unevaluated *jsonschema.Node) bool {
	return unevaluated == nil || unevaluated.Kind == jsonschema.Empty
}

// coverOf gives the schema for a name that is not listed, nil when the object
// is closed for it. Of several patterns the first in the text counts
// (compatibility.md 9.3).
func (c *jsonCheck) coverOf(o *jsonschema.ObjectRules, name string) (*jsonschema.Node, error) {
	for _, p := range o.Patterns {
		hit, err := c.finds(p.Pattern, name)
		if err != nil {
			return nil, err
		}
		if hit {
			return p.Node, nil
		}
	}
	return coverOfRest(o.Additional, o.Unevaluated), nil
}

// finds looks for a pattern in a name, at its cost.
func (c *jsonCheck) finds(p *jsonschema.Pattern, name string) (bool, error) {
	cost := len(name)/16 + 1
	if p.Backtracks() {
		// Such a search may take its whole time limit.
		cost = stepsPerLook
	}
	if err := c.w.steps(cost); err != nil {
		return false, err
	}
	return p.Find(name), nil
}

func coverOfRest(rest jsonschema.Rest, unevaluated *jsonschema.Node) *jsonschema.Node {
	switch {
	case rest.Schema != nil:
		return rest.Schema
	case rest.Forbidden, unlimited(unevaluated), unevaluated.Kind == jsonschema.False:
		return nil
	}
	return unevaluated
}

// dependencyArrays compares which names call for which others.
func (f *jsonFound) dependencyArrays(o, u []jsonschema.DependencyArray) {
	names := func(list []jsonschema.DependencyArray) ([]string, map[string][]string) {
		keys, byName := make([]string, len(list)), make(map[string][]string, len(list))
		for i, d := range list {
			keys[i], byName[d.Name] = d.Name, d.Names
		}
		return keys, byName
	}
	before, was := names(o)
	after, is := names(u)
	for _, name := range jsonschema.JavaUnion(before, after) {
		step := "dependencies/" + name
		switch {
		case is[name] == nil:
			f.addNamed("DEPENDENCY_ARRAY_REMOVED", step, "dependencies", name)
		case was[name] == nil:
			f.addNamed("DEPENDENCY_ARRAY_ADDED", step, "dependencies", name)
		default:
			f.sets("DEPENDENCY_ARRAY", step, "dependencies", name, setOf(was[name]), setOf(is[name]))
		}
	}
}

func (c *jsonCheck) dependentSchemas(f *jsonFound, o, u *jsonschema.ObjectRules) error {
	was, is := nodesOf(o.DependentSchemas), nodesOf(u.DependentSchemas)
	for _, name := range unionOf(o.DependentSchemas, u.DependentSchemas) {
		step := "dependencies/" + name
		switch {
		case is[name] == nil:
			f.addNamed("DEPENDENCY_SCHEMA_REMOVED", step, "dependencies", name)
		case was[name] == nil:
			f.addNamed("DEPENDENCY_SCHEMA_ADDED", step, "dependencies", name)
		default:
			if err := c.into(f, step, was[name], is[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func nodesOf(list []jsonschema.Property) map[string]*jsonschema.Node {
	nodes := make(map[string]*jsonschema.Node, len(list))
	for _, p := range list {
		nodes[p.Name] = p.Node
	}
	return nodes
}
