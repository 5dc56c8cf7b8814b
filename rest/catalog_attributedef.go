package rest

import (
	"encoding/json"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/schema/jsontext"
)

// attributeBody is an AttributeDef as it is sent; nil members are absent.
type attributeBody struct {
	name                  string
	typeName              *string
	isOptional            *bool
	cardinality           *string
	valuesMinCount        *int32
	valuesMaxCount        *int32
	isUnique              *bool
	isIndexable           *bool
	includeInNotification *bool
	defaultValue          *string
	description           *string
	searchWeight          *int32
	indexType             *string
	displayName           *string
	options               map[string]string
	constraints           *[]json.RawMessage
}

func (f *fields) attributes(v jsontext.Value) *[]attributeBody {
	if !f.list(v) {
		return nil
	}
	list := make([]attributeBody, 0, v.Len())
	for item := range items(v) {
		if item.Kind() != jsontext.Object {
			f.wrong(item, "an object")
			return &list
		}
		list = append(list, f.attribute(item))
	}
	return &list
}

func (f *fields) attribute(v jsontext.Value) attributeBody {
	var a attributeBody
	for member := range items(v) {
		switch member.Name() {
		case "name":
			if name := f.str(member); name != nil {
				a.name = *name
			}
		case "typeName":
			a.typeName = f.str(member)
		case "isOptional":
			a.isOptional = f.boolean(member)
		case "cardinality":
			a.cardinality = f.str(member)
		case "valuesMinCount":
			a.valuesMinCount = f.integer(member)
		case "valuesMaxCount":
			a.valuesMaxCount = f.integer(member)
		case "isUnique":
			a.isUnique = f.boolean(member)
		case "isIndexable":
			a.isIndexable = f.boolean(member)
		case "includeInNotification":
			a.includeInNotification = f.boolean(member)
		case "defaultValue":
			a.defaultValue = f.str(member)
		case "description":
			a.description = f.str(member)
		case "searchWeight":
			a.searchWeight = f.integer(member)
		case "indexType":
			a.indexType = f.str(member)
		case "displayName":
			a.displayName = f.str(member)
		case "options":
			a.options = f.strings(member, true)
		case "constraints":
			if f.list(member) {
				list := []json.RawMessage{}
				for item := range items(member) {
					list = append(list, raw(item))
				}
				a.constraints = &list
			}
		}
	}
	return a
}

// definedAttributes makes the attributes of a definition: each of what is sent
// over the stored one of that name. What neither says the catalog fills in.
func definedAttributes(sent []attributeBody, stored []catalog.AttributeDefinition) []catalog.AttributeDefinition {
	made := make([]catalog.AttributeDefinition, 0, len(sent))
	for i := range sent {
		a := catalog.AttributeDefinition{Name: sent[i].name}
		for j := range stored {
			if stored[j].Name == sent[i].name {
				a = stored[j]
			}
		}
		sent[i].over(&a)
		made = append(made, a)
	}
	return made
}

// over puts what was sent over an attribute.
func (s *attributeBody) over(a *catalog.AttributeDefinition) {
	overlay(s.typeName, &a.TypeName)
	overlay(s.isOptional, &a.IsOptional)
	overlay(s.cardinality, &a.Cardinality)
	overlay(s.valuesMinCount, &a.ValuesMinCount)
	overlay(s.valuesMaxCount, &a.ValuesMaxCount)
	overlay(s.isUnique, &a.IsUnique)
	overlay(s.isIndexable, &a.IsIndexable)
	overlay(s.includeInNotification, &a.IncludeInNotification)
	overlay(s.defaultValue, &a.DefaultValue)
	overlay(s.description, &a.Description)
	overlay(s.searchWeight, &a.SearchWeight)
	overlay(s.indexType, &a.IndexType)
	overlay(s.displayName, &a.DisplayName)
	overlay(s.constraints, &a.Constraints)
	if s.options != nil {
		a.Options = s.options
	}
}

func appendAttribute(b []byte, a catalog.AttributeDefinition) []byte {
	first := true
	b = appendText(appendName(append(b, '{'), "name", &first), a.Name)
	b = appendText(appendName(b, "typeName", &first), a.TypeName)
	b = appendBool(appendName(b, "isOptional", &first), a.IsOptional)
	b = appendNonEmpty(b, "cardinality", a.Cardinality, &first)
	b = appendInt(appendName(b, "valuesMinCount", &first), a.ValuesMinCount)
	b = appendInt(appendName(b, "valuesMaxCount", &first), a.ValuesMaxCount)
	b = appendBool(appendName(b, "isUnique", &first), a.IsUnique)
	b = appendBool(appendName(b, "isIndexable", &first), a.IsIndexable)
	b = appendBool(appendName(b, "includeInNotification", &first), a.IncludeInNotification)
	b = appendNonEmpty(b, "defaultValue", a.DefaultValue, &first)
	b = appendText(appendName(b, "description", &first), a.Description)
	b = appendInt(appendName(b, "searchWeight", &first), a.SearchWeight)
	b = appendNonEmpty(b, "indexType", a.IndexType, &first)
	b = appendList(appendName(b, "constraints", &first), a.Constraints, appendVerbatim)
	b = appendStrings(appendName(b, "options", &first), a.Options)
	b = appendNonEmpty(b, "displayName", a.DisplayName, &first)
	return append(b, '}')
}
