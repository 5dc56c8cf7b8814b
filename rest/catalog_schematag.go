package rest

import (
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// writeTag puts a tag into the schemas themselves: each subject that uses the
// id gets a new version whose text has the tag on the field or record, as
// Confluent's service makes one (catalog-api.md section 9, rule 3). Where the
// latest version has the tag, that stays as it is; a POST needs one that has
// not.
func (c *call) writeTag(e *confluent.Entity, tag string, create bool) error {
	places, err := c.placesInText(e, tag)
	if err != nil {
		return err
	}
	written := false
	for _, p := range places {
		if p.tagged {
			continue
		}
		written = true
		change := registry.TagRequest{Add: []schema.EntityTags{{Path: p.path, Kind: p.kind, Tags: []string{tag}}}}
		if _, err := c.server.registry.Tag(c.ctx, p.subject, registry.LatestVersion, change); err != nil {
			return err
		}
	}
	if create && !written {
		return &catalog.ExistsError{Ref: catalog.Ref{Kind: catalog.KindTag, Name: tag}, On: e.Refs[0]}
	}
	return nil
}

// unwriteTag takes a tag out of the schemas, in the same way. It says whether
// any had it.
func (c *call) unwriteTag(e *confluent.Entity, tag string) (written bool, err error) {
	places, err := c.placesInText(e, tag)
	if err != nil {
		return false, err
	}
	for _, p := range places {
		if !p.tagged {
			continue
		}
		written = true
		change := registry.TagRequest{Remove: []schema.EntityTags{{Path: p.path, Kind: p.kind, Tags: []string{tag}}}}
		if _, err := c.server.registry.Tag(c.ctx, p.subject, registry.LatestVersion, change); err != nil {
			return written, err
		}
	}
	return written, nil
}

// placeInText is where a tag of an entity stands, or would stand, in the latest
// version of a subject.
type placeInText struct {
	subject registry.Subject
	path    string // in the tag language of registry-api.md 14
	kind    schema.EntityKind
	// tagged says that the text has the tag there.
	tagged bool
}

// placesInText finds the places of a record or field in each subject that it is
// of. One that the latest version has no more is looked for by its old path:
// the registry then says that it is not there.
func (c *call) placesInText(e *confluent.Entity, tag string) ([]placeInText, error) {
	if e.Type() != confluent.Record && e.Type() != confluent.Field {
		return nil, catalogCode(codeNotApplicable, "A tag can be written into a schema on a field or a record, not on a %s", e.Type())
	}
	view := c.server.catalog.View()
	var places []placeInText
	for _, ref := range e.Refs {
		p := placeInText{
			subject: registry.Subject{Context: registry.Context(ref.Scope), Name: ref.Name},
			path:    e.Name.Path, kind: schema.EntityKind(e.Type()),
		}
		latest, ok := view.Registry().LatestOf(p.subject)
		if !ok {
			continue
		}
		if err := p.find(c, view, latest.Version, ref, tag); err != nil {
			return nil, err
		}
		places = append(places, p)
	}
	// Each subject is a commit of its own. The registry refuses what a mode
	// forbids before anything is written only if it is asked for that first.
	slices.SortStableFunc(places, func(a, b placeInText) int {
		return writableLast(view, a.subject) - writableLast(view, b.subject)
	})
	return places, nil
}

func writableLast(view *catalog.View, s registry.Subject) int {
	if view.Registry().ModeOf(s) == registry.ReadWrite {
		return 1
	}
	return 0
}

func (p *placeInText) find(c *call, view *catalog.View, version int32, ref catalog.Ref, tag string) error {
	note := func(path string, tags []catalog.TagAssignment) {
		p.path = path
		p.tagged = slices.ContainsFunc(tags, func(t catalog.TagAssignment) bool {
			return t.Name == tag && t.Source == catalog.FromInline && t.Via.IsZero()
		})
	}
	if ref.Kind == catalog.KindRecord {
		records, err := view.RecordsOfVersion(c.ctx, p.subject, version)
		for i := range records {
			if records[i].Name == ref.Part {
				note(records[i].TagPath, records[i].Tags)
			}
		}
		return err
	}
	fields, err := view.FieldsOfVersion(c.ctx, p.subject, version)
	for i := range fields {
		if fields[i].RuntimeName == ref.Part {
			note(fields[i].TagPath, fields[i].Tags)
		}
	}
	return err
}
