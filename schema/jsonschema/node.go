package jsonschema

import (
	"strconv"

	"github.com/weir-registry/weir/schema"
)

// Kind is what a node of the tree is (compatibility.md 7.1).
type Kind uint8

// The kinds of nodes. Empty is {} and true.
const (
	Empty Kind = iota
	False
	String
	Number
	Boolean
	Null
	Object
	Array
	Enum
	Const
	Not
	Conditional
	Combined
	Reference
)

// Node is one schema as the comparison sees it. Two nodes are the same when
// they are the same pointer: references lead to nodes of their own, and how
// often a recursive schema is gone through hangs on that.
type Node struct {
	Kind Kind
	// Typed says that the kind was named by "type" and not only implied by a
	// keyword.
	Typed bool
	// Generated says that a Combined node was put together by the loader from
	// keywords that stand side by side.
	Generated bool
	// Source is where the node was written; nodes put together from one
	// object share it.
	Source *Value
	// Document is the text that Source belongs to.
	Document *Document
	// Notes are the annotations, on the outermost node of a schema only; nil
	// when there are none.
	Notes *Notes
	// Rules holds what belongs to the kind: *StringRules, *NumberRules,
	// *ArrayRules, *ObjectRules, *Values for Enum and Const, *Node for Not,
	// *Condition, *Combination or *Link. It is nil for the other kinds, and
	// for a kind without keywords.
	Rules any
}

// Position is the place of the node in the text that the client sent, unknown
// for a node of a referenced text.
func (n *Node) Position() schema.Position { return n.Document.position(n.Source.offset) }

// Entry gives the value of the first of the keywords that the node was written
// with, or the entry of that name in it: a member, an item, or a name in a list
// of names. Without keywords it is the node itself; nil means that there is no
// such entry.
func (n *Node) Entry(keywords []string, name string) *Value {
	v, _ := n.entry(keywords, name)
	return v
}

// EntryPosition is the place of an Entry in the text that the client sent, that
// of the node when there is no such entry, and unknown for a node of a
// referenced text.
func (n *Node) EntryPosition(keywords []string, name string) schema.Position {
	_, offset := n.entry(keywords, name)
	return n.Document.position(offset)
}

func (n *Node) entry(keywords []string, name string) (*Value, int32) {
	if len(keywords) == 0 {
		return n.Source, n.Source.offset
	}
	for _, keyword := range keywords {
		m := n.Source.member(keyword)
		if m == nil {
			continue
		}
		if name == "" {
			return m.Value, m.offset
		}
		if inner := m.Value.member(name); inner != nil {
			return inner.Value, inner.offset
		}
		for i, item := range m.Value.items {
			if item.kind == StringValue && item.text == name || strconv.Itoa(i) == name {
				return item, item.offset
			}
		}
	}
	return nil, n.Source.offset
}

// Notes are the annotations of a schema.
type Notes struct {
	ID, Title, Description *Value
	Default                *Value
	// ConnectBytes says that "connect.type" is "bytes".
	ConnectBytes bool
	// Rest are the keywords that the loader does not read; they count when two
	// branches are told apart.
	Rest []Member
}

// Count is a length or a number of things.
type Count struct {
	Set bool
	N   int32
}

// StringRules are the keywords of strings.
type StringRules struct {
	MaxLength, MinLength Count
	Pattern, Format      string
	HasPattern           bool
}

// NumberRules are the keywords of numbers.
type NumberRules struct {
	Maximum, Minimum                   *Value
	ExclusiveMaximum, ExclusiveMinimum *Value
	MultipleOf                         *Value
	Integer                            bool
	// AboveMinimum and BelowMaximum are draft-04's boolean exclusive limits.
	AboveMinimum, BelowMaximum bool
}

// Rest is what additionalProperties or additionalItems says.
type Rest struct {
	Forbidden bool
	Schema    *Node
}

// ArrayRules are the keywords of arrays.
type ArrayRules struct {
	// All is the schema of all items, nil when there is none.
	All *Node
	// Items are those of a tuple.
	Items       []*Node
	Additional  Rest
	Unevaluated *Node
	Contains    *Node

	MaxItems, MinItems, MaxContains, MinContains Count

	Unique bool
}

// ObjectRules are the keywords of objects.
type ObjectRules struct {
	Properties []Property
	// Required are the required names, each once.
	Required         []string
	DependencyArrays []DependencyArray
	DependentSchemas []Property
	Patterns         []PatternProperty
	Additional       Rest
	Unevaluated      *Node
	Names            *Node

	MaxProperties, MinProperties Count

	properties, required map[string]int32
}

// Property is a named schema. Lists of them are in Java order.
type Property struct {
	Name string
	Node *Node
}

// DependencyArray says which names one name calls for.
type DependencyArray struct {
	Name  string
	Names []string
}

// PatternProperty is a schema for the names that a pattern is found in, in the
// order of the text.
type PatternProperty struct {
	Pattern *Pattern
	Node    *Node
}

// Values are those of an enum, or the one of a const.
type Values struct{ List []*Value }

// Condition is if, then and else; each may be nil.
type Condition struct{ If, Then, Else *Node }

// Criterion is how the branches of a combined schema count.
type Criterion uint8

// The criteria.
const (
	AllOf Criterion = iota
	AnyOf
	OneOf
)

// String gives the keyword.
func (c Criterion) String() string { return [...]string{"allOf", "anyOf", "oneOf"}[c] }

// Combination is a combined schema.
type Combination struct {
	Criterion Criterion
	Branches  []*Node
}

// Link is a reference.
type Link struct {
	// Text is the reference as the loader keeps it.
	Text   string
	target *Node
	unit   *unit
	knot   *knot
}

// Target is the node that the reference leads to. It may be a reference
// itself.
func (l *Link) Target() *Node {
	if l.target == nil && l.unit != nil {
		return l.unit.node
	}
	return l.target
}

// unit is a schema that was loaded in one piece: the root, or the target of a
// reference, with the references inside it in the order of its parts.
type unit struct {
	node  *Node
	links []*Link
	// inner is the top node as references see it where that differs.
	inner *Node
	// begun says that the top schema is being read.
	begun bool
}
