package catalog

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Entity gives what all kinds have in common; *NotFoundError when there is no
// such entity and nothing is said of it.
func (v *View) Entity(ctx context.Context, ref Ref) (*Entity, error) {
	if err := v.askRead(ctx, ref); err != nil {
		return nil, err
	}
	e := v.entity(ref)
	if e == nil {
		return nil, &NotFoundError{ref}
	}
	if !v.catalog.allowsAll() {
		e.Tags = v.shownTags(ctx, e.Tags)
	}
	return e, nil
}

// entity composes an entity of what people say and what schemas say, nil when
// neither says anything.
func (v *View) entity(ref Ref) *Entity {
	t := v.said.get(ref)
	e := &Entity{Ref: ref, Title: ref.Name, Status: v.status(ref)}
	t.fill(e)
	spoken := len(t.rows) > 0 || t.definition != nil
	var there bool
	switch ref.Kind {
	case KindSubject:
		there = v.composeSubject(e)
	case KindSchemaVersion:
		there = v.composeVersion(e)
	case KindSchema:
		there = v.composeSchema(e)
	case KindField:
		there = v.composeField(e)
	case KindRecord:
		there = v.composeRecord(e)
	case KindTopic:
		there = v.composeTopic(e)
	default:
		there = v.composeDefinition(e, t.definition)
	}
	if !there && !spoken {
		return nil
	}
	if !there && t.definition == nil {
		e.Status = Orphaned
	}
	if e.Deprecation != nil && e.Status == Active {
		e.Status = Deprecated
	}
	return e
}

// describe adds a text of the schema, or of a definition, behind what people
// say.
func (e *Entity) describe(text string, by Said) {
	if text != "" {
		e.Descriptions = append(e.Descriptions, Text{text, by})
	}
}

// seen takes the time of a registration.
func (e *Entity) seen(at int64) {
	if e.FirstSeen == 0 || at < e.FirstSeen {
		e.FirstSeen = at
	}
	e.LastSeen = max(e.LastSeen, at)
}

func (v *View) composeSubject(e *Entity) bool {
	s := e.Subject()
	var newest, latest registry.VersionRow
	there := false
	for row := range v.registry.VersionsOf(s) {
		there = true
		e.seen(row.At)
		newest = row
		if !row.Deleted {
			latest = row
		}
	}
	if latest.Version == 0 {
		latest = newest
	}
	if there {
		e.describe(v.docOf(s.Context, latest.ID), Said{Source: FromSchema})
	}
	return there
}

func (v *View) docOf(in registry.Context, id int32) string {
	x, ok := v.registry.ContentOf(in, id)
	if !ok {
		return ""
	}
	return docOf(x)
}

// docOf is the documentation of a schema as a whole.
func docOf(x registry.Content) string {
	var room [1024]byte
	return schema.OutlineDoc(x.AppendOutline(room[:0]))
}

func (v *View) composeVersion(e *Entity) bool {
	row, ok := v.versionOf(e.Ref)
	e.Title = e.Name + ":" + e.Part
	if !ok {
		return false
	}
	e.seen(row.At)
	e.describe(v.docOf(row.Subject.Context, row.ID), Said{Source: FromSchema})
	return true
}

func (v *View) composeSchema(e *Entity) bool {
	x, ok := v.schemaOf(e.Ref)
	if !ok {
		return false
	}
	for row := range x.Holders(registry.Context(e.Scope)) {
		e.seen(row.At)
	}
	e.describe(docOf(x), Said{Source: FromSchema})
	return true
}

func (v *View) composeField(e *Entity) bool {
	f := v.fieldOf(e.Ref)
	if f == nil {
		e.Title = e.Part[strings.LastIndexByte(e.Part, '.')+1:]
		return false
	}
	e.Title = f.Name
	e.describe(f.Doc, Said{Source: FromSchema})
	e.Tags = append(e.Tags, f.Tags...)
	v.seenIn(e, f.Since, f.Last)
	return true
}

func (v *View) composeRecord(e *Entity) bool {
	e.Title = e.Part
	r := v.recordOf(e.Ref)
	if r == nil {
		return false
	}
	e.describe(r.Doc, Said{Source: FromSchema})
	e.Tags = append(e.Tags, r.Tags...)
	v.seenIn(e, r.Since, r.Last)
	return true
}

func (v *View) seenIn(e *Entity, versions ...int32) {
	for _, number := range versions {
		if row, ok := v.registry.VersionOf(e.Subject(), number); ok {
			e.seen(row.At)
		}
	}
}

func (v *View) composeTopic(e *Entity) bool {
	links := v.topics.get().links(e.Ref)
	for _, l := range links {
		for row := range v.registry.VersionsOf(l.Subject) {
			e.seen(row.At)
		}
	}
	return len(links) > 0
}

// composeDefinition is for what people make, and for contexts and clusters.
func (v *View) composeDefinition(e *Entity, d Definition) bool {
	if d == nil {
		if e.Kind == KindTag {
			if stub := v.stub(e.Name); stub != nil {
				e.CreatedBy = stub.CreatedBy
				return true
			}
		}
		return v.exists(e.Ref)
	}
	by := d.Common().said()
	switch d := d.(type) {
	case *TagDefinition:
		e.describe(d.Description, by)
	case *MetadataDefinition:
		e.describe(d.Description, by)
	case *Term:
		e.describe(d.Definition, by)
	}
	return true
}

// said is who wrote a definition.
func (d *Defined) said() Said {
	source := d.Source
	if source == "" {
		source = Applied
	}
	return Said{Source: source, Set: d.Set, By: d.UpdatedBy, At: d.UpdatedAt}
}
