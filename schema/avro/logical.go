package avro

import (
	"math"
	"strconv"

	"github.com/weir-registry/weir/schema/jsontext"
)

// Logical is a logical type that is valid on its type. Precision and Scale are
// those of a decimal.
type Logical struct {
	Name             string
	Precision, Scale int32
}

// Logical gives the logical type of a type. One that is not known, or does not
// fit the type, is a plain property: false (compatibility.md 2.2).
func (t *Type) Logical() (Logical, bool) {
	name := t.Prop("logicalType")
	if len(name) < 2 || name[0] != '"' {
		return Logical{}, false
	}
	l := Logical{Name: name.read().Text()}
	switch l.Name {
	case "decimal":
		return t.decimal(l)
	case "uuid":
		return l, t.Kind == String || t.Kind == Fixed && t.Named.Size == 16
	case "duration":
		return l, t.Kind == Fixed && t.Named.Size == 12
	case "big-decimal":
		return l, t.Kind == Bytes
	case "date", "time-millis":
		return l, t.Kind == Int
	case "time-micros", "timestamp-millis", "timestamp-micros", "timestamp-nanos",
		"local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos":
		return l, t.Kind == Long
	}
	return Logical{}, false
}

// decimal reads precision and scale: the precision is above 0 and fits the
// bytes of a fixed, the scale is from 0 to the precision.
func (t *Type) decimal(l Logical) (Logical, bool) {
	var ok bool
	if l.Precision, ok = intProp(t.Prop("precision")); !ok || l.Precision <= 0 {
		return l, false
	}
	if scale := t.Prop("scale"); scale.Exists() && scale != "null" {
		if l.Scale, ok = intProp(scale); !ok || l.Scale < 0 || l.Scale > l.Precision {
			return l, false
		}
	}
	switch t.Kind {
	case Bytes:
		return l, true
	case Fixed:
		digits := math.Floor(math.Log10(2) * float64(8*int64(t.Named.Size)-1))
		return l, float64(l.Precision) <= digits
	}
	return l, false
}

// intProp reads a property that is an integer of 32 bits.
func intProp(v Value) (int32, bool) {
	if !v.Exists() || v.read().Kind() != jsontext.Number {
		return 0, false
	}
	n, err := strconv.ParseInt(string(v), 10, 32)
	return int32(n), err == nil
}
