package registry

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry/escape"
	"github.com/weir-registry/weir/schema"
)

// answer gives a version as answers show it.
func answer(s Subject, v *version, x *content) Stored {
	return Stored{
		Subject: s, Version: v.number, ID: x.id, GUID: x.guid, Type: x.kind, text: x.text,
		References: x.refs, Metadata: x.metadata, Rules: x.rules, Timed: true, At: v.at, Deleted: v.deleted,
	}
}

// answer gives what was found.
func (m *match) answer(s Subject) Stored {
	a := answer(s, m.version, m.content)
	if m.byHash {
		a.Timed, a.At, a.Deleted = false, 0, false
	}
	return a
}

// Text gives the schema text as it is.
func (s *Stored) Text() string { return escape.Text(s.text.append(nil)) }

// TextJSONSize is how many bytes AppendTextJSON appends.
func (s *Stored) TextJSONSize() int { return s.text.size() }

// AppendTextJSON appends the schema text as the inside of a JSON string
// (escaped, no quotes).
func (s *Stored) AppendTextJSON(dst []byte) []byte { return s.text.append(dst) }

// rendered says whether a format changes texts of a language
// (registry-api.md 15.2).
func rendered(t schema.Type, format string) bool {
	switch strings.ToLower(format) {
	case "resolved":
		return t == schema.Avro
	case "ignore_extensions", "serialized":
		return t == schema.Protobuf
	}
	return false
}

// shape applies the options of a read to an answer about a content of a
// context.
func (r *Registry) shape(ctx context.Context, s *Snapshot, in Context, a *Stored, x *content, o ReadOptions) error {
	if rendered(x.kind, o.Format) || len(o.FindTags) > 0 {
		parsed, err := r.stored(ctx, s, in, x)
		if err != nil {
			return invalidSchema("Invalid schema of type %s, details: %s", x.kind, err)
		}
		if len(o.FindTags) > 0 {
			a.Tags = findTags(parsed.Tags(), o.FindTags)
		}
		if rendered(x.kind, o.Format) {
			text, err := parsed.Render(o.Format)
			if err != nil {
				return invalidSchema("Invalid schema of type %s, details: %s", x.kind, err)
			}
			a.text = packText(nil, text)
		}
	}
	if o.ReferenceFormat == "qualified" {
		a.References = qualify(in, a.References)
	}
	return nil
}

// findTags keeps the entities that have one of the tags.
func findTags(all []schema.EntityTags, find []string) []schema.EntityTags {
	var found []schema.EntityTags
	for _, e := range all {
		if slices.ContainsFunc(find, func(tag string) bool { return tag == "*" || slices.Contains(e.Tags, tag) }) && len(e.Tags) > 0 {
			found = append(found, e)
		}
	}
	return found
}

// qualify puts the context in front of unqualified reference subjects, outside
// the default context (registry-api.md 6.3).
func qualify(in Context, refs []schema.Reference) []schema.Reference {
	if in == DefaultContext {
		return refs
	}
	qualified := slices.Clone(refs)
	for i := range qualified {
		if q := ParseSubject(qualified[i].Subject); q.Context == DefaultContext {
			qualified[i].Subject = Subject{in, qualified[i].Subject}.String()
		}
	}
	return qualified
}

// shapeRegistered applies a format to the answer of a registration.
func (r *Registry) shapeRegistered(ctx context.Context, a *Stored, format string) error {
	if !rendered(a.Type, format) {
		return nil
	}
	snap := r.Snapshot()
	x := snap.space(a.Subject.Context).content(a.ID)
	if x == nil {
		return nil
	}
	return r.shape(ctx, snap, a.Subject.Context, a, x, ReadOptions{Format: format})
}
