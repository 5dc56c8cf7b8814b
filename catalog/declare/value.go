package declare

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// value is a node of a document: what JSON and the YAML that we take have in
// common. It is what a text is read into, what a text is written from, and what
// plans compare.
type value struct {
	Place
	kind shape
	// text is of a text, or a number as JSON writes it.
	text    string
	yes     bool
	list    []value
	members []member
}

// member is a member of an object, in the order of the text.
type member struct {
	Place // of the name
	name  string
	value value
}

// shape is what a value is.
type shape uint8

const (
	nothing shape = iota
	boolean
	number
	text
	list
	object
)

func (s shape) String() string {
	return [...]string{"nothing", "true or false", "a number", "a text", "a list", "a mapping"}[s]
}

func textValue(s string) value { return value{kind: text, text: s} }
func boolValue(b bool) value   { return value{kind: boolean, yes: b} }
func intValue(n int64) value   { return value{kind: number, text: fmt.Sprint(n)} }

func textsValue(texts []string) value {
	v := value{kind: list}
	for _, s := range texts {
		v.list = append(v.list, textValue(s))
	}
	return v
}

// put adds a member, unless it says nothing.
func (v *value) put(name string, of value) {
	v.kind = object
	if of.kind == nothing || of.kind == list && len(of.list) == 0 || of.kind == object && len(of.members) == 0 {
		return
	}
	v.members = append(v.members, member{name: name, value: of})
}

// putText adds a member unless the text is empty.
func (v *value) putText(name, s string) {
	if s != "" {
		v.put(name, textValue(s))
	}
}

// find gives a member's value.
func (v *value) find(name string) (value, bool) {
	for i := range v.members {
		if v.members[i].name == name {
			return v.members[i].value, true
		}
	}
	return value{}, false
}

// int gives a whole number, 0 for anything else.
func (v *value) int() int64 {
	n, err := strconv.ParseInt(v.text, 10, 64)
	if v.kind != number || err != nil {
		return 0
	}
	return n
}

// numberForm is how JSON writes a number.
var numberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// fromJSON reads a JSON text; its members are sorted, since their order says
// nothing.
func fromJSON(data []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var any any
	if err := d.Decode(&any); err != nil {
		return value{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return value{}, errors.New("more than one JSON value")
	}
	return fromAny(any), nil
}

func fromAny(x any) value {
	switch x := x.(type) {
	case bool:
		return boolValue(x)
	case json.Number:
		return value{kind: number, text: x.String()}
	case string:
		return textValue(x)
	case []any:
		v := value{kind: list}
		for _, item := range x {
			v.list = append(v.list, fromAny(item))
		}
		return v
	case map[string]any:
		v := value{kind: object}
		for name, of := range x {
			v.members = append(v.members, member{name: name, value: fromAny(of)})
		}
		v.sort()
		return v
	}
	return value{}
}

// sort puts the members into the order of their names.
func (v *value) sort() {
	slices.SortFunc(v.members, func(a, b member) int { return strings.Compare(a.name, b.name) })
}

// sorted is v with all members in it sorted: one form for what is the same.
func (v value) sorted() value {
	v.list = slices.Clone(v.list)
	for i := range v.list {
		v.list[i] = v.list[i].sorted()
	}
	v.members = slices.Clone(v.members)
	for i := range v.members {
		v.members[i].value = v.members[i].value.sorted()
	}
	v.sort()
	return v
}

// json gives the value as JSON, its members in their order.
func (v value) json() json.RawMessage { return v.appendJSON(nil) }

func (v value) appendJSON(b []byte) []byte {
	switch v.kind {
	case boolean:
		return fmt.Append(b, v.yes)
	case number:
		return append(b, v.text...)
	case text:
		return appendText(b, v.text)
	case list:
		b = append(b, '[')
		for i, item := range v.list {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		for i, m := range v.members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendText(b, m.name), ':')
			b = m.value.appendJSON(b)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

// appendText quotes a text as JSON, nothing escaped for HTML.
func appendText(b []byte, s string) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // A string can always be encoded.
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// same says that two values say the same, whatever the order of members.
func (v value) same(w value) bool {
	return bytes.Equal(v.sorted().json(), w.sorted().json())
}
