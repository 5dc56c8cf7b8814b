package diff

// match finds for each child of two elements its like on the other side, by the
// same rules whichever side is asked: by name and number, then by an alias, then
// by the number alone, then by a part of the name, then by the name alone. What
// fits several is no proof. What stays alone was added or removed.
func match(before, after *element) {
	families := make(map[*family]*matching)
	var order []*family
	of := func(e *element) *matching {
		m := families[e.family]
		if m == nil {
			m = &matching{}
			families[e.family] = m
			order = append(order, e.family)
		}
		return m
	}
	for _, e := range before.children {
		m := of(e)
		m.before = append(m.before, e)
	}
	for _, e := range after.children {
		m := of(e)
		m.after = append(m.after, e)
	}
	for _, f := range order {
		m := families[f]
		if f == branches {
			m.byContent()
			continue
		}
		m.byName(f != records)
		m.byAlias()
		m.byNumber()
		m.byShort()
		m.byName(false)
	}
}

// matching are the children of one family.
type matching struct{ before, after []*element }

func join(a, b *element) { a.other, b.other = b, a }

// byName joins what has one name and, when asked, one number.
func (m *matching) byName(numbers bool) {
	type key struct {
		name   string
		number int32
	}
	of := func(e *element) key {
		if numbers {
			return key{e.name, e.number}
		}
		return key{name: e.name}
	}
	named := make(map[key][]*element, len(m.before))
	for _, e := range m.before {
		if e.other == nil {
			named[of(e)] = append(named[of(e)], e)
		}
	}
	for _, e := range m.after {
		if list := named[of(e)]; e.other == nil && len(list) > 0 {
			join(list[0], e)
			named[of(e)] = list[1:]
		}
	}
}

// byAlias joins what one side knows under the other's name.
func (m *matching) byAlias() {
	known := make(map[string]*element, len(m.before))
	for _, e := range m.before {
		if e.other == nil {
			known[e.name] = e
		}
	}
	// fits are the candidates of each element; those that are there twice,
	// because each side names the other, count once.
	fits := make(map[*element]map[*element]bool)
	fit := func(a, b *element) {
		for _, p := range [][2]*element{{a, b}, {b, a}} {
			if fits[p[0]] == nil {
				fits[p[0]] = make(map[*element]bool)
			}
			fits[p[0]][p[1]] = true
		}
	}
	fresh := make(map[string]*element, len(m.after))
	for _, e := range m.after {
		if e.other != nil {
			continue
		}
		fresh[e.name] = e
		for _, alias := range e.aliases {
			if old := known[alias]; old != nil {
				fit(old, e)
			}
		}
	}
	for _, e := range m.before {
		if e.other != nil {
			continue
		}
		for _, alias := range e.aliases {
			if x := fresh[alias]; x != nil {
				fit(e, x)
			}
		}
	}
	for _, e := range m.before {
		if len(fits[e]) != 1 {
			continue
		}
		for x := range fits[e] {
			if len(fits[x]) == 1 {
				join(e, x)
			}
		}
	}
}

// byNumber joins what is the only one with its number on each side.
func (m *matching) byNumber() {
	number := func(e *element) (int32, bool) { return e.number, e.numbered }
	olds, news := alone(m.before, number), alone(m.after, number)
	for _, e := range m.before {
		if e.other == nil && e.numbered && olds[e.number] == e && news[e.number] != nil {
			join(e, news[e.number])
		}
	}
}

// byShort joins what is the only one with its short name on each side.
func (m *matching) byShort() {
	short := func(e *element) (string, bool) { return e.short, e.short != "" }
	olds, news := alone(m.before, short), alone(m.after, short)
	for _, e := range m.before {
		if e.other == nil && e.short != "" && olds[e.short] == e && news[e.short] != nil {
			join(e, news[e.short])
		}
	}
}

// alone gives what has no like yet by its key, nil for one that several have.
func alone[K comparable](list []*element, key func(*element) (K, bool)) map[K]*element {
	known := make(map[K]*element, len(list))
	for _, e := range list {
		k, ok := key(e)
		if e.other != nil || !ok {
			continue
		}
		if _, again := known[k]; again {
			known[k] = nil
		} else {
			known[k] = e
		}
	}
	return known
}

// byContent joins branches: under one keyword, first those that are the same,
// then those of one type, then the rest, each in their order.
func (m *matching) byContent() {
	for _, key := range []func(*element) string{
		func(e *element) string { return e.content() },
		(*element).typeText,
		func(*element) string { return "" },
	} {
		type place struct{ keyword, key string }
		known := make(map[place][]*element, len(m.before))
		for _, e := range m.before {
			if e.other == nil {
				at := place{keywordOf(e), key(e)}
				known[at] = append(known[at], e)
			}
		}
		for _, e := range m.after {
			if e.other != nil {
				continue
			}
			at := place{keywordOf(e), key(e)}
			if list := known[at]; len(list) > 0 {
				join(list[0], e)
				known[at] = list[1:]
			}
		}
	}
}

// typeText is what an element says of its type.
func (e *element) typeText() string {
	for _, a := range e.attributes {
		if a.kind == TypeChanged {
			return a.text
		}
	}
	return ""
}

// keywordOf is the keyword that a branch stands under.
func keywordOf(e *element) string {
	for i := range len(e.name) {
		if e.name[i] == '/' {
			return e.name[:i]
		}
	}
	return e.name
}
