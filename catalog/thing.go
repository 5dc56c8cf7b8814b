package catalog

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// thing is what is said of one entity. It is immutable.
type thing struct {
	ref Ref
	// rows are in the order of compareKeys: part by part.
	rows []AnnotationRow
	// definition is nil for what is derived, and for what is gone.
	definition Definition
	// version, and who said something first and last: of the entity's row.
	// All are zero while only a tag or business metadata definition is there,
	// which carries its own.
	version              int64
	createdAt, updatedAt int64 // microseconds
	createdBy, updatedBy string
}

// partOrder is the order of the parts of an entity's rows.
var partOrder = [...]Part{
	PartDescription, PartOwner, PartTag, PartTerm, PartDomain, PartDeprecation, PartLink, PartMetadata, PartAttribute,
}

// sourceOrder is the order in which values of several sources are shown:
// people first (docs/design.md section 7).
var sourceOrder = [...]Source{Applied, Declared, Imported, FromSchema, FromInline, FromContract}

// compareKeys is the order of the rows of one entity.
func compareKeys(a, b AnnotationKey) int {
	return cmp.Or(
		slices.Index(partOrder[:], a.Part)-slices.Index(partOrder[:], b.Part),
		strings.Compare(a.Item, b.Item),
		slices.Index(sourceOrder[:], a.Source)-slices.Index(sourceOrder[:], b.Source),
		strings.Compare(a.Set, b.Set),
	)
}

// find gives the place of a row.
func (t *thing) find(key AnnotationKey) (int, bool) {
	return slices.BinarySearchFunc(t.rows, key, func(r AnnotationRow, key AnnotationKey) int {
		return compareKeys(r.AnnotationKey, key)
	})
}

// row gives a row, nil for none.
func (t *thing) row(key AnnotationKey) *AnnotationRow {
	if i, found := t.find(key); found {
		return &t.rows[i]
	}
	return nil
}

// with gives the thing with a row said.
func (t *thing) with(row AnnotationRow) *thing {
	next := *t
	i, found := t.find(row.AnnotationKey)
	next.rows = slices.Clone(t.rows)
	if found {
		next.rows[i] = row
	} else {
		next.rows = slices.Insert(next.rows, i, row)
	}
	return &next
}

// without gives the thing without a row.
func (t *thing) without(key AnnotationKey) *thing {
	i, found := t.find(key)
	if !found {
		return t
	}
	next := *t
	next.rows = slices.Delete(slices.Clone(t.rows), i, i+1)
	return &next
}

// headed gives the thing with what its entity row says; a row of zeros takes
// that away. Rows of tags and business metadata say nothing of the definition,
// which has a row of its own.
func (t *thing) headed(row *EntityRow) (*thing, error) {
	next := *t
	next.version = row.Version
	next.createdAt, next.createdBy = row.CreatedAt, row.CreatedBy
	next.updatedAt, next.updatedBy = row.UpdatedAt, row.UpdatedBy
	if t.ref.Kind.hasDefinitionRow() {
		return &next, nil
	}
	next.definition = nil
	if row.Document != nil {
		d, err := decodeDefinition(t.ref, row.Document)
		if err != nil {
			return nil, err
		}
		next.definition = d
	}
	return &next, nil
}

// defined gives the thing with another definition, or none.
func (t *thing) defined(d Definition) *thing {
	next := *t
	next.definition = d
	return &next
}

// empty says that nothing was ever said of the entity.
func (t *thing) empty() bool {
	return t.version == 0 && t.definition == nil && len(t.rows) == 0
}

// head gives the entity's row.
func (t *thing) head() EntityRow {
	row := EntityRow{
		Ref: t.ref, Version: t.version,
		CreatedAt: t.createdAt, CreatedBy: t.createdBy, UpdatedAt: t.updatedAt, UpdatedBy: t.updatedBy,
	}
	if t.definition != nil && !t.ref.Kind.hasDefinitionRow() {
		row.Document = document(t.definition)
	}
	return row
}

// using gives the definitions that the thing uses, by its rows and by its own
// definition, one of them as often as it does.
func (t *thing) using() iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for i := range t.rows {
			if of := t.rows[i].using(); !of.IsZero() && !yield(of) {
				return
			}
		}
		if t.definition != nil {
			for _, of := range relations(t.definition) {
				if !yield(of) {
					return
				}
			}
		}
	}
}

// ownerItem is the Item of an OWNER row.
func ownerItem(o OwnerValue) string { return string(o.Role) + " " + o.Owner.String() }

// ownerOf reads ownerItem.
func ownerOf(item string) (OwnerValue, bool) {
	role, owner, ok := strings.Cut(item, " ")
	ref, err := ParseRef(owner)
	return OwnerValue{Owner: ref, Role: OwnerRole(role)}, ok && err == nil
}

// using gives the definition that a row uses; zero for none.
func (r *AnnotationRow) using() Ref {
	switch r.Part {
	case PartOwner:
		o, _ := ownerOf(r.Item)
		return o.Owner
	case PartTag:
		return Ref{Kind: KindTag, Name: r.Item}
	case PartTerm:
		return Ref{Kind: KindTerm, Name: r.Item}
	case PartMetadata:
		return Ref{Kind: KindBusinessMetadata, Name: r.Item}
	case PartDomain:
		return Ref{Kind: KindDomain, Name: r.text()}
	}
	return Ref{}
}

// text is the value of a row whose value is a text.
func (r *AnnotationRow) text() (text string) {
	_ = json.Unmarshal(r.Value, &text) // what Do wrote
	return text
}

// said is who said a row.
func (r *AnnotationRow) said() Said { return Said{Source: r.Source, Set: r.Set, By: r.By, At: r.At} }

// hasDefinitionRow says that definitions of a kind stand in a table of their
// own (docs/design.md section 3).
func (k Kind) hasDefinitionRow() bool { return k == KindTag || k == KindBusinessMetadata }

// decodeDefinition reads a definition from its document.
func decodeDefinition(ref Ref, document []byte) (Definition, error) {
	var d Definition
	switch ref.Kind {
	case KindTag:
		d = new(TagDefinition)
	case KindBusinessMetadata:
		d = new(MetadataDefinition)
	case KindTerm:
		d = new(Term)
	case KindDomain:
		d = new(DomainDefinition)
	case KindDataProduct:
		d = new(DataProduct)
	case KindTeam:
		d = new(Team)
	case KindPerson:
		d = new(Person)
	case KindContract:
		d = new(Contract)
	default:
		return nil, fmt.Errorf("%s is no definition", ref)
	}
	if err := json.Unmarshal(document, d); err != nil {
		return nil, fmt.Errorf("definition of %s: %w", ref, err)
	}
	return d, nil
}

// relations are the other definitions that a definition names, and the subjects
// of a contract.
func relations(d Definition) (list []Ref) {
	add := func(kind Kind, names ...string) {
		for _, name := range names {
			if name != "" {
				list = append(list, Ref{Kind: kind, Name: name})
			}
		}
	}
	switch d := d.(type) {
	case *TagDefinition:
		add(KindTag, d.Parent)
	case *Term:
		add(KindTerm, d.Parent)
		add(KindTerm, d.Related...)
	case *DomainDefinition:
		add(KindDomain, d.Parent)
	case *Team:
		add(KindPerson, d.Members...)
	case *Contract:
		list = append(list, d.subjects()...)
	}
	return list
}
