package confluent

import (
	"errors"
	"time"

	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/graphql/confluent/entity"
)

// value gives an attribute of an entity by its name in the schema, as
// [confluent.ValueKind] has it; nil for none. The schema has a few attributes
// more than the wire's REST (schemagen).
func value(e *confluent.Entity, attribute string) any {
	switch attribute {
	case "guid":
		return e.GUID()
	case "entityStatus":
		return entity.Status(e)
	case "logical_cluster_id":
		return e.Attribute("clusterId")
	case "id":
		if e.Type() == confluent.Topic {
			return e.GUID()
		}
	}
	return e.Attribute(attribute)
}

// kindOf gives the kind of an attribute's values. What only this schema has is
// text.
func kindOf(t confluent.Type, attribute string) confluent.ValueKind {
	a, ok := t.Attribute(attribute)
	if !ok {
		return confluent.Text
	}
	return a.Kind
}

// asText writes a value as the client sees it.
func asText(kind confluent.ValueKind, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int64:
		if kind == confluent.Time {
			return entity.FormatTime(v)
		}
	}
	return ""
}

// hasValue says that an attribute has one; an empty text is none, as clients
// clear attributes with it (catalog-api.md section 4).
func hasValue(v any) bool { return v != nil && v != "" }

// asKind makes of an operand what the values of the attribute are.
func asKind(kind confluent.ValueKind, operand any) (any, error) {
	switch operand := operand.(type) {
	case int:
		return int64(operand), nil
	case string:
		if kind == confluent.Time {
			return parseTime(operand)
		}
	}
	return operand, nil
}

var errNoTime = errors.New("this is no ISO 8601 time")

// timeForms are the spellings of a time that criteria may have.
var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateTime, time.DateOnly}

// parseTime reads a time into milliseconds since the epoch; without a zone it
// is in UTC.
func parseTime(text string) (int64, error) {
	for _, form := range timeForms {
		if at, err := time.Parse(form, text); err == nil {
			return at.UnixMilli(), nil
		}
	}
	return 0, errNoTime
}

// plain takes an operand out of the pointer in which gqlgen hands a value that
// may be null.
func plain(v any) any {
	switch v := v.(type) {
	case *string:
		if v != nil {
			return *v
		}
		return nil
	case *int:
		if v != nil {
			return *v
		}
		return nil
	case *bool:
		if v != nil {
			return *v
		}
		return nil
	}
	return v
}
