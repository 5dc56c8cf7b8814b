package contract

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// logicalType is ODCS's type of a field, empty where it has none that fits, and
// element the type of the items of an array. A type is the short text of an
// outline: "long (timestamp-millis)?", "array<com.acme.Line>", "repeated string".
func logicalType(format schema.Type, text string, children bool) (logical, element string) {
	text = strings.TrimSuffix(text, "?")
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		text = text[1 : len(text)-1]
	}
	if inner, ok := strings.CutPrefix(text, "array<"); ok && format != schema.Protobuf && strings.HasSuffix(inner, ">") {
		return "array", strings.TrimSuffix(inner, ">")
	}
	switch format {
	case schema.Avro:
		return avroType(text, children), ""
	case schema.Protobuf:
		text = strings.TrimPrefix(text, "optional ")
		if inner, ok := strings.CutPrefix(text, "repeated "); ok {
			return "array", inner
		}
		return protobufType(text, children), ""
	}
	return jsonType(text, children), ""
}

func avroType(text string, children bool) string {
	base, logical, _ := strings.Cut(text, " (")
	logical = strings.TrimSuffix(logical, ")")
	switch {
	case strings.Contains(text, " | "):
		return ""
	case logical == "date":
		return "date"
	case strings.HasPrefix(logical, "time-"):
		return "time"
	case strings.HasPrefix(logical, "timestamp-"), strings.HasPrefix(logical, "local-timestamp-"):
		return "timestamp"
	case logical == "decimal", logical == "big-decimal":
		return "number"
	}
	switch base {
	case "string", "bytes":
		return "string"
	case "int", "long":
		return "integer"
	case "float", "double":
		return "number"
	case "boolean":
		return "boolean"
	case "null":
		return ""
	}
	if children || strings.HasPrefix(base, "map<") {
		return "object"
	}
	// A record without fields looks like an enum or a fixed; both are texts.
	return "string"
}

func protobufType(text string, children bool) string {
	switch text {
	case "string", "bytes":
		return "string"
	case "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64":
		return "integer"
	case "float", "double":
		return "number"
	case "bool":
		return "boolean"
	case "google.protobuf.Timestamp":
		return "timestamp"
	case "google.type.Date":
		return "date"
	case "google.type.TimeOfDay":
		return "time"
	}
	if children || strings.HasPrefix(text, "map<") || strings.HasPrefix(text, "group ") || strings.HasPrefix(text, "google.") {
		return "object"
	}
	return "string" // an enum
}

func jsonType(text string, children bool) string {
	switch text {
	case "string", "number", "integer", "boolean", "object", "array":
		return text
	case "enum":
		return "string"
	}
	if children {
		return "object"
	}
	return ""
}
