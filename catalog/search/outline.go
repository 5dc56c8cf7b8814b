package search

import (
	"bytes"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// AppendMembers appends the records and fields of an outline as members. The
// strings of the outline are shared, not copied.
func AppendMembers(dst []Member, o *schema.Outline) []Member {
	eachMember(o, func(kind Kind, name, path, typ, description string, tags []string) {
		dst = append(dst, Member{
			Kind: kind, Name: name, Path: path, Type: typ, Description: description, Attributes: Attributes{Tags: tags},
		})
	})
	return dst
}

// eachMember calls visit with the records and fields of an outline. Enums and
// what else is no entity of its own (catalog-api.md section 10, Record) are
// found by the fields that have them as their type.
func eachMember(o *schema.Outline, visit func(kind Kind, name, path, typ, description string, tags []string)) {
	for i := range o.Records {
		r := &o.Records[i]
		switch r.Kind {
		case "record", "error", "message", "object":
			name, path := r.Name, ""
			if dot := strings.LastIndexByte(r.Name, '.'); dot >= 0 {
				path, name = r.Name[:dot], r.Name[dot+1:]
			}
			visit(Record, name, path, r.Kind, r.Doc, r.Tags)
		}
		for j := range r.Fields {
			f := &r.Fields[j]
			visit(Field, f.Name, r.Name, f.Type, f.Doc, f.Tags)
		}
	}
}

// AddOutlineBinary is AddOutline for the bytes of Outline.AppendBinary: the
// quick way for what nobody has annotated, since no text becomes a string that
// the index has already. When the bytes are no outline it answers
// schema.ErrOutline and adds nothing.
func (b *Builder) AddOutlineBinary(d *Document, outline []byte) error {
	e := b.entity(d)
	var (
		described, bare = b.ownSet(Field, nil, nil, true), b.ownSet(Field, nil, nil, false)
		inherited       = e.row.inherited
	)
	s := schema.ScanOutline(outline)
	for s.NextRecord() {
		r := &s.Record
		path := uint32(0)
		if r.Fields > 0 {
			path = b.paths.id(r.Name)
		}
		switch string(r.Kind) {
		case "record", "error", "message", "object":
			name, in := r.Name, uint32(0)
			if dot := bytes.LastIndexByte(name, '.'); dot >= 0 {
				name, in = name[dot+1:], b.paths.id(name[:dot])
			}
			b.queue(row{path: in, typ: b.types.id(r.Kind), inherited: inherited, own: b.ownSet(Record, r.Tags, nil, len(r.Doc) > 0)}, name, r.Doc)
		}
		for s.NextField() {
			f := &s.Field
			one := row{path: path, typ: b.types.id(f.Type), inherited: inherited, own: bare}
			if len(f.Doc) > 0 {
				one.own = described
			}
			if len(f.Tags) > 0 {
				one.own = b.ownSet(Field, f.Tags, nil, len(f.Doc) > 0)
			}
			b.queue(one, f.Name, f.Doc)
		}
	}
	b.flush()
	if err := s.Err(); err != nil {
		b.members.cut(e.first)
		return err
	}
	e.members = b.members.n - e.first
	b.entities = append(b.entities, e)
	return nil
}

// queued are members that wait for the numbers of their names and descriptions,
// which are cheaper by the dozen.
type queued struct {
	rows                []row
	names, descriptions [][]byte
	described           []int // which rows have the descriptions
}

const inQueue = 64

func (b *Builder) queue(one row, name, description []byte) {
	q := &b.queued
	if len(q.rows) == inQueue {
		b.flush()
	}
	if len(description) > 0 {
		q.descriptions, q.described = append(q.descriptions, description), append(q.described, len(q.rows))
	}
	q.rows, q.names = append(q.rows, one), append(q.names, name)
}

func (b *Builder) flush() {
	q := &b.queued
	for i, id := range b.names.ids(q.names) {
		q.rows[i].name = id
	}
	for i, id := range b.descriptions.ids(q.descriptions) {
		q.rows[q.described[i]].description = id
	}
	for i := range q.rows {
		b.members.append(q.rows[i])
	}
	q.rows, q.names, q.descriptions, q.described = q.rows[:0], q.names[:0], q.descriptions[:0], q.described[:0]
}
