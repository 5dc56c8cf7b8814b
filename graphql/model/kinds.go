package model

import (
	"encoding/json"

	"github.com/weir-registry/weir/catalog"
)

// A definition says in the wire's names what it is for (catalog-api.md
// section 6), this API in kinds. "cf_entity" is anything.
const anything = "cf_entity"

var wireNames = map[catalog.Kind]string{
	catalog.KindSubject:       "sr_schema",
	catalog.KindSchemaVersion: "sr_subject_version",
	catalog.KindRecord:        "sr_record",
	catalog.KindField:         "sr_field",
	catalog.KindTopic:         "kafka_topic",
	catalog.KindCluster:       "kafka_logical_cluster",
	catalog.KindContext:       "cf_environment",
	"CONNECTOR":               "cn_connector",
}

// KindsOf gives the kinds of the wire's names; none for anything.
func KindsOf(names []string) []catalog.Kind {
	kinds := []catalog.Kind{}
	for _, name := range names {
		if name == anything {
			return []catalog.Kind{}
		}
		for kind, wire := range wireNames {
			if wire == name {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}

// WireNames gives the wire's names of kinds; anything for none.
func WireNames(kinds []catalog.Kind) ([]string, error) {
	if len(kinds) == 0 {
		return []string{anything}, nil
	}
	names := make([]string, 0, len(kinds))
	for _, kind := range kinds {
		name, ok := wireNames[kind]
		if !ok {
			return nil, &NotTaggableError{kind}
		}
		names = append(names, name)
	}
	return names, nil
}

// NotTaggableError says that tags and business metadata cannot be limited to a
// kind.
type NotTaggableError struct{ Kind catalog.Kind }

func (e *NotTaggableError) Error() string {
	return "no definition can be limited to " + string(e.Kind)
}

func splitOptions(text string) []string {
	list := []string{}
	if text == "" || json.Unmarshal([]byte(text), &list) != nil {
		return []string{}
	}
	return list
}
