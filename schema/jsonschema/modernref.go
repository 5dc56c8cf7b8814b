package jsonschema

import "strings"

// reference makes the node of a $ref and remembers what it leads to.
func (m *modern) reference(at site, v *Value, keyword string) *Node {
	link := &Link{}
	n := m.node(at.doc, at.value, Reference, link)
	text, ok := m.str(at.doc, v, keyword)
	if !ok {
		return n
	}
	absolute, err := parseURI(text)
	if err == nil && !absolute.absolute() && m.text(withoutFragment(absolute.text)) == nil {
		absolute, err = resolveBase(at.base, absolute)
	}
	if err != nil {
		m.fault(at.doc, v, "%q is not a URI: %q", keyword, text)
		return n
	}
	k := m.knot(absolute.text)
	if k.from.value == nil {
		k.from = site{v, at.doc, at.base}
	}
	link.Text, link.knot = absolute.text, k
	if keyword == "$ref" {
		m.unit.links = append(m.unit.links, link)
	}
	return n
}

func withoutFragment(uri string) string {
	whole, _, _ := strings.Cut(uri, "#")
	return whole
}

// text gives the referenced or bundled text that a URI names.
func (m *modern) text(whole string) *Document {
	if whole == "" {
		return nil
	}
	for _, d := range m.texts {
		if d.Name == whole {
			return d
		}
	}
	for _, d := range m.texts {
		if !strings.HasPrefix(d.Name, ".") && "./"+d.Name == whole {
			return d
		}
		if name, err := parseURI(d.Name); err == nil && !name.absolute() {
			base, _ := parseURI(memInput)
			if base.resolve(name).text == whole {
				return d
			}
		}
	}
	return m.bundled(whole, true)
}

// resolve finds the schema of a knot: a known schema, or a text at hand, and
// from there an anchor or a pointer.
func (m *modern) resolve(k *knot) bool {
	whole, fragment, _ := strings.Cut(k.uri, "#")
	base, err := parseURI(whole)
	if err != nil {
		return false
	}
	root := m.known(whole)
	if root == nil {
		d := m.text(whole)
		if d == nil {
			return false
		}
		root = m.register(site{d.bridged, d, base})
		full, err := parseURI(k.uri)
		if err != nil {
			return false
		}
		m.anchors(site{d.bridged, d, full}, "", "")
	}
	if fragment == "" {
		k.value, k.doc, k.base = root.value, root.doc, base
		return true
	}
	if k.value != nil {
		return true
	}
	return m.pointer(k, root, fragment)
}

// pointer follows a JSON pointer from the root of a schema with a URI. The
// base there is the root's id as it is written, which a relative one does not
// survive (the loader of the real registry has it so).
func (m *modern) pointer(k, root *knot, fragment string) bool {
	steps := strings.Split(fragment, "/")
	if steps[0] != "" {
		return false
	}
	at := site{root.value, root.doc, uri{}}
	start := memInput
	if !root.doc.Main() {
		start = withoutFragment(k.uri)
	}
	if id := root.value.Get("$id"); id != nil {
		if id.kind != StringValue {
			return false
		}
		start = id.text
	}
	base, err := parseURI(start)
	if err != nil {
		return false
	}
	at.base = base
	for _, step := range steps[1:] {
		at = m.enter(at)
		if at.value = stepInto(at.value, step); at.value == nil {
			return false
		}
	}
	at = m.enter(at)
	k.value, k.doc, k.base = at.value, at.doc, at.base
	return true
}

// copies lets every reference lead to a node of its own: a copy of the top
// node of its target, with the same nodes inside (compatibility.md 7.1,
// references). It decides how many turns of a recursive type are compared.
func (m *modern) copies(root *knot) *unit {
	queue := append([]*Link(nil), root.unit.links...)
	read := map[*knot]bool{root: true}
	round := make(map[*knot]*Node)
	for i := 0; i < len(queue); i++ {
		link := queue[i]
		k := link.knot
		switch {
		case k.unit == nil:
		case !read[k]:
			read[k] = true
			queue = append(queue, k.unit.links...)
			link.target = k.unit.copy()
			clear(round)
		case round[k] == nil:
			round[k] = k.unit.copy()
			link.target = round[k]
		default:
			link.target = round[k]
		}
	}
	return root.unit
}

// copy gives a node of its own with the content of the unit's top node, as
// references see it.
func (u *unit) copy() *Node {
	top := u.node
	if u.inner != nil {
		top = u.inner
	}
	n := *top
	return &n
}
