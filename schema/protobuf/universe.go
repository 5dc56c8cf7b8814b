package protobuf

import (
	"maps"
	"slices"
	"strings"
)

// PlaceKind says what kind of file a type is defined in.
type PlaceKind int

// The kinds of files.
const (
	// Own is the text itself.
	Own PlaceKind = iota
	// Referenced is a text of the closure of references.
	Referenced
	// Bundled is an import that needs no reference.
	Bundled
)

// Place identifies the file that a type is defined in; Subject and Version
// are those of a referenced text.
type Place struct {
	Kind    PlaceKind
	Subject string
	Version int32
}

// Definition is a message or an enum with its full name.
type Definition struct {
	// Name is the full name without a leading dot.
	Name    string
	Message *Message
	Enum    *Enum
	Place   Place
	// Package is that of the file.
	Package string

	unit *unit
}

// Local is the name without the package.
func (d Definition) Local() string {
	return strings.TrimPrefix(strings.TrimPrefix(d.Name, d.Package), ".")
}

// extension is a field defined in an extend.
type extension struct {
	name  string
	field *Field
	// scope is where the extend stands; the type of the field is looked up
	// from there.
	scope string
	unit  *unit
}

// table finds types and extensions by their full names.
type table struct {
	types      map[string]*Definition
	extensions map[string]*extension
}

func newTable() table {
	return table{types: map[string]*Definition{}, extensions: map[string]*extension{}}
}

// unit is one file of those that names are looked up in.
type unit struct {
	table
	file  *File
	path  string
	place Place
	// proto is the descriptor that the file came from, if it did.
	proto descriptorProto
}

// index fills the tables of names.
func (u *unit) index() {
	u.table = newTable()
	scope := u.file.Package
	u.indexTypes(scope, u.file.Messages, u.file.Enums)
	u.indexExtends(scope, u.file.Extends)
}

// indexTypes adds types; of several of one name the last counts, and an enum
// comes after the messages (compatibility.md 8).
func (u *unit) indexTypes(scope string, messages []*Message, enums []*Enum) {
	for _, m := range messages {
		name := join(scope, m.Name)
		u.types[name] = &Definition{Name: name, Message: m, Place: u.place, Package: u.file.Package, unit: u}
		u.indexTypes(name, m.Messages, m.Enums)
		u.indexExtends(name, m.Extends)
	}
	for _, e := range enums {
		name := join(scope, e.Name)
		u.types[name] = &Definition{Name: name, Enum: e, Place: u.place, Package: u.file.Package, unit: u}
	}
}

func (u *unit) indexExtends(scope string, extends []*Extend) {
	for _, e := range extends {
		for _, f := range e.Fields {
			name := join(scope, f.Name)
			u.extensions[name] = &extension{name: name, field: f, scope: scope, unit: u}
		}
	}
}

func join(scope, name string) string {
	if scope == "" {
		return name
	}
	return scope + "." + name
}

// library is a list of units with the names of all of them; of one name the
// first unit counts.
type library struct {
	table
	units []*unit
}

func newLibrary(units []*unit) *library {
	l := &library{table: newTable(), units: units}
	for _, u := range slices.Backward(units) {
		maps.Copy(l.types, u.types)
		maps.Copy(l.extensions, u.extensions)
	}
	return l
}

// at gives the unit of an import path.
func (l *library) at(path string) *unit {
	for _, u := range l.units {
		if u.path == path {
			return u
		}
	}
	return nil
}

// universe is what the names of one text can mean: its own file, the closure
// of its references, and the bundled imports, in this order. An import
// statement plays no part (compatibility.md 2.1).
type universe struct {
	own         *unit
	refs, world *library
}

func (u *universe) tables() [3]*table {
	return [3]*table{&u.own.table, &u.refs.table, &u.world.table}
}

func (u *universe) typ(scope, name string) (Definition, bool) {
	tables := u.tables()
	return resolve(scope, name, func(name []byte) *Definition {
		for _, t := range tables {
			if found := t.types[string(name)]; found != nil {
				return found
			}
		}
		return nil
	})
}

func (u *universe) extension(scope, name string) (extension, bool) {
	tables := u.tables()
	return resolve(scope, name, func(name []byte) *extension {
		for _, t := range tables {
			if found := t.extensions[string(name)]; found != nil {
				return found
			}
		}
		return nil
	})
}

// unitAt gives the file that an import path means, nil for none.
func (u *universe) unitAt(path string) *unit {
	if found := u.refs.at(path); found != nil {
		return found
	}
	return u.world.at(path)
}

// resolve finds what a name means in a scope: with a leading dot it is a full
// name; else the whole name is tried in each scope, the innermost first.
func resolve[T any](scope, name string, lookUp func(name []byte) *T) (T, bool) {
	full := strings.HasPrefix(name, ".")
	// A package with an empty part (".a.") is no scope that names are found
	// in.
	if full || strings.HasPrefix(scope, ".") || strings.HasSuffix(scope, ".") || strings.Contains(scope, "..") {
		scope = ""
	}
	path := make([]byte, 0, 128)
	for {
		path = path[:0]
		if scope != "" {
			path = append(append(path, scope...), '.')
		}
		path = append(path, strings.TrimPrefix(name, ".")...)
		if found := lookUp(path); found != nil {
			return *found, true
		}
		if scope == "" {
			var none T
			return none, false
		}
		scope = scope[:max(0, strings.LastIndexByte(scope, '.'))]
	}
}

// Entry says whether the message stands for the entries of a map.
func (m *Message) Entry() bool {
	for i := range m.Options {
		o := &m.Options[i]
		if o.Name == "map_entry" && !o.Custom && len(o.Path) == 0 && strings.EqualFold(o.Value.Text, "true") {
			return true
		}
	}
	return false
}

// EntryFields gives the fields of a map entry message, nil where one is
// missing.
func (m *Message) EntryFields() (key, value *Field) {
	for _, f := range m.Fields {
		switch f.Name {
		case "key":
			key = f
		case "value":
			value = f
		}
	}
	return key, value
}
