package compat

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema/protobuf"
)

// protoKind is what kind of type a field has.
type protoKind int

const (
	scalarKind protoKind = iota
	mapKind
	messageKind
)

// protoTypeRef is the type of a field, or of the key or value of a map, as
// one side sees it.
type protoTypeRef struct {
	kind protoKind
	// group is the group of scalars that may replace each other.
	group string
	// name is the name as written; type is what it means, if it resolves.
	name     string
	typ      protobuf.Definition
	resolved bool
	// key and value are those of a map, looked up in scope.
	key, value, scope string
}

// ref says what a name means in a scope.
func ref(s *protobuf.Schema, scope, name string) protoTypeRef {
	if protobuf.Scalar(name) {
		return protoTypeRef{kind: scalarKind, group: scalarGroup(name), name: name}
	}
	r := protoTypeRef{kind: messageKind, name: name}
	if r.typ, r.resolved = s.Resolve(scope, name); !r.resolved {
		return r
	}
	if r.typ.Enum != nil {
		return protoTypeRef{kind: scalarKind, group: scalarGroup("int32"), name: name}
	}
	// A field whose type is a map entry message counts as a map.
	if r.typ.Message.Entry() {
		if key, value := r.typ.Message.EntryFields(); key != nil && value != nil {
			return protoTypeRef{kind: mapKind, key: key.Type, value: value.TypeText(), scope: r.typ.Name}
		}
	}
	return r
}

func fieldRef(s *protobuf.Schema, scope string, f *protobuf.Field) protoTypeRef {
	if f.Map() {
		return protoTypeRef{kind: mapKind, key: f.Key, value: f.Type, scope: scope}
	}
	return ref(s, scope, f.Type)
}

// scalarGroup names the scalars that may replace each other.
func scalarGroup(name string) string {
	switch name {
	case "int32", "int64", "uint32", "uint64", "bool":
		return "varint"
	case "sint32", "sint64":
		return "zigzag"
	case "string", "bytes":
		return "text"
	case "fixed32", "sfixed32":
		return "fixed32"
	case "fixed64", "sfixed64":
		return "fixed64"
	}
	return name
}

// fields compares two fields of one number.
func (d *protoDiff) fields(s protoScope, at memberPath, update, original *protobuf.Field) error {
	u, o := fieldNode(update), fieldNode(original)
	if update.Name != original.Name {
		d.add(s, fieldNameChanged, at.String(), u, o)
	}
	return d.refs(s, at, u, o,
		fieldRef(d.reader, s.update, update), fieldRef(d.writer, s.original, original),
		[2]protobuf.Label{update.Label, original.Label})
}

// refs compares two types. Labels are those of the fields, none for the keys
// and values of maps.
func (d *protoDiff) refs(s protoScope, at memberPath, u, o node, update, original protoTypeRef, labels [2]protobuf.Label) error {
	if err := d.work.step(); err != nil {
		return err
	}
	switch {
	case update.kind != original.kind:
		d.add(s, fieldKindChanged, at.String(), u, o)
	case update.kind == scalarKind:
		d.scalars(s, at, u, o, update, original, labels)
	case update.kind == mapKind:
		for _, part := range [][2]string{{update.key, original.key}, {update.value, original.value}} {
			if err := d.refs(s, at, u, o, ref(d.reader, update.scope, part[0]), ref(d.writer, original.scope, part[1]),
				[2]protobuf.Label{}); err != nil {
				return err
			}
		}
	default:
		return d.named(s, at, u, o, update, original)
	}
	return nil
}

func (d *protoDiff) scalars(s protoScope, at memberPath, u, o node, update, original protoTypeRef, labels [2]protobuf.Label) {
	if update.group != original.group {
		d.add(s, fieldScalarKindChanged, at.String(), u, o)
		return
	}
	if labels[0] == protobuf.NoLabel || labels[1] == protobuf.NoLabel || labels[0] == labels[1] {
		return
	}
	code := fieldNumericLabel
	if update.group == "text" {
		code = fieldStringLabel
	}
	d.add(s, code, at.String(), u, o)
}

// named compares two message types: by their names without the package, and,
// when they are not defined in the same place, by their content.
func (d *protoDiff) named(s protoScope, at memberPath, u, o node, update, original protoTypeRef) error {
	if !update.resolved || !original.resolved {
		if update.name != original.name {
			d.add(s, fieldNamedTypeChanged, at.String(), u, o)
		}
		return nil
	}
	if update.typ.Local() != original.typ.Local() {
		d.add(s, fieldNamedTypeChanged, at.String(), u, o)
		return nil
	}
	// The types of a text itself are compared where they stand, and a
	// registered version is the same on both sides. Bundled files never count
	// as the same place, but what is one definition cannot differ.
	if update.typ.Place == original.typ.Place && update.typ.Place.Kind != protobuf.Bundled ||
		update.typ.Message == original.typ.Message {
		return nil
	}
	harmful, err := d.content(update.typ, original.typ)
	if err != nil {
		return err
	}
	if harmful {
		d.add(s, fieldNamedTypeChanged, at.String(), u, o)
	}
	return nil
}

// protoContent is what the comparison of two types found: the differences, and
// the original messages whose fields were compared for it.
type protoContent struct {
	found   []Difference
	visited []*protobuf.Message
}

// stepsPerCopy is what a difference that is told again costs: types that use
// each other can tell one difference a million times.
const stepsPerCopy = 16

// content compares two types wherever they are defined; the path starts again
// at the name of the type. It says whether a difference does harm.
func (d *protoDiff) content(update, original protobuf.Definition) (bool, error) {
	pair := protoPair{update.Message, original.Message}
	start := len(d.found)
	known, ok := d.known[pair]
	if ok {
		if err := d.work.steps(1 + stepsPerCopy*len(known.found) + len(known.visited)); err != nil {
			return false, err
		}
		ok = !slices.ContainsFunc(known.visited, func(m *protobuf.Message) bool { return d.entered[m] })
	}
	if ok {
		d.found = append(d.found, known.found...)
		d.visited = append(d.visited, known.visited...)
	} else {
		met, visited := d.met, len(d.visited)
		s := protoScope{
			update: around(update), original: around(original),
			updateOwn: update.Place.Kind == protobuf.Own, originalOwn: original.Place.Kind == protobuf.Own,
		}
		path := "#/" + strings.ReplaceAll(update.Local(), ".", "/") + "/"
		if err := d.messages(s, path, update.Message, original.Message); err != nil {
			return false, err
		}
		// What was found holds for every other field of these types, unless a
		// type that is being compared further out cut it short, then or now.
		if d.met == met {
			d.known[pair] = protoContent{slices.Clone(d.found[start:]), slices.Clone(d.visited[visited:])}
		}
	}
	return slices.ContainsFunc(d.found[start:], Difference.harmful), nil
}

// around is the scope that a definition stands in.
func around(d protobuf.Definition) string {
	if len(d.Name) == len(d.Message.Name) {
		return ""
	}
	return d.Name[:len(d.Name)-len(d.Message.Name)-1]
}
