package protobuf

import "github.com/weir-registry/weir/schema"

// Tags are the inline tags of messages and fields: a message, its oneof
// members, its other fields, its nested messages (registry-api.md 14.1).
// Paths are message names without the package, and the field name.
func (s *Schema) Tags() []schema.EntityTags {
	return tagsIn(nil, "", s.file.Messages)
}

func tagsIn(out []schema.EntityTags, path string, list []*Message) []schema.EntityTags {
	for _, m := range list {
		inner := join(path, m.Name)
		out = appendTags(out, inner, schema.RecordEntity, tags(m.Options, messageMeta))
		for _, o := range m.Oneofs {
			out = fieldTags(out, inner, o.Fields)
		}
		out = fieldTags(out, inner, m.Fields)
		out = tagsIn(out, inner, m.Messages)
	}
	return out
}

func fieldTags(out []schema.EntityTags, path string, list []*Field) []schema.EntityTags {
	for _, f := range list {
		out = appendTags(out, join(path, f.Name), schema.FieldEntity, tags(f.Options, fieldMeta))
	}
	return out
}

func appendTags(out []schema.EntityTags, path string, kind schema.EntityKind, names []string) []schema.EntityTags {
	if len(names) == 0 {
		return out
	}
	return append(out, schema.EntityTags{Path: path, Kind: kind, Tags: names})
}
