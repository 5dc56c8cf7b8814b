package registry

import (
	"cmp"
	"slices"
	"sync"

	"github.com/weir-registry/weir/registry/escape"
	"github.com/weir-registry/weir/schema"
)

// content is a schema under an id of its context. It is immutable: what
// changes is copied. What an answer by id needs stands first, together.
type content struct {
	id int32
	// guessed says that the id is not known yet (guess.go).
	guessed bool
	kind    schema.Type
	guid    GUID
	// text is the canonical text as the inside of a JSON string.
	text packed
	// holders are the versions with this id, by subject name, then version.
	// Nearly always there is one, and first is room for it.
	holders  []holder
	first    [1]holder
	refs     []schema.Reference
	metadata *Metadata
	rules    *RuleSet
	// retired is the version that an IMPORT took the id from, when no other
	// holds it (registry-api.md 4.4).
	retired  *SubjectVersion
	identity Identity
	// outline is the binary form of the outline.
	outline packed
	// print is the fingerprint of the text, worked out when it is first asked
	// for.
	print *fingerprint
}

// fingerprint is a digest of the characters of a text, whatever their order.
type fingerprint struct {
	once sync.Once
	sum  uint64
}

// printOf gives the digest of a text in its escaped form.
func printOf(text []byte) uint64 {
	var counts [256]uint64
	for _, c := range text {
		counts[c]++
	}
	var sum uint64
	for c, n := range counts {
		sum = sum*0x9e3779b97f4a7c15 + n + uint64(c)
	}
	return sum
}

// printed gives the digest of the content's text.
func (c *content) printed() uint64 {
	c.print.once.Do(func() { c.print.sum = printOf(c.text.append(nil)) })
	return c.print.sum
}

// holder is a version of a subject of the content's context. It is kept here
// as well as with its subject, so that a read by id touches little memory.
type holder struct {
	name string
	version
}

func compareHolders(a, b holder) int {
	return cmp.Or(compareNames(a.name, b.name), cmp.Compare(a.number, b.number))
}

// plainText gives the text as it is hashed and parsed.
func (c *content) plainText() string { return escape.Text(c.text.append(nil)) }

// hold gives the content with a holder set.
func (c *content) hold(h holder) *content {
	i, found := slices.BinarySearchFunc(c.holders, h, compareHolders)
	if found && c.retired == nil && c.holders[i].version == h.version {
		return c
	}
	d := *c
	d.retired = nil
	d.holders = append(d.first[:0], c.holders...)
	if found {
		d.holders[i] = h
	} else {
		d.holders = slices.Insert(d.holders, i, h)
	}
	return &d
}

// release gives the content with one holder less.
func (c *content) release(h holder) *content {
	i, found := slices.BinarySearchFunc(c.holders, h, compareHolders)
	if !found {
		return c
	}
	d := *c
	d.holders = slices.Delete(slices.Clone(c.holders), i, i+1)
	return &d
}

// typeOf gives the one copy of a type's name, so that a million contents do
// not keep a million of them.
func typeOf(t schema.Type) schema.Type {
	switch t {
	case schema.Avro:
		return schema.Avro
	case schema.JSON:
		return schema.JSON
	case schema.Protobuf:
		return schema.Protobuf
	}
	return t
}

// idList is a list of ids that nearly always has one entry.
type idList struct {
	first int32
	more  []int32
}

func (l idList) all(each func(int32) bool) {
	if !each(l.first) {
		return
	}
	for _, id := range l.more {
		if !each(id) {
			return
		}
	}
}

// with adds an id, keeping the order.
func (l idList) with(id int32) idList {
	ids := append([]int32{l.first}, l.more...)
	i, found := slices.BinarySearch(ids, id)
	if found {
		return l
	}
	ids = slices.Insert(ids, i, id)
	return idList{ids[0], ids[1:]}
}

// without takes an id away; ok is false when none is left.
func (l idList) without(id int32) (rest idList, ok bool) {
	ids := append([]int32{l.first}, l.more...)
	ids = slices.DeleteFunc(ids, func(x int32) bool { return x == id })
	if len(ids) == 0 {
		return idList{}, false
	}
	if len(ids) == 1 {
		return idList{first: ids[0]}, true
	}
	return idList{ids[0], ids[1:]}, true
}
