package jsonschema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
func (f *faults) err(main *Document) error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(x, y schema.Fault) int { return x.Position.Offset - y.Position.Offset })
	for i := range f.list {
		f.list[i].Path = pointerTo(main.root, int32(f.list[i].Position.Offset))
	}
	if f.more {
		f.list = append(f.list, schema.Fault{Message: fmt.Sprintf("there are more than %d faults", maxFaults)})
	}
	return &schema.InvalidError{Type: schema.JSON, Stage: schema.StageValidate, Faults: f.list}
}

// pointerTo gives the JSON pointer of the value that stands at a place, or
// around it.
func pointerTo(v *Value, offset int32) string {
	var b strings.Builder
	b.WriteByte('#')
	for {
		step, inner := "", (*Value)(nil)
		for i := range v.members {
			if m := &v.members[i]; m.offset <= offset && (inner == nil || m.Value.offset > inner.offset) {
				step, inner = strings.ReplaceAll(strings.ReplaceAll(m.Key, "~", "~0"), "/", "~1"), m.Value
			}
		}
		for i, item := range v.items {
			if item.offset <= offset {
				step, inner = strconv.Itoa(i), item
			}
		}
		if inner == nil {
			return b.String()
		}
		b.WriteString("/" + step)
		v = inner
	}
}
