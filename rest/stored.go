package rest

import (
	"encoding/hex"
	"slices"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// AppendSchema appends a Schema as the wire shows it (registry-api.md 3.1), for
// those who pass it on.
func AppendSchema(b []byte, s *registry.Stored) []byte { return appendSchema(b, s) }

// appendSchema appends a Schema (registry-api.md 3.1).
func appendSchema(b []byte, s *registry.Stored) []byte {
	b = append(b, `{"subject":`...)
	b = appendSubject(b, s.Subject)
	b = append(b, `,"version":`...)
	b = appendInt(b, s.Version)
	b = append(b, `,"id":`...)
	b = appendInt(b, s.ID)
	b = append(b, `,"guid":"`...)
	b = appendGUID(b, s.GUID)
	b = append(b, `","schemaType":"`...)
	b = append(b, s.Type...)
	b = append(b, '"')
	b = appendReferences(b, s.References)
	b = appendMetadataMember(b, s.Metadata)
	b = appendSchemaText(b, s)
	b = appendTagsMember(b, s.Tags)
	b = appendTimes(b, s)
	b = appendRuleSetMember(b, s.Rules)
	if len(s.Aliases) > 0 {
		b = append(b, `,"aliases":`...)
		b = appendList(b, s.Aliases, appendSubject)
	}
	if len(s.Associations) > 0 {
		b = append(b, `,"associations":`...)
		b = appendList(b, s.Associations, appendAssociation)
	}
	return append(b, '}')
}

// aroundText is room for what a SchemaString has beside its text, mostly.
const aroundText = 256

// appendSchemaString appends a SchemaString (registry-api.md 3.2); by GUID it
// has no subject and no version.
func appendSchemaString(b []byte, s *registry.Stored, byGUID, maxID bool) []byte {
	// To ask for the size first is more than making room once: the text of one
	// of a million schemas comes from cold memory, and so the processor fetches
	// it while the members before it are written.
	b = append(slices.Grow(b, s.TextJSONSize()+aroundText), '{')
	if !byGUID {
		b = append(b, `"subject":`...)
		b = appendSubject(b, s.Subject)
		b = append(b, `,"version":`...)
		b = appendInt(b, s.Version)
		b = append(b, ',')
	}
	b = append(b, `"guid":"`...)
	b = appendGUID(b, s.GUID)
	b = append(b, `","schemaType":"`...)
	b = append(b, s.Type...)
	b = append(b, '"')
	b = appendSchemaText(b, s)
	b = appendReferences(b, s.References)
	b = appendMetadataMember(b, s.Metadata)
	b = appendRuleSetMember(b, s.Rules)
	b = appendTagsMember(b, s.Tags)
	if maxID {
		b = append(b, `,"maxId":`...)
		b = appendInt(b, s.MaxID)
	}
	b = appendTimes(b, s)
	return append(b, '}')
}

// appendRegistered appends a RegisterSchemaResponse (registry-api.md 3.4).
func appendRegistered(b []byte, r *registry.Registered) []byte {
	b = append(b, `{"id":`...)
	b = appendInt(b, r.ID)
	if r.Version > 0 {
		b = append(b, `,"version":`...)
		b = appendInt(b, r.Version)
	}
	b = append(b, `,"guid":"`...)
	b = appendGUID(b, r.GUID)
	b = append(b, `","schemaType":"`...)
	b = append(b, r.Type...)
	b = append(b, '"')
	b = appendReferences(b, r.References)
	b = appendMetadataMember(b, r.Metadata)
	b = appendRuleSetMember(b, r.Rules)
	b = appendSchemaText(b, &r.Stored)
	b = appendTimes(b, &r.Stored)
	return append(b, '}')
}

func appendSubject(b []byte, s registry.Subject) []byte {
	if s.Context == registry.DefaultContext || s.Context == "" {
		return appendText(b, s.Name)
	}
	return appendText(b, s.String())
}

// appendGUID appends a GUID hyphenated (registry-api.md 4.3).
func appendGUID(b []byte, g registry.GUID) []byte {
	b = hex.AppendEncode(b, g[0:4])
	for _, part := range [...][]byte{g[4:6], g[6:8], g[8:10], g[10:16]} {
		b = append(b, '-')
		b = hex.AppendEncode(b, part)
	}
	return b
}

// appendSchemaText appends the schema member; the text is escaped already. An
// empty one that an import has made is left out (5.4); the empty text of a
// Protobuf schema is one like any other (compatibility.md 9.3).
func appendSchemaText(b []byte, s *registry.Stored) []byte {
	from := len(b)
	b = append(b, `,"schema":"`...)
	begin := len(b)
	if b = s.AppendTextJSON(b); len(b) == begin && s.Type != schema.Protobuf {
		return b[:from]
	}
	return append(b, '"')
}

func appendReferences(b []byte, references []schema.Reference) []byte {
	if len(references) == 0 {
		return b
	}
	b = append(b, `,"references":`...)
	return appendList(b, references, func(b []byte, r schema.Reference) []byte {
		b = append(b, '{')
		first := true
		b = appendNonEmpty(b, "name", r.Name, &first)
		b = appendNonEmpty(b, "subject", r.Subject, &first)
		b = appendInt(appendName(b, "version", &first), r.Version)
		return append(b, '}')
	})
}

func appendMetadataMember(b []byte, m *registry.Metadata) []byte {
	if m == nil {
		return b
	}
	return appendMetadata(append(b, `,"metadata":`...), m)
}

func appendRuleSetMember(b []byte, set *registry.RuleSet) []byte {
	if set == nil {
		return b
	}
	return appendRuleSet(append(b, `,"ruleSet":`...), set)
}

func appendTagsMember(b []byte, tags []schema.EntityTags) []byte {
	if len(tags) == 0 {
		return b
	}
	return appendList(append(b, `,"schemaTags":`...), tags, appendSchemaTags)
}

// appendTimes appends ts, in milliseconds, and deleted, where they belong.
func appendTimes(b []byte, s *registry.Stored) []byte {
	if !s.Timed {
		return b
	}
	b = append(b, `,"ts":`...)
	b = appendInt(b, s.At/1000)
	b = append(b, `,"deleted":`...)
	return appendBool(b, s.Deleted)
}
