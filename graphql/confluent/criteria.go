package confluent

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/catalog/confluent"
)

// predicate says whether an entity is meant.
type predicate func(*confluent.Entity) bool

// criteria makes the predicate of a where argument (catalog-api.md section 8).
// Its members must all hold: each attribute's comparisons, all of _and, one of
// _or. A null stands for nothing asked.
func criteria(t confluent.Type, where map[string]any) (predicate, error) {
	var all []predicate
	for name, given := range where {
		var p predicate
		var err error
		switch name {
		case "_and":
			p, err = conjunction(t, given)
		case "_or":
			p, err = disjunction(t, given)
		default:
			p, err = comparisons(t, name, given)
		}
		if err != nil {
			return nil, err
		}
		if p != nil {
			all = append(all, p)
		}
	}
	return every(all), nil
}

// every is nil, which asks for nothing, when there is nothing to ask.
func every(all []predicate) predicate {
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	return func(e *confluent.Entity) bool {
		for _, p := range all {
			if !p(e) {
				return false
			}
		}
		return true
	}
}

func conjunction(t confluent.Type, given any) (predicate, error) {
	list, _ := given.([]map[string]any)
	var all []predicate
	for _, where := range list {
		p, err := criteria(t, where)
		if err != nil {
			return nil, err
		}
		if p != nil {
			all = append(all, p)
		}
	}
	return every(all), nil
}

// disjunction holds where one of the list does; an empty list asks for nothing.
func disjunction(t confluent.Type, given any) (predicate, error) {
	list, _ := given.([]map[string]any)
	var some []predicate
	for _, where := range list {
		p, err := criteria(t, where)
		if err != nil {
			return nil, err
		}
		if p == nil { // {} holds for all
			return nil, nil
		}
		some = append(some, p)
	}
	if len(some) == 0 {
		return nil, nil
	}
	return func(e *confluent.Entity) bool {
		for _, p := range some {
			if p(e) {
				return true
			}
		}
		return false
	}, nil
}

// hints are what the qualified name must begin with, and what the name must have
// in it, for the criteria to hold: by them a listing passes over what cannot be
// meant without making it.
func hints(where map[string]any) (prefix, mention string) {
	longer := func(hint *string, attribute string) {
		operators, _ := where[attribute].(map[string]any)
		for _, operator := range []string{"_eq", "_starts_with"} {
			if text, _ := plain(operators[operator]).(string); len(text) > len(*hint) {
				*hint = text
			}
		}
	}
	longer(&prefix, "qualifiedName")
	longer(&mention, "name")
	list, _ := where["_and"].([]map[string]any)
	for _, inner := range list {
		p, m := hints(inner)
		if len(p) > len(prefix) {
			prefix = p
		}
		if len(m) > len(mention) {
			mention = m
		}
	}
	return prefix, mention
}

// comparisons makes the predicate of the comparisons of one attribute.
func comparisons(t confluent.Type, attribute string, given any) (predicate, error) {
	operators, _ := given.(map[string]any)
	kind := kindOf(t, attribute)
	var all []predicate
	for operator, operand := range operators {
		holds, err := comparison(kind, operator, plain(operand))
		if err != nil {
			return nil, &InputError{Path: []string{"where", attribute, operator}, Message: err.Error()}
		}
		all = append(all, func(e *confluent.Entity) bool { return holds(value(e, attribute)) })
	}
	return every(all), nil
}

// comparison makes the test of one operator. Null is less than all values: so
// {_gte: null}, which is true of all values, means "has a value" (ns4kafka
// relies on it, catalog-api.md section 8), and no value is neither less nor
// more than a value that is given. An empty text is null (hasValue).
func comparison(kind confluent.ValueKind, operator string, operand any) (func(any) bool, error) {
	if operand == nil || operand == "" && operator == "_eq" {
		switch operator {
		case "_gte", "_gt":
			return hasValue, nil
		case "_eq", "_lte":
			return func(v any) bool { return !hasValue(v) }, nil
		case "_lt":
			return func(any) bool { return false }, nil
		}
		return nil, fmt.Errorf("%s needs a value", operator)
	}
	if operator == "_starts_with" {
		prefix, _ := operand.(string)
		return func(v any) bool { return hasValue(v) && strings.HasPrefix(asText(kind, v), prefix) }, nil
	}
	operand, err := asKind(kind, operand)
	if err != nil {
		return nil, err
	}
	var holds func(order int) bool
	switch operator {
	case "_eq":
		holds = func(order int) bool { return order == 0 }
	case "_lt":
		holds = func(order int) bool { return order < 0 }
	case "_lte":
		holds = func(order int) bool { return order <= 0 }
	case "_gt":
		holds = func(order int) bool { return order > 0 }
	case "_gte":
		holds = func(order int) bool { return order >= 0 }
	default:
		return nil, fmt.Errorf("there is no operator %s", operator)
	}
	return func(v any) bool { return hasValue(v) && holds(confluent.Compare(v, operand)) }, nil
}
