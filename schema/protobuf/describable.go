package protobuf

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// undescribable finds what keeps a descriptor from being built: the checks of
// validateFields (compatibility.md 2.4). They are those of the recorded
// registry, which are fewer than protoc's: numbers above the highest, reserved
// ones and enums that do not begin with zero pass.
func (s *Schema) undescribable() []schema.Fault {
	c := &describing{schema: s, visible: s.names.visible(), defined: map[string]bool{}}
	f := s.file
	for part := range strings.SplitSeq(f.Package, ".") {
		if f.Package != "" {
			c.identifier(part, f.Package, 0)
		}
	}
	c.messages(f.Package, f.Messages)
	c.enums(f.Package, f.Enums)
	c.extends(f.Package, f.Extends)
	for _, v := range f.Services {
		c.define(f.Package, v.Name, v.Offset)
		inner := join(f.Package, v.Name)
		for _, r := range v.RPCs {
			c.define(inner, r.Name, r.Offset)
			c.messageType(inner, r.Request, r.Offset)
			c.messageType(inner, r.Response, r.Offset)
		}
	}
	return c.faults
}

type describing struct {
	schema  *Schema
	visible map[Place]bool
	defined map[string]bool
	faults  []schema.Fault
}

// visible are the files whose types a descriptor may use: the text itself,
// what it imports, and what that imports publicly. Bundled files share one
// place, so they are told apart by path.
func (u *universe) visible() map[Place]bool {
	seen := map[Place]bool{{Kind: Own}: true}
	var add func(path string)
	add = func(path string) {
		unit := u.unitAt(path)
		if unit == nil || seen[unit.key()] {
			return
		}
		seen[unit.key()] = true
		for _, i := range unit.file.Imports {
			if i.Public {
				add(i.Path)
			}
		}
	}
	for _, i := range u.own.file.Imports {
		add(i.Path)
	}
	return seen
}

// key identifies a unit among all of a universe.
func (u *unit) key() Place {
	if u.place.Kind == Own {
		return Place{Kind: Own}
	}
	return Place{Kind: u.place.Kind, Subject: u.path}
}

func (c *describing) add(offset int, path, format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, schema.Fault{
			Path: path, Position: c.schema.Position(offset), Message: fmt.Sprintf(format, args...),
		})
	}
}

func (c *describing) identifier(word, path string, offset int) {
	ok := word != "" && !digit(word[0])
	for i := range len(word) {
		ok = ok && wordChar(word[i]) && word[i] != '-' && word[i] != '.'
	}
	if !ok {
		c.add(offset, path, "%q is no identifier", word)
	}
}

// define notes a name; one name may be defined once in a scope.
func (c *describing) define(scope, name string, offset int) {
	path := join(scope, name)
	c.identifier(name, path, offset)
	if c.defined[path] {
		c.add(offset, path, "%q is already defined", path)
	}
	c.defined[path] = true
}

func (c *describing) messages(scope string, list []*Message) {
	for _, m := range list {
		c.define(scope, m.Name, m.Offset)
		inner := join(scope, m.Name)
		numbers := map[int32]string{}
		for _, o := range m.Oneofs {
			c.define(inner, o.Name, o.Offset)
			for _, f := range o.Fields {
				if f.Map() {
					c.add(f.Offset, join(inner, f.Name), "a map cannot be a member of a oneof")
					continue
				}
				c.field(inner, f, numbers)
			}
		}
		for _, f := range m.Fields {
			c.field(inner, f, numbers)
			if f.Map() {
				c.define(inner, entryName(f.Name), f.Offset)
			}
			if f.Label == Optional && c.schema.file.Syntax == "proto3" {
				c.define(inner, "_"+f.Name, f.Offset)
			}
		}
		c.extends(inner, m.Extends)
		c.messages(inner, m.Messages)
		c.enums(inner, m.Enums)
	}
}

func (c *describing) field(scope string, f *Field, numbers map[int32]string) {
	path := join(scope, f.Name)
	c.define(scope, f.Name, f.Offset)
	if f.Number < 1 {
		c.add(f.Offset, path, "field numbers must be positive, not %d", f.Number)
	} else if other, again := numbers[f.Number]; again && numbers != nil {
		c.add(f.Offset, path, "number %d is already used by %s", f.Number, other)
	}
	if numbers != nil {
		numbers[f.Number] = f.Name
	}
	d, ok := c.typ(scope, f.Type, f.Offset, path)
	switch {
	case f.Default == nil || !ok:
	case f.Label == Repeated || f.Map():
		c.add(f.Offset, path, "a repeated field cannot have a default")
	case !fits(f, d):
		c.add(f.Offset, path, "the default %s does not fit the type %s", *f.Default, f.Type)
	}
}

// typ finds a type in the files that are visible.
func (c *describing) typ(scope, name string, offset int, path string) (Definition, bool) {
	if Scalar(name) {
		return Definition{}, true
	}
	d, ok := c.schema.names.typ(scope, name)
	if !ok || !c.visible[d.unit.key()] {
		c.add(offset, path, "the type %s is not defined in this text or what it imports", name)
		return d, false
	}
	return d, true
}

func (c *describing) messageType(scope, name string, offset int) {
	if d, ok := c.typ(scope, name, offset, scope); ok && d.Message == nil {
		c.add(offset, scope, "%s is no message", name)
	}
}

// fits says whether a default can be read as a value of the field's type.
func fits(f *Field, d Definition) bool {
	text := *f.Default
	var err error
	switch f.Type {
	case "int32", "sint32", "sfixed32":
		_, err = strconv.ParseInt(text, 0, 32)
	case "int64", "sint64", "sfixed64":
		_, err = strconv.ParseInt(text, 0, 64)
	case "uint32", "fixed32":
		_, err = strconv.ParseUint(text, 0, 32)
	case "uint64", "fixed64":
		_, err = strconv.ParseUint(text, 0, 64)
	case "float", "double":
		if text == "inf" || text == "-inf" || text == "nan" {
			return true
		}
		_, err = strconv.ParseFloat(strings.TrimRight(text, "fFdD"), 64)
		return err == nil || strings.Contains(err.Error(), "range")
	case "bool":
		return text == "true" || text == "false"
	case "string", "bytes":
		return true
	default:
		if d.Enum == nil {
			return false
		}
		for _, v := range d.Enum.Constants {
			if v.Name == text {
				return true
			}
		}
		return false
	}
	return err == nil
}

func (c *describing) enums(scope string, list []*Enum) {
	for _, e := range list {
		c.define(scope, e.Name, e.Offset)
		inner := join(scope, e.Name)
		if len(e.Constants) == 0 {
			c.add(e.Offset, inner, "an enum must have at least one constant")
		}
		for _, v := range e.Constants {
			c.define(inner, v.Name, v.Offset)
		}
	}
}

// extends checks extension fields; their numbers must lie in a range that the
// extended message leaves open.
func (c *describing) extends(scope string, list []*Extend) {
	for _, e := range list {
		d, ok := c.typ(scope, e.Name, e.Offset, e.Name)
		if ok && d.Message == nil {
			c.add(e.Offset, e.Name, "%s is no message", e.Name)
			ok = false
		}
		for _, f := range e.Fields {
			c.field(scope, f, nil)
			if ok && !extensible(d.Message, f.Number) {
				c.add(f.Offset, join(scope, f.Name), "%s has no extension number %d", e.Name, f.Number)
			}
		}
	}
}

func extensible(m *Message, number int32) bool {
	for _, x := range m.Extensions {
		for _, s := range x.Spans {
			if s.Start <= number && number <= s.End {
				return true
			}
		}
	}
	return false
}
