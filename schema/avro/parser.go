package avro

import (
	"errors"
	"fmt"
	"slices"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsontext"
)

// parser reads the texts of one closure into one table of names. It goes on
// after a fault, so that all of them are reported.
type parser struct {
	// strict applies the rules for new schemas; own says that the text is the
	// caller's, not one that it refers to.
	strict, own bool
	// references says that there are texts before the caller's.
	references bool
	// moved says that a type was used before its definition.
	moved bool

	types map[string]*Type
	named []*Named

	doc     *jsontext.Document
	faults  []schema.Fault
	waiting []waiting
	free    []Type

	fitting     map[fitting]bool
	ownDefaults map[*Field]bool
}

// waiting is a place in the tree whose type was named before its definition.
type waiting struct {
	slot **Type
	full string
	at   jsontext.Value
	// union is the union that holds the place, to be looked at again.
	union *Type
}

// parse reads one text.
func (p *parser) parse(text string) (*Type, error) {
	doc, err := jsontext.Parse(text, jsonOptions)
	if err != nil {
		var syntax *jsontext.SyntaxError
		if !errors.As(err, &syntax) {
			return nil, err
		}
		return nil, schema.Invalid(schema.Avro, schema.StageParse, schema.PositionAt(text, syntax.Offset), "%s", syntax.Message)
	}
	p.doc, p.waiting = doc, nil
	var root *Type
	p.read(&root, doc.Root(), scope{root: true})
	p.resolve()
	if len(p.faults) > 0 {
		slices.SortStableFunc(p.faults, func(a, b schema.Fault) int { return a.Position.Offset - b.Position.Offset })
		return nil, &schema.InvalidError{Type: schema.Avro, Stage: schema.StageParse, Faults: p.faults}
	}
	return root, nil
}

// fault reports what is wrong with a value.
func (p *parser) fault(at jsontext.Value, format string, args ...any) {
	p.faultAt(at.Offset(), format, args...)
}

// maxFaults is how many faults of one text are reported.
const maxFaults = 100

func (p *parser) faultAt(offset int, format string, args ...any) {
	if len(p.faults) >= maxFaults {
		return
	}
	p.faults = append(p.faults, schema.Fault{
		Path:     p.doc.Pointer(offset),
		Position: schema.PositionAt(p.doc.Text(), offset),
		Message:  fmt.Sprintf(format, args...),
	})
}

// scope is where a type stands.
type scope struct {
	// space is the namespace of the enclosing named type.
	space string
	// union is the union that the type is a branch of.
	union *Type
	// root says that the type is the whole text.
	root bool
}

// newType takes a node from a slab.
func (p *parser) newType(kind Kind, at jsontext.Value) *Type {
	if len(p.free) == 0 {
		p.free = make([]Type, 32)
	}
	t := &p.free[0]
	p.free = p.free[1:]
	t.Kind, t.Offset = kind, p.offset(at)
	return t
}

// offset is a place in the caller's text, -1 in another.
func (p *parser) offset(at jsontext.Value) int32 {
	if !p.own {
		return -1
	}
	return int32(at.Offset())
}

// read reads a type into its place in the tree.
func (p *parser) read(slot **Type, v jsontext.Value, s scope) {
	switch v.Kind() {
	case jsontext.String:
		p.readName(slot, v, s)
	case jsontext.Object:
		p.readObject(slot, v, s)
	case jsontext.Array:
		p.readUnion(slot, v, s)
	default:
		p.fault(v, "a type must be a name, an object or an array of types, not %s", v.Kind())
		*slot = p.newType(broken, v)
	}
}

// readName reads a primitive or the use of a named type.
func (p *parser) readName(slot **Type, v jsontext.Value, s scope) {
	name := v.Text()
	if kind := primitiveKind(name); kind != broken {
		*slot = p.newType(kind, v)
		return
	}
	full, known := p.find(name, s.space)
	if known == nil {
		known = p.newType(unresolved, v)
		p.waiting = append(p.waiting, waiting{slot, full, v, s.union})
	}
	*slot = known
}

// find looks a name up: in the enclosing namespace, then as written, but that
// only among types whose definition is finished (compatibility.md 2.2).
func (p *parser) find(name, space string) (full string, t *Type) {
	n := newName(name, space)
	if t := p.types[n.Full]; t != nil {
		return n.Full, t
	}
	if n.Full != name {
		if t := p.types[name]; t != nil && t.Named.finished {
			return name, t
		}
	}
	return n.Full, nil
}

// resolve puts the types that were named before their definition in place.
func (p *parser) resolve() {
	for _, w := range p.waiting {
		t := p.types[w.full]
		if t == nil {
			p.faultAt(w.at.Offset(), "the type %s is not defined", quoted(w.full))
			continue
		}
		*w.slot = t
		p.moved = true
	}
	if len(p.faults) > 0 {
		return
	}
	checked := make(map[*Type]bool)
	for _, w := range p.waiting {
		if w.union != nil && !checked[w.union] {
			checked[w.union] = true
			p.checkBranches(w.union, w.at)
		}
	}
}

// define enters a named type into the table. It answers false when the name
// is taken; the definition is read nevertheless and compared in redefine.
func (p *parser) define(t *Type, at jsontext.Value, s scope) bool {
	n := t.Named
	if first := p.types[n.Full]; first != nil {
		if s.root && p.own && p.references {
			p.fault(at, "the type %s is defined by a reference already", quoted(n.Full))
		}
		return false
	}
	if p.types == nil {
		p.types = make(map[string]*Type)
	}
	n.id = int32(len(p.named))
	p.named = append(p.named, n)
	p.types[n.Full] = t
	return true
}

// redefine decides about a second definition of a name: it must equal the
// first, which stays (compatibility.md 2.2). A record that contains itself
// equals no repetition.
func (p *parser) redefine(slot **Type, second *Type, at jsontext.Value) {
	first := p.types[second.Named.Full]
	if !first.Named.finished || !equalTypes(first, second, structure) || containsItself(first) {
		p.fault(at, "the type %s is defined a second time, and differently", quoted(second.Named.Full))
		*slot = p.newType(broken, at)
		return
	}
	*slot = first
}

// readUnion reads an array of types.
func (p *parser) readUnion(slot **Type, v jsontext.Value, s scope) {
	t := p.newType(Union, v)
	*slot = t
	if s.union != nil {
		p.fault(v, "a union must not stand inside a union")
		t.Kind = broken
	}
	t.Branches = make([]*Type, v.Len())
	i := 0
	for b := v.First(); b.Exists(); b = b.Next() {
		p.read(&t.Branches[i], b, scope{space: s.space, union: t})
		i++
	}
	p.checkBranches(t, v)
}

// checkBranches refuses two branches of one type in a union.
func (p *parser) checkBranches(union *Type, at jsontext.Value) {
	var seen map[string]bool
	if len(union.Branches) > 16 {
		seen = make(map[string]bool, len(union.Branches))
	}
	for i, b := range union.Branches {
		if b.Kind == broken || b.Kind == unresolved {
			continue
		}
		name := b.FullName()
		twice := seen[name]
		if seen != nil {
			seen[name] = true
		} else {
			for _, a := range union.Branches[:i] {
				twice = twice || a.Kind > unresolved && a.FullName() == name
			}
		}
		if twice {
			p.fault(at, "the union has the type %s twice", quoted(name))
			return
		}
	}
}
