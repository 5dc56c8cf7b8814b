package confluent

import "slices"

// Type is an entity type of Confluent's catalog (catalog-api.md section 6).
type Type string

// The types that are served.
const (
	Schema         Type = "sr_schema"
	Record         Type = "sr_record"
	Field          Type = "sr_field"
	SubjectVersion Type = "sr_subject_version"
	Topic          Type = "kafka_topic"
	Cluster        Type = "kafka_logical_cluster"
	Environment    Type = "cf_environment"
	Connector      Type = "cn_connector"
	// Any is the root: no entity is of it alone, all are of it too.
	Any Type = "cf_entity"
)

// Types are those that an entity can be of, in the order of their names.
func Types() []Type {
	return []Type{Environment, Connector, Cluster, Topic, Field, Record, Schema, SubjectVersion}
}

// Known says that there is such a type.
func (t Type) Known() bool { return t == Any || slices.Contains(Types(), t) }

// Is says that entities of t are entities of another type too.
func (t Type) Is(other Type) bool { return t == other || other == Any }

// Supertypes are the types above t, the nearest first.
func (t Type) Supertypes() []Type {
	if t == Any {
		return nil
	}
	return []Type{Any}
}

// ValueKind is what an attribute holds.
type ValueKind uint8

// The kinds of values, with the Go type of Attribute.Value.
const (
	Text   ValueKind = iota // string
	Number                  // int64
	Time                    // int64, milliseconds since the epoch
	Bool                    // bool
)

// AttributeType is an attribute that entities of a type have.
type AttributeType struct {
	Name string
	Kind ValueKind
	// Settable says that people may set it (PUT /entity).
	Settable bool
}

// Attributes are those of a type, in the order in which they are shown; those
// of Any are what all types have. The list must not be changed.
func (t Type) Attributes() []AttributeType {
	if list, ok := attributes[t]; ok {
		return list
	}
	return attributes[Any]
}

// attributes are those of each type that has more than all types have
// (catalog-api.md section 6).
var attributes = func() map[Type][]AttributeType {
	all := []AttributeType{
		{"name", Text, false},
		{"nameLower", Text, false},
		{"qualifiedName", Text, false},
		{"description", Text, true},
		{"owner", Text, true},
		{"ownerEmail", Text, true},
		{"createTime", Time, false},
		{"updateTime", Time, false},
	}
	var (
		version   = AttributeType{"version", Number, false}
		id        = AttributeType{"id", Number, false}
		context   = AttributeType{"context", Text, false}
		clusterID = AttributeType{"clusterId", Text, false}
		kind      = AttributeType{"type", Text, false}
	)
	and := func(more ...AttributeType) []AttributeType { return append(slices.Clip(all), more...) }
	return map[Type][]AttributeType{
		Any:            all,
		Schema:         and(version, id, context, AttributeType{"schemaType", Text, false}),
		Record:         and(version, context, AttributeType{"namespace", Text, false}),
		Field:          and(version, context, kind),
		SubjectVersion: and(version, id, context, AttributeType{"subject", Text, false}, AttributeType{"deleted", Bool, false}),
		Topic:          and(clusterID),
		Connector:      and(AttributeType{"class", Text, false}, kind, AttributeType{"status", Text, false}, clusterID),
	}
}()

// Attribute finds an attribute of a type.
func (t Type) Attribute(name string) (AttributeType, bool) {
	for _, a := range t.Attributes() {
		if a.Name == name {
			return a, true
		}
	}
	return AttributeType{}, false
}
