package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The options of an attribute that the catalog knows (catalog-api.md section 3).
const (
	optionAppliesTo = "applicableEntityTypes" // a JSON array in a text
	optionLength    = "maxStrLength"          // a number in a text
)

// typeName is the type of an attribute, taken apart: string, an integer or
// another number, boolean or date; "array<…>" of one; "map<string,…>" of one.
type typeName struct {
	base    string
	element *typeName
	keyed   bool
}

// numbers are the integer types, with their bits; 0 is as many as it takes.
var numbers = map[string]int{"byte": 8, "short": 16, "int": 32, "long": 64, "date": 64, "biginteger": 0}

// parseType reads a type; ok is false for what is none.
func parseType(text string) (t typeName, ok bool) {
	text = strings.TrimSpace(text)
	if inner, isArray := strings.CutPrefix(text, "array<"); isArray && strings.HasSuffix(inner, ">") {
		element, ok := parseType(strings.TrimSuffix(inner, ">"))
		return typeName{element: &element}, ok
	}
	if inner, isMap := strings.CutPrefix(text, "map<"); isMap && strings.HasSuffix(inner, ">") {
		key, value, _ := strings.Cut(strings.TrimSuffix(inner, ">"), ",")
		element, ok := parseType(value)
		return typeName{element: &element, keyed: true}, ok && strings.TrimSpace(key) == "string"
	}
	_, integer := numbers[text]
	return typeName{base: text}, integer || slices.Contains([]string{"string", "boolean", "float", "double", "bigdecimal"}, text)
}

// takes says whether a JSON value is one of the type. Numbers and booleans may
// come as texts, as clients that know nothing but texts send them.
func (t typeName) takes(value json.RawMessage) bool {
	if t.element != nil {
		return t.takesEach(value)
	}
	var v any
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return false
	}
	text, isText := v.(string)
	switch t.base {
	case "string":
		return isText
	case "boolean":
		_, isBool := v.(bool)
		return isBool || text == "true" || text == "false"
	}
	if n, isNumber := v.(json.Number); isNumber {
		text = n.String()
	}
	if bits, integer := numbers[t.base]; integer {
		if bits == 0 {
			_, ok := new(big.Int).SetString(text, 10)
			return ok
		}
		_, err := strconv.ParseInt(text, 10, bits)
		return err == nil
	}
	number := json.Number(text)
	_, err := number.Float64()
	return err == nil && json.Valid([]byte(text))
}

func (t typeName) takesEach(value json.RawMessage) bool {
	if t.keyed {
		var values map[string]json.RawMessage
		if json.Unmarshal(value, &values) != nil || values == nil {
			return false
		}
		for _, v := range values {
			if !t.element.takes(v) {
				return false
			}
		}
		return true
	}
	var values []json.RawMessage
	if json.Unmarshal(value, &values) != nil || values == nil {
		return false
	}
	return !slices.ContainsFunc(values, func(v json.RawMessage) bool { return !t.element.takes(v) })
}

// checkValues checks the values of a tag or of business metadata against their
// definition, and gives those that are kept: null is no value, and a mandatory
// attribute without one has its default, when the definition has that. Of
// several faults the one of the first name is told, every time.
func checkValues(on Ref, attributes []AttributeDefinition, values map[string]json.RawMessage, path ...string) (map[string]json.RawMessage, error) {
	invalid := func(reason Reason, name, message string) error {
		return &InvalidError{Reason: reason, Ref: on, Path: append(slices.Clone(path), name), Message: message}
	}
	kept := map[string]json.RawMessage{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		value := values[name]
		i := slices.IndexFunc(attributes, func(a AttributeDefinition) bool { return a.Name == name })
		if i < 0 {
			return nil, invalid(UnknownAttribute, name, "there is no attribute named "+name)
		}
		if len(value) == 0 || string(value) == "null" {
			continue
		}
		if problem := attributes[i].problem(on.Kind, value); problem != "" {
			return nil, invalid(BadValue, name, "attribute "+name+": "+problem)
		}
		kept[name] = value
	}
	for i := range attributes {
		a := &attributes[i]
		if _, given := kept[a.Name]; given || a.IsOptional {
			continue
		}
		value, ok := a.defaulted()
		if !ok {
			return nil, invalid(MissingAttribute, a.Name, "the attribute "+a.Name+" is mandatory")
		}
		kept[a.Name] = value
	}
	return kept, nil
}

// problem says what is wrong with a value, empty for nothing.
func (a *AttributeDefinition) problem(on Kind, value json.RawMessage) string {
	if types := a.appliesTo(); len(types) > 0 && !on.among(types) {
		return "it is not for a " + string(on)
	}
	t, ok := a.valueType()
	if !ok || !json.Valid(value) || !t.takes(value) {
		return fmt.Sprintf("the value is no %s", a.typeText())
	}
	most, err := strconv.Atoi(a.Options[optionLength])
	var text string
	if err == nil && json.Unmarshal(value, &text) == nil && utf8.RuneCountInString(text) > most {
		return fmt.Sprintf("the text is longer than %d characters", most)
	}
	return ""
}

// valueType is the type of a value: of LIST and SET attributes an array.
func (a *AttributeDefinition) valueType() (typeName, bool) { return parseType(a.typeText()) }

func (a *AttributeDefinition) typeText() string {
	if (a.Cardinality == "LIST" || a.Cardinality == "SET") && !strings.HasPrefix(a.TypeName, "array<") {
		return "array<" + a.TypeName + ">"
	}
	return a.TypeName
}

// appliesTo are the entity types of the attribute's options; none for any.
func (a *AttributeDefinition) appliesTo() (types []string) {
	_ = json.Unmarshal([]byte(a.Options[optionAppliesTo]), &types)
	return types
}

// defaulted gives the default as a value of the type.
func (a *AttributeDefinition) defaulted() (json.RawMessage, bool) {
	if a.DefaultValue == "" {
		return nil, false
	}
	t, ok := a.valueType()
	if text := document(a.DefaultValue); ok && t.takes(text) {
		return text, true
	}
	plain := json.RawMessage(a.DefaultValue)
	return plain, ok && json.Valid(plain) && t.takes(plain)
}
