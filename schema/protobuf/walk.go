package protobuf

// visitor is called for what stands in a tree, each time with the scope that
// its names are looked up in: the package and the messages around it.
type visitor struct {
	message func(scope string, m *Message)
	field   func(scope string, f *Field)
	extend  func(scope string, e *Extend)
	rpc     func(scope string, r *RPC)
}

// walk visits a file in the order of its canonical text.
func (v *visitor) walk(f *File) {
	scope := f.Package
	v.messages(scope, f.Messages)
	v.extends(scope, f.Extends)
	if v.rpc == nil {
		return
	}
	for _, s := range f.Services {
		for _, r := range s.RPCs {
			v.rpc(scope, r)
		}
	}
}

func (v *visitor) messages(scope string, list []*Message) {
	for _, m := range list {
		if v.message != nil {
			v.message(scope, m)
		}
		inner := join(scope, m.Name)
		v.fields(inner, m.Fields)
		for _, o := range m.Oneofs {
			v.fields(inner, o.Fields)
			v.groups(inner, o.Groups)
		}
		v.groups(inner, m.Groups)
		v.extends(inner, m.Extends)
		v.messages(inner, m.Messages)
	}
}

func (v *visitor) fields(scope string, list []*Field) {
	if v.field == nil {
		return
	}
	for _, f := range list {
		v.field(scope, f)
	}
}

func (v *visitor) groups(scope string, list []*Group) {
	for _, g := range list {
		v.fields(scope, g.Fields)
	}
}

func (v *visitor) extends(scope string, list []*Extend) {
	for _, e := range list {
		if v.extend != nil {
			v.extend(scope, e)
		}
		v.fields(scope, e.Fields)
		v.groups(scope, e.Groups)
	}
}
