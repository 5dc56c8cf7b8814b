package jsonschema

import "slices"

// fewNames is up to how many names are looked for one by one.
const fewNames = 8

// Property gives the schema of a name, nil when there is none.
func (o *ObjectRules) Property(name string) *Node {
	if o.properties != nil {
		if i, ok := o.properties[name]; ok {
			return o.Properties[i].Node
		}
		return nil
	}
	for i := range o.Properties {
		if o.Properties[i].Name == name {
			return o.Properties[i].Node
		}
	}
	return nil
}

// Requires says whether a name is required.
func (o *ObjectRules) Requires(name string) bool {
	if o.required != nil {
		_, ok := o.required[name]
		return ok
	}
	return slices.Contains(o.Required, name)
}

// finish indexes the names of a large object.
func (o *ObjectRules) finish() {
	if len(o.Properties) > fewNames {
		o.properties = make(map[string]int32, len(o.Properties))
		for i := range o.Properties {
			o.properties[o.Properties[i].Name] = int32(i)
		}
	}
	if len(o.Required) > fewNames {
		o.required = make(map[string]int32, len(o.Required))
		for i, name := range o.Required {
			o.required[name] = int32(i)
		}
	}
}

// inJavaOrder sorts named schemas as a Java hash map gives them.
func inJavaOrder(list []Property) []Property {
	if len(list) < 2 {
		return list
	}
	keys := make([]string, len(list))
	at := make(map[string]int, len(list))
	for i, p := range list {
		keys[i], at[p.Name] = p.Name, i
	}
	sorted := make([]Property, len(list))
	for i, k := range JavaOrder(keys) {
		sorted[i] = list[at[k]]
	}
	return sorted
}
