package protobuf

// File is the syntax tree of one Protobuf text. Comments and weak imports are
// not part of it (compatibility.md 3.2, 2.4). Offsets count bytes from 0 in
// the text that was read; a tree read from a descriptor has none.
type File struct {
	// Syntax is "proto2", "proto3", or empty when the text does not say.
	Syntax  string
	Package string
	// PackageOffset is the place of the package statement.
	PackageOffset int
	// Imports are in the order of the text.
	Imports  []Import
	Options  []Option
	Messages []*Message
	Enums    []*Enum
	Extends  []*Extend
	Services []*Service
}

// Import is an import statement with its path in the canonical spelling.
type Import struct {
	Path   string
	Public bool
}

// Message is a message with all that stands in it.
type Message struct {
	Name       string
	Reserved   []Reserved
	Options    []Option
	Fields     []*Field
	Oneofs     []*Oneof
	Groups     []*Group
	Extensions []Extensions
	Extends    []*Extend
	Messages   []*Message
	Enums      []*Enum
	Offset     int
}

// Label is the word before the type of a field.
type Label string

// The labels; NoLabel is proto3's, a map's and a oneof member's.
const (
	NoLabel  Label = ""
	Optional Label = "optional"
	Required Label = "required"
	Repeated Label = "repeated"
)

// Field is a field of a message, group, oneof or extend.
type Field struct {
	Label Label
	// Key is the key type of a map, empty for any other field.
	Key string
	// Type is the type as written; of a map, the type of its values.
	Type   string
	Name   string
	Number int32
	// Default and JSONName are the values of the options default and
	// json_name, which are not options of the language; nil when absent.
	Default, JSONName *string
	Options           []Option
	Offset            int
}

// Map says whether the field is written as map<Key, Type>.
func (f *Field) Map() bool { return f.Key != "" }

// TypeText is the type as it is printed.
func (f *Field) TypeText() string {
	if f.Map() {
		return "map<" + f.Key + ", " + f.Type + ">"
	}
	return f.Type
}

// Oneof is a oneof of a message.
type Oneof struct {
	Name    string
	Options []Option
	Fields  []*Field
	Groups  []*Group
	Offset  int
}

// Group is a group: a field and the message that it holds. Its name is not a
// type (compatibility.md 2.4).
type Group struct {
	Label  Label
	Name   string
	Number int32
	Fields []*Field
	Offset int
}

// Span is one entry of a reserved or extensions statement: a name, a number,
// or a range of numbers.
type Span struct {
	// Name is used when Named is set.
	Name  string
	Named bool
	// Range says that it was written "a to b"; else End equals Start.
	Range      bool
	Start, End int32
}

// Reserved is one reserved statement.
type Reserved struct {
	Spans  []Span
	Offset int
}

// Extensions is one extensions statement.
type Extensions struct {
	Spans   []Span
	Options []Option
	Offset  int
}

// Extend adds fields to a message defined elsewhere.
type Extend struct {
	// Name is the message that is extended, as written.
	Name   string
	Fields []*Field
	// Groups are dropped by the real registry and kept here (9.3).
	Groups []*Group
	Offset int
}

// Enum is an enum.
type Enum struct {
	Name      string
	Reserved  []Reserved
	Options   []Option
	Constants []*Constant
	Offset    int
}

// Constant is one value of an enum.
type Constant struct {
	Name    string
	Number  int32
	Options []Option
	Offset  int
}

// Service is a service.
type Service struct {
	Name    string
	Options []Option
	RPCs    []*RPC
	Offset  int
}

// RPC is one call of a service.
type RPC struct {
	Name                             string
	Request, Response                string
	RequestStreaming, ReplyStreaming bool
	Options                          []Option
	Offset                           int
}

// The numbers that print as "max" begin here (compatibility.md 3.2).
const maxNumber = 1<<29 - 1

// Scalar says whether a type name, as written, is one of the built-in types.
func Scalar(name string) bool {
	switch name {
	case "bool", "bytes", "double", "fixed32", "fixed64", "float", "int32", "int64",
		"sfixed32", "sfixed64", "sint32", "sint64", "string", "uint32", "uint64":
		return true
	}
	return false
}
