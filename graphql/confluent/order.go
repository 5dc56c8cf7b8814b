package confluent

import (
	"iter"

	"github.com/weir-registry/weir/catalog/confluent"
)

// orders reads the order_by argument. An element names one attribute: in which
// order the members of an object come is not for GraphQL to say.
func orders(orderBy []map[string]any) ([]confluent.Order, error) {
	var by []confluent.Order
	for _, element := range orderBy {
		before := len(by)
		for attribute, direction := range element {
			if direction = plain(direction); direction != nil {
				by = append(by, confluent.Order{Attribute: attribute, Descending: direction == "desc", Value: valueOf(attribute)})
			}
		}
		if len(by) > before+1 {
			return nil, &InputError{Path: []string{"order_by"}, Message: "each element orders by one attribute: [{name: asc}, {version: desc}]"}
		}
	}
	return by, nil
}

// valueOf gives the values of an attribute to order by; an empty text is none.
func valueOf(attribute string) func(*confluent.Entity) any {
	return func(e *confluent.Entity) any {
		if v := value(e, attribute); hasValue(v) {
			return v
		}
		return nil
	}
}

// cut gives the first entities of a listing, and stops the listing after them.
func cut(entities iter.Seq2[*confluent.Entity, error], limit int) ([]*confluent.Entity, error) {
	var list []*confluent.Entity
	for e, err := range entities {
		if err != nil {
			return nil, err
		}
		if list = append(list, e); len(list) == limit {
			break
		}
	}
	return list, nil
}
