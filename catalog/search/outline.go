package search

import (
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
