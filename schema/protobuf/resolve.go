package protobuf

import (
	"fmt"

	"github.com/weir-registry/weir/schema"
)

// unresolved finds the types that nothing defines: those of fields, calls and
// extends. The values of maps and the names of options need not resolve
// (compatibility.md 2.4).
func (s *Schema) unresolved() []schema.Fault {
	var faults []schema.Fault
	add := func(offset int, path, format string, args ...any) {
		if len(faults) < maxFaults {
			faults = append(faults, schema.Fault{
				Path: path, Position: schema.PositionAt(s.source, offset), Message: fmt.Sprintf(format, args...),
			})
		}
	}
	missing := func(scope, name string) bool {
		if Scalar(name) {
			return false
		}
		_, ok := s.names.typ(scope, name)
		return !ok
	}
	v := visitor{
		field: func(scope string, f *Field) {
			if f.Map() || Scalar(f.Type) {
				return
			}
			d, ok := s.names.typ(scope, f.Type)
			if !ok {
				add(f.Offset, join(scope, f.Name), "could not resolve type %s", f.Type)
				return
			}
			if d.Message == nil || !d.Message.Entry() {
				return
			}
			key, value := d.Message.EntryFields()
			switch {
			case key == nil || value == nil:
				add(f.Offset, join(scope, f.Name), "the map entry message %s needs the fields key and value", f.Type)
			case !mapKey(key.Type):
				add(f.Offset, join(scope, f.Name), "the key of a map must be an integer, bool or string type, not %s", key.Type)
			}
		},
		extend: func(scope string, e *Extend) {
			if missing(scope, e.Name) || Scalar(e.Name) {
				add(e.Offset, e.Name, "could not resolve type %s", e.Name)
			}
		},
		rpc: func(scope string, r *RPC) {
			for _, name := range []string{r.Request, r.Response} {
				if missing(scope, name) || Scalar(name) {
					add(r.Offset, r.Name, "could not resolve type %s", name)
				}
			}
		},
	}
	v.walk(s.file)
	return faults
}
