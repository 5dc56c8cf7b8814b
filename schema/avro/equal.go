package avro

import "slices"

// strictness says what counts when two trees are compared.
type strictness int

const (
	// structure leaves out docs, aliases and enum defaults: the rule for a
	// second definition of a name.
	structure strictness = iota
	// everything is the rule for "already registered" (compatibility.md 3).
	everything
)

// equalTypes says whether two trees are equal. Fields, symbols and branches
// are compared in order, properties and aliases without order; whether a
// record is an error does not count.
func equalTypes(a, b *Type, s strictness) bool {
	e := equality{strictness: s}
	return e.types(a, b)
}

type equality struct {
	strictness
	// assumed are the pairs of records that are being compared, or that were
	// found equal.
	assumed map[[2]*Named]bool
}

func (e *equality) types(a, b *Type) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind || a.Kind == unresolved || !sameProps(a.Props, b.Props) {
		return false
	}
	switch a.Kind {
	case Array, Map:
		return e.types(a.Items, b.Items)
	case Union:
		return slices.EqualFunc(a.Branches, b.Branches, e.types)
	case Record, Enum, Fixed:
		return e.named(a, b)
	}
	return true
}

func (e *equality) named(a, b *Type) bool {
	m, n := a.Named, b.Named
	if m.Full != n.Full || m.Size != n.Size || !slices.Equal(m.Symbols, n.Symbols) || len(m.Fields) != len(n.Fields) {
		return false
	}
	if e.strictness == everything && (m.Doc != n.Doc || m.HasDoc != n.HasDoc ||
		m.Default != n.Default || m.HasDefault != n.HasDefault || !sameNames(m.Aliases, n.Aliases)) {
		return false
	}
	if len(m.Fields) == 0 {
		return true
	}
	pair := [2]*Named{m, n}
	if e.assumed[pair] {
		return true
	}
	if e.assumed == nil {
		e.assumed = make(map[[2]*Named]bool)
	}
	e.assumed[pair] = true
	for i := range m.Fields {
		if !e.fields(&m.Fields[i], &n.Fields[i]) {
			return false
		}
	}
	return true
}

func (e *equality) fields(a, b *Field) bool {
	if a.Name != b.Name || a.Order != b.Order || !a.Default.same(b.Default) || !sameProps(a.Props, b.Props) {
		return false
	}
	if e.strictness == everything && (a.Doc != b.Doc || a.HasDoc != b.HasDoc || !sameWords(a.Aliases, b.Aliases)) {
		return false
	}
	return e.types(a.Type, b.Type)
}

func sameProps(a, b []Property) bool {
	if len(a) != len(b) {
		return false
	}
	for i, p := range a {
		if b[i].Name == p.Name && b[i].Value.same(p.Value) {
			continue
		}
		return samePropsUnordered(a, b)
	}
	return true
}

func samePropsUnordered(a, b []Property) bool {
	values := make(map[string]Value, len(b))
	for _, p := range b {
		values[p.Name] = p.Value
	}
	for _, p := range a {
		if v, ok := values[p.Name]; !ok || !v.same(p.Value) {
			return false
		}
	}
	return true
}

func sameNames(a, b []Name) bool {
	words := func(names []Name) []string {
		list := make([]string, len(names))
		for i := range names {
			list[i] = names[i].Full
		}
		return list
	}
	return len(a) == len(b) && (len(a) == 0 || sameWords(words(a), words(b)))
}

// sameWords compares two lists of different words without their order.
func sameWords(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	if slices.Equal(a, b) {
		return true
	}
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// containsItself says whether a definition leads back to itself.
func containsItself(t *Type) bool {
	seen := make(map[*Named]bool)
	for i := range t.Named.Fields {
		if leadsTo(t.Named.Fields[i].Type, t.Named, seen) {
			return true
		}
	}
	return false
}

func leadsTo(t *Type, target *Named, seen map[*Named]bool) bool {
	switch {
	case t == nil:
		return false
	case t.Items != nil:
		return leadsTo(t.Items, target, seen)
	case t.Named == nil:
		return slices.ContainsFunc(t.Branches, func(b *Type) bool { return leadsTo(b, target, seen) })
	case t.Named == target:
		return true
	case seen[t.Named]:
		return false
	}
	seen[t.Named] = true
	for i := range t.Named.Fields {
		if leadsTo(t.Named.Fields[i].Type, target, seen) {
			return true
		}
	}
	return false
}
