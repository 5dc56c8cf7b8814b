package rest

import (
	"github.com/weir-registry/weir/catalog"
)

// listMetadataDefinitions is GET /types/businessmetadatadefs (catalog-api.md 3).
func listMetadataDefinitions(c *call) error { return c.listDefinitions(catalog.KindBusinessMetadata) }

// createMetadataDefinitions is POST /types/businessmetadatadefs.
func createMetadataDefinitions(c *call) error {
	return c.definitions(catalog.KindBusinessMetadata, true, metadataFrom)
}

// updateMetadataDefinitions is PUT /types/businessmetadatadefs.
func updateMetadataDefinitions(c *call) error {
	return c.definitions(catalog.KindBusinessMetadata, false, metadataFrom)
}

// getMetadataDefinition is GET /types/businessmetadatadefs/{name}.
func getMetadataDefinition(c *call) error { return c.getDefinition(catalog.KindBusinessMetadata) }

// deleteMetadataDefinition is DELETE /types/businessmetadatadefs/{name}.
func deleteMetadataDefinition(c *call) error { return c.deleteDefinition(catalog.KindBusinessMetadata) }

func metadataFrom(d *definitionBody, from catalog.Definition) catalog.Definition {
	stored, _ := from.(*catalog.MetadataDefinition)
	return d.metadata(stored)
}

// appendMetadataDefinition appends a BusinessMetadataDef.
func appendMetadataDefinition(b []byte, d *catalog.MetadataDefinition) []byte {
	b = appendDefinitionMembers(b, catalog.KindBusinessMetadata, metadataMembers(d))
	return append(b, '}')
}
