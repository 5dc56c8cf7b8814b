package catalog

import (
	"slices"
	"strings"
)

// completeTag fills in and checks a tag definition (catalog-api.md sections 1
// and 2).
func (p *plan) completeTag(d, old *TagDefinition) error {
	ref := d.Ref()
	if len(d.EntityTypes) == 0 {
		d.EntityTypes = []string{anyType}
	}
	if d.TypeVersion == "" {
		d.TypeVersion = "1.0"
	}
	if !isColor(d.Color) {
		return &InvalidError{Reason: BadValue, Ref: ref, Path: []string{"color"}, Message: "there is no color named " + d.Color}
	}
	if err := checkTypes(ref, d.EntityTypes, "entityTypes"); err != nil {
		return err
	}
	d.Attributes = fillAttributes(d.Attributes, false)
	var before []AttributeDefinition
	if old != nil {
		before = existing(old.Attributes)
		for _, t := range old.EntityTypes {
			if !slices.Contains(d.EntityTypes, t) && !slices.Contains(d.EntityTypes, anyType) {
				return &InvalidError{
					Reason: EntityTypesShrink, Ref: ref, Path: []string{"entityTypes"},
					Message: "the entity types of an existing tag may not shrink: " + t + " is missing",
				}
			}
		}
	}
	if err := checkAttributes(ref, before, d.Attributes, p.used(ref)); err != nil {
		return err
	}
	return p.parent(ref, d.Parent)
}

// completeMetadata fills in and checks a business metadata definition
// (catalog-api.md sections 1 and 3).
func (p *plan) completeMetadata(d, old *MetadataDefinition) error {
	ref := d.Ref()
	if d.TypeVersion == "" {
		d.TypeVersion = "1.0"
	}
	if err := checkTypes(ref, d.AppliesTo, "appliesTo"); err != nil {
		return err
	}
	d.Attributes = existing(fillAttributes(d.Attributes, true))
	var before []AttributeDefinition
	if old != nil {
		before = existing(old.Attributes)
	}
	return checkAttributes(ref, before, d.Attributes, p.used(ref))
}

// existing are the attributes of a definition that is there: not nil, even
// when there are none.
func existing(list []AttributeDefinition) []AttributeDefinition {
	if list == nil {
		return []AttributeDefinition{}
	}
	return list
}

// used says whether anybody uses a definition. Who decides by it hears of new
// users.
func (p *plan) used(definition Ref) bool {
	p.keys[UsesKey(definition)] = struct{}{}
	for range p.said.usersOf(definition) {
		return true
	}
	return false
}

// isColor knows the colors of catalog-api.md section 2.
func isColor(color string) bool {
	base := strings.TrimSuffix(strings.TrimSuffix(color, "_LIGHT"), "_DARK")
	if base != color && len(color)-len(base) > len("_LIGHT") {
		return false
	}
	return color == "" || slices.Contains([]string{"PURPLE", "BLUE", "GREEN", "YELLOW", "ORANGE", "RED", "MAGENTA", "NEUTRAL"}, base)
}

// merge lets the members that a definition leaves out keep their values
// (catalog-api.md section 2: PUT). What is empty is left out.
func merge(old, next Definition) {
	switch d := next.(type) {
	case *TagDefinition:
		o := old.(*TagDefinition)
		keep(&d.Description, o.Description)
		keep(&d.Color, o.Color)
		keep(&d.Parent, o.Parent)
		keep(&d.ServiceType, o.ServiceType)
		keep(&d.TypeVersion, o.TypeVersion)
		d.Propagates = d.Propagates || o.Propagates
		keepList(&d.EntityTypes, o.EntityTypes)
		keepList(&d.SuperTypes, o.SuperTypes)
		keepList(&d.SubTypes, o.SubTypes)
		keepList(&d.Attributes, o.Attributes)
		keepMap(&d.Options, o.Options)
	case *MetadataDefinition:
		o := old.(*MetadataDefinition)
		keep(&d.Description, o.Description)
		keep(&d.ServiceType, o.ServiceType)
		keep(&d.TypeVersion, o.TypeVersion)
		keepList(&d.AppliesTo, o.AppliesTo)
		keepList(&d.Attributes, o.Attributes)
		keepMap(&d.Options, o.Options)
	case *Term:
		o := old.(*Term)
		keep(&d.Definition, o.Definition)
		keep(&d.Parent, o.Parent)
		keepList(&d.Synonyms, o.Synonyms)
		keepList(&d.Related, o.Related)
	case *DomainDefinition:
		keep(&d.Parent, old.(*DomainDefinition).Parent)
	case *DataProduct:
		keepList(&d.Outputs, old.(*DataProduct).Outputs)
	case *Team:
		o := old.(*Team)
		keepList(&d.Members, o.Members)
		keepList(&d.Contact, o.Contact)
	case *Person:
		keep(&d.Email, old.(*Person).Email)
	}
}

func keep(text *string, old string) {
	if *text == "" {
		*text = old
	}
}

func keepList[T any](list *[]T, old []T) {
	if len(*list) == 0 {
		*list = old
	}
}

func keepMap(m *map[string]string, old map[string]string) {
	if len(*m) == 0 {
		*m = old
	}
}

func attributesOf(d Definition) []AttributeDefinition {
	switch d := d.(type) {
	case *TagDefinition:
		return d.Attributes
	case *MetadataDefinition:
		return d.Attributes
	}
	return nil
}
