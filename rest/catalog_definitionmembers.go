package rest

import (
	"strconv"

	"github.com/weir-registry/weir/catalog"
)

// definitionMembers are the members of a definition of a tag and of one of
// business metadata alike.
type definitionMembers struct {
	*catalog.Defined
	name                                  string
	description, serviceType, typeVersion *string
	options                               *map[string]string
	attributes                            *[]catalog.AttributeDefinition
}

func tagMembers(d *catalog.TagDefinition) definitionMembers {
	return definitionMembers{&d.Defined, d.Name, &d.Description, &d.ServiceType, &d.TypeVersion, &d.Options, &d.Attributes}
}

func metadataMembers(d *catalog.MetadataDefinition) definitionMembers {
	return definitionMembers{&d.Defined, d.Name, &d.Description, &d.ServiceType, &d.TypeVersion, &d.Options, &d.Attributes}
}

// firstTypeVersion is the typeVersion of what is new.
const firstTypeVersion = "1.0"

// overlay puts a member that was sent in place of the stored one.
func overlay[T any](sent *T, stored *T) {
	if sent != nil {
		*stored = *sent
	}
}

// over puts what was sent over the members of a definition.
func (d *definitionBody) over(m definitionMembers) {
	overlay(d.description, m.description)
	overlay(d.serviceType, m.serviceType)
	overlay(d.typeVersion, m.typeVersion)
	if d.options != nil {
		*m.options = d.options
	}
	if d.attributes != nil {
		*m.attributes = definedAttributes(*d.attributes, *m.attributes)
	}
}

// appendDefinitionMembers begins an object with the members that both have.
func appendDefinitionMembers(b []byte, kind catalog.Kind, m definitionMembers) []byte {
	const micros = 1000 // in a millisecond
	first := true
	b = appendText(appendName(append(b, '{'), "category", &first), categoryOf(kind))
	b = appendNonEmpty(b, "guid", m.GUID, &first)
	b = appendNonEmpty(b, "createdBy", m.CreatedBy, &first)
	b = appendNonEmpty(b, "updatedBy", m.UpdatedBy, &first)
	if m.CreatedAt != 0 {
		b = appendInt(appendName(b, "createTime", &first), m.CreatedAt/micros)
		b = appendInt(appendName(b, "updateTime", &first), m.UpdatedAt/micros)
	}
	b = strconv.AppendInt(appendName(b, "version", &first), max(m.Version, 1), 10)
	b = appendText(appendName(b, "name", &first), m.name)
	b = appendText(appendName(b, "description", &first), *m.description)
	typeVersion := *m.typeVersion
	if typeVersion == "" {
		typeVersion = firstTypeVersion
	}
	b = appendText(appendName(b, "typeVersion", &first), typeVersion)
	b = appendNonEmpty(b, "serviceType", *m.serviceType, &first)
	if len(*m.options) > 0 {
		b = appendStrings(appendName(b, "options", &first), *m.options)
	}
	return appendList(appendName(b, "attributeDefs", &first), *m.attributes, appendAttribute)
}
