package declare

import (
	"encoding/json"

	"github.com/weir-registry/weir/catalog"
)

// definition reads the members of a spec that say what a thing is; nil for a
// kind that schemas tell of. Its members, with the names of the wire where it
// has any (catalog-api.md sections 2 and 3):
//
//	Tag               description, color, entityTypes, attributeDefs, parent, propagates,
//	                  superTypes, subTypes, serviceType, options
//	BusinessMetadata  description, entityTypes, attributeDefs, serviceType, options
//	Term              definition, synonyms, parent, related
//	Domain            parent
//	DataProduct       outputs (references to entities)
//	Team              members (names of persons), contact (links)
//	Person            email
func (r *reader) definition(ref catalog.Ref, o *fields) catalog.Definition {
	switch ref.Kind {
	case catalog.KindTag:
		return &catalog.TagDefinition{
			Name:        ref.Name,
			Description: o.text("description"),
			Color:       o.text("color"),
			EntityTypes: o.texts("entityTypes", nil),
			Attributes:  r.attributeDefs(o),
			Parent:      o.named("parent", ref.Kind),
			Propagates:  o.flag("propagates"),
			SuperTypes:  o.texts("superTypes", nil),
			SubTypes:    o.texts("subTypes", nil),
			ServiceType: o.text("serviceType"),
			Options:     o.textMap("options"),
		}
	case catalog.KindBusinessMetadata:
		return &catalog.MetadataDefinition{
			Name:        ref.Name,
			Description: o.text("description"),
			AppliesTo:   o.texts("entityTypes", nil),
			Attributes:  r.attributeDefs(o),
			ServiceType: o.text("serviceType"),
			Options:     o.textMap("options"),
		}
	case catalog.KindTerm:
		return &catalog.Term{
			Name:       ref.Name,
			Definition: o.text("definition"),
			Synonyms:   o.texts("synonyms", nil),
			Parent:     o.named("parent", ref.Kind),
			Related:    o.names("related", ref.Kind),
		}
	case catalog.KindDomain:
		return &catalog.DomainDefinition{Name: ref.Name, Parent: o.named("parent", ref.Kind)}
	case catalog.KindDataProduct:
		product := &catalog.DataProduct{Name: ref.Name}
		for _, v := range o.list("outputs") {
			if output := r.entityRef(v); !output.IsZero() {
				product.Outputs = append(product.Outputs, output.String())
			}
		}
		return product
	case catalog.KindTeam:
		return &catalog.Team{
			Name:    ref.Name,
			Members: o.names("members", catalog.KindPerson),
			Contact: r.links("contact", o),
		}
	case catalog.KindPerson:
		return &catalog.Person{Name: ref.Name, Email: o.text("email")}
	}
	return nil
}

// definitionInto writes what definition reads.
func definitionInto(spec *value, d catalog.Definition) {
	switch d := d.(type) {
	case *catalog.TagDefinition:
		spec.putText("description", d.Description)
		spec.putText("color", d.Color)
		if len(d.EntityTypes) != 1 || d.EntityTypes[0] != anyEntity {
			spec.put("entityTypes", textsValue(d.EntityTypes))
		}
		spec.put("attributeDefs", attributeDefsValue(d.Attributes, nil))
		spec.putText("parent", d.Parent)
		if d.Propagates {
			spec.put("propagates", boolValue(true))
		}
		spec.put("superTypes", textsValue(d.SuperTypes))
		spec.put("subTypes", textsValue(d.SubTypes))
		spec.putText("serviceType", d.ServiceType)
		spec.put("options", textMapValue(d.Options))
	case *catalog.MetadataDefinition:
		spec.putText("description", d.Description)
		spec.put("entityTypes", textsValue(d.AppliesTo))
		spec.put("attributeDefs", attributeDefsValue(d.Attributes, metadataOptions()))
		spec.putText("serviceType", d.ServiceType)
		spec.put("options", textMapValue(d.Options))
	case *catalog.Term:
		spec.putText("definition", d.Definition)
		spec.put("synonyms", textsValue(d.Synonyms))
		spec.putText("parent", d.Parent)
		spec.put("related", textsValue(d.Related))
	case *catalog.DomainDefinition:
		spec.putText("parent", d.Parent)
	case *catalog.DataProduct:
		outputs := value{kind: list}
		for _, text := range d.Outputs {
			if ref, err := catalog.ParseRef(text); err == nil {
				outputs.list = append(outputs.list, entityRefValue(ref))
			}
		}
		spec.put("outputs", outputs)
	case *catalog.Team:
		spec.put("members", textsValue(d.Members))
		spec.put("contact", linksValue(d.Contact))
	case *catalog.Person:
		spec.putText("email", d.Email)
	}
}

// anyEntity is the entity type of all (catalog-api.md section 2), which a tag
// has that names none.
const anyEntity = "cf_entity"

// metadataOptions are those that an attribute of business metadata has that
// names none (catalog-api.md section 3).
func metadataOptions() map[string]string {
	return map[string]string{"applicableEntityTypes": `["cf_entity"]`, "maxStrLength": "5000"}
}

// attributeDefs reads the attributes of a definition: AttributeDef of
// catalog-api.md section 2, with the defaults of section 3.
func (r *reader) attributeDefs(o *fields) []catalog.AttributeDefinition {
	var list []catalog.AttributeDefinition
	names := map[string]bool{}
	for _, v := range o.list("attributeDefs") {
		of := r.object(v, "an attribute")
		a := catalog.AttributeDefinition{
			Name:                  of.needText("name"),
			TypeName:              of.text("typeName"),
			IsOptional:            of.flag("isOptional"),
			DefaultValue:          of.text("defaultValue"),
			Description:           of.text("description"),
			DisplayName:           of.text("displayName"),
			Cardinality:           of.text("cardinality"),
			ValuesMinCount:        int32(of.int("valuesMinCount", 0)),
			ValuesMaxCount:        int32(of.int("valuesMaxCount", 0)),
			IsUnique:              of.flag("isUnique"),
			IsIndexable:           of.flag("isIndexable"),
			IncludeInNotification: of.flag("includeInNotification"),
			SearchWeight:          int32(of.int("searchWeight", 0)),
			IndexType:             of.text("indexType"),
			Options:               of.textMap("options"),
		}
		for _, c := range of.list("constraints") {
			a.Constraints = append(a.Constraints, c.sorted().json())
		}
		of.done()
		if names[a.Name] {
			r.faults.add(v.Place, Twice, "the attribute %s is given twice", a.Name)
			continue
		}
		names[a.Name] = true
		list = append(list, a)
	}
	return list
}

// attributeDefsValue writes what attributeDefs reads. What the catalog fills in
// by itself is left out; options are those that it gives an attribute.
func attributeDefsValue(defs []catalog.AttributeDefinition, options map[string]string) value {
	all := value{kind: list}
	for _, a := range defs {
		v := value{kind: object}
		v.put("name", textValue(a.Name))
		if a.TypeName != "string" {
			v.putText("typeName", a.TypeName)
		}
		putFlag(&v, "isOptional", a.IsOptional)
		v.putText("defaultValue", a.DefaultValue)
		v.putText("description", a.Description)
		v.putText("displayName", a.DisplayName)
		if a.Cardinality != "SINGLE" {
			v.putText("cardinality", a.Cardinality)
		}
		putCount(&v, "valuesMinCount", a.ValuesMinCount, filledMin(a))
		putCount(&v, "valuesMaxCount", a.ValuesMaxCount, filledMax(a))
		putFlag(&v, "isUnique", a.IsUnique)
		putFlag(&v, "isIndexable", a.IsIndexable)
		putFlag(&v, "includeInNotification", a.IncludeInNotification)
		putCount(&v, "searchWeight", a.SearchWeight, -1)
		v.putText("indexType", a.IndexType)
		if !textMapValue(a.Options).same(textMapValue(options)) {
			v.put("options", textMapValue(a.Options))
		}
		constraints := value{kind: list}
		for _, c := range a.Constraints {
			constraints.list = append(constraints.list, kept(json.RawMessage(c)))
		}
		v.put("constraints", constraints)
		all.list = append(all.list, v)
	}
	return all
}

func filledMin(a catalog.AttributeDefinition) int32 {
	if a.IsOptional {
		return 0
	}
	return 1
}

func filledMax(a catalog.AttributeDefinition) int32 {
	if a.Cardinality == "SINGLE" || a.Cardinality == "" {
		return 1
	}
	return 1<<31 - 1
}

func putFlag(v *value, name string, flag bool) {
	if flag {
		v.put(name, boolValue(true))
	}
}

// putCount writes a number unless the catalog would fill in the same; 0 stands
// for that, too.
func putCount(v *value, name string, n, filled int32) {
	if n != 0 && n != filled {
		v.put(name, intValue(int64(n)))
	}
}
