package jsonschema

import (
	"sort"
	"unicode/utf8"

	"github.com/weir-registry/weir/schema"
)

// Document is one text: that of the client, that of a reference, or a bundled
// meta-schema.
type Document struct {
	// Name is the name of the reference, empty for the client's own text.
	Name string
	text string
	root *Value
	// bridged is the root as references see it: entries of a top-level
	// "definitions" also stand under "$defs" (compatibility.md 2.3).
	bridged *Value
	main    bool
	// lines are where lines begin, from the second on; runes is how many
	// characters stand before every runesStep bytes.
	lines, runes []int32
}

const runesStep = 1024

// newDocument reads a text.
func newDocument(name, text string, main bool) (*Document, *syntaxError) {
	root, err := read(text)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, text: text, root: root, bridged: bridge(root), main: main}
	count := int32(0)
	for i, c := range []byte(text) {
		if i%runesStep == 0 {
			d.runes = append(d.runes, count)
		}
		if utf8.RuneStart(c) {
			count++
		}
		if c == '\n' {
			d.lines = append(d.lines, int32(i+1))
		}
	}
	d.runes = append(d.runes, count)
	return d, nil
}

// sorted gives the same document with the keys of every object in order.
// Places stay those of the text.
func (d *Document) sorted() *Document {
	n := *d
	n.root = d.root.sorted()
	n.bridged = bridge(n.root)
	return &n
}

// Main says that the document is the client's own text.
func (d *Document) Main() bool { return d.main }

// position gives a place in the client's own text, nothing for other texts.
func (d *Document) position(offset int32) schema.Position {
	if d == nil || !d.Main() {
		return schema.Position{}
	}
	return d.place(offset)
}

// place works out line and column in the document's own text.
func (d *Document) place(offset int32) schema.Position {
	line := sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset })
	start := int32(0)
	if line > 0 {
		start = d.lines[line-1]
	}
	column := d.runesBefore(offset) - d.runesBefore(start) + 1
	return schema.Position{Offset: int(offset), Line: line + 1, Column: column}
}

func (d *Document) runesBefore(offset int32) int {
	mark := int(offset) / runesStep
	if mark >= len(d.runes) {
		return 0
	}
	count := int(d.runes[mark])
	for _, c := range []byte(d.text[mark*runesStep : offset]) {
		if utf8.RuneStart(c) {
			count++
		}
	}
	return count
}

// bridge adds the entries of "definitions" to "$defs"; those that "$defs" has
// already win.
func bridge(root *Value) *Value {
	definitions := root.Get("definitions")
	if definitions == nil || definitions.kind != ObjectValue {
		return root
	}
	defs := root.Get("$defs")
	if defs != nil && defs.kind != ObjectValue {
		return root
	}
	joined := &Value{kind: ObjectValue, offset: definitions.offset}
	for _, m := range definitions.members {
		joined.put(m)
	}
	at := root.member("definitions").offset
	if defs != nil {
		joined.offset, at = defs.offset, root.member("$defs").offset
		for _, m := range defs.members {
			joined.put(m)
		}
	}
	bridged := &Value{kind: ObjectValue, offset: root.offset}
	for _, m := range root.members {
		bridged.put(m)
	}
	bridged.put(Member{Key: "$defs", offset: at, Value: joined})
	return bridged
}
