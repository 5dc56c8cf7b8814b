package main

import (
	"slices"

	"github.com/weir-registry/weir/catalog/confluent"
)

// attribute is a scalar that an entity has, and that can be filtered and
// ordered by.
type attribute struct{ Name, Scalar, Says string }

// relation leads from an entity to one other, or to a list.
type relation struct{ Name, To, Says string }

// object is an entity type as the template writes it.
type object struct {
	Name, Says, Interfaces string
	Attributes             []attribute
	Relations              []relation
}

// says describes the entity types.
var says = map[confluent.Type]string{
	confluent.Any:            "An entity of any type.",
	confluent.Schema:         "The content of a schema: one id of one context.",
	confluent.Record:         "A record, message or object of a schema.",
	confluent.Field:          "A field of a record. A name that several schemas have is there once for each.",
	confluent.SubjectVersion: "A version of a subject.",
	confluent.Topic:          "A topic of a Kafka cluster.",
	confluent.Cluster:        "A Kafka cluster.",
	confluent.Connector:      "A connector.",
	confluent.Environment:    "An environment: all that one registry serves.",
}

// attributeSays describes attributes by name, or by type and name where one
// name means two things.
var attributeSays = map[string]string{
	"name":                   "What people call it.",
	"nameLower":              "The name in lower case.",
	"qualifiedName":          "Its name among all entities of its type, in the canonical form.",
	"description":            "What it is: what people wrote comes before what the schema says.",
	"owner":                  "Who owns it.",
	"ownerEmail":             "How to reach the owner.",
	"createTime":             "When it was first seen (ISO 8601).",
	"updateTime":             "When it, or what is said of it, last changed (ISO 8601).",
	"guid":                   "An opaque name that stays.",
	"entityStatus":           "ACTIVE, or DELETED for what only `deleted: true` brings.",
	"context":                "The context of the schema, `.` for the default one.",
	"schemaType":             "AVRO, JSON or PROTOBUF.",
	"namespace":              "What stands before the name in the full name.",
	"subject":                "The subject's name without its context.",
	"clusterId":              "The id of the cluster that it is in.",
	"logical_cluster_id":     "The same as clusterId, by the name that DataHub asks for.",
	"class":                  "The connector's class.",
	"status":                 "How it is doing.",
	"version":                "The version of the subject.",
	"deleted":                "Whether it is soft-deleted.",
	"id":                     "The id of the schema.",
	"type":                   "The field's type.",
	"cn_connector.type":      "source or sink.",
	"kafka_topic.id":         "The same as guid.",
	"sr_field.version":       "The newest version of a subject that has its schema.",
	"sr_record.version":      "The newest version of a subject that has its schema.",
	"sr_schema.version":      "The newest version of a subject that has it.",
	"cn_connector.clusterId": "The id of its Connect cluster.",
}

// relations are those of catalog-api.md section 8, and their ways back.
var relations = map[confluent.Type][]relation{
	confluent.Schema: {
		{"subject_versions", "[sr_subject_version]", "The versions of subjects that hold it."},
		{"types", "[sr_type]", "The types that it defines; ask for their fields by `... on sr_record`."},
	},
	confluent.Record: {
		{"schema", "sr_schema", "The schema that defines it."},
		{"fields", "[sr_field]", "Its fields, by name."},
	},
	confluent.Field: {
		{"record", "sr_record", "The record that it is in."},
	},
	confluent.SubjectVersion: {
		{"schema", "sr_schema", "The schema that it holds."},
	},
	confluent.Topic: {
		{"logical_cluster", "kafka_logical_cluster", "The cluster that it is in."},
	},
	confluent.Cluster: {
		{"topics", "[kafka_topic]", "Its topics, by name."},
	},
	confluent.Connector: {
		{"topics", "[kafka_topic]", "The topics that it reads or writes."},
	},
}

// scalars are the GraphQL types of the kinds of values. A time is a text, as
// clients take it (catalog-api.md section 6).
var scalars = map[confluent.ValueKind]string{
	confluent.Text:   "String",
	confluent.Number: "Int",
	confluent.Time:   "String",
	confluent.Bool:   "Boolean",
}

// describe makes the object of a type.
func describe(t confluent.Type) object {
	o := object{Name: string(t), Says: says[t], Interfaces: "cf_entity", Relations: relations[t]}
	if t == confluent.Record {
		o.Interfaces = "cf_entity & sr_type"
	}
	add := func(name, scalar string) {
		text, ok := attributeSays[string(t)+"."+name]
		if !ok {
			text = attributeSays[name]
		}
		o.Attributes = append(o.Attributes, attribute{name, scalar, text})
	}
	for _, a := range t.Attributes() {
		add(a.Name, scalars[a.Kind])
	}
	for _, name := range more(t) {
		add(name, "String")
	}
	return o
}

// more are attributes by which clients of this API alone ask: kafka_topic has
// an id in a public agent's query, and its cluster is logical_cluster_id in
// DataHub's.
func more(t confluent.Type) []string {
	list := []string{"guid", "entityStatus"}
	if t == confluent.Topic {
		list = append(list, "id", "logical_cluster_id")
	}
	return list
}

// describeAll makes the objects of all types, in the order of the wire's list
// (catalog-api.md section 8).
func describeAll() []object {
	order := []confluent.Type{
		confluent.Schema, confluent.Record, confluent.Field, confluent.SubjectVersion,
		confluent.Topic, confluent.Cluster, confluent.Connector, confluent.Environment,
	}
	for _, t := range confluent.Types() {
		if !slices.Contains(order, t) {
			order = append(order, t)
		}
	}
	var list []object
	for _, t := range order {
		list = append(list, describe(t))
	}
	return list
}
