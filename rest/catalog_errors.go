package rest

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
)

// The error codes of the catalog (catalog-api.md 1): the status, then the
// number of Apache Atlas's code for it, of which the wire writes ATLAS-400-00-014
// as 4000020.
const (
	codeNewMandatory      = 4000012
	codeAttributeRemoved  = 4000013
	codeUnknownType       = 4000020
	codeBadTypeName       = 4000025
	codeTagThere          = 4000027
	codeEntityTypesShrink = 4000081
	codeUnknownEntityType = 4000082
	codeNotApplicable     = 4000085
	codeTagNotThere       = 4000109
	codeNoQualifiedName   = 4000115
	codeUnknownAttribute  = 4000116
	codeBadValue          = 4000117
	codeTypeNotFound      = 4040001
	codeEntityNotFound    = 4040009
	codeTypeExists        = 4090001
	codeTypeInUse         = 4090002
)

// catalogCode makes a refusal of one of these codes.
func catalogCode(code int, format string, args ...any) *refusal {
	return &refusal{status: statusOf(code), code: code, message: fmt.Sprintf(format, args...)}
}

// catalogRefusal is the part of refusalOf that knows the catalog's errors; nil
// for others.
func catalogRefusal(err error) *refusal {
	var (
		unknownType *confluent.TypeError
		noEntity    *confluent.NotFoundError
		notFound    *catalog.NotFoundError
		unknown     *catalog.UnknownTypeError
		exists      *catalog.ExistsError
		absent      *catalog.AbsentError
		stale       *catalog.StaleError
		inUse       *catalog.InUseError
		invalid     *catalog.InvalidError
	)
	switch {
	case errors.As(err, &unknownType):
		return unknownEntityType(string(unknownType.Type))
	case errors.As(err, &noEntity):
		return catalogCode(codeEntityNotFound, "Instance %s with unique attribute {qualifiedName=%s} does not exist", noEntity.Type, noEntity.Text)
	case errors.As(err, &notFound):
		if category := categoryOf(notFound.Ref.Kind); category != "" {
			return catalogCode(codeTypeNotFound, "Given typename %s was invalid: there is no %s of that name", notFound.Ref.Name, category)
		}
		return catalogCode(codeEntityNotFound, "Instance %s does not exist", notFound.Ref)
	case errors.As(err, &unknown):
		return catalogCode(codeUnknownType, "Type %s with name %s does not exist", categoryOf(unknown.Kind), unknown.Name)
	case errors.As(err, &exists) && exists.On.IsZero():
		return catalogCode(codeTypeExists, "Given type %s already exists", exists.Ref.Name)
	case errors.As(err, &exists):
		return catalogCode(codeTagThere, "The entity is already associated with %s", exists.Ref.Name)
	case errors.As(err, &absent):
		return catalogCode(codeTagNotThere, "%s is not associated with the entity", absent.Ref.Name)
	case errors.As(err, &inUse):
		return catalogCode(codeTypeInUse, "Given type %s has references: %d entities carry it", inUse.Ref.Name, inUse.Uses)
	case errors.As(err, &stale):
		return &refusal{status: http.StatusConflict, code: http.StatusConflict, message: stale.Error()}
	case errors.As(err, &invalid):
		return invalidRefusal(invalid)
	}
	return nil
}

// invalidRefusal says which rule of the table is broken; what the table has no
// number for is a plain 400.
func invalidRefusal(e *catalog.InvalidError) *refusal {
	code := http.StatusBadRequest
	switch e.Reason {
	case catalog.BadName:
		code = codeBadTypeName
	case catalog.BadValue, catalog.MissingAttribute:
		code = codeBadValue
	case catalog.UnknownAttribute:
		code = codeUnknownAttribute
	case catalog.NotApplicable:
		code = codeNotApplicable
	case catalog.AttributeMandatory:
		code = codeNewMandatory
	case catalog.AttributeRemoved:
		code = codeAttributeRemoved
	case catalog.EntityTypesShrink:
		code = codeEntityTypesShrink
	case catalog.UnknownEntityType:
		code = codeUnknownEntityType
	case catalog.Derived:
		code = codeTagNotThere
	}
	return catalogCode(code, "%s", e.Message)
}

// categoryOf is what the wire calls a kind of definition; empty for what is
// none of its.
func categoryOf(k catalog.Kind) string {
	switch k {
	case catalog.KindTag:
		return "CLASSIFICATION"
	case catalog.KindBusinessMetadata:
		return "BUSINESS_METADATA"
	}
	return ""
}

// unknownEntityType is the refusal of an entity type in a body or a query.
func unknownEntityType(name string) *refusal {
	return catalogCode(codeUnknownType, "Type ENTITY with name %s does not exist", name)
}

// asNamedType turns the refusal of an entity type into that of one in a path.
func asNamedType(err error) error {
	var unknown *confluent.TypeError
	if errors.As(err, &unknown) {
		return catalogCode(codeTypeNotFound, "Given typename %s was invalid: there is no ENTITY of that name", unknown.Type)
	}
	return err
}
