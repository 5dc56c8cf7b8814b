package store

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// catalogStatements gives what a write of the catalog does.
func catalogStatements(id commandID, w feed.Write) ([]statement, bool) {
	switch w := w.(type) {
	case catalog.PutEntity:
		return []statement{putEntity(id, w.Row)}, true
	case catalog.PutAnnotation:
		return []statement{putAnnotation(id, w.Row)}, true
	case catalog.DeleteAnnotation:
		entity, item, set := annotationKey(w.Key)
		return []statement{{sql: removeAnnotation, args: []any{
			id[:], entity.key, string(w.Key.Part), item.key, string(w.Key.Source), set.key,
		}}}, true
	case catalog.PutDefinition:
		name := nameKey(w.Row.Ref.Name)
		text := upsertTag
		if w.Row.Ref.Kind == catalog.KindBusinessMetadata {
			text = upsertMetadata
		}
		return []statement{{sql: text, args: []any{id[:], name.key, name.whole, []byte(w.Row.Document)}}}, true
	case catalog.DeleteDefinition:
		text := removeTag
		if w.Ref.Kind == catalog.KindBusinessMetadata {
			text = removeMetadata
		}
		return []statement{{sql: text, args: []any{id[:], nameKey(w.Ref.Name).key}}}, true
	}
	return nil, false
}

const upsertEntity = `
insert into entity (entity, name, document, version, created_at, created_by, updated_at, updated_by)
select $2, $3, $4, $5, $6, $7, $8, $9
where ` + claimed + `
on conflict (entity) do update
set document = excluded.document, version = excluded.version, created_at = excluded.created_at,
	created_by = excluded.created_by, updated_at = excluded.updated_at, updated_by = excluded.updated_by`

func putEntity(id commandID, r catalog.EntityRow) statement {
	entity := nameKey(r.Ref.String())
	var document any // null for no definition
	if r.Document != nil {
		document = []byte(r.Document)
	}
	return statement{sql: upsertEntity, args: []any{
		id[:], entity.key, entity.whole, document, r.Version, r.CreatedAt, []byte(r.CreatedBy), r.UpdatedAt, []byte(r.UpdatedBy),
	}}
}

const upsertAnnotation = `
insert into annotation (entity, part, item, source, named_set, entity_name, item_name, set_name, value, by, at)
select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
where ` + claimed + `
on conflict (entity, part, item, source, named_set) do update
set value = excluded.value, by = excluded.by, at = excluded.at`

func putAnnotation(id commandID, r catalog.AnnotationRow) statement {
	entity, item, set := annotationKey(r.AnnotationKey)
	return statement{sql: upsertAnnotation, args: []any{
		id[:], entity.key, string(r.Part), item.key, string(r.Source), set.key,
		entity.whole, item.whole, set.whole, []byte(r.Value), []byte(r.By), r.At,
	}}
}

func annotationKey(k catalog.AnnotationKey) (entity, item, set keyName) {
	return nameKey(k.Entity.String()), nameKey(k.Item), nameKey(k.Set)
}

const removeAnnotation = `
delete from annotation
where entity = $2 and part = $3 and item = $4 and source = $5 and named_set = $6 and ` + claimed

const upsertTag = `
insert into tag_definition (tag, name, document)
select $2, $3, $4
where ` + claimed + `
on conflict (tag) do update set document = excluded.document`

const removeTag = `
delete from tag_definition
where tag = $2 and ` + claimed

const upsertMetadata = `
insert into business_metadata_definition (definition, name, document)
select $2, $3, $4
where ` + claimed + `
on conflict (definition) do update set document = excluded.document`

const removeMetadata = `
delete from business_metadata_definition
where definition = $2 and ` + claimed
