package contract

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// kind is what a value is.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

func (k kind) String() string {
	return [...]string{"nothing", "true or false", "a number", "a text", "a list", "an object"}[k]
}

// value is a value of a YAML or JSON document. Objects keep their order, and
// numbers their spelling.
type value struct {
	kind    kind
	text    string // of a boolean, a number or a text
	items   []*value
	members []member
	at      schema.Position
}

// member is one entry of an object.
type member struct {
	name  string
	value *value
	at    schema.Position
}

// object makes an object of names and values in turn; a value that is nil, or
// empty, is left out.
func newObject(pairs ...any) *value {
	o := &value{kind: object}
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), newValue(pairs[i+1]))
	}
	return o
}

// newValue makes a value; nil for what is empty.
func newValue(x any) *value {
	switch x := x.(type) {
	case *value:
		if x == nil || x.kind == object && len(x.members) == 0 || x.kind == list && len(x.items) == 0 {
			return nil
		}
		return x
	case string:
		if x == "" {
			return nil
		}
		return newText(x)
	case []string:
		v := &value{kind: list}
		for _, s := range x {
			v.items = append(v.items, newText(s))
		}
		return newValue(v)
	case []*value:
		return newValue(&value{kind: list, items: x})
	case bool:
		if !x {
			return nil
		}
		return &value{kind: boolean, text: "true"}
	case json.Number:
		return &value{kind: number, text: x.String()}
	}
	return nil
}

func newText(s string) *value { return &value{kind: text, text: s} }

// set puts a member in place of one of its name, or at the end; nil is left
// out.
func (v *value) set(name string, x *value) {
	if x == nil {
		return
	}
	for i := range v.members {
		if v.members[i].name == name {
			v.members[i].value = x
			return
		}
	}
	v.members = append(v.members, member{name: name, value: x})
}

// add puts a member at the end; its name is known to be new.
func (v *value) add(name string, x *value) {
	v.members = append(v.members, member{name: name, value: x})
}

// get gives a member, nil for none.
func (v *value) get(name string) *value {
	if v == nil {
		return nil
	}
	for i := range v.members {
		if v.members[i].name == name {
			return v.members[i].value
		}
	}
	return nil
}

// string gives the text of a member that is one.
func (v *value) string(name string) string {
	if x := v.get(name); x != nil && x.kind == text {
		return x.text
	}
	return ""
}

// MarshalJSON writes the value as JSON, in its order.
func (v *value) MarshalJSON() ([]byte, error) { return v.appendJSON(nil) }

func (v *value) appendJSON(b []byte) ([]byte, error) {
	switch v.kind {
	case null:
		return append(b, "null"...), nil
	case boolean:
		return append(b, v.text...), nil
	case number:
		return append(b, v.text...), nil
	case text:
		return appendQuoted(b, v.text)
	case list:
		b = append(b, '[')
		for i, item := range v.items {
			if i > 0 {
				b = append(b, ',')
			}
			var err error
			if b, err = item.appendJSON(b); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	b = append(b, '{')
	for i, m := range v.members {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendQuoted(b, m.name); err != nil {
			return nil, err
		}
		if b, err = m.value.appendJSON(append(b, ':')); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// appendQuoted writes a text of JSON without escapes that only HTML needs.
func appendQuoted(b []byte, s string) ([]byte, error) {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return append(b, strings.TrimSuffix(out.String(), "\n")...), nil
}

// parseJSON reads JSON that is known to be valid: the text of a schema.
func parseJSON(data string) (*value, error) {
	d := json.NewDecoder(strings.NewReader(data))
	d.UseNumber()
	return readJSON(d)
}

func readJSON(d *json.Decoder) (*value, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		v := &value{kind: list}
		if t == '{' {
			v.kind = object
		}
		for d.More() {
			name := ""
			if v.kind == object {
				key, err := d.Token()
				if err != nil {
					return nil, err
				}
				name, _ = key.(string)
			}
			x, err := readJSON(d)
			if err != nil {
				return nil, err
			}
			if v.kind == object {
				v.set(name, x)
			} else {
				v.items = append(v.items, x)
			}
		}
		_, err := d.Token()
		return v, err
	case string:
		return newText(t), nil
	case json.Number:
		return &value{kind: number, text: t.String()}, nil
	case bool:
		if t {
			return &value{kind: boolean, text: "true"}, nil
		}
		return &value{kind: boolean, text: "false"}, nil
	}
	return &value{kind: null}, nil
}

// jsonNumber says that a text is a number of JSON.
func jsonNumber(s string) bool {
	var n json.Number
	return s != "" && (s[0] == '-' || '0' <= s[0] && s[0] <= '9') && json.Unmarshal([]byte(s), &n) == nil
}
