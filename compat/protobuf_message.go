package compat

import (
	"strconv"

	"github.com/weir-registry/weir/schema/protobuf"
)

// protoMember is a field of a message and the oneof that it stands in, nil
// for none.
type protoMember struct {
	field *protobuf.Field
	oneof *protobuf.Oneof
}

// membersOf gives the fields of a message by number; of several of one number
// the last counts, and the members of oneofs come after the plain fields.
func membersOf(m *protobuf.Message) map[int32]protoMember {
	n := len(m.Fields)
	for _, o := range m.Oneofs {
		n += len(o.Fields)
	}
	members := make(map[int32]protoMember, n)
	for _, f := range m.Fields {
		members[f.Number] = protoMember{field: f}
	}
	for _, o := range m.Oneofs {
		for _, f := range o.Fields {
			members[f.Number] = protoMember{field: f, oneof: o}
		}
	}
	return members
}

// members compares the fields and oneofs of two messages; scope is that
// inside them, the path ends with a slash.
func (d *protoDiff) members(s protoScope, path string, update, original *protobuf.Message) error {
	news, olds := membersOf(update), membersOf(original)
	d.origins(s, path, update, news, olds)
	d.oneofs(s, path, update, original)
	gone := goneOneofs(update, original, news)
	for _, number := range sortedNumbers(olds, news) {
		if err := d.work.step(); err != nil {
			return err
		}
		now, old := news[number], olds[number]
		switch {
		case now.field == nil:
			d.removed(s, path, number, old, gone)
		case old.field == nil:
			d.added(s, path, number, now)
		default:
			at := memberPath{path, now.oneof, number}
			if old.oneof != nil && now.oneof == nil {
				d.add(s, oneofFieldToTop, at.String(), fieldNode(now.field), fieldNode(old.field))
			}
			if err := d.fields(s, at, now.field, old.field); err != nil {
				return err
			}
		}
	}
	return nil
}

// memberPath is the path of a field: through the oneof that it stands in.
type memberPath struct {
	message string
	oneof   *protobuf.Oneof
	number  int32
}

func (p memberPath) String() string {
	if p.oneof != nil {
		return p.message + p.oneof.Name + "/" + strconv.Itoa(int(p.number))
	}
	return p.message + strconv.Itoa(int(p.number))
}

func (d *protoDiff) removed(s protoScope, path string, number int32, old protoMember, gone map[string]bool) {
	at := memberPath{path, old.oneof, number}.String()
	code := protoFieldRemoved
	switch {
	case old.oneof != nil && gone[old.oneof.Name]:
		return
	case old.oneof != nil:
		code = oneofFieldRemoved
	case old.field.Label == protobuf.Required:
		code = requiredFieldRemoved
	}
	d.add(s, code, at, node{}, fieldNode(old.field))
}

func (d *protoDiff) added(s protoScope, path string, number int32, now protoMember) {
	code := protoFieldAdded
	switch {
	case now.oneof != nil:
		code = oneofFieldAdded
	case now.field.Label == protobuf.Required:
		code = requiredFieldAdded
	}
	d.add(s, code, memberPath{path, now.oneof, number}.String(), fieldNode(now.field), node{})
}

// goneOneofs are the oneofs of the original that the update lacks together
// with all their members.
func goneOneofs(update, original *protobuf.Message, news map[int32]protoMember) map[string]bool {
	var gone map[string]bool
	kept := make(map[string]bool, len(update.Oneofs))
	for _, o := range update.Oneofs {
		kept[o.Name] = true
	}
	for _, o := range original.Oneofs {
		whole := !kept[o.Name]
		for _, f := range o.Fields {
			whole = whole && news[f.Number].field == nil
		}
		if whole {
			if gone == nil {
				gone = map[string]bool{}
			}
			gone[o.Name] = true
		}
	}
	return gone
}

func oneofNode(o *protobuf.Oneof) node { return namedNode("oneof", o.Name, o.Offset) }

// oneofs compares the names of the oneofs.
func (d *protoDiff) oneofs(s protoScope, path string, update, original *protobuf.Message) {
	olds := make(map[string]bool, len(original.Oneofs))
	for _, o := range original.Oneofs {
		olds[o.Name] = true
	}
	news := make(map[string]bool, len(update.Oneofs))
	for _, o := range update.Oneofs {
		if !olds[o.Name] && !news[o.Name] {
			d.add(s, oneofAdded, path+o.Name, oneofNode(o), node{})
		}
		news[o.Name] = true
	}
	for _, o := range original.Oneofs {
		if !news[o.Name] {
			news[o.Name] = true
			d.add(s, oneofRemoved, path+o.Name, node{}, oneofNode(o))
		}
	}
}

// origins finds the oneofs of the update whose members come from more than one
// place: each oneof of the original is one, each of its plain fields is one,
// and a new field has none. A member whose number a later one has does not
// count.
func (d *protoDiff) origins(s protoScope, path string, update *protobuf.Message, news, olds map[int32]protoMember) {
	for _, o := range update.Oneofs {
		plain := map[int32]bool{}
		from := map[string]bool{}
		var first *protobuf.Field
		for _, f := range o.Fields {
			old, ok := olds[f.Number]
			switch {
			case !ok || news[f.Number].field != f:
			case old.oneof != nil:
				from[old.oneof.Name] = true
			default:
				plain[f.Number] = true
				first = old.field
			}
		}
		original := node{}
		if first != nil {
			original = fieldNode(first)
		}
		switch {
		case len(plain)+len(from) < 2:
		case len(plain) > 1:
			d.add(s, multipleFieldsToOneof, path+o.Name, oneofNode(o), original)
		default:
			d.add(s, fieldMovedToOneof, path+o.Name, oneofNode(o), original)
		}
	}
}
