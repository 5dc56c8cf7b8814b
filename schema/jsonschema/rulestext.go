package jsonschema

import (
	"slices"
	"strings"
)

func (r *StringRules) printed(list []printed) []printed {
	list = printedCount(printedCount(list, "maxLength", r.MaxLength), "minLength", r.MinLength)
	if r.HasPattern {
		list = append(list, printed{"pattern", r.Pattern})
	}
	if r.Format != "" {
		list = append(list, printed{"format", r.Format})
	}
	return list
}

func (r *NumberRules) printed(list []printed) []printed {
	list = printedValue(printedValue(list, "maximum", r.Maximum), "minimum", r.Minimum)
	list = printedValue(printedValue(list, "exclusiveMaximum", r.ExclusiveMaximum), "exclusiveMinimum", r.ExclusiveMinimum)
	list = printedFlag(printedFlag(list, "exclusiveMaximum", r.BelowMaximum), "exclusiveMinimum", r.AboveMinimum)
	return printedValue(list, "multipleOf", r.MultipleOf)
}

func (r *ArrayRules) printed(list []printed) []printed {
	list = printedFlag(list, "uniqueItems", r.Unique)
	list = printedCount(printedCount(list, "maxItems", r.MaxItems), "minItems", r.MinItems)
	list = printedCount(printedCount(list, "maxContains", r.MaxContains), "minContains", r.MinContains)
	list = printedNode(list, "items", r.All)
	if len(r.Items) > 0 {
		list = append(list, printed{"items", nodesText(r.Items)})
	}
	list = r.Additional.printed(list, "additionalItems")
	return printedNode(printedNode(list, "contains", r.Contains), "unevaluatedItems", r.Unevaluated)
}

func (r Rest) printed(list []printed, key string) []printed {
	if r.Forbidden {
		return append(list, printed{key, "false"})
	}
	return printedNode(list, key, r.Schema)
}

func (r *ObjectRules) printed(list []printed) []printed {
	list = printedCount(printedCount(list, "maxProperties", r.MaxProperties), "minProperties", r.MinProperties)
	if len(r.Required) > 0 {
		list = append(list, printed{"required", strings.Join(r.Required, "\x00")})
	}
	for _, d := range r.DependencyArrays {
		names := slices.Sorted(slices.Values(d.Names))
		list = append(list, printed{"dependencies", string(appendString(nil, d.Name)) + strings.Join(names, "\x00")})
	}
	list = printedProperties(list, "dependencies", r.DependentSchemas)
	list = printedProperties(list, "properties", r.Properties)
	if len(r.Patterns) > 0 {
		named := make([]Property, len(r.Patterns))
		for i, p := range r.Patterns {
			named[i] = Property{p.Pattern.Text, p.Node}
		}
		list = printedProperties(list, "patternProperties", inJavaOrder(named))
	}
	list = r.Additional.printed(list, "additionalProperties")
	return printedNode(printedNode(list, "propertyNames", r.Names), "unevaluatedProperties", r.Unevaluated)
}

func printedProperties(list []printed, key string, properties []Property) []printed {
	if len(properties) == 0 {
		return list
	}
	var b []byte
	for _, p := range properties {
		b = append(appendNode(append(appendString(b, p.Name), ':'), p.Node), ',')
	}
	return append(list, printed{key, string(b)})
}
