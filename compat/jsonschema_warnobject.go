package compat

import "github.com/weir-registry/weir/schema/jsonschema"

// unreadOfObject compares what the wire does not compare of objects.
func (c *jsonCheck) unreadOfObject(f *jsonFound, o, u *jsonschema.ObjectRules) error {
	f.requiredNames(o, u)
	switch {
	case o.Names == nil && u.Names != nil && u.Names.Kind != jsonschema.Empty:
		f.doubt(propertyNamesAdded, "propertyNames", "propertyNames", "")
	case o.Names != nil && u.Names != nil:
		if err := c.intoUnseen(f, "propertyNames", o.Names, u.Names); err != nil {
			return err
		}
	}
	return c.patterns(f, o, u)
}

// requiredNames doubts names that are required anew and that the update does
// not declare; those that it declares are compared by the wire.
func (f *jsonFound) requiredNames(o, u *jsonschema.ObjectRules) {
	for _, name := range u.Required {
		if u.Property(name) == nil && !o.Requires(name) {
			f.doubt(requiredNameAdded, "required/"+name, "required", name)
		}
	}
}

// patterns compares patternProperties. Equal patterns belong together; whether
// others meet in a name is not worked out.
func (c *jsonCheck) patterns(f *jsonFound, o, u *jsonschema.ObjectRules) error {
	was, is := nodesOfPatterns(o.Patterns), nodesOfPatterns(u.Patterns)
	for _, p := range u.Patterns {
		var err error
		step := "patternProperties/" + p.Pattern.Text
		if old := was[p.Pattern.Text]; old != nil {
			err = c.intoUnseen(f, step, old, p.Node)
		} else {
			err = c.patternAdded(f, o, is, p, step)
		}
		if err != nil {
			return err
		}
	}
	for _, p := range o.Patterns {
		if is[p.Pattern.Text] != nil {
			continue
		}
		if err := c.patternRemoved(f, u, was, p, "patternProperties/"+p.Pattern.Text); err != nil {
			return err
		}
	}
	return nil
}

func nodesOfPatterns(list []jsonschema.PatternProperty) map[string]*jsonschema.Node {
	if len(list) == 0 {
		return nil
	}
	nodes := make(map[string]*jsonschema.Node, len(list))
	for _, p := range list {
		nodes[p.Pattern.Text] = p.Node
	}
	return nodes
}

// patternAdded compares a pattern that only the update has with what the
// original says of the names that it is found in: of its properties, and of
// what it does not list.
func (c *jsonCheck) patternAdded(f *jsonFound, o *jsonschema.ObjectRules, is map[string]*jsonschema.Node, p jsonschema.PatternProperty, step string) error {
	for i := range o.Properties {
		hit, err := c.finds(p.Pattern, o.Properties[i].Name)
		if err != nil {
			return err
		}
		if hit {
			if err := c.intoUnseen(f, step, o.Properties[i].Node, p.Node); err != nil {
				return err
			}
		}
	}
	for _, gone := range o.Patterns {
		// It may have been put in the place of another that meant the same
		// names.
		if is[gone.Pattern.Text] == nil {
			inside, err := c.compare(gone.Node, p.Node)
			if err != nil {
				return err
			}
			if inside.harmful || inside.doubtful {
				f.doubt(patternPropertyAdded, step, "patternProperties", p.Pattern.Text)
				return nil
			}
		}
	}
	switch cover := coverOfRest(o.Additional, o.Unevaluated); {
	case cover != nil:
		return c.intoUnseen(f, step, cover, p.Node)
	case !closedRest(o.Additional, o.Unevaluated) && p.Node.Kind != jsonschema.Empty:
		f.doubt(patternPropertyAdded, step, "patternProperties", p.Pattern.Text)
	}
	return nil
}

// patternRemoved compares a pattern that only the original has with what the
// update says of what it does not list.
func (c *jsonCheck) patternRemoved(f *jsonFound, u *jsonschema.ObjectRules, was map[string]*jsonschema.Node, p jsonschema.PatternProperty, step string) error {
	for _, anew := range u.Patterns {
		if was[anew.Pattern.Text] == nil {
			// Told, where there is something to tell, of the pattern in its
			// place.
			inside, err := c.compare(p.Node, anew.Node)
			if err != nil || !inside.harmful && !inside.doubtful {
				return err
			}
		}
	}
	switch cover := coverOfRest(u.Additional, u.Unevaluated); {
	case cover != nil:
		return c.intoUnseen(f, step, p.Node, cover)
	case closedRest(u.Additional, u.Unevaluated) && p.Node.Kind != jsonschema.False:
		f.doubt(patternPropertyRemoved, step, "patternProperties", p.Pattern.Text)
	}
	return nil
}

// closedRest says that nothing is allowed beside what is listed.
func closedRest(rest jsonschema.Rest, unevaluated *jsonschema.Node) bool {
	return rest.Forbidden || rest.Schema == nil && unevaluated != nil && unevaluated.Kind == jsonschema.False
}
