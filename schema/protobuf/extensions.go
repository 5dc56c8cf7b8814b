package protobuf

import "strings"

// withoutExtensions gives the tree of format=ignore_extensions: custom options
// go, but not those named confluent.*, extensions and extends go, imports stay
// (compatibility.md 3.2).
func withoutExtensions(f *File) *File {
	out := *f
	out.Options = plainOptions(f.Options)
	out.Messages = plainMessages(f.Messages)
	out.Enums = plainEnums(f.Enums)
	out.Extends = nil
	out.Services = nil
	for _, s := range f.Services {
		c := *s
		c.Options = plainOptions(s.Options)
		c.RPCs = nil
		for _, r := range s.RPCs {
			call := *r
			call.Options = plainOptions(r.Options)
			c.RPCs = append(c.RPCs, &call)
		}
		out.Services = append(out.Services, &c)
	}
	return &out
}

func plainOptions(list []Option) []Option {
	var out []Option
	for _, o := range list {
		if !o.Custom || strings.HasPrefix(strings.TrimPrefix(o.Name, "."), "confluent.") {
			out = append(out, o)
		}
	}
	return out
}

func plainMessages(list []*Message) []*Message {
	var out []*Message
	for _, m := range list {
		c := *m
		c.Options = plainOptions(m.Options)
		c.Fields = plainFields(m.Fields)
		c.Groups = plainGroups(m.Groups)
		c.Extensions, c.Extends = nil, nil
		c.Messages = plainMessages(m.Messages)
		c.Enums = plainEnums(m.Enums)
		c.Oneofs = nil
		for _, o := range m.Oneofs {
			one := *o
			one.Options = plainOptions(o.Options)
			one.Fields = plainFields(o.Fields)
			one.Groups = plainGroups(o.Groups)
			c.Oneofs = append(c.Oneofs, &one)
		}
		out = append(out, &c)
	}
	return out
}

func plainFields(list []*Field) []*Field {
	var out []*Field
	for _, f := range list {
		c := *f
		c.Options = plainOptions(f.Options)
		out = append(out, &c)
	}
	return out
}

func plainGroups(list []*Group) []*Group {
	var out []*Group
	for _, g := range list {
		c := *g
		c.Fields = plainFields(g.Fields)
		out = append(out, &c)
	}
	return out
}

func plainEnums(list []*Enum) []*Enum {
	var out []*Enum
	for _, e := range list {
		c := *e
		c.Options = plainOptions(e.Options)
		c.Constants = nil
		for _, v := range e.Constants {
			constant := *v
			constant.Options = plainOptions(v.Options)
			c.Constants = append(c.Constants, &constant)
		}
		out = append(out, &c)
	}
	return out
}
