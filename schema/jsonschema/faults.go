package jsonschema

import (
	"fmt"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// maxFaults is how many faults of one schema are told.
const maxFaults = 50

// faults collects what is wrong with a schema, each thing once.
type faults struct {
	list []schema.Fault
	seen map[schema.Fault]bool
	// more says that there were more than are told.
	more bool
}

// add notes a fault at a value. A fault in a referenced text is told with the
// place in that text and stands where the client's text leads there.
func (f *faults) add(d *Document, v *Value, from schema.Position, format string, args ...any) {
	fault := schema.Fault{Position: d.position(v.offset), Message: fmt.Sprintf(format, args...)}
	if !d.Main() {
		fault.Position = from
		fault.Message += fmt.Sprintf(" (in the referenced schema %q, %s)", d.Name, d.place(v.offset))
	}
	if f.seen[fault] {
		return
	}
	if len(f.list) >= maxFaults {
		f.more = true
		return
	}
	if f.seen == nil {
		f.seen = make(map[schema.Fault]bool)
	}
	f.seen[fault] = true
	f.list = append(f.list, fault)
}

// err gives the faults as an error in the order of their places, nil when
// there are none.
func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(x, y schema.Fault) int { return x.Position.Offset - y.Position.Offset })
	return &schema.InvalidError{Type: schema.JSON, Stage: schema.StageValidate, Faults: f.list}
}
