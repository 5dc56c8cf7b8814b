package protobuf

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/schema"
)

// drawn makes trees that the parser can have read. Only what the normal form
// resolves is named.
type drawn struct{ t *rapid.T }

func (d drawn) word() string {
	n := rapid.IntRange(0, 40).Draw(d.t, "word")
	odd := []string{"package", "stream", "x-y", "_", "A", "a1", "returns", "syntax", "max", "to"}
	if n < len(odd) {
		return odd[n]
	}
	return "w" + strconv.Itoa(n)
}

func (d drawn) few(label string) int { return rapid.IntRange(0, 3).Draw(d.t, label) }

func (d drawn) typ() string {
	return rapid.SampledFrom([]string{"string", "int32", "bytes", "bool", "double", "Top", ".Top", "google.protobuf.Any"}).Draw(d.t, "type")
}

func (d drawn) value(depth int) Value {
	kinds := []Kind{Word, Quoted, Literal, List}
	if depth > 2 {
		kinds = kinds[:2]
	}
	v := Value{Kind: rapid.SampledFrom(kinds).Draw(d.t, "kind")}
	switch v.Kind {
	case Word:
		v.Text = rapid.SampledFrom([]string{"true", "X", "1", "-1.50", "0x1F", "1e-3", "inf", "08"}).Draw(d.t, "text")
	case Quoted:
		v.Text = rapid.StringOf(rapid.RuneFrom([]rune("ab\"'\\\n\t\a/*;é😀\x00"))).Draw(d.t, "string")
	case Literal:
		for range d.few("entries") {
			if key := d.word(); v.entry(key) == nil {
				v.Entries = append(v.Entries, Entry{Key: key, Value: d.value(depth + 1)})
			}
		}
	case List:
		for range d.few("items") {
			v.Items = append(v.Items, d.value(depth+1))
		}
	}
	return v
}

func (d drawn) options() []Option {
	var list []Option
	for range rapid.IntRange(0, 2).Draw(d.t, "options") {
		o := Option{Part: Part{Name: "o" + d.word(), Custom: rapid.Bool().Draw(d.t, "custom")}, Value: d.value(0)}
		if o.Custom && rapid.Bool().Draw(d.t, "path") {
			o.Path = []Part{{Name: d.word()}}
		}
		list = append(list, o)
	}
	return list
}

func (d drawn) fields(member bool) []*Field {
	var list []*Field
	for range d.few("fields") {
		f := &Field{Name: d.word(), Number: rapid.Int32().Draw(d.t, "number"), Type: d.typ(), Options: d.options()}
		if !member {
			f.Label = rapid.SampledFrom([]Label{NoLabel, Optional, Repeated}).Draw(d.t, "label")
		}
		if f.Label == NoLabel && rapid.Bool().Draw(d.t, "map") {
			f.Key = "string"
		}
		if f.Type == "string" && rapid.Bool().Draw(d.t, "default") {
			text := rapid.String().Draw(d.t, "text")
			f.JSONName = &text
			if !f.Map() {
				f.Default = &text
			}
		}
		list = append(list, f)
	}
	return list
}

func (d drawn) spans(named bool) []Span {
	var list []Span
	for range rapid.IntRange(1, 3).Draw(d.t, "spans") {
		s := Span{Start: rapid.Int32().Draw(d.t, "start")}
		s.End = s.Start
		switch {
		case named && rapid.Bool().Draw(d.t, "named"):
			s = Span{Named: true, Name: d.word()}
		case rapid.Bool().Draw(d.t, "range"):
			s.Range, s.End = true, rapid.Int32Range(-5, maxNumber).Draw(d.t, "end")
		}
		list = append(list, s)
	}
	return list
}

func (d drawn) message(name string, depth int) *Message {
	m := &Message{Name: name, Options: d.options(), Fields: d.fields(false)}
	for range d.few("reserved") {
		m.Reserved = append(m.Reserved, Reserved{Spans: d.spans(true)})
	}
	for range d.few("extensions") {
		m.Extensions = append(m.Extensions, Extensions{Spans: d.spans(false), Options: d.options()})
	}
	for range rapid.IntRange(0, 2).Draw(d.t, "oneofs") {
		m.Oneofs = append(m.Oneofs, &Oneof{Name: d.word(), Options: d.options(), Fields: d.fields(true)})
	}
	if rapid.Bool().Draw(d.t, "group") {
		m.Groups = append(m.Groups, &Group{Label: Optional, Name: d.word(), Number: 5, Fields: d.fields(false)})
	}
	if rapid.Bool().Draw(d.t, "extend") {
		m.Extends = append(m.Extends, &Extend{Name: "Top", Fields: d.fields(false)})
	}
	if depth < 2 && rapid.Bool().Draw(d.t, "nested") {
		m.Messages = append(m.Messages, d.message(d.word(), depth+1))
	}
	if rapid.Bool().Draw(d.t, "enum") {
		e := &Enum{Name: d.word(), Options: d.options(), Reserved: []Reserved{{Spans: d.spans(true)}}}
		for range d.few("constants") {
			e.Constants = append(e.Constants, &Constant{Name: "C" + d.word(), Number: rapid.Int32().Draw(d.t, "number"), Options: d.options()})
		}
		m.Enums = append(m.Enums, e)
	}
	return m
}

func (d drawn) file() *File {
	f := &File{Syntax: "proto3", Options: d.options()}
	for range d.few("imports") {
		f.Imports = append(f.Imports, Import{Path: d.word() + ".proto"})
	}
	f.Messages = []*Message{d.message("Top", 0)}
	f.Services = []*Service{{Name: d.word(), Options: d.options(), RPCs: []*RPC{{Name: d.word(), Request: "Top", Response: ".Top", ReplyStreaming: true, Options: d.options()}}}}
	return f
}

// bare takes offsets out of a tree, and makes empty lists nil: neither is part
// of what two trees have in common.
func bare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			bare(v.Elem())
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.SetZero()
		}
		for i := range v.Len() {
			bare(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if strings.HasSuffix(v.Type().Field(i).Name, "Offset") {
				v.Field(i).SetZero()
			}
			bare(v.Field(i))
		}
	}
}

// Canonical text parses to an equal tree, and is its own canonical text.
func TestLawCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := drawn{t}.file()
		text := canonical(file, false)
		again, p := parse(text)
		if len(p.faults) > 0 {
			t.Fatalf("%s: %v", text, p.faults)
		}
		bare(reflect.ValueOf(file))
		bare(reflect.ValueOf(again))
		if !reflect.DeepEqual(file, again) {
			t.Fatalf("tree (-drawn +parsed):\n%s", cmp.Diff(file, again))
		}
		if diff := cmp.Diff(text, canonical(again, false)); diff != "" {
			t.Fatalf("text (-first +second):\n%s", diff)
		}
	})
}

// The normal form is a fixed point, but for the blank lines that emptied parts
// leave (compatibility.md 4), and means the same types.
func TestLawNormal(t *testing.T) {
	p := &Parser{}
	rapid.Check(t, func(t *rapid.T) {
		text := canonical(drawn{t}.file(), false)
		read := func(text string) schema.Schema {
			s, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: text}, schema.Options{New: true})
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			n, err := s.Normalize()
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			return n
		}
		first := read(text)
		second := read(first.Text())
		if diff := cmp.Diff(lines(first.Text()), lines(second.Text())); diff != "" {
			t.Fatalf("normal form (-first +second):\n%s", diff)
		}
		if again, err := first.Normalize(); err != nil || again.Text() != second.Text() {
			t.Fatalf("the normal form of the normal form is another: %v", err)
		}
	})
}

// lines are those that are not blank. A part that was left with nothing but
// blank lines is as good as one without any.
func lines(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		last := len(out) - 1
		switch {
		case line == "":
		case line == "}" && last >= 0 && strings.HasSuffix(out[last], "{"):
			out[last] += line
		default:
			out = append(out, line)
		}
	}
	return out
}
