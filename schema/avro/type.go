package avro

// Kind is what a type is.
type Kind uint8

// The kinds of types. An error type is a Record with Named.Error set.
const (
	// broken stands for a type with a fault, unresolved for a name that is
	// not defined yet; neither is in a tree that Parse returns.
	broken Kind = iota
	unresolved
	Null
	Boolean
	Int
	Long
	Float
	Double
	Bytes
	String
	Record
	Enum
	Fixed
	Array
	Map
	Union
)

var kindNames = [...]string{
	Null: "null", Boolean: "boolean", Int: "int", Long: "long", Float: "float", Double: "double",
	Bytes: "bytes", String: "string", Record: "record", Enum: "enum", Fixed: "fixed", Array: "array", Map: "map", Union: "union",
}

// String is the keyword of the kind.
func (k Kind) String() string { return kindNames[k] }

// Primitive says that the kind is one of null to string.
func (k Kind) Primitive() bool { return Null <= k && k <= String }

// primitiveKind reads the keyword of a primitive; broken for another word.
func primitiveKind(word string) Kind {
	switch word {
	case "null":
		return Null
	case "boolean":
		return Boolean
	case "int":
		return Int
	case "long":
		return Long
	case "float":
		return Float
	case "double":
		return Double
	case "bytes":
		return Bytes
	case "string":
		return String
	}
	return broken
}

// Type is a node of the tree. Each use of a primitive, array, map or union is
// a node of its own; all uses of a named type are the same node, so a tree
// with recursive types is a graph.
type Type struct {
	Kind Kind
	// Offset is where the definition begins in the text that the client sent,
	// in bytes; -1 for one that came out of a reference.
	Offset int32
	// Named is what a Record, Enum or Fixed has beyond other types.
	Named *Named
	// Items is the type of the items of an Array or of the values of a Map.
	Items *Type
	// Branches are the types of a Union.
	Branches []*Type
	// Props are the properties that the language does not know, logicalType
	// and its attributes among them, in the order of the text.
	Props []Property
}

// Named is the part of a named type.
type Named struct {
	Name
	Doc    string
	HasDoc bool
	// Error says that a record was declared as an error.
	Error bool
	// Aliases are in the order of the text, each once.
	Aliases []Name
	// Fields are those of a record.
	Fields []Field
	// Symbols are those of an enum, Default is its default where HasDefault
	// is set.
	Symbols    []string
	Default    string
	HasDefault bool
	// Size is that of a fixed.
	Size int32

	// id numbers the named types of one tree.
	id int32
	// finished says that the definition was read to its end.
	finished bool
	// byName orders the fields by name; nil where there are few.
	byName []int32
}

// Field is a field of a record.
type Field struct {
	Name   string
	Type   *Type
	Doc    string
	HasDoc bool
	// Default is absent (empty) for a field without one.
	Default Value
	Order   Order
	// Aliases are in the order of the text, each once.
	Aliases []string
	Props   []Property
	// Offset is where the field begins in the text that the client sent; -1
	// for one that came out of a reference.
	Offset int32
}

// Order is how a field takes part in the order of records.
type Order uint8

// The orders.
const (
	Ascending Order = iota
	Descending
	Ignore
)

// String is the keyword of the order.
func (o Order) String() string {
	switch o {
	case Descending:
		return "descending"
	case Ignore:
		return "ignore"
	}
	return "ascending"
}

// Property is a property that the language does not know.
type Property struct {
	Name  string
	Value Value
}

// Prop gives the value of a property, absent for none.
func (t *Type) Prop(name string) Value { return prop(t.Props, name) }

// Prop gives the value of a property, absent for none.
func (f *Field) Prop(name string) Value { return prop(f.Props, name) }

func prop(props []Property, name string) Value {
	for _, p := range props {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// FullName is the full name of a named type and the keyword of another.
func (t *Type) FullName() string {
	if t.Named != nil {
		return t.Named.Full
	}
	return t.Kind.String()
}
