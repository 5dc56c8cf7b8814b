package model

import (
	"github.com/weir-registry/weir/catalog"
)

// EntityTags is the GraphQL type of that name.
type EntityTags struct {
	Path        string
	RuntimeName *string
	Kind        catalog.Kind
	Tags        []*TagAssignment
}

// Tags are the tags of the version itself and of its records and fields: what
// the schema says as this version has it, and what people said of the records
// and fields, whatever the version.
func (v *SchemaVersion) Tags() ([]*EntityTags, error) {
	list := []*EntityTags{}
	if own := v.r.applied(v.ref); len(own) > 0 {
		list = append(list, &EntityTags{Kind: v.ref.Kind, Tags: v.r.assignments(own)})
	}
	records, err := v.r.view.RecordsOfVersion(v.r.ctx, v.row.Subject, v.Version)
	if err != nil && !Missing(err) {
		return nil, err
	}
	for i := range records {
		tags := append(records[i].Tags[:len(records[i].Tags):len(records[i].Tags)], v.r.applied(records[i].Ref())...)
		if len(tags) > 0 {
			list = append(list, &EntityTags{records[i].TagPath, text(records[i].Name), catalog.KindRecord, v.r.assignments(tags)})
		}
	}
	fields, err := v.r.view.FieldsOfVersion(v.r.ctx, v.row.Subject, v.Version)
	if err != nil && !Missing(err) {
		return nil, err
	}
	for i := range fields {
		tags := append(fields[i].Tags[:len(fields[i].Tags):len(fields[i].Tags)], v.r.applied(fields[i].Ref())...)
		if len(tags) > 0 {
			list = append(list, &EntityTags{fields[i].TagPath, text(fields[i].RuntimeName), catalog.KindField, v.r.assignments(tags)})
		}
	}
	return list, nil
}

// applied are the tags that people put on an entity.
func (r *Reader) applied(ref catalog.Ref) []catalog.TagAssignment {
	if len(r.view.Annotations(r.ctx, ref)) == 0 {
		return nil
	}
	e, err := r.view.Entity(r.ctx, ref)
	if err != nil {
		return nil
	}
	var list []catalog.TagAssignment
	for i := range e.Tags {
		switch e.Tags[i].Source {
		case catalog.FromInline, catalog.FromContract:
		default:
			list = append(list, e.Tags[i])
		}
	}
	return list
}
