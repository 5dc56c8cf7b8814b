package rest

import (
	"github.com/weir-registry/weir/catalog"
)

// listTagDefinitions is GET /types/tagdefs (catalog-api.md 2).
func listTagDefinitions(c *call) error { return c.listDefinitions(catalog.KindTag) }

// createTagDefinitions is POST /types/tagdefs.
func createTagDefinitions(c *call) error { return c.definitions(catalog.KindTag, true, tagFrom) }

// updateTagDefinitions is PUT /types/tagdefs: a merge.
func updateTagDefinitions(c *call) error { return c.definitions(catalog.KindTag, false, tagFrom) }

// getTagDefinition is GET /types/tagdefs/{name}.
func getTagDefinition(c *call) error { return c.getDefinition(catalog.KindTag) }

// deleteTagDefinition is DELETE /types/tagdefs/{name}.
func deleteTagDefinition(c *call) error { return c.deleteDefinition(catalog.KindTag) }

func tagFrom(d *definitionBody, from catalog.Definition) catalog.Definition {
	stored, _ := from.(*catalog.TagDefinition)
	return d.tag(stored)
}

// appendTagDefinition appends a TagDef. Its lists are there when they are
// empty too.
func appendTagDefinition(b []byte, d *catalog.TagDefinition) []byte {
	b = appendDefinitionMembers(b, catalog.KindTag, tagMembers(d))
	first := false
	b = appendTexts(appendName(b, "superTypes", &first), d.SuperTypes)
	types := d.EntityTypes
	if len(types) == 0 {
		types = []string{anyEntity}
	}
	b = appendTexts(appendName(b, "entityTypes", &first), types)
	b = appendTexts(appendName(b, "subTypes", &first), d.SubTypes)
	b = appendNonEmpty(b, "color", d.Color, &first)
	return append(b, '}')
}
