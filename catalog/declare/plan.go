package declare

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/weir-registry/weir/catalog"
)

// Plan is what an application would change, or has changed.
type Plan struct {
	Set string `json:"set"`
	// Applied says that it is done.
	Applied bool     `json:"applied"`
	Changes []Change `json:"changes"`
	// Left counts what the set said before and its documents say no more, and
	// what stays: Prune would take it away.
	Left int `json:"left"`
	// Events are the changes as the catalog tells of them.
	Events []catalog.Event `json:"-"`
}

// Action is what happens to one thing that is said.
type Action string

// The actions.
const (
	Create Action = "CREATE"
	Update Action = "UPDATE"
	Delete Action = "DELETE"
)

// PartDefinition is the Part of a change of what a thing is; the others are
// those of package catalog.
const PartDefinition catalog.Part = "DEFINITION"

// Change is one thing that the set says newly, differently, or no more.
type Change struct {
	Action Action
	Entity catalog.Ref
	Part   catalog.Part
	// Item is as that of an AnnotationRow.
	Item string
	// Before and After are the value of the row, or the spec of the
	// definition; nil for nothing.
	Before, After json.RawMessage
}

// changeJSON is a Change as programs read it.
type changeJSON struct {
	Action Action          `json:"action"`
	Entity string          `json:"entity"`
	Kind   string          `json:"kind"`
	Title  string          `json:"title"`
	Part   catalog.Part    `json:"part"`
	Item   string          `json:"item,omitempty"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (c Change) MarshalJSON() ([]byte, error) {
	return json.Marshal(changeJSON{c.Action, c.Entity.String(), wordOf(c.Entity.Kind), title(c.Entity), c.Part, c.Item, c.Before, c.After})
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *Change) UnmarshalJSON(data []byte) error {
	var j changeJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	ref, err := catalog.ParseRef(j.Entity)
	*c = Change{j.Action, ref, j.Part, j.Item, j.Before, j.After}
	return err
}

// changes compares two views in what a set says of the entities that events
// are about.
func changes(ctx context.Context, before, after *catalog.View, events []catalog.Event, set string) []Change {
	list := []Change{}
	seen := map[catalog.Ref]bool{}
	for _, e := range events {
		if seen[e.Entity] {
			continue
		}
		seen[e.Entity] = true
		list = append(list, definitionChange(ctx, before, after, e.Entity)...)
		list = append(list, rowChanges(ofSet(before.Annotations(ctx, e.Entity), set), ofSet(after.Annotations(ctx, e.Entity), set))...)
	}
	return list
}

func definitionChange(ctx context.Context, before, after *catalog.View, ref catalog.Ref) []Change {
	if !isDefinition(ref.Kind) {
		return nil
	}
	return difference(Change{Entity: ref, Part: PartDefinition}, specOf(ctx, before, ref), specOf(ctx, after, ref))
}

// specOf gives the spec of a definition, nil where there is none.
func specOf(ctx context.Context, v *catalog.View, ref catalog.Ref) json.RawMessage {
	d, err := v.Definition(ctx, ref)
	if err != nil || d.Common().Version == 0 { // none, or the stub of an inline tag
		return nil
	}
	spec := value{kind: object}
	definitionInto(&spec, d)
	return spec.json()
}

func rowChanges(before, after []catalog.AnnotationRow) []Change {
	var list []Change
	change := func(r catalog.AnnotationRow) Change { return Change{Entity: r.Entity, Part: r.Part, Item: r.Item} }
	before, after = stated(before), stated(after)
	old := map[catalog.AnnotationKey]json.RawMessage{}
	for _, r := range before {
		old[r.AnnotationKey] = r.Value
	}
	for _, r := range after {
		list = append(list, difference(change(r), old[r.AnnotationKey], r.Value)...)
		delete(old, r.AnnotationKey)
	}
	for _, r := range before {
		if _, gone := old[r.AnnotationKey]; gone {
			list = append(list, difference(change(r), r.Value, nil)...)
		}
	}
	return list
}

// stated gives rows with values as documents state them: when a deprecation
// began is the catalog's.
func stated(rows []catalog.AnnotationRow) []catalog.AnnotationRow {
	for i := range rows {
		if s := statementOf(rows[i : i+1]); s.deprecation != nil {
			spec := deprecationValue(s.deprecation)
			rows[i].Value = spec.json()
		}
	}
	return rows
}

// difference gives the change from one value to another, none when they are
// the same.
func difference(c Change, before, after json.RawMessage) []Change {
	c.Before, c.After = before, after
	switch {
	case before == nil && after == nil, before != nil && after != nil && bytes.Equal(before, after):
		return nil
	case before == nil:
		c.Action = Create
	case after == nil:
		c.Action = Delete
	default:
		c.Action = Update
	}
	return []Change{c}
}

// left counts what a set says in a view and its documents do not.
func (d *Documents) left(ctx context.Context, v *catalog.View, set string) int {
	byRef := map[catalog.Ref]*Document{}
	for _, one := range d.list {
		byRef[one.Ref] = one
	}
	n := 0
	for ref := range v.Annotated(ctx) {
		rows := ofSet(v.Annotations(ctx, ref), set)
		if one := byRef[ref]; one != nil {
			n += one.said.lacks(rows)
		} else {
			n += len(rows)
		}
	}
	for _, kind := range kindWords {
		if !isDefinition(kind.kind) {
			continue
		}
		for of := range v.Definitions(ctx, kind.kind, "") {
			if by := of.Common(); by.Source == catalog.Declared && by.Set == set && byRef[of.Ref()] == nil {
				n++
			}
		}
	}
	return n
}

// lacks counts the rows of which the statement says nothing.
func (s *statement) lacks(rows []catalog.AnnotationRow) int {
	said := map[[2]string]bool{}
	say := func(part catalog.Part, item string) { said[[2]string{string(part), item}] = true }
	if s.description != "" {
		say(catalog.PartDescription, "")
	}
	for _, o := range s.owners {
		say(catalog.PartOwner, string(o.Role)+" "+o.Owner.String())
	}
	for _, t := range s.tags {
		say(catalog.PartTag, t.Name)
	}
	for _, t := range s.terms {
		say(catalog.PartTerm, t)
	}
	if s.domain != "" {
		say(catalog.PartDomain, "")
	}
	if s.deprecation != nil {
		say(catalog.PartDeprecation, "")
	}
	for _, l := range s.links {
		say(catalog.PartLink, l.URL)
	}
	for _, m := range s.metadata {
		say(catalog.PartMetadata, m.Definition)
	}
	for name := range s.attributes {
		say(catalog.PartAttribute, name)
	}
	n := 0
	for _, r := range rows {
		if !said[[2]string{string(r.Part), r.Item}] {
			n++
		}
	}
	return n
}
