package schema

// EntityKind is what an inline tag hangs on, by its name on the wire.
type EntityKind string

// The kinds of tagged entities (registry-api.md 3.5).
const (
	RecordEntity EntityKind = "sr_record"
	FieldEntity  EntityKind = "sr_field"
)

// EntityTags are the inline tags of one record or field. Path follows
// registry-api.md 14.
type EntityTags struct {
	Path string
	Kind EntityKind
	Tags []string
}

// Outline is what the catalog shows of a schema without parsing it again:
// worked out once, at registration, and stored in a compact binary form (see
// Outline.AppendBinary).
type Outline struct {
	// Doc is the documentation of the schema as a whole.
	Doc string
	// RecordName is the name that the RecordName strategies use
	// (registry-api.md 20), empty when the schema has none.
	RecordName string
	// Holds are the records of a whole value, where Records do not say it: the
	// branches of an Avro union, what a reference of JSON Schema leads to.
	Holds   []Hold
	Records []Record
}

// Hold is a record that values hold.
type Hold struct {
	// Name is the record's Name; for a reference of JSON Schema into another
	// text, the reference as it is written.
	Name string
	// Lists is how many lists stand around it.
	Lists int
}

// Record is a record, a message, an object, or an enum of a schema.
type Record struct {
	// Name is the full name: Avro full name, Protobuf name with its package;
	// for JSON Schema the tag path ("object.a.object").
	Name string
	// TagPath is the record's path in the tag language of registry-api.md 14.
	TagPath string
	Doc     string
	Tags    []string
	// Kind is "record", "error", "enum", "fixed", "message", "object" or "oneof".
	Kind string
	// Symbols are the values of an enum.
	Symbols []string
	// Aliases are the full names of Avro's aliases.
	Aliases []string
	// Holds are further records whose fields a value of this one has too, by
	// references of JSON Schema among its branches (allOf, anyOf, oneOf).
	Holds  []Hold
	Fields []Field
}

// IsRecord says of the Kind of a Record whether its records are things of their
// own (catalog-api.md section 10: Avro record, Protobuf message, JSON object),
// and not an enum or the like.
func IsRecord(kind string) bool {
	switch kind {
	case "record", "error", "message", "object":
		return true
	}
	return false
}

// Field is one field of a record.
type Field struct {
	Name string
	// RuntimeName is the name that a value of this field has in a record as
	// consumers see it: the name itself, or Protobuf's json_name.
	RuntimeName string
	// TagPath is the field's path in the tag language of registry-api.md 14.
	TagPath string
	// Type is a short text for people: "long", "array<com.acme.Line>", "string?".
	Type string
	// Ref is the Name of the record that the values of this field hold (through
	// arrays, maps and unions), empty for none.
	Ref string
	// Holds are all records that references of JSON Schema lead to from here;
	// empty for the other languages, where types have names.
	Holds    []Hold
	Doc      string
	Tags     []string
	Default  string
	Required bool
	// Aliases are Avro's.
	Aliases []string
	// Number is Protobuf's field number, 0 elsewhere.
	Number int32
}
