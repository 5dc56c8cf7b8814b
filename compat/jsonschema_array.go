package compat

import (
	"strconv"

	"github.com/weir-registry/weir/schema/jsonschema"
)

// arrays compares the keywords of arrays; the schema in contains is not
// compared.
func (c *jsonCheck) arrays(f *jsonFound, o, u *jsonschema.ArrayRules) error {
	if err := c.into(f, "items", o.All, u.All); err != nil {
		return err
	}
	for i := range max(len(o.Items), len(u.Items)) {
		if err := c.item(f, o, u, i); err != nil {
			return err
		}
	}
	if err := c.rest(f, "ADDITIONAL_ITEMS", "additionalItems", o.Additional, u.Additional); err != nil {
		return err
	}
	if err := c.unevaluated(f, "UNEVALUATED_ITEMS", "unevaluatedItems", o.Unevaluated, u.Unevaluated); err != nil {
		return err
	}
	f.count("MAX_ITEMS", "maxItems", o.MaxItems, u.MaxItems)
	f.count("MIN_ITEMS", "minItems", o.MinItems, u.MinItems)
	switch {
	case !o.Unique && u.Unique:
		f.add("UNIQUE_ITEMS_ADDED", "uniqueItems", "uniqueItems")
	case o.Unique && !u.Unique:
		f.add("UNIQUE_ITEMS_REMOVED", "uniqueItems", "uniqueItems")
	}
	f.count("MAX_CONTAINS", "maxContains", o.MaxContains, u.MaxContains)
	f.count("MIN_CONTAINS", "minContains", o.MinContains, u.MinContains)
	if c.warn {
		return c.contains(f, o, u)
	}
	return nil
}

// item compares what the two sides say about one place of a tuple.
func (c *jsonCheck) item(f *jsonFound, o, u *jsonschema.ArrayRules, i int) error {
	name := strconv.Itoa(i)
	step := "items/" + name
	switch {
	case i >= len(u.Items):
		return c.itemRemoved(f, u, o.Items[i], step, name)
	case i >= len(o.Items):
		return c.itemAdded(f, o, u.Items[i], step, name)
	}
	return c.into(f, step, o.Items[i], u.Items[i])
}

func (c *jsonCheck) itemRemoved(f *jsonFound, u *jsonschema.ArrayRules, was *jsonschema.Node, step, name string) error {
	if openArray(u) {
		f.addNamed("ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL", step, "items", name)
		return nil
	}
	if cover := coverOfRest(u.Additional, u.Unevaluated); cover != nil {
		return c.covered(f, was, cover, "ITEM_REMOVED", step, "items", name)
	}
	code := "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL"
	if was.Kind == jsonschema.False {
		code = "ITEM_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL"
	}
	f.addNamed(code, step, "items", name)
	return nil
}

func (c *jsonCheck) itemAdded(f *jsonFound, o *jsonschema.ArrayRules, is *jsonschema.Node, step, name string) error {
	if openArray(o) {
		code := "ITEM_ADDED_TO_OPEN_CONTENT_MODEL"
		if is.Kind == jsonschema.Empty {
			code = "ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL"
		}
		f.addNamed(code, step, "items", name)
		return nil
	}
	if cover := coverOfRest(o.Additional, o.Unevaluated); cover != nil {
		return c.covered(f, cover, is, "ITEM_ADDED", step, "items", name)
	}
	f.addNamed("ITEM_ADDED_TO_CLOSED_CONTENT_MODEL", step, "items", name)
	return nil
}

// openArray says whether an array takes any further item.
func openArray(a *jsonschema.ArrayRules) bool {
	return !a.Additional.Forbidden && a.Additional.Schema == nil && unlimited(a.Unevaluated)
}

// rest compares additionalProperties or additionalItems.
func (c *jsonCheck) rest(f *jsonFound, code, keyword string, o, u jsonschema.Rest) error {
	switch {
	case o.Forbidden && u.Forbidden:
	case u.Forbidden:
		f.add(code+"_REMOVED", keyword, keyword)
	case o.Forbidden:
		f.add(code+"_ADDED", keyword, keyword)
	case o.Schema == nil && u.Schema == nil:
	case o.Schema == nil:
		f.add(code+"_NARROWED", keyword, keyword)
	case u.Schema == nil:
		f.add(code+"_EXTENDED", keyword, keyword)
	default:
		if err := c.into(f, keyword, o.Schema, u.Schema); err != nil {
			return err
		}
	}
	return nil
}

// unevaluated compares unevaluatedProperties or unevaluatedItems; the first
// row that fits counts (compatibility.md 7.2).
func (c *jsonCheck) unevaluated(f *jsonFound, code, keyword string, o, u *jsonschema.Node) error {
	is := func(n *jsonschema.Node, kind jsonschema.Kind) bool { return n != nil && n.Kind == kind }
	switch {
	case o == nil && u == nil:
	case is(u, jsonschema.False) && !is(o, jsonschema.False):
		f.add(code+"_REMOVED", keyword, keyword)
	case is(o, jsonschema.False) && !is(u, jsonschema.False):
		f.add(code+"_ADDED", keyword, keyword)
	case o == nil:
		f.add(code+"_NARROWED", keyword, keyword)
	case u == nil:
		f.add(code+"_EXTENDED", keyword, keyword)
	case is(o, jsonschema.Empty) && !is(u, jsonschema.Empty):
		f.add(code+"_NARROWED", keyword, keyword)
	case is(u, jsonschema.Empty) && !is(o, jsonschema.Empty):
		f.add(code+"_EXTENDED", keyword, keyword)
	default:
		if err := c.into(f, keyword, o, u); err != nil {
			return err
		}
	}
	return nil
}
