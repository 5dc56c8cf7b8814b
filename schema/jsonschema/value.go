package jsonschema

import "math/big"

// ValueKind is what a JSON value is.
type ValueKind uint8

// The kinds of JSON values.
const (
	NullValue ValueKind = iota
	FalseValue
	TrueValue
	NumberValue
	StringValue
	ArrayValue
	ObjectValue
)

// String names the kind as the wire does (compatibility.md 2.3).
func (k ValueKind) String() string {
	switch k {
	case NullValue:
		return "null"
	case FalseValue, TrueValue:
		return "boolean"
	case NumberValue:
		return "number"
	case StringValue:
		return "string"
	case ArrayValue:
		return "array"
	}
	return "object"
}

// Value is one JSON value of a schema text. It is never changed after reading.
type Value struct {
	kind ValueKind
	// integer says that a number was written without point and exponent.
	integer bool
	// offset is where the value starts in its text.
	offset int32
	// text is the content of a string or the canonical text of a number.
	text    string
	members []Member
	items   []*Value
	// index finds the members of a large object.
	index map[string]int32
}

// Member is one entry of an object. A repeated key keeps its first place and
// takes the last value (compatibility.md 3).
type Member struct {
	Key    string
	offset int32
	Value  *Value
}

// largeObject is the size from which members are found through an index.
const largeObject = 24

// Kind says what the value is.
func (v *Value) Kind() ValueKind { return v.kind }

// String is the content of a string.
func (v *Value) String() string { return v.text }

// Members are the entries of an object, in the order of the text.
func (v *Value) Members() []Member { return v.members }

// Items are the elements of an array.
func (v *Value) Items() []*Value { return v.items }

// Get gives the value of a key, nil when it is not there or v is no object.
func (v *Value) Get(key string) *Value {
	if m := v.member(key); m != nil {
		return m.Value
	}
	return nil
}

func (v *Value) member(key string) *Member {
	if v == nil {
		return nil
	}
	if v.index != nil {
		if i, ok := v.index[key]; ok {
			return &v.members[i]
		}
		return nil
	}
	for i := range v.members {
		if v.members[i].Key == key {
			return &v.members[i]
		}
	}
	return nil
}

func (v *Value) isBoolean() bool { return v.kind == TrueValue || v.kind == FalseValue }

// isSchema says whether the value can be read as a schema at all.
func (v *Value) isSchema() bool { return v.kind == ObjectValue || v.isBoolean() }

// Equal compares two values as the Java collections of the real registry do:
// the order of keys does not count, 1 and 1.0 differ, and so do 1.0 and 1.00.
func (v *Value) Equal(o *Value) bool {
	if v == o {
		return true
	}
	if v.kind != o.kind || v.integer != o.integer || v.text != o.text ||
		len(v.items) != len(o.items) || len(v.members) != len(o.members) {
		return false
	}
	for i, item := range v.items {
		if !item.Equal(o.items[i]) {
			return false
		}
	}
	for _, m := range v.members {
		other := o.Get(m.Key)
		if other == nil || !m.Value.Equal(other) {
			return false
		}
	}
	return true
}

// Float gives a number as a Java double: limits are compared so.
func (v *Value) Float() float64 { return floatOf(v.text) }

// Rat gives a number exactly; nil when its exponent is too large for that.
func (v *Value) Rat() *big.Rat { return ratOf(v.text) }

// int32 gives a number written as an integer of 32 bits.
func (v *Value) int32() (int32, bool) { return int32Of(v) }
