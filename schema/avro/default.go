package avro

import (
	"strconv"

	"github.com/weir-registry/weir/schema/jsontext"
)

// readDefault reads the default of a field. A string for a float or double is
// read as a number in both modes; for new schemas the default must fit its
// type (compatibility.md 2.2).
func (p *parser) readDefault(f *Field, v jsontext.Value) {
	kind := f.Type.Kind
	if (kind == Float || kind == Double) && v.Kind() == jsontext.String {
		number, ok := parseJavaDouble(v.Text())
		if !ok {
			p.fault(v, "the default of the field %s is no number: %s", quoted(f.Name), quoted(v.Text()))
			return
		}
		f.Default = Value(appendDouble(nil, number))
		return
	}
	f.Default = newValue(v)
	if p.strict && !p.fits(f.Type, v) {
		t, inner, missing := p.misfit(f.Type, v)
		if missing != "" {
			p.fault(inner, "the default of the field %s does not fit its type: the %s needs a value for %s",
				quoted(f.Name), describe(t), quoted(missing))
			return
		}
		p.fault(inner, "the default of the field %s does not fit its type: %s is not of type %s",
			quoted(f.Name), shortened(inner.Raw()), describe(t))
	}
}

// misfit goes to the innermost value that does not fit, or to the record that
// a field is missing in.
func (p *parser) misfit(t *Type, v jsontext.Value) (*Type, jsontext.Value, string) {
	switch {
	case t.Kind == Array && v.Kind() == jsontext.Array, t.Kind == Map && v.Kind() == jsontext.Object:
		for e := v.First(); e.Exists(); e = e.Next() {
			if !p.fits(t.Items, e) {
				return p.misfit(t.Items, e)
			}
		}
	case t.Kind == Record && v.Kind() == jsontext.Object && t.Named.finished:
		for m := v.First(); m.Exists(); m = m.Next() {
			if f, _ := t.Named.Field(m.Name()); f != nil && !p.fits(f.Type, m) {
				return p.misfit(f.Type, m)
			}
		}
		for i := range t.Named.Fields {
			if f := &t.Named.Fields[i]; !v.Get(f.Name).Exists() && !f.Default.Exists() {
				return t, v, f.Name
			}
		}
	}
	return t, v, ""
}

// describe names a type in a message.
func describe(t *Type) string {
	switch t.Kind {
	case Array, Map:
		return t.Kind.String() + " of " + describe(t.Items)
	case Union:
		text := "union of"
		for i, b := range t.Branches {
			if i > 0 {
				text += ","
			}
			text += " " + b.describeBranch()
		}
		return text
	case unresolved:
		return "object (the type is defined later, and only an object passes before that)"
	case Record, Enum, Fixed:
		return t.Kind.String() + " " + t.Named.Full
	case broken:
		return "unknown"
	}
	return t.Kind.String()
}

func (t *Type) describeBranch() string {
	if t.Kind <= unresolved {
		return "?"
	}
	return t.FullName()
}

// fits says whether a default fits a type. The content of strings is not
// looked at, not even for enums and fixeds.
func (p *parser) fits(t *Type, v jsontext.Value) bool {
	switch t.Kind {
	case broken:
		return true
	case unresolved:
		// A type that is not known yet passes as a record without fields.
		return v.Kind() == jsontext.Object
	case Null:
		return v.Kind() == jsontext.Null
	case Boolean:
		return v.Kind() == jsontext.True || v.Kind() == jsontext.False
	case Int:
		return fitsInteger(v, 32)
	case Long:
		return fitsInteger(v, 64)
	case Float, Double:
		return v.Kind() == jsontext.Number
	case Bytes, String, Enum, Fixed:
		return v.Kind() == jsontext.String
	case Array, Map:
		return p.fitsItems(t, v)
	case Union:
		for _, b := range t.Branches {
			if p.fits(b, v) {
				return true
			}
		}
		return false
	default:
		return p.fitsRecord(t, v)
	}
}

func fitsInteger(v jsontext.Value, bits int) bool {
	if !v.IsInteger() {
		return false
	}
	_, err := strconv.ParseInt(v.Raw(), 10, bits)
	return err == nil
}

func (p *parser) fitsItems(t *Type, v jsontext.Value) bool {
	want := jsontext.Array
	if t.Kind == Map {
		want = jsontext.Object
	}
	if v.Kind() != want {
		return false
	}
	for e := v.First(); e.Exists(); e = e.Next() {
		if !p.fits(t.Items, e) {
			return false
		}
	}
	return true
}

// fitsRecord wants an object; a field that is missing in it takes its own
// default, and keys that are no fields pass. Its answers are remembered:
// unions of records that contain each other would ask for them again and
// again.
func (p *parser) fitsRecord(t *Type, v jsontext.Value) bool {
	if v.Kind() != jsontext.Object {
		return false
	}
	if !t.Named.finished {
		p.fault(v, "the record %s is not defined to its end here, so it can have no default", quoted(t.Named.Full))
		return true
	}
	key := fitting{t.Named, v}
	if answer, ok := p.fitting[key]; ok {
		return answer
	}
	answer := p.fitsFields(t.Named, v)
	if p.fitting == nil {
		p.fitting = make(map[fitting]bool)
	}
	p.fitting[key] = answer
	return answer
}

// fitting is a question that fitsRecord has answered.
type fitting struct {
	record *Named
	value  jsontext.Value
}

func (p *parser) fitsFields(n *Named, v jsontext.Value) bool {
	values := make(map[string]jsontext.Value, v.Len())
	for m := v.First(); m.Exists(); m = m.Next() {
		values[m.Name()] = m
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		if value, ok := values[f.Name]; ok {
			if !p.fits(f.Type, value) {
				return false
			}
		} else if !p.ownDefaultFits(f) {
			return false
		}
	}
	return true
}

// ownDefaultFits says whether a field has a default and that fits. In the
// caller's text that was looked at when the field was read.
func (p *parser) ownDefaultFits(f *Field) bool {
	if !f.Default.Exists() || f.Offset >= 0 {
		return f.Default.Exists()
	}
	answer, ok := p.ownDefaults[f]
	if !ok {
		if p.ownDefaults == nil {
			p.ownDefaults = make(map[*Field]bool)
		}
		// A default that leads back to itself ends here.
		p.ownDefaults[f] = true
		answer = p.fits(f.Type, f.Default.read())
		p.ownDefaults[f] = answer
	}
	return answer
}
