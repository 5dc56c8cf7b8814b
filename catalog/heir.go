package catalog

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// Heir is a field or record to which what is said of an orphaned one may be
// meant to move.
type Heir struct {
	Ref Ref
	Why Likeness
}

// Likeness is why two are taken for the same under two names.
type Likeness string

// The likenesses.
const (
	Aliased    Likeness = "ALIAS"        // an alias, of the field or of its record, is the old name
	SameNumber Likeness = "FIELD_NUMBER" // Protobuf's number of the field is the same
)

// Heirs gives the fields and records to which what is said of an orphaned one
// may be meant to move, since they look like the same under a new name: an Avro
// alias, or in Protobuf the field's number (catalog-api.md section 9, rule 4).
// To move is for people to decide: [Move].
func (v *View) Heirs(ctx context.Context, orphan Ref) ([]Heir, error) {
	if err := v.askRead(ctx, orphan); err != nil {
		return nil, err
	}
	l := v.logical(orphan.Subject())
	if l == nil {
		return nil, nil
	}
	var heirs []Heir
	add := func(r Ref, why Likeness) {
		if r != orphan {
			heirs = append(heirs, Heir{r, why})
		}
	}
	if orphan.Kind == KindRecord {
		for i := range l.records.list {
			if r := &l.records.list[i]; r.RemovedIn == 0 && slices.Contains(r.Aliases, orphan.Part) {
				add(r.Ref(), Aliased)
			}
		}
		return heirs, nil
	}
	if orphan.Kind != KindField {
		return nil, nil
	}
	path, name := cutLast(orphan.Part)
	before := l.fields.get(orphan.Part)
	for i := range l.fields.list {
		f := &l.fields.list[i]
		if f.RemovedIn != 0 {
			continue
		}
		r := l.records.get(f.Record)
		home := f.Record == path || r != nil && slices.Contains(r.Aliases, path)
		switch {
		case home && (f.Name == name || slices.Contains(f.Aliases, name)):
			add(f.Ref(), Aliased)
		case l.format == schema.Protobuf && f.Record == path && before != nil && before.Number != 0 && f.Number == before.Number:
			add(f.Ref(), SameNumber)
		}
	}
	return heirs, nil
}
