package contract

// overlay lays a document that was put over one that was made anew, where the
// schema has moved on: all that people wrote stays, but for what the schema
// says better. Of the schema objects those of the same name or topic are
// joined; of their properties the new document has the list, and each that the
// old one describes keeps its members but for its types.
func overlay(old, fresh *value) *value {
	out := joinMembers(old, fresh, nil)
	if x := old.get("customProperties"); x != nil && x.kind == list {
		out.set("customProperties", joinNamed(x, fresh.get("customProperties"), "property", true))
	}
	objects := fresh.get("schema")
	was := old.get("schema")
	if objects == nil || was == nil || was.kind != list {
		return out
	}
	joined := &value{kind: list}
	used := map[*value]bool{}
	for _, o := range objects.items {
		if w := likeObject(was.items, o, used); w != nil {
			used[w] = true
			o = overlayObject(w, o)
		}
		joined.items = append(joined.items, o)
	}
	for _, w := range was.items {
		if !used[w] {
			// Another topic of the same contract.
			joined.items = append(joined.items, w)
		}
	}
	out.set("schema", joined)
	return out
}

// joinMembers gives old with the members of fresh that it lacks; the named ones
// come from fresh wherever that has them.
func joinMembers(old, fresh *value, better []string) *value {
	if old.kind != object {
		return fresh
	}
	out := &value{kind: object}
	for _, m := range old.members {
		out.members = append(out.members, member{name: m.name, value: m.value})
	}
	for _, m := range fresh.members {
		if out.get(m.name) == nil {
			out.set(m.name, m.value)
			continue
		}
		for _, name := range better {
			if name == m.name {
				out.set(m.name, m.value)
			}
		}
	}
	return out
}

// joinNamed joins two lists of objects that have a member as their name; of
// what is on both sides fresh wins.
func joinNamed(old, fresh *value, name string, freshWins bool) *value {
	out := &value{kind: list}
	for _, x := range old.items {
		if y := named(fresh, name, x.string(name)); y != nil && freshWins {
			x = y
		}
		out.items = append(out.items, x)
	}
	if fresh != nil {
		for _, y := range fresh.items {
			if named(old, name, y.string(name)) == nil {
				out.items = append(out.items, y)
			}
		}
	}
	return out
}

func named(l *value, name, text string) *value {
	if l == nil || text == "" {
		return nil
	}
	for _, x := range l.items {
		if x.kind == object && x.string(name) == text {
			return x
		}
	}
	return nil
}

// likeObject is the object of the same name or topic that no other one took, or
// the only one.
func likeObject(list []*value, o *value, used map[*value]bool) *value {
	for _, name := range []string{"name", "physicalName"} {
		for _, w := range list {
			if w.kind == object && !used[w] && w.string(name) != "" && w.string(name) == o.string(name) {
				return w
			}
		}
	}
	if len(list) == 1 && list[0].kind == object && !used[list[0]] {
		return list[0]
	}
	return nil
}

// types are the members of a property that the schema says better.
var types = []string{"logicalType", "physicalType", "required"}

func overlayObject(old, fresh *value) *value {
	out := joinMembers(old, fresh, types)
	out.set("properties", overlayProperties(old.get("properties"), fresh.get("properties")))
	return out
}

func overlayProperties(old, fresh *value) *value {
	if fresh == nil || old == nil || old.kind != list {
		return fresh
	}
	out := &value{kind: list}
	for _, f := range fresh.items {
		out.items = append(out.items, overlayProperty(likeProperty(old, f.string("name")), f))
	}
	return out
}

func likeProperty(old *value, name string) *value {
	if x := named(old, "physicalName", name); x != nil {
		return x
	}
	return named(old, "name", name)
}

func overlayProperty(old, fresh *value) *value {
	if old == nil {
		return fresh
	}
	out := joinMembers(old, fresh, types)
	if fresh.get("required") == nil {
		out.remove("required")
	}
	for _, name := range []string{"properties", "items"} {
		f, o := fresh.get(name), old.get(name)
		switch {
		case f == nil:
			out.remove(name)
		case o == nil:
		case name == "items" && o.kind == object:
			out.set(name, overlayProperty(o, f))
		case name == "properties":
			out.set(name, overlayProperties(o, f))
		}
	}
	return out
}

func (v *value) remove(name string) {
	for i := range v.members {
		if v.members[i].name == name {
			v.members = append(v.members[:i:i], v.members[i+1:]...)
			return
		}
	}
}
