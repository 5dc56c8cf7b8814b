package catalog

import "slices"

// anyType is the entity type that every other is a kind of (catalog-api.md
// section 2).
const anyType = "cf_entity"

// entityTypes are the entity types that definitions may name (catalog-api.md
// section 6), with the kinds that each means. On the wire a subject has two
// faces: as sr_schema, by the id that its versions hold, and as
// sr_subject_version; so both may be put on a subject. A context has no type
// of its own there and goes with the environment.
var entityTypes = map[string][]Kind{
	"sr_schema":             {KindSubject, KindSchema},
	"sr_subject_version":    {KindSchemaVersion, KindSubject},
	"sr_record":             {KindRecord},
	"sr_field":              {KindField},
	"kafka_topic":           {KindTopic},
	"kafka_logical_cluster": {KindCluster},
	"cf_environment":        {KindContext},
	"cn_connector":          nil,
	anyType:                 nil,
}

// among says whether one of the types means a kind.
func (k Kind) among(types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool { return t == anyType || slices.Contains(entityTypes[t], k) })
}

// checkTypes refuses types that there are not.
func checkTypes(ref Ref, types []string, path string) error {
	for _, t := range types {
		if _, known := entityTypes[t]; !known {
			return &InvalidError{Reason: UnknownEntityType, Ref: ref, Path: []string{path}, Message: "there is no entity type named " + t}
		}
	}
	return nil
}
