package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema/avro"
)

// logical warns of logical types that let the same bytes mean another value.
func (a *avroWarn) logical(r, w *avro.Type) {
	if len(r.Props) == 0 && len(w.Props) == 0 {
		return
	}
	reader, writer := meaningOf(r), meaningOf(w)
	confidence, why := reader.reads(writer, r.Kind == avro.String)
	if why == "" {
		return
	}
	fresh, old := reader, writer
	if !a.newReads {
		fresh, old = writer, reader
	}
	advice := "Leave the logical type out, as the old schema does."
	if old.name != "" {
		advice = fmt.Sprintf("Keep %s, or use a field of another name.", old)
	}
	a.warn(avroDiff{
		code: logicalTypeChanged, token: "logicalType", reader: r, writer: w,
		info: "new: " + fresh.String() + ", old: " + old.String(),
	}, Wire, confidence, why+". "+advice)
}

// meaning is what the logical type of a type makes of its bytes.
type meaning struct {
	name string
	// known says that the language defines it and that it fits its type; any
	// other is only a name.
	known            bool
	precision, scale int32
}

func meaningOf(t *avro.Type) meaning {
	if l, ok := t.Logical(); ok {
		return meaning{l.Name, true, l.Precision, l.Scale}
	}
	name := t.Prop("logicalType")
	if len(name) < 2 || name[0] != '"' {
		return meaning{}
	}
	return meaning{name: strings.Trim(string(name), `"`)}
}

func (m meaning) String() string {
	switch {
	case m.name == "":
		return "no logical type"
	case m.name == "decimal" && m.known:
		return fmt.Sprintf("decimal(%d, %d)", m.precision, m.scale)
	}
	return m.name
}

// kind is what a logical type tells of, without its unit: timestamp-millis is
// a timestamp.
func (m meaning) kind() string {
	for _, unit := range []string{"-millis", "-micros", "-nanos"} {
		if kind, ok := strings.CutSuffix(m.name, unit); ok {
			return kind
		}
	}
	return m.name
}

func (m meaning) unit() string { return strings.TrimPrefix(m.name, m.kind()) }

// reads says why a reader of one meaning gets another value than was written,
// and how sure that is; nothing when it does not. Text says that the reader
// is a string.
func (m meaning) reads(writer meaning, text bool) (Confidence, string) {
	switch {
	case m.known && writer.known:
		return m.readsKnown(writer)
	case m.name == writer.name:
		return "", ""
	case m.known && m.name == "uuid":
		if text {
			return Possible, "a text that is no UUID is read as one"
		}
		return "", ""
	case writer.known && writer.name == "uuid":
		// A UUID stays readable as the text or bytes that it is.
		return "", ""
	case m.known:
		return Likely, fmt.Sprintf("what was written as %s is read as %s", writer, m)
	case writer.known:
		return Likely, fmt.Sprintf("what was written as %s is read as the bare number or bytes", writer)
	}
	return Possible, fmt.Sprintf("what %s and %s mean is not known here, and may differ", writer, m)
}

func (m meaning) readsKnown(writer meaning) (Confidence, string) {
	switch {
	case m.name == "decimal" && writer.name == "decimal":
		if m.scale != writer.scale {
			return Certain, fmt.Sprintf("a decimal that was written with the scale %d is read with the scale %d, "+
				"so its value changes by powers of ten", writer.scale, m.scale)
		}
		if m.precision < writer.precision {
			return Possible, fmt.Sprintf("a decimal of up to %d digits was written where at most %d are read",
				writer.precision, m.precision)
		}
		return "", ""
	case m.name == writer.name:
		return "", ""
	case m.kind() == writer.kind():
		return Certain, fmt.Sprintf("%s is read as %s: the same number in another unit", writer, m)
	case strings.TrimPrefix(m.kind(), "local-") == strings.TrimPrefix(writer.kind(), "local-") && m.unit() == writer.unit():
		return Likely, fmt.Sprintf("%s is read as %s: an instant and a time of no zone are not the same", writer, m)
	}
	return Certain, fmt.Sprintf("%s is read as %s, which means another thing", writer, m)
}
