package search

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/weir-registry/weir/schema"
)

// AppendMembers appends the records and fields of an outline as members. Enums
// and what else is no entity of its own (catalog-api.md section 10, Record) are
// found by the fields that have them as their type. The strings of the outline
// are shared, not copied.
func AppendMembers(dst []Member, o *schema.Outline) []Member {
	for i := range o.Records {
		r := &o.Records[i]
		if schema.IsRecord(r.Kind) {
			name, path := r.Name, ""
			if dot := strings.LastIndexByte(r.Name, '.'); dot >= 0 {
				path, name = r.Name[:dot], r.Name[dot+1:]
			}
			dst = append(dst, Member{
				Kind: Record, Name: name, Path: path, Type: r.Kind, Description: r.Doc, Attributes: Attributes{Tags: r.Tags},
			})
		}
		for j := range r.Fields {
			f := &r.Fields[j]
			dst = append(dst, Member{
				Kind: Field, Name: f.Name, Path: r.Name, Type: f.Type, Description: f.Doc, Attributes: Attributes{Tags: f.Tags},
			})
		}
	}
	return dst
}

// AddOutlineBinary is Add for a document with the members of an outline after
// its own, given as the bytes of Outline.AppendBinary: the quick way for what
// nobody has annotated, since no text becomes a string that the index has
// already. The bytes must stay as they are until Flush or until the index is made.
// When they are no outline it answers schema.ErrOutline and adds nothing.
func (b *Builder) AddOutlineBinary(d *Document, outline []byte) error {
	e := b.begin(d)
	b.addMembers(&e, d)
	described, bare := b.ownSet(Field, nil, nil, true), b.ownSet(Field, nil, nil, false)
	if b.recent == nil {
		b.recent = new(recent)
	}
	s := schema.ScanOutline(outline)
	for s.NextRecord() {
		r := &s.Record
		if schema.IsRecord(string(r.Kind)) {
			b.queueRecord(&e, r)
		} else if r.Fields > 0 {
			b.memberPath(&e, b.paths.id(r.Name), r.Fields)
		}
		for s.NextField() {
			f := &s.Field
			one := row{typ: b.types.id(f.Type), own: bare}
			if len(f.Doc) > 0 {
				one.own = described
			}
			if len(f.Tags) > 0 {
				one.own = b.ownSet(Field, f.Tags, nil, len(f.Doc) > 0)
			}
			slot := b.recent.slot(f.Name)
			one.name = slot.find(f.Name)
			b.members.append(one)
			if one.name == 0 {
				b.queueName(f.Name, queuedName{slot: slot})
			}
			if len(f.Doc) > 0 {
				b.queueDescription(f.Doc)
			}
		}
	}
	if err := s.Err(); err != nil {
		b.Flush()
		b.drop(&e)
		return err
	}
	b.end(&e)
	return nil
}

// queueRecord adds a record as a member and notes where its fields stand.
func (b *Builder) queueRecord(e *entity, r *schema.ScannedRecord) {
	name, in := r.Name, uint32(0)
	if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
		name, in = name[dot+1:], b.paths.id(name[:dot])
	}
	b.memberPath(e, in, 1)
	tailOf := uint32(0)
	if r.Fields > 0 {
		next := b.paths.len()
		path := b.paths.id(r.Name)
		b.memberPath(e, path, r.Fields)
		if int(path) == next && oneWord(name) {
			for len(b.parents) <= next {
				b.parents, b.tails = append(room(b.parents, 1, b.progress), 0), append(room(b.tails, 1, b.progress), 0)
			}
			b.parents[path], tailOf = in, path
		}
	}
	b.members.append(row{typ: b.types.id(r.Kind), own: b.ownSet(Record, r.Tags, nil, len(r.Doc) > 0)})
	b.queueName(name, queuedName{tailOf: tailOf})
	if len(r.Doc) > 0 {
		b.queueDescription(r.Doc)
	}
}

// oneWord says that a name is found by its fold where its words are looked for:
// it is ASCII without punctuation.
func oneWord(name []byte) bool {
	for _, b := range name {
		if b >= utf8.RuneSelf || classes[b] == punctuation {
			return false
		}
	}
	return len(name) > 0
}
