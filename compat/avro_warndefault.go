package compat

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/jsontext"
)

// Defaults that are accepted although no reader can use them: their strings
// are not looked at (compatibility.md 2.2, default validation).
const (
	enumDefaultUnknown = "ENUM_DEFAULT_NOT_A_SYMBOL"
	fixedDefaultSize   = "FIXED_DEFAULT_OF_WRONG_SIZE"
)

// alone looks at the defaults of all fields of the new text.
func (avroWarner) alone(s schema.Schema, w *work, out *warnings) error {
	fresh, ok := s.(*avro.Schema)
	if !ok {
		return fmt.Errorf("compat: %T is not an Avro schema", s)
	}
	d := avroDefaults{w: w, out: out, source: fresh.Source(), met: make(map[*avro.Type]bool)}
	return d.types(fresh.Root(), "")
}

// avroDefaults looks at the defaults of one schema.
type avroDefaults struct {
	w      *work
	out    *warnings
	source string
	// places are worked out with the first warning.
	places *schema.Locator
	met    map[*avro.Type]bool
}

// pointerStep escapes a name for a JSON pointer.
var pointerStep = strings.NewReplacer("~", "~0", "/", "~1")

// types goes through a type and all that it leads to.
func (d *avroDefaults) types(t *avro.Type, path string) error {
	if err := d.w.step(); err != nil {
		return err
	}
	switch t.Kind {
	case avro.Array:
		return d.types(t.Items, path+"/items")
	case avro.Map:
		return d.types(t.Items, path+"/values")
	case avro.Union:
		for i, b := range t.Branches {
			if err := d.types(b, path+"/"+strconv.Itoa(i)); err != nil {
				return err
			}
		}
	case avro.Record:
		if d.met[t] {
			return nil
		}
		d.met[t] = true
		return d.fields(t, path)
	}
	return nil
}

func (d *avroDefaults) fields(t *avro.Type, path string) error {
	for i := range t.Named.Fields {
		f := &t.Named.Fields[i]
		at := path + "/fields/" + strconv.Itoa(i)
		// The paths of deep trees add up to more than the trees.
		if err := d.w.steps(1 + len(at)/16); err != nil {
			return err
		}
		// What came out of a reference is not the new text's to mend.
		if f.Default.Exists() && f.Offset >= 0 {
			if err := d.field(f, at); err != nil {
				return err
			}
		}
		if err := d.types(f.Type, at+"/type"); err != nil {
			return err
		}
	}
	return nil
}

func (d *avroDefaults) field(f *avro.Field, path string) error {
	doc, err := jsontext.Parse(string(f.Default), jsontext.Options{MaxDepth: avro.MaxDepth})
	if err != nil {
		return fmt.Errorf("compat: the default of %s: %w", f.Name, err)
	}
	fault, err := d.fault(f.Type, doc.Root(), path+"/default")
	if err != nil || fault == nil {
		return err
	}
	if d.places == nil {
		d.places = schema.NewLocator(d.source)
	}
	fault.Category, fault.Confidence = Wire, Certain
	fault.Position, fault.New = d.places.Position(int(f.Offset)), f.Fragment()
	d.out.add(*fault)
	return nil
}

// fault gives the first fault of a default, nil for none. A value of another
// type than its field is not looked at: only stored schemas have such.
func (d *avroDefaults) fault(t *avro.Type, v jsontext.Value, path string) (*Warning, error) {
	if err := d.w.step(); err != nil {
		return nil, err
	}
	switch {
	case t.Kind == avro.Enum && v.Kind() == jsontext.String:
		return d.enumFault(t, v, path), d.w.steps(len(t.Named.Symbols) / 8)
	case t.Kind == avro.Fixed && v.Kind() == jsontext.String:
		return d.fixedFault(t, v, path), nil
	case t.Kind == avro.Union:
		return d.unionFault(t, v, path)
	case t.Kind == avro.Array && v.Kind() == jsontext.Array:
		i := 0
		for e := v.First(); e.Exists(); e = e.Next() {
			if fault, err := d.fault(t.Items, e, path+"/"+strconv.Itoa(i)); fault != nil || err != nil {
				return fault, err
			}
			i++
		}
	case t.Kind == avro.Map && v.Kind() == jsontext.Object:
		for e := v.First(); e.Exists(); e = e.Next() {
			if fault, err := d.fault(t.Items, e, path+"/"+pointerStep.Replace(e.Name())); fault != nil || err != nil {
				return fault, err
			}
		}
	case t.Kind == avro.Record && v.Kind() == jsontext.Object:
		for e := v.First(); e.Exists(); e = e.Next() {
			f, _ := t.Named.Field(e.Name())
			if f == nil {
				continue
			}
			if fault, err := d.fault(f.Type, e, path+"/"+pointerStep.Replace(e.Name())); fault != nil || err != nil {
				return fault, err
			}
		}
	}
	return nil, nil
}

// unionFault wants one branch that can take the value; else the fault of the
// first that it is meant for counts.
func (d *avroDefaults) unionFault(t *avro.Type, v jsontext.Value, path string) (*Warning, error) {
	var first *Warning
	for _, b := range t.Branches {
		if !takes(b.Kind, v.Kind()) {
			continue
		}
		fault, err := d.fault(b, v, path)
		if fault == nil || err != nil {
			return nil, err
		}
		if first == nil {
			first = fault
		}
	}
	return first, nil
}

// takes says whether values of a kind are written as JSON of a kind.
func takes(t avro.Kind, v jsontext.Kind) bool {
	switch t {
	case avro.Null:
		return v == jsontext.Null
	case avro.Boolean:
		return v == jsontext.True || v == jsontext.False
	case avro.Int, avro.Long, avro.Float, avro.Double:
		return v == jsontext.Number
	case avro.Bytes, avro.String, avro.Enum, avro.Fixed:
		return v == jsontext.String
	case avro.Array:
		return v == jsontext.Array
	}
	return v == jsontext.Object
}

func (d *avroDefaults) enumFault(t *avro.Type, v jsontext.Value, path string) *Warning {
	text := v.Text()
	for _, symbol := range t.Named.Symbols {
		if symbol == text {
			return nil
		}
	}
	return &Warning{
		Code: enumDefaultUnknown, Path: path, Info: text,
		Hint: fmt.Sprintf("a reader that needs this default fails, for %q is no symbol of %s. Use one of %s.",
			text, t.Named.Full, some(t.Named.Symbols)),
	}
}

// fixedFault counts the characters, each of which stands for the byte of its
// number.
func (d *avroDefaults) fixedFault(t *avro.Type, v jsontext.Value, path string) *Warning {
	text := v.Text()
	size, beyond := 0, false
	for _, r := range text {
		size++
		beyond = beyond || r > 0xFF
	}
	if size == int(t.Named.Size) && !beyond {
		return nil
	}
	found, want := bytesText(size), bytesText(int(t.Named.Size))
	if beyond {
		found = "a character above U+00FF, which is no byte"
	}
	return &Warning{
		Code: fixedDefaultSize, Path: path, Info: "expected: " + want + ", found: " + found,
		Hint: fmt.Sprintf("a reader that needs this default fails, for %s has %s and the default has %s. "+
			"Write one character from U+0000 to U+00FF for each byte.", t.Named.Full, want, found),
	}
}

func bytesText(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}
