package entity

import "github.com/weir-registry/weir/catalog/confluent"

// The attributes by their names in the schema; gqlgen binds a field of a type
// to the method of its name.

// What all types have.
func (e *Entity) Name() *string          { return e.text("name") }
func (e *Entity) NameLower() *string     { return e.text("nameLower") }
func (e *Entity) QualifiedName() *string { return e.text("qualifiedName") }
func (e *Entity) Description() *string   { return e.text("description") }
func (e *Entity) Owner() *string         { return e.text("owner") }
func (e *Entity) OwnerEmail() *string    { return e.text("ownerEmail") }
func (e *Entity) CreateTime() *string    { return e.time("createTime") }
func (e *Entity) UpdateTime() *string    { return e.time("updateTime") }

// GUID is the name that stays.
func (e *Entity) GUID() *string {
	guid := e.entity.GUID()
	return &guid
}

// EntityStatus is ACTIVE or DELETED.
func (e *Entity) EntityStatus() *string {
	status := Status(e.entity)
	return &status
}

// Status is where an entity is in its life, in Atlas' words (catalog-api.md
// section 4).
func Status(e *confluent.Entity) string {
	if e.Deleted {
		return "DELETED"
	}
	return "ACTIVE"
}

// What some types have.
func (e *Entity) Version() *int       { return e.number("version") }
func (e *Entity) ID() *int            { return e.number("id") }
func (e *Entity) Context() *string    { return e.text("context") }
func (e *Entity) SchemaType() *string { return e.text("schemaType") }
func (e *Entity) Namespace() *string  { return e.text("namespace") }
func (e *Entity) Type() *string       { return e.text("type") }
func (e *Entity) Subject() *string    { return e.text("subject") }
func (e *Entity) ClusterID() *string  { return e.text("clusterId") }
func (e *Entity) Class() *string      { return e.text("class") }
func (e *Entity) Status() *string     { return e.text("status") }

// Deleted says that a version is soft-deleted.
func (e *Entity) Deleted() *bool {
	if v, ok := e.entity.Attribute("deleted").(bool); ok {
		return &v
	}
	return nil
}

// ID of a topic is its guid: a public agent asks for it.
func (t *Topic) ID() *string { return t.GUID() }

// LogicalClusterID is clusterId by the name that the live service has for it
// (DataHub's note).
func (t *Topic) LogicalClusterID() *string { return t.ClusterID() }
