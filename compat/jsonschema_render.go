package compat

import (
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

// What it costs to write a difference out: recursive schemas share their
// differences until then, and their paths can be long.
const (
	stepsPerDifference = 16
	pathBytesPerStep   = 32
)

// excerptBytes is how much of a fragment a difference shows.
const excerptBytes = 200

// jsonRender writes out what was found.
type jsonRender struct {
	w       *work
	lenient bool
	// newReads says that the update is the new schema.
	newReads bool
	diffs    []Difference
}

// all writes the differences of two schemas.
func (r *jsonRender) all(f *jsonFound, roots jsonPair) ([]Difference, error) {
	if err := r.under("#/", f, r.newNode(roots).Position()); err != nil {
		return nil, err
	}
	return r.diffs, nil
}

// under writes the differences of a pair whose path is given. From is the
// place in the new text that leads to the pair; it stands in for nodes of
// referenced texts.
func (r *jsonRender) under(path string, f *jsonFound, from schema.Position) error {
	for _, item := range f.items {
		at := path
		if item.step != "" && len(path) > len("#/") {
			at += "/"
		}
		at += item.step
		cost := 1 + len(at)/pathBytesPerStep
		if item.inside == nil {
			cost += stepsPerDifference
		}
		if err := r.w.steps(cost); err != nil {
			return err
		}
		if item.inside != nil {
			leads := from
			if node := r.newNode(item.via); node != nil && node.Document.Main() {
				leads = node.Position()
			}
			if err := r.under(at, item.inside, leads); err != nil {
				return err
			}
			continue
		}
		r.diffs = append(r.diffs, r.difference(at, f, item, from))
	}
	return nil
}

func (r *jsonRender) newNode(p jsonPair) *jsonschema.Node {
	if r.newReads {
		return p.update
	}
	return p.original
}

func (r *jsonRender) difference(path string, f *jsonFound, item jsonItem, from schema.Position) Difference {
	was, is := f.pair.original, f.pair.update
	newer, older := is, was
	if !r.newReads {
		newer, older = was, is
	}
	d := Difference{
		Code: item.code, Path: path, Compatible: compatibleJSON(item.code, r.lenient),
		Old: fragment(older, item), New: fragment(newer, item),
	}
	switch {
	case newer == nil:
	case newer.Document.Main():
		if d.New != "" {
			d.Position = newer.EntryPosition(keywordsOf(item), item.name)
		}
	default:
		d.Position = from
	}
	if !d.Compatible {
		d.Hint = jsonHint(item, d, r.newReads)
	}
	return d
}

// keywordsOf are the keywords under which a difference may be written: the
// newer dialects know some by another name.
func keywordsOf(item jsonItem) []string {
	switch item.keyword {
	case "dependencies":
		return []string{"dependencies", "dependentRequired", "dependentSchemas"}
	case "items":
		return []string{"prefixItems", "items"}
	case "additionalItems":
		return []string{"additionalItems", "items"}
	case "$id":
		return []string{"$id", "id"}
	case "":
		return nil
	}
	return []string{item.keyword}
}

// fragment is the part of a node that a difference speaks of, empty when the
// node lacks it.
func fragment(n *jsonschema.Node, item jsonItem) string {
	if n == nil {
		return ""
	}
	if v := n.Entry(keywordsOf(item), item.name); v != nil {
		return v.Excerpt(excerptBytes)
	}
	return ""
}
