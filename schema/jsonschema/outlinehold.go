package jsonschema

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// maxHolds bounds how many records of one place are told.
const maxHolds = 64

// holds gives the records that references lead to from a schema: through its
// lists and branches, and through definitions that only refer on. Objects that
// stand there themselves are not among them: their paths tell where they are.
func (o *outliner) holds(v *Value) []schema.Hold {
	h := holder{outliner: o, met: map[*Value]bool{}}
	h.inside(v, 0, 0)
	return h.list
}

type holder struct {
	*outliner
	met  map[*Value]bool
	list []schema.Hold
}

func (h *holder) add(name string, lists int) {
	hold := schema.Hold{Name: name, Lists: lists}
	if len(h.list) < maxHolds && !slices.Contains(h.list, hold) {
		h.list = append(h.list, hold)
	}
}

// inside looks behind the reference of a schema, and into its lists and
// branches.
func (h *holder) inside(v *Value, lists, depth int) {
	if v == nil || v.kind != ObjectValue || depth > maxTypeDepth || h.met[v] {
		return
	}
	h.met[v] = true
	h.refer(v, lists, depth)
	if items := v.Get("items"); items != nil {
		h.item(items, lists+1, depth)
		for _, item := range items.items {
			h.item(item, lists+1, depth)
		}
	}
	if items := v.Get("prefixItems"); items != nil {
		for _, item := range items.items {
			h.item(item, lists+1, depth)
		}
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		if list := v.Get(keyword); list != nil {
			for _, branch := range list.items {
				h.item(branch, lists, depth)
			}
		}
	}
}

// item looks at a schema within another, unless it is an object: that has a
// place of its own.
func (h *holder) item(v *Value, lists, depth int) {
	if _, object := h.records[v]; !object {
		h.inside(v, lists, depth+1)
	}
}

func (h *holder) refer(v *Value, lists, depth int) {
	ref := v.Get("$ref")
	if ref == nil || ref.kind != StringValue {
		return
	}
	if !strings.HasPrefix(ref.text, "#") {
		h.add(ref.text, lists)
		return
	}
	target := h.local(v)
	if target == nil {
		return
	}
	if target == h.root {
		target = h.rootValue
	}
	if name, ok := h.records[target]; ok && isObject(target) {
		h.add(name, lists)
		return
	}
	h.inside(target, lists, depth+1)
}
