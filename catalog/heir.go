package catalog

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// Heirs gives the fields and records to which what is said of an orphaned one
// may be meant to move, since they look like the same under a new name: an Avro
// alias, or in Protobuf the field's number (catalog-api.md section 9, rule 4).
// To move is for people to decide: [Move].
func (v *View) Heirs(ctx context.Context, orphan Ref) ([]Ref, error) {
	if err := v.askRead(ctx, orphan); err != nil {
		return nil, err
	}
	l := v.logical(orphan.Subject())
	if l == nil {
		return nil, nil
	}
	var heirs []Ref
	add := func(r Ref) {
		if r != orphan && !slices.Contains(heirs, r) {
			heirs = append(heirs, r)
		}
	}
	if orphan.Kind == KindRecord {
		for i := range l.records {
			if r := &l.records[i]; r.RemovedIn == 0 && slices.Contains(r.Aliases, orphan.Part) {
				add(r.Ref())
			}
		}
		return heirs, nil
	}
	if orphan.Kind != KindField {
		return nil, nil
	}
	path, name := cutLast(orphan.Part)
	before := l.field(orphan.Part)
	for i := range l.fields {
		f := &l.fields[i]
		if f.RemovedIn != 0 {
			continue
		}
		r := l.record(f.Record)
		home := f.Record == path || r != nil && slices.Contains(r.Aliases, path)
		switch {
		case home && (f.Name == name || slices.Contains(f.Aliases, name)):
			add(f.Ref())
		case l.format == schema.Protobuf && f.Record == path && before != nil && before.Number != 0 && f.Number == before.Number:
			add(f.Ref())
		}
	}
	return heirs, nil
}
