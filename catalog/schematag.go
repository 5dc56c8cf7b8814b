package catalog

import (
	"context"
	"slices"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// SchemaTags is a change of the tags that stand in the texts of schemas.
type SchemaTags struct{ Add, Remove []string }

// TagSchemas changes the tags of fields and records in the schemas themselves:
// the newest version of the subject of each, with the tags changed in its text,
// becomes the next version, as Confluent's service makes one (catalog-api.md
// section 9, rule 3). Where the newest version is so already it stays; changed
// says whether there is any new version. What the newest version has no more is
// looked for by its old path: the registry then says that it is not there.
func (c *Catalog) TagSchemas(ctx context.Context, entities []Ref, tags SchemaTags) (changed bool, err error) {
	view := c.View()
	var places []placeInText
	for _, ref := range entities {
		p, err := view.placeInText(ctx, ref)
		if err != nil {
			return false, err
		}
		places = append(places, p)
	}
	// Each subject is a commit of its own. The registry refuses what a mode
	// forbids before anything is written only if it is asked for that first.
	slices.SortStableFunc(places, func(a, b placeInText) int {
		return view.writableLast(a.subject) - view.writableLast(b.subject)
	})
	for i := range places {
		request, some := places[i].change(tags)
		if !some {
			continue
		}
		changed = true
		if _, err := c.options.Registry.Tag(ctx, places[i].subject, registry.LatestVersion, request); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// placeInText is where the tags of a field or record stand, or would stand, in
// the text of the newest version of its subject.
type placeInText struct {
	subject registry.Subject
	path    string // in the tag language of registry-api.md 14
	kind    schema.EntityKind
	tags    []TagAssignment
}

func (v *View) placeInText(ctx context.Context, ref Ref) (placeInText, error) {
	p := placeInText{subject: ref.Subject()}
	if err := v.askRead(ctx, ref); err != nil {
		return p, err
	}
	newest := &layout{}
	if row, ok := v.registry.LatestOf(p.subject); ok {
		var err error
		if newest, err = v.readLayout(ctx, p.subject, row.Version); err != nil {
			return p, err
		}
	}
	switch ref.Kind {
	case KindField:
		p.kind = schema.FieldEntity
		return inText(p, ref, newest.fields, v.fieldOf)
	case KindRecord:
		p.kind = schema.RecordEntity
		return inText(p, ref, newest.records, v.recordOf)
	}
	return p, &InvalidError{Reason: NotApplicable, Ref: ref, Message: "only the tags of a field or record stand in a schema"}
}

// inText finds a field or record in the newest version, or else where it was.
func inText[T any, P member[T]](p placeInText, ref Ref, newest []T, ever func(Ref) P) (placeInText, error) {
	if x := P(withName[T, P](newest, ref.Part)); x != nil {
		_, tags := x.origin()
		p.path, p.tags = x.tagPath(), *tags
		return p, nil
	}
	if x := ever(ref); x != nil {
		p.path = x.tagPath()
		return p, nil
	}
	return p, &NotFoundError{ref}
}

// has says that the text itself has the tag here.
func (p *placeInText) has(tag string) bool {
	return slices.ContainsFunc(p.tags, func(t TagAssignment) bool {
		return t.Name == tag && t.Source == FromInline && t.Via.IsZero()
	})
}

// change asks the registry for what is not so yet; some is false when all is.
func (p *placeInText) change(tags SchemaTags) (request registry.TagRequest, some bool) {
	add := slices.DeleteFunc(slices.Clone(tags.Add), p.has)
	remove := slices.DeleteFunc(slices.Clone(tags.Remove), func(tag string) bool { return !p.has(tag) })
	if len(add) > 0 {
		request.Add = []schema.EntityTags{{Path: p.path, Kind: p.kind, Tags: add}}
	}
	if len(remove) > 0 {
		request.Remove = []schema.EntityTags{{Path: p.path, Kind: p.kind, Tags: remove}}
	}
	return request, len(add)+len(remove) > 0
}

func (v *View) writableLast(s registry.Subject) int {
	if v.registry.ModeOf(s) == registry.ReadWrite {
		return 1
	}
	return 0
}
