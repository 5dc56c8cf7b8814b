package rest

import (
	"encoding/json"
	"errors"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// thing appends an entity in weir's own form: each value with its source, and
// what the entity is by its kind.
func (c *call) thing(v *catalog.View, e *catalog.Entity, oldest feed.Cursor) error {
	b, first := append(c.out, '{'), true
	b = appendText(appendName(b, "entity", &first), e.Ref.String())
	b = appendText(appendName(b, "kind", &first), string(e.Kind))
	b = appendText(appendName(b, "name", &first), e.Title)
	b = appendText(appendName(b, "status", &first), string(e.Status))
	b = appendText(appendName(b, "revision", &first), v.Cursor().Text())
	b = appendText(appendName(b, "oldest", &first), oldest.Text())
	b = appendInt(appendName(b, "version", &first), e.Version)
	b = appendMoment(b, "firstSeen", e.FirstSeen, &first)
	b = appendMoment(b, "lastSeen", e.LastSeen, &first)
	b = appendMoment(b, "createdAt", e.CreatedAt, &first)
	b = appendNonEmpty(b, "createdBy", e.CreatedBy, &first)
	b = appendMoment(b, "updatedAt", e.UpdatedAt, &first)
	b = appendNonEmpty(b, "updatedBy", e.UpdatedBy, &first)
	b = appendStatements(b, e, &first)
	var err error
	b, err = c.appendKind(b, v, e.Ref, &first)
	c.out = append(b, '}')
	return err
}

// appendStatements appends what is said of an entity.
func appendStatements(b []byte, e *catalog.Entity, first *bool) []byte {
	b = appendList(appendName(b, "descriptions", first), e.Descriptions, func(b []byte, t catalog.Text) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "value", &begin), t.Value)
		return appendSaid(b, t.Said)
	})
	b = appendList(appendName(b, "owners", first), e.Owners, func(b []byte, o catalog.Ownership) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "owner", &begin), o.Owner.String())
		b = appendText(appendName(b, "role", &begin), string(o.Role))
		return appendSaid(b, o.Said)
	})
	b = appendList(appendName(b, "tags", first), e.Tags, func(b []byte, t catalog.TagAssignment) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "tag", &begin), t.Name)
		b = appendJSON(b, "attributes", t.Attributes, &begin)
		if !t.Via.IsZero() {
			b = appendText(appendName(b, "via", &begin), t.Via.String())
		}
		return appendSaid(b, t.Said)
	})
	b = appendList(appendName(b, "terms", first), e.Terms, func(b []byte, t catalog.TermAssignment) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "term", &begin), t.Term.Name)
		return appendSaid(b, t.Said)
	})
	if !e.Domain.IsZero() {
		b = appendText(appendName(b, "domain", first), e.Domain.Name)
	}
	b = appendList(appendName(b, "businessMetadata", first), e.Metadata, func(b []byte, m catalog.MetadataValues) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "definition", &begin), m.Definition)
		b = appendMap(appendName(b, "values", &begin), m.Values, appendVerbatim)
		return appendSaid(b, m.Said)
	})
	if d := e.Deprecation; d != nil {
		begin := true
		b = append(appendName(b, "deprecation", first), '{')
		b = appendMoment(b, "since", d.Since, &begin)
		b = appendMoment(b, "until", d.Until, &begin)
		b = appendNonEmpty(b, "reason", d.Reason, &begin)
		if !d.Replacement.IsZero() {
			b = appendText(appendName(b, "replacement", &begin), d.Replacement.String())
		}
		if begin {
			b = appendBool(appendName(b, "deprecated", &begin), true)
		}
		b = appendSaid(b, d.Said)
	}
	b = appendList(appendName(b, "links", first), e.Links, func(b []byte, l catalog.Link) []byte {
		begin := true
		b = appendText(appendName(append(b, '{'), "url", &begin), l.URL)
		b = appendNonEmpty(b, "title", l.Title, &begin)
		return appendSaid(b, l.Said)
	})
	if len(e.Attributes) > 0 {
		b = appendStrings(appendName(b, "attributes", first), e.Attributes)
	}
	return b
}

// appendSaid ends an object with who says it.
func appendSaid(b []byte, s catalog.Said) []byte {
	first := false
	b = appendNonEmpty(b, "source", string(s.Source), &first)
	b = appendNonEmpty(b, "set", s.Set, &first)
	b = appendNonEmpty(b, "by", s.By, &first)
	b = appendMoment(b, "at", s.At, &first)
	return append(b, '}')
}

// appendKind appends what an entity is by its kind.
func (c *call) appendKind(b []byte, v *catalog.View, ref catalog.Ref, first *bool) ([]byte, error) {
	subject := ref.Subject()
	var err error
	switch ref.Kind {
	case catalog.KindSubject:
		var versions []catalog.Version
		if versions, err = v.Versions(c.ctx, subject); err == nil {
			b = appendList(appendName(b, "versions", first), versions, appendVersion)
		}
	case catalog.KindField:
		var fields []catalog.Field
		fields, err = v.Fields(c.ctx, subject)
		for i := range fields {
			if fields[i].RuntimeName == ref.Part {
				b = appendField(appendName(b, "field", first), &fields[i])
			}
		}
	case catalog.KindTopic:
		var topic *catalog.Topic
		if topic, err = v.Topic(c.ctx, ref.Scope, ref.Name); err == nil {
			b = appendList(appendName(b, "subjects", first), topic.Links, appendTopicLink)
		}
	case catalog.KindTag, catalog.KindBusinessMetadata, catalog.KindTerm, catalog.KindDomain, catalog.KindDataProduct, catalog.KindTeam, catalog.KindPerson:
		var definition catalog.Definition
		if definition, err = v.Definition(c.ctx, ref); err == nil {
			var data []byte
			if data, err = json.Marshal(definition); err == nil {
				b = append(appendName(b, "definition", first), data...)
			}
		}
	}
	// What is gone but for what was said of it has nothing of its kind.
	if _, gone := errors.AsType[*catalog.NotFoundError](err); gone {
		err = nil
	}
	return b, err
}

func appendVersion(b []byte, v catalog.Version) []byte {
	first := true
	b = appendInt(appendName(append(b, '{'), "version", &first), v.Version)
	b = appendInt(appendName(b, "id", &first), v.ID)
	if v.Deleted {
		b = appendBool(appendName(b, "deleted", &first), true)
	}
	b = appendMoment(b, "at", v.At, &first)
	b = appendNonEmpty(b, "by", v.By, &first)
	b = appendNonEmpty(b, "client", v.Client, &first)
	return append(b, '}')
}

func appendField(b []byte, f *catalog.Field) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "runtimeName", &first), f.RuntimeName)
	b = appendText(appendName(b, "name", &first), f.Name)
	b = appendText(appendName(b, "record", &first), f.Record)
	b = appendTexts(appendName(b, "paths", &first), f.Paths)
	b = appendText(appendName(b, "type", &first), f.Type)
	b = appendBool(appendName(b, "nullable", &first), f.Nullable)
	b = appendNonEmpty(b, "default", f.Default, &first)
	if f.Number != 0 {
		b = appendInt(appendName(b, "number", &first), f.Number)
	}
	if len(f.Aliases) > 0 {
		b = appendTexts(appendName(b, "aliases", &first), f.Aliases)
	}
	b = appendInt(appendName(b, "since", &first), f.Since)
	b = appendInt(appendName(b, "last", &first), f.Last)
	if f.RemovedIn != 0 {
		b = appendInt(appendName(b, "removedIn", &first), f.RemovedIn)
	}
	return append(b, '}')
}

func appendTopicLink(b []byte, l catalog.TopicLink) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "subject", &first), l.Subject.String())
	b = appendBool(appendName(b, "isKey", &first), l.IsKey)
	b = appendText(appendName(b, "source", &first), string(l.Source))
	return append(b, '}')
}
