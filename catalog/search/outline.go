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
			b.members.append(row{
				name: b.names.id(name), path: in, description: b.descriptions.id(r.Doc), typ: b.types.id(r.Kind),
				inherited: inherited, own: b.ownSet(Record, r.Tags, nil, len(r.Doc) > 0),
			})
		}
		for s.NextField() {
			f := &s.Field
			one := row{name: b.names.id(f.Name), path: path, typ: b.types.id(f.Type), inherited: inherited, own: bare}
			if len(f.Doc) > 0 {
				one.description, one.own = b.descriptions.id(f.Doc), described
			}
			if len(f.Tags) > 0 {
				one.own = b.ownSet(Field, f.Tags, nil, len(f.Doc) > 0)
			}
			b.members.append(one)
		}
	}
	if err := s.Err(); err != nil {
		b.members.cut(e.first)
		return err
	}
	e.members = b.members.n - e.first
	b.entities = append(b.entities, e)
	return nil
}
