package catalog

import (
	"cmp"
	"encoding/json"
	"slices"
)

// ownerOrder is the order in which owners are shown.
var ownerOrder = [...]OwnerRole{Owner, Steward, Contact, OnCall}

// storedDeprecation is the Value of a DEPRECATION row: since when, however
// often the rest was changed.
type storedDeprecation struct {
	Since int64 `json:"since"`
	DeprecationValue
}

// storedLink is the Value of a LINK row, whose Item is the URL.
type storedLink struct {
	Title    string `json:"title"`
	Position int    `json:"position"`
}

// fill adds to an entity what is said of it: of each list people's values
// first, then what sets declare, then what was imported. What schemas say comes
// behind (docs/design.md section 7).
func (t *thing) fill(e *Entity) {
	e.Version = t.version
	e.CreatedAt, e.CreatedBy, e.UpdatedAt, e.UpdatedBy = t.createdAt, t.createdBy, t.updatedAt, t.updatedBy
	if t.version == 0 && t.definition != nil {
		d := t.definition.Common()
		e.CreatedAt, e.CreatedBy, e.UpdatedAt, e.UpdatedBy = d.CreatedAt, d.CreatedBy, d.UpdatedAt, d.UpdatedBy
	}
	var links []placedLink
	for i := range t.rows {
		r := &t.rows[i]
		switch r.Part {
		case PartDescription:
			e.Descriptions = append(e.Descriptions, Text{r.text(), r.said()})
		case PartOwner:
			if o, ok := ownerOf(r.Item); ok {
				e.Owners = append(e.Owners, Ownership{Owner: o.Owner, Role: o.Role, Said: r.said()})
			}
		case PartTag:
			e.Tags = append(e.Tags, TagAssignment{Name: r.Item, Attributes: r.attributes(), Said: r.said()})
		case PartTerm:
			e.Terms = append(e.Terms, TermAssignment{Term: Ref{Kind: KindTerm, Name: r.Item}, Said: r.said()})
		case PartDomain:
			if e.Domain.IsZero() {
				e.Domain = r.using()
			}
		case PartDeprecation:
			if e.Deprecation == nil {
				e.Deprecation = r.deprecation()
			}
		case PartLink:
			var l storedLink
			_ = json.Unmarshal(r.Value, &l) // what Do wrote
			links = append(links, placedLink{l.Position, Link{Title: l.Title, URL: r.Item, Said: r.said()}})
		case PartMetadata:
			e.Metadata = append(e.Metadata, MetadataValues{Definition: r.Item, Values: r.values(), Said: r.said()})
		case PartAttribute:
			if e.Attributes == nil {
				e.Attributes = map[string]string{}
			}
			if _, shown := e.Attributes[r.Item]; !shown {
				e.Attributes[r.Item] = r.text()
			}
		}
	}
	slices.SortStableFunc(e.Owners, func(a, b Ownership) int {
		return slices.Index(ownerOrder[:], a.Role) - slices.Index(ownerOrder[:], b.Role)
	})
	slices.SortStableFunc(links, func(a, b placedLink) int {
		return cmp.Or(slices.Index(sourceOrder[:], a.Source)-slices.Index(sourceOrder[:], b.Source), cmp.Compare(a.Set, b.Set), a.position-b.position)
	})
	for _, l := range links {
		e.Links = append(e.Links, l.Link)
	}
}

type placedLink struct {
	position int
	Link
}

// attributes are those of a tag, nil for none.
func (r *AnnotationRow) attributes() json.RawMessage {
	if string(r.Value) == "{}" {
		return nil
	}
	return r.Value
}

// values are those of business metadata.
func (r *AnnotationRow) values() map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	_ = json.Unmarshal(r.Value, &values) // what Do wrote
	return values
}

func (r *AnnotationRow) deprecation() *Deprecation {
	var d storedDeprecation
	_ = json.Unmarshal(r.Value, &d) // what Do wrote
	return &Deprecation{Since: d.Since, Until: d.Until, Reason: d.Reason, Replacement: d.Replacement, Said: r.said()}
}
