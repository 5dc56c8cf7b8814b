package graphql

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/generated"
	"github.com/weir-registry/weir/graphql/model"
)

// userErrors makes a mistake of the caller's data: what is wrong with which part
// of the input that stands at a path. Everything else stays an error.
func (s *server) userErrors(ctx context.Context, err error, at ...string) ([]*generated.UserError, error) {
	if err == nil {
		return []*generated.UserError{}, nil
	}
	code, ok := codeOf(err)
	switch code {
	case codeUnavailable, codeOutcomeUnknown, codeTimeout, codeCanceled:
		ok = false
	}
	if !ok {
		return nil, err
	}
	code, message := s.told(ctx, err)
	return []*generated.UserError{{Code: code, Message: message, Path: slices.Concat(at, partOf(err))}}, nil
}

// partOf leads to the part of an input that an error is about.
func partOf(err error) []string {
	var (
		place   *locatedError
		input   *inputError
		invalid *catalog.InvalidError
		unknown *catalog.UnknownTypeError
		stale   *catalog.StaleError
	)
	switch {
	case errors.As(err, &place):
		return place.path
	case errors.As(err, &input):
		return input.path
	case errors.As(err, &invalid):
		return invalid.Path
	case errors.As(err, &unknown):
		switch unknown.Kind {
		case catalog.KindTag:
			return []string{"addTags"}
		case catalog.KindTerm:
			return []string{"addTerms"}
		case catalog.KindBusinessMetadata:
			return []string{"businessMetadata"}
		}
	case errors.As(err, &stale):
		return []string{"expectedVersion"}
	}
	return nil
}

// reader reads what a command left.
func (m *mutations) reader(ctx context.Context, outcome *catalog.Outcome) *model.Reader {
	return m.source.ReaderOf(ctx, outcome.View)
}

// object reads a JSON object; null and nothing are none.
func object(j model.JSON, path ...string) (map[string]json.RawMessage, error) {
	var out map[string]json.RawMessage
	if len(j) == 0 || json.Unmarshal(j, &out) != nil {
		if len(j) == 0 {
			return nil, nil
		}
		return nil, &inputError{path, "a JSON object is needed"}
	}
	return out, nil
}

// refIn reads an id at a path of an input.
func refIn(id string, path []string, kinds ...catalog.Kind) (catalog.Ref, error) {
	if len(kinds) == 0 {
		ref, err := model.ParseID(id)
		return ref, located(err, path)
	}
	ref, err := model.RefOfKind(id, kinds...)
	return ref, located(err, path)
}

// locatedError is an error with the part of the input that it is about.
type locatedError struct {
	err  error
	path []string
}

func (e *locatedError) Error() string { return e.err.Error() }
func (e *locatedError) Unwrap() error { return e.err }

func located(err error, path []string) error {
	if err == nil {
		return nil
	}
	return &locatedError{err, path}
}

// ownersIn reads owners.
func ownersIn(list []*generated.OwnerInput, path ...string) (*[]catalog.OwnerValue, error) {
	if list == nil {
		return nil, nil
	}
	owners := make([]catalog.OwnerValue, 0, len(list))
	for _, o := range list {
		ref, err := refIn(o.Owner, path, catalog.KindTeam, catalog.KindPerson)
		if err != nil {
			return nil, err
		}
		owners = append(owners, catalog.OwnerValue{Owner: ref, Role: o.Role})
	}
	return &owners, nil
}

// linksIn reads links.
func linksIn(list []*generated.LinkInput) []catalog.Link {
	links := make([]catalog.Link, 0, len(list))
	for _, l := range list {
		links = append(links, catalog.Link{Title: l.Title, URL: l.URL})
	}
	return links
}

// nameIn reads the id of a definition, as its name; nil for none.
func nameIn(id *string, kind catalog.Kind, path ...string) (*string, error) {
	if id == nil {
		return nil, nil
	}
	ref, err := refIn(*id, path, kind)
	return &ref.Name, err
}

// namesIn reads ids of definitions, as their names.
func namesIn(ids []string, kind catalog.Kind, path ...string) ([]string, error) {
	var names []string
	for _, id := range ids {
		ref, err := refIn(id, path, kind)
		if err != nil {
			return nil, err
		}
		names = append(names, ref.Name)
	}
	return names, nil
}
