package diff

import (
	"strings"

	"github.com/weir-registry/weir/schema/avro"
)

// tree is a schema as it is compared.
type tree struct {
	root *element
	// places find the element that stands at an offset of the text, for
	// languages whose differences tell it.
	places map[int]*element
	// avroRoot is the type that paths of Avro begin at.
	avroRoot *avro.Type
}

// pair are the two trees of a comparison; nil for two languages.
type pair struct{ before, after *tree }

// element is a thing of a schema that has a path: the schema itself, a record,
// a field, a symbol. The readers of the three languages make trees of them.
type element struct {
	parent *element
	family *family
	// noun names it in messages where the family's word is too wide.
	noun string
	// name is by what it is found again among its siblings of one family, and
	// how it is called in messages.
	name string
	// number is by what it is found again after a rename.
	number   int32
	numbered bool
	// aliases are further names by which it may be found.
	aliases []string
	// short is a part of the name by which it may be found when that is another
	// (the name of an Avro type without its namespace).
	short string

	// base is the beginning of a path of its own; label what it adds to that of
	// its parent. The same for paths of the tag language; untagged says that
	// this has no path there. Paths are put together only for what is told:
	// those of a deep schema add up to more than its text.
	base, label       string
	tagBase, tagLabel string
	untagged          bool
	// path of the owner stands for a symbol.
	owned bool

	attributes []attribute
	children   []*element
	// ordered are the families whose order has a meaning here.
	ordered []*family
	// text is a short text of the whole of it; content, for what has no name, is
	// the same exactly where the whole is.
	text, content func() string
	// steps find a child by what a compatibility path calls it.
	steps map[string]*element
	// old says, on a root, that it is the old side's.
	old bool
	// index finds children, once it was asked.
	index map[childKey]*element
	// link is where a JSON Schema refers to, a pointer in the same text.
	link string

	// other is the same on the other side, nil for none; changes are what was
	// found about it.
	other   *element
	changes []int
}

// attribute is something that an element says of itself. Kind is that of a
// change: for the kinds that come and go, the ADDED one.
type attribute struct {
	kind Kind
	// name tells apart attributes of one kind.
	name string
	text string
	// names are the places in text of names of records (start, end), which may
	// have been renamed: that alone is no change of a type.
	names []span
}

type span struct{ start, end int }

// add puts a child into the tree.
func (e *element) add(child *element) *element {
	child.parent = e
	e.children = append(e.children, child)
	return child
}

// attribute notes what the element says; an empty text says nothing.
func (e *element) attribute(kind Kind, name, text string) {
	if text != "" {
		e.attributes = append(e.attributes, attribute{kind: kind, name: name, text: text})
	}
}

// tags notes the tags of an element, each once.
func (e *element) tags(list []string) {
	seen := make(map[string]bool, len(list))
	for _, tag := range list {
		if !seen[tag] {
			seen[tag] = true
			e.attribute(TagAdded, tag, tag)
		}
	}
}

// step notes how a compatibility path calls a child.
func (e *element) step(name string, child *element) {
	if e.steps == nil {
		e.steps = make(map[string]*element)
	}
	e.steps[name] = child
}

// childKey is what children are found by.
type childKey struct {
	family *family
	name   string
}

// child finds a child by its name.
func (e *element) child(f *family, name string) *element {
	if e == nil {
		return nil
	}
	if e.index == nil {
		e.index = make(map[childKey]*element, len(e.children))
		for _, x := range e.children {
			e.index[childKey{x.family, x.name}] = x
		}
	}
	return e.index[childKey{f, name}]
}

// record finds a record of a root by its name.
func (e *element) record(name string) *element { return e.child(records, name) }

// top is the root of the tree.
func (e *element) top() *element {
	for e.parent != nil {
		e = e.parent
	}
	return e
}

// typeRecords are the records that the type of an element speaks of, on both
// sides.
func (e *element) typeRecords() []*element {
	list := e.typeNames()
	if e.other != nil {
		list = append(list, e.other.typeNames()...)
	}
	return list
}

// typeNames are those of its own side.
func (e *element) typeNames() []*element {
	var list []*element
	for _, a := range e.attributes {
		for _, n := range a.names {
			if x := e.top().record(a.text[n.start:n.end]); x != nil {
				list = append(list, x)
			}
		}
	}
	return list
}

// path is the runtime name.
func (e *element) path() string {
	var labels []string
	for e != nil && e.owned {
		e = e.parent
	}
	for ; e != nil; e = e.parent {
		if e.base != "" {
			labels = append(labels, e.base)
			break
		}
		labels = append(labels, e.label)
	}
	return joined(labels)
}

// tagPath is the path in the tag language, empty for what has none there.
func (e *element) tagPath() string {
	var labels []string
	for e != nil && e.owned {
		e = e.parent
	}
	for ; e != nil; e = e.parent {
		if e.untagged {
			return ""
		}
		if e.tagBase != "" {
			labels = append(labels, e.tagBase)
			break
		}
		labels = append(labels, e.tagLabel)
	}
	return strings.TrimPrefix(joined(labels), ".")
}

func joined(labels []string) string {
	size := 0
	for _, l := range labels {
		size += len(l)
	}
	var b strings.Builder
	b.Grow(size)
	for i := len(labels) - 1; i >= 0; i-- {
		b.WriteString(labels[i])
	}
	return b.String()
}

// maxOf is how many steps a message goes outwards to say where something is.
const maxOf = 3

// words names the element in a message: the field "id", the items of the field
// "lines".
func (e *element) words() string { return e.wordsTo(maxOf) }

func (e *element) wordsTo(depth int) string {
	noun := e.noun
	if noun == "" && e.family != nil {
		noun = e.family.noun
	}
	switch {
	case e.family == nil:
		return "the schema"
	case e.family == parts && e.name == "items":
		noun = "the items"
	default:
		noun = "the " + noun + " " + quoted(e.name)
	}
	if (e.family == parts || e.family == branches) && depth > 0 {
		noun += " of " + e.parent.wordsTo(depth-1)
	}
	return noun
}

// typeText is the text of a type while it is put together.
type typeText struct {
	b     strings.Builder
	names []span
}

func (t *typeText) word(s string) { t.b.WriteString(s) }

// name writes the name of a record.
func (t *typeText) name(s string) {
	start := t.b.Len()
	t.b.WriteString(s)
	t.names = append(t.names, span{start, t.b.Len()})
}

// attribute notes the text as the type of an element.
func (t *typeText) attribute(e *element) {
	e.attributes = append(e.attributes, attribute{kind: TypeChanged, text: t.b.String(), names: t.names})
}
