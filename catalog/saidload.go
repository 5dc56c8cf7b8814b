package catalog

import (
	"context"
	"fmt"
	"slices"
)

// loadSaid reads what is said from the store. Who calls it has noted the
// revision before: what commits meanwhile is applied again by the feed, which
// is harmless.
func loadSaid(ctx context.Context, store Store) (*said, error) {
	things := map[Ref]*thing{}
	of := func(ref Ref) *thing {
		t := things[ref]
		if t == nil {
			t = &thing{ref: ref}
			things[ref] = t
		}
		return t
	}
	err := store.ReadEntities(ctx, func(row *EntityRow) error {
		next, err := of(row.Ref).headed(row)
		if err == nil {
			*of(row.Ref) = *next
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load entities: %w", err)
	}
	err = store.ReadAnnotations(ctx, func(row *AnnotationRow) error {
		t := of(row.Entity)
		t.rows = append(t.rows, *row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load annotations: %w", err)
	}
	err = store.ReadDefinitions(ctx, func(row *DefinitionRow) error {
		d, err := decodeDefinition(row.Ref, row.Document)
		if err == nil {
			of(row.Ref).definition = d
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load definitions: %w", err)
	}
	return collect(things), nil
}

// collect makes a said of things whose rows are in no order.
func collect(things map[Ref]*thing) *said {
	s := newSaid()
	refs := make([]Ref, 0, len(things))
	uses := map[use]int{}
	for ref, t := range things {
		slices.SortFunc(t.rows, func(a, b AnnotationRow) int { return compareKeys(a.AnnotationKey, b.AnnotationKey) })
		refs = append(refs, ref)
		for of := range t.using() {
			uses[use{of, ref}]++
		}
		if _, tag := t.definition.(*TagDefinition); tag {
			s.tags++
		}
	}
	slices.SortFunc(refs, compareRefs)
	sorted := make([]*thing, 0, len(refs))
	for _, ref := range refs {
		sorted = append(sorted, things[ref])
	}
	s.things.Build(refs, sorted)
	keys := make([]use, 0, len(uses))
	for u := range uses {
		keys = append(keys, u)
	}
	slices.SortFunc(keys, compareUses)
	counts := make([]int, 0, len(keys))
	for _, u := range keys {
		counts = append(counts, uses[u])
	}
	s.uses.Build(keys, counts)
	return s
}
