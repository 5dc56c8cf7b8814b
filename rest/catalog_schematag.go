package rest

import (
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
)

// writeTag puts a tag into the schemas themselves: into each subject that uses
// the id (catalog-api.md section 9, rule 3). A POST needs one that has it not.
func (c *call) writeTag(e *confluent.Entity, tag string, create bool) error {
	written, err := c.tagSchemas(e, catalog.SchemaTags{Add: []string{tag}})
	if err != nil {
		return err
	}
	if create && !written {
		return &catalog.ExistsError{Ref: catalog.Ref{Kind: catalog.KindTag, Name: tag}, On: e.Refs[0]}
	}
	return nil
}

// unwriteTag takes a tag out of the schemas, in the same way. It says whether
// any had it.
func (c *call) unwriteTag(e *confluent.Entity, tag string) (written bool, err error) {
	return c.tagSchemas(e, catalog.SchemaTags{Remove: []string{tag}})
}

// tagSchemas changes the tags of a record or field in each live subject that it
// is of.
func (c *call) tagSchemas(e *confluent.Entity, tags catalog.SchemaTags) (changed bool, err error) {
	if e.Type() != confluent.Record && e.Type() != confluent.Field {
		return false, catalogCode(codeNotApplicable, "A tag can be written into a schema on a field or a record, not on a %s", e.Type())
	}
	registered := c.server.catalog.View().Registry()
	live := slices.DeleteFunc(slices.Clone(e.Refs), func(ref catalog.Ref) bool {
		_, ok := registered.LatestOf(ref.Subject())
		return !ok
	})
	return c.server.catalog.TagSchemas(c.ctx, live, tags)
}
