package declare

import (
	"cmp"
	"context"
	"slices"

	"github.com/weir-registry/weir/catalog"
)

// Export gives what a set says as the documents that say it; with an empty set
// what people, files and imports say, all of it. There each value is the one
// that is shown, and applying the documents makes the set say it too.
func Export(ctx context.Context, v *catalog.View, set string) (*Documents, error) {
	e := &exporter{ctx: ctx, view: v, set: set, byRef: map[catalog.Ref]*Document{}}
	for _, kind := range kindWords {
		if !isDefinition(kind.kind) {
			continue
		}
		for d := range v.Definitions(ctx, kind.kind, "") {
			by := d.Common()
			if by.Version > 0 && (set == "" || by.Source == catalog.Declared && by.Set == set) {
				e.document(d.Ref()).Definition = d
			}
		}
	}
	for ref := range v.Annotated(ctx) {
		rows := v.Annotations(ctx, ref)
		if set != "" {
			rows = ofSet(rows, set)
		}
		if len(rows) == 0 || kindIndex(ref.Kind) < 0 {
			continue
		}
		if ref.Kind == catalog.KindRecord || ref.Kind == catalog.KindField {
			e.document(catalog.Ref{Kind: catalog.KindSubject, Scope: ref.Scope, Name: ref.Name})
		}
		if err := e.said(ref, statementOf(rows)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(e.list, compareDocuments)
	return &Documents{list: e.list}, nil
}

// exporter collects documents.
type exporter struct {
	ctx   context.Context //nolint:containedctx // an exporter lives within one call
	view  *catalog.View
	set   string
	list  []*Document
	byRef map[catalog.Ref]*Document
}

func (e *exporter) document(ref catalog.Ref) *Document {
	d, ok := e.byRef[ref]
	if !ok {
		d = &Document{Ref: ref}
		e.byRef[ref] = d
		e.list = append(e.list, d)
	}
	return d
}

// said adds what is said of a thing. A document about a definition says what it
// is, also when somebody else has made it.
func (e *exporter) said(ref catalog.Ref, s statement) error {
	d := e.document(ref)
	d.said = s
	if d.Definition != nil || !isDefinition(ref.Kind) {
		return nil
	}
	definition, err := e.view.Definition(e.ctx, ref)
	if err != nil {
		return err
	}
	d.Definition = definition
	return nil
}

// compareDocuments is the order of an export: kind by kind, by name.
func compareDocuments(a, b *Document) int {
	return cmp.Or(
		cmp.Compare(kindIndex(a.Ref.Kind), kindIndex(b.Ref.Kind)),
		cmp.Compare(a.Ref.Scope, b.Ref.Scope),
		cmp.Compare(a.Ref.Name, b.Ref.Name),
		cmp.Compare(len(a.Ref.Part), len(b.Ref.Part)),
		cmp.Compare(a.Ref.Part, b.Ref.Part),
	)
}
