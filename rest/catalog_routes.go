package rest

import (
	"fmt"
	"net/http"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
)

// catalogTypes are what the catalog answers with; it has no types of its own,
// and takes those of the registry's clients.
var catalogTypes = []string{typeJSON, typeV1, typeRegistry}

// catalogRoutes are the paths of the catalog (catalog-api.md 1 to 5).
func catalogRoutes() []*operation {
	const (
		tags     = "/catalog/v1/types/tagdefs"
		metadata = "/catalog/v1/types/businessmetadatadefs"
		entity   = "/catalog/v1/entity"
		named    = entity + "/type/{type}/name/{name}"
	)
	list := []*operation{
		read(tags, listTagDefinitions),
		write(http.MethodPost, tags, createTagDefinitions),
		write(http.MethodPut, tags, updateTagDefinitions),
		read(tags+"/{name}", getTagDefinition),
		remove(tags+"/{name}", deleteTagDefinition),

		read(metadata, listMetadataDefinitions),
		write(http.MethodPost, metadata, createMetadataDefinitions),
		write(http.MethodPut, metadata, updateMetadataDefinitions),
		read(metadata+"/{name}", getMetadataDefinition),
		remove(metadata+"/{name}", deleteMetadataDefinition),

		write(http.MethodPost, entity+"/tags", createTags),
		write(http.MethodPut, entity+"/tags", putTags),
		read(named+"/tags", getTags),
		remove(named+"/tags/{tag}", deleteTag),

		write(http.MethodPost, entity+"/businessmetadata", putMetadata),
		write(http.MethodPut, entity+"/businessmetadata", putMetadata),
		read(named+"/businessmetadata", getMetadata),
		remove(named+"/businessmetadata/{definition}", deleteMetadata),

		read(named, getEntity),
		write(http.MethodPut, entity, putEntity),

		read("/catalog/v1/search/basic", searchBasic),
		read("/catalog/v1/search/attribute", searchAttribute),
	}
	for _, op := range list {
		op.offers = catalogTypes
	}
	return list
}

// newestView is the view that a write is checked against. What is refused must
// be wrong by what any node has committed (docs/design.md 4.1), so that this
// node comes up to that first.
func (c *call) newestView() (*catalog.View, error) {
	if f := c.server.freshness; f != nil {
		head, err := f.head(c.ctx)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
		}
		if err := f.reach(c.ctx, head); err != nil {
			return nil, err
		}
	}
	return c.server.catalog.View(), nil
}

// reader answers in Confluent's words out of this node's view.
func (c *call) reader() *confluent.Reader {
	return &confluent.Reader{Names: c.server.names, View: c.server.catalog.View(), Counts: c.server.counts}
}
