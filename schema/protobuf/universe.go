package protobuf

import "strings"

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

// unit is one file of those that names are looked up in.
type unit struct {
	file       *File
	path       string
	place      Place
	proto      descriptorProto
	types      map[string]Definition
	extensions map[string]extension
}

// index fills the tables of names.
func (u *unit) index() {
	u.types = map[string]Definition{}
	u.extensions = map[string]extension{}
	scope := u.file.Package
	u.indexTypes(scope, u.file.Messages, u.file.Enums)
	u.indexExtends(scope, u.file.Extends)
}

// indexTypes adds types; of several of one name the last counts, and an enum
// comes after the messages (compatibility.md 8).
func (u *unit) indexTypes(scope string, messages []*Message, enums []*Enum) {
	for _, m := range messages {
		name := join(scope, m.Name)
		u.types[name] = Definition{Name: name, Message: m, Place: u.place, Package: u.file.Package, unit: u}
		u.indexTypes(name, m.Messages, m.Enums)
		u.indexExtends(name, m.Extends)
	}
	for _, e := range enums {
		name := join(scope, e.Name)
		u.types[name] = Definition{Name: name, Enum: e, Place: u.place, Package: u.file.Package, unit: u}
	}
}

func (u *unit) indexExtends(scope string, extends []*Extend) {
	for _, e := range extends {
		for _, f := range e.Fields {
			name := join(scope, f.Name)
			u.extensions[name] = extension{name: name, field: f, scope: scope, unit: u}
		}
	}
}

func join(scope, name string) string {
	if scope == "" {
		return name
	}
	return scope + "." + name
}

// universe is what the names of one text can mean: its own file, the closure
// of its references, and the bundled imports, in this order. An import
// statement plays no part (compatibility.md 2.1).
type universe struct {
	own   *unit
	refs  []*unit
	world []*unit
}

// lookUp finds a type or an extension by its full name.
func lookUp[T any](u *universe, name string, table func(*unit) map[string]T) (T, bool) {
	if found, ok := table(u.own)[name]; ok {
		return found, true
	}
	for _, list := range [][]*unit{u.refs, u.world} {
		for _, unit := range list {
			if found, ok := table(unit)[name]; ok {
				return found, true
			}
		}
	}
	var none T
	return none, false
}

// resolve finds what a name means in a scope: with a leading dot it is a full
// name; else the whole name is tried in each scope, the innermost first.
func resolve[T any](u *universe, scope, name string, table func(*unit) map[string]T) (T, bool) {
	if full, ok := strings.CutPrefix(name, "."); ok {
		return lookUp(u, full, table)
	}
	// A package with an empty part (".a.") is no scope that names are found
	// in.
	if scope == "" || strings.HasPrefix(scope, ".") || strings.HasSuffix(scope, ".") || strings.Contains(scope, "..") {
		return lookUp(u, name, table)
	}
	for {
		if found, ok := lookUp(u, scope+"."+name, table); ok {
			return found, true
		}
		at := strings.LastIndexByte(scope, '.')
		if at < 0 {
			return lookUp(u, name, table)
		}
		scope = scope[:at]
	}
}

func typesOf(u *unit) map[string]Definition     { return u.types }
func extensionsOf(u *unit) map[string]extension { return u.extensions }
func (u *universe) typ(scope, name string) (Definition, bool) {
	return resolve(u, scope, name, typesOf)
}

func (u *universe) extension(scope, name string) (extension, bool) {
	return resolve(u, scope, name, extensionsOf)
}

// Entry says whether the message stands for the entries of a map.
func (m *Message) Entry() bool { return entry(m) }

// EntryFields gives the fields of a map entry message, nil where one is
// missing.
func (m *Message) EntryFields() (key, value *Field) { return entryFields(m) }

func entry(m *Message) bool {
	for i := range m.Options {
		o := &m.Options[i]
		if o.Name == "map_entry" && !o.Custom && len(o.Path) == 0 && strings.EqualFold(o.Value.Text, "true") {
			return true
		}
	}
	return false
}

func entryFields(m *Message) (key, value *Field) {
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
