package jsonschema

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// reference follows a $ref. Its own node keeps the text that the loader knows
// it by: as written for the first reference to a place, absolute afterwards.
func (c *classic) reference(at located, v *Value) *Node {
	d := at.place.document
	link := &Link{}
	n := c.node(d, at.value, Reference, link)
	text, ok := c.str(d, v, "$ref")
	if !ok {
		return n
	}
	ref, err := parseURI(text)
	if err != nil {
		c.fault(d, v, "%q is not a URI: %q", "$ref", text)
		return n
	}
	absolute := ref
	if at.place.base != nil {
		absolute = at.place.base.resolve(ref)
	}
	c.unit.links = append(c.unit.links, link)
	if known := c.knots[absolute.text]; known != nil {
		link.Text, link.unit = absolute.text, known
		return n
	}
	link.Text = text
	if d.Main() {
		c.from = d.position(v.offset)
	}
	target, found := c.find(at, text, absolute)
	if !found {
		c.fault(d, v, "cannot resolve the reference %q", text)
		return n
	}
	u := &unit{}
	c.knots[absolute.text] = u
	c.units = append(c.units, u)
	link.unit = u
	c.inUnit(u, target)
	return n
}

// find looks for the target of a reference: by its id in the document, by a
// pointer in the document, in the referenced texts and the bundled ones.
func (c *classic) find(at located, text string, absolute uri) (located, bool) {
	d := at.place.document
	if found, ok := c.idsOf(d, at.place.dialect)[absolute.text]; ok {
		return found, true
	}
	if strings.HasPrefix(text, "#") {
		return c.query(c.rootOf(d, at.place.dialect), text)
	}
	other, fragment := c.document(absolute)
	if other == nil {
		return located{}, false
	}
	dialect, known := dialectOfDocument(other)
	if v := other.root.Get("$schema"); !known || dialect.modern() {
		// The loader knows only its own dialects; where one of drafts 6 and 7
		// was asked for it goes on with that.
		if v != nil && at.place.dialect == Draft04 {
			return located{}, false
		}
		dialect = at.place.dialect
	}
	whole := absolute.text
	if i := strings.IndexByte(whole, '#'); i >= 0 {
		whole = whole[:i]
	}
	base, err := parseURI(whole)
	if err != nil {
		return located{}, false
	}
	root := located{other.bridged, classicPlace{other, dialect, &base}}
	target, ok := c.query(root, fragment)
	if !ok {
		return target, false
	}
	return c.enter(located{target.value, root.place}), true
}

// document gives the text that an absolute reference names, and the fragment
// that remains.
func (c *classic) document(absolute uri) (*Document, string) {
	whole, fragment, hasFragment := strings.Cut(absolute.text, "#")
	if hasFragment {
		fragment = "#" + fragment
	}
	// Two names can come to the same URI; the later text counts.
	for _, d := range slices.Backward(c.texts) {
		if c.nameOf(d) == absolute.text {
			return d, ""
		}
	}
	for _, d := range slices.Backward(c.texts) {
		if c.nameOf(d) == whole {
			return d, fragment
		}
	}
	if d := c.bundled(whole, false); d != nil {
		return d, fragment
	}
	return nil, ""
}

// nameOf gives the URI under which a referenced text is known: its name,
// resolved against the id of the client's root.
func (c *classic) nameOf(d *Document) string {
	if c.rootBase == nil {
		return d.Name
	}
	name, err := parseURI(d.Name)
	if err != nil {
		return d.Name
	}
	return c.rootBase.resolve(name).text
}

// rootOf gives the root of a document with its place.
func (c *classic) rootOf(d *Document, dialect Dialect) located {
	place := classicPlace{document: d, dialect: dialect}
	if !d.Main() {
		if base, err := parseURI(c.nameOf(d)); err == nil {
			place.base = &base
		}
	}
	return c.enter(located{d.bridged, place})
}

// idsOf collects the schemas of a document that have an id, by the id as it is
// written.
func (c *classic) idsOf(d *Document, dialect Dialect) map[string]located {
	key := idKey{d, dialect}
	if found, ok := c.ids[key]; ok {
		return found
	}
	found := make(map[string]located)
	c.ids[key] = found
	c.collect(c.rootOf(d, dialect), found)
	return found
}

func (c *classic) collect(at located, found map[string]located) {
	if id := at.value.Get(at.place.dialect.idKeyword()); id != nil && id.kind == StringValue {
		found[id.text] = at
	}
	for _, m := range at.value.members {
		c.collect(c.child(at, m.Value), found)
	}
	for _, item := range at.value.items {
		c.collect(c.child(at, item), found)
	}
}

// query follows a fragment from the root of a document: an id, or a pointer.
func (c *classic) query(root located, fragment string) (located, bool) {
	if fragment == "" {
		return root, true
	}
	if found, ok := c.idsOf(root.place.document, root.place.dialect)[fragment]; ok {
		return found, true
	}
	// The split drops empty steps at the end, so "#/" is the root.
	steps := strings.Split(fragment, "/")
	for len(steps) > 0 && steps[len(steps)-1] == "" {
		steps = steps[:len(steps)-1]
	}
	if len(steps) == 0 || !strings.HasPrefix(steps[0], "#") {
		return root, false
	}
	at := root
	for _, step := range steps[1:] {
		v := stepInto(at.value, step)
		if v == nil {
			return at, false
		}
		at = c.child(at, v)
	}
	return at, true
}

// stepInto goes one step of a pointer down, nil when there is no such place.
func stepInto(v *Value, step string) *Value {
	key, err := url.QueryUnescape(step)
	if err != nil {
		return nil
	}
	key = strings.ReplaceAll(strings.ReplaceAll(key, "~1", "/"), "~0", "~")
	switch v.kind {
	case ObjectValue:
		return v.Get(key)
	case ArrayValue:
		i, err := strconv.Atoi(key)
		if err == nil && i >= 0 && i < len(v.items) {
			return v.items[i]
		}
	}
	return nil
}
