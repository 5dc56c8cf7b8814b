package model

import (
	"slices"

	"github.com/weir-registry/weir/catalog"
)

// Text is the GraphQL type of that name: the shown value, and all others.
type Text struct {
	catalog.Text
	others []catalog.Text
}

func textOf(list []catalog.Text) *Text {
	if len(list) == 0 {
		return nil
	}
	return &Text{list[0], list[1:]}
}

// By is who said it.
func (t *Text) By() *Principal { return principalOf(t.Said.By) }

// At is when it was said.
func (t *Text) At() *DateTime { return dateTime(t.Said.At) }

// Others are the other values.
func (t *Text) Others() []*catalog.Text { return pointers(t.others) }

// Ownership is the GraphQL type of that name.
type Ownership struct {
	Owner  Owner
	Role   catalog.OwnerRole
	Source catalog.Source
}

func (r *Reader) ownerships(list []catalog.Ownership) ([]*Ownership, error) {
	out := make([]*Ownership, 0, len(list))
	for i := range list {
		owner, err := r.owner(list[i].Owner)
		if Missing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, &Ownership{owner, list[i].Role, list[i].Source})
	}
	return out, nil
}

func (r *Reader) owner(ref catalog.Ref) (Owner, error) {
	if ref.Kind == catalog.KindPerson {
		p, err := r.person(ref.Name)
		if err != nil {
			return nil, err
		}
		return p, nil
	}
	t, err := r.team(ref.Name)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// TagAssignment is the GraphQL type of that name.
type TagAssignment struct {
	r *Reader
	catalog.TagAssignment
}

func (r *Reader) assignments(list []catalog.TagAssignment) []*TagAssignment {
	out := make([]*TagAssignment, len(list))
	for i := range list {
		out[i] = &TagAssignment{r, list[i]}
	}
	return out
}

// Tag is the tag's definition, or the stub of an inline one.
func (a *TagAssignment) Tag() (*Tag, error) { return a.r.Tag(a.Name) }

// Via is the subject whose type carries the tag, if it is not the entity.
func (a *TagAssignment) Via() ([]Entity, error) {
	if a.TagAssignment.Via.IsZero() {
		return []Entity{}, nil
	}
	via, err := a.r.EntityOrNil(a.TagAssignment.Via)
	if via == nil || err != nil {
		return []Entity{}, err
	}
	return []Entity{via}, nil
}

// Attributes are the values of the assignment.
func (a *TagAssignment) Attributes() JSON { return JSON(a.TagAssignment.Attributes) }

// By is who put it there.
func (a *TagAssignment) By() *Principal { return principalOf(a.Said.By) }

// At is when.
func (a *TagAssignment) At() *DateTime { return dateTime(a.Said.At) }

// TermAssignment is the GraphQL type of that name.
type TermAssignment struct {
	Term *GlossaryTerm
	catalog.Said
}

func (r *Reader) termAssignments(list []catalog.TermAssignment) []*TermAssignment {
	out := make([]*TermAssignment, 0, len(list))
	for i := range list {
		if term, err := r.term(list[i].Term.Name); err == nil {
			out = append(out, &TermAssignment{term, list[i].Said})
		}
	}
	return out
}

// By is who put it there.
func (a *TermAssignment) By() *Principal { return principalOf(a.Said.By) }

// At is when.
func (a *TermAssignment) At() *DateTime { return dateTime(a.Said.At) }

// Deprecation is the GraphQL type of that name.
type Deprecation struct {
	r *Reader
	catalog.Deprecation
}

func (r *Reader) deprecation(d *catalog.Deprecation) *Deprecation {
	if d == nil {
		return nil
	}
	return &Deprecation{r, *d}
}

// Since is when it was said.
func (d *Deprecation) Since() DateTime { return DateTime(d.Deprecation.Since) }

// Until is when the thing will go.
func (d *Deprecation) Until() *DateTime { return dateTime(d.Deprecation.Until) }

// Reason is why.
func (d *Deprecation) Reason() *string { return text(d.Deprecation.Reason) }

// Replacement is what to use in its place.
func (d *Deprecation) Replacement() (Entity, error) {
	if d.Deprecation.Replacement.IsZero() {
		return nil, nil
	}
	return d.r.EntityOrNil(d.Deprecation.Replacement)
}

// BusinessMetadata is the GraphQL type of that name.
type BusinessMetadata struct {
	Definition *BusinessMetadataDef
	Values     []*AttributeValue
}

// AttributeValue is the GraphQL type of that name.
type AttributeValue struct {
	Name  string
	Value JSON
}

func (r *Reader) businessMetadata(list []catalog.MetadataValues) []*BusinessMetadata {
	out := make([]*BusinessMetadata, 0, len(list))
	for i := range list {
		definition, err := r.metadataDef(list[i].Definition)
		if err != nil {
			continue
		}
		m := &BusinessMetadata{Definition: definition, Values: make([]*AttributeValue, 0, len(list[i].Values))}
		for name, value := range list[i].Values {
			m.Values = append(m.Values, &AttributeValue{name, JSON(value)})
		}
		slices.SortFunc(m.Values, func(a, b *AttributeValue) int { return compareText(a.Name, b.Name) })
		out = append(out, m)
	}
	return out
}
