package confluent

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// mayHave gives a quick test that lets through every schema with something that
// a selection keeps, and few others: a company's search for a tag must not take
// apart every schema that it has.
func (r *Reader) mayHave(ctx context.Context, sel *Selection, t Type) func(registry.Context, registry.Content) bool {
	mention := []string{sel.Mention}
	held := func(in registry.Context, content registry.Content) bool {
		if t == Field && sel.Mention != "" && !mentions(content, mention) {
			return false
		}
		for row := range content.Holders(in) {
			if (sel.Deleted || !row.Deleted) && (sel.Found == nil || sel.Found.any(row.Subject)) {
				return true
			}
		}
		return false
	}
	asked := sel.AnyTags
	if len(sel.Tags) > 0 {
		asked = sel.Tags[:1]
	}
	if len(asked) == 0 {
		return held
	}
	names := r.tagsNamed(ctx, asked)
	spoken := r.spokenOf(ctx)
	return func(in registry.Context, content registry.Content) bool {
		if !held(in, content) {
			return false
		}
		// What stands in a text is on its records and fields.
		return r.anyHolder(in, content, spoken) || t != Schema && tagged(content, names)
	}
}

// tagsNamed are the tags that some names mean in any letter case.
func (r *Reader) tagsNamed(ctx context.Context, names []string) []string {
	var tags []string
	for d := range r.View.Definitions(ctx, catalog.KindTag, "") {
		tag := d.Ref().Name
		if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(tag, name) }) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// mentions says whether a schema may have one of some tags or names in its text.
// Outlines hold texts as they are, so that one that is not among the bytes is
// none of the schema's; what a schema refers to may have any.
func mentions(content registry.Content, texts []string) bool {
	if len(content.References()) > 0 {
		return true
	}
	var room [2048]byte
	outline := content.AppendOutline(room[:0])
	for _, text := range texts {
		if bytes.Contains(outline, []byte(text)) {
			return true
		}
	}
	return false
}

// tagged says whether a schema may have one of some tags in its text or its
// contract.
func tagged(content registry.Content, names []string) bool {
	if mentions(content, names) {
		return true
	}
	for _, name := range names {
		if m := content.Metadata(); m != nil {
			for _, tags := range m.Tags {
				if slices.Contains(tags, name) {
					return true
				}
			}
		}
	}
	return false
}

// spokenOf are the subjects of which, or of a part of which, people say
// something.
func (r *Reader) spokenOf(ctx context.Context) map[registry.Subject]bool {
	subjects := map[registry.Subject]bool{}
	for ref := range r.View.Annotated(ctx) {
		switch ref.Kind {
		case catalog.KindSubject, catalog.KindSchemaVersion, catalog.KindRecord, catalog.KindField:
			subjects[ref.Subject()] = true
		}
	}
	return subjects
}

// taggable gives a quick test like mayHave's for topics and versions: no text
// tags those, only people do. It is nil where no tags are asked for.
func (r *Reader) taggable(ctx context.Context, sel *Selection, kind catalog.Kind) func(catalog.Ref) bool {
	if len(sel.Tags) == 0 && len(sel.AnyTags) == 0 {
		return nil
	}
	spoken := map[catalog.Ref]bool{}
	for ref := range r.View.Annotated(ctx) {
		if ref.Kind == kind {
			spoken[ref] = true
		}
	}
	return func(ref catalog.Ref) bool { return spoken[ref] }
}

func (r *Reader) anyHolder(in registry.Context, content registry.Content, of map[registry.Subject]bool) bool {
	for row := range content.Holders(in) {
		if of[row.Subject] {
			return true
		}
	}
	return false
}
