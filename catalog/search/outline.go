package search

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// AppendMembers appends the records and fields of an outline as members. The
// strings of the outline are shared, not copied.
func AppendMembers(dst []Member, o *schema.Outline) []Member {
	for i := range o.Records {
		r := &o.Records[i]
		switch r.Kind {
		case "record", "error", "message", "object":
			m := Member{Kind: Record, Name: r.Name, Type: r.Kind, Description: r.Doc}
			m.Tags = r.Tags
			if dot := strings.LastIndexByte(r.Name, '.'); dot >= 0 {
				m.Path, m.Name = r.Name[:dot], r.Name[dot+1:]
			}
			dst = append(dst, m)
		}
		for j := range r.Fields {
			f := &r.Fields[j]
			dst = append(dst, Member{
				Kind: Field, Name: f.Name, Path: r.Name, Type: f.Type, Description: f.Doc,
				Attributes: Attributes{Tags: f.Tags},
			})
		}
	}
	return dst
}
