package compat

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/schema/protobuf"
)

// field warns of two fields of one number.
func (p *protoWarn) field(s protoScope, path string, update, original *protobuf.Field) error {
	if err := p.names(s, path, update, original); err != nil {
		return err
	}
	now, old := fieldRef(p.reader, s.update, update), fieldRef(p.writer, s.original, original)
	if now.kind != old.kind {
		return nil
	}
	if now.kind == scalarKind && now.group != old.group {
		return nil
	}
	if err := p.labels(s, path, update, original, now); err != nil {
		return err
	}
	return p.refs(s, path, fieldNode(update), fieldNode(original), now, old)
}

// names warns of a field with another name, in JSON or in generated code.
// Readers of JSON take the name that the field has there and the one that it
// has in the schema.
func (p *protoWarn) names(s protoScope, path string, update, original *protobuf.Field) error {
	if written := jsonName(original); written != jsonName(update) && written != update.Name {
		if err := p.tell(s, Warning{
			Code: fieldJSONNameChanged, Path: path, Category: JSONForm, Confidence: Certain,
			Info: fmt.Sprintf("written: %s, read: %s", written, jsonName(update)),
			Hint: fmt.Sprintf("JSON has the field as %q, and the reader looks for %q. Keep the name, or set json_name.", written, jsonName(update)),
		}, fieldNode(update), fieldNode(original)); err != nil {
			return err
		}
	}
	if update.Name == original.Name {
		return nil
	}
	return p.tell(s, Warning{
		Code: fieldNameChanged, Path: path, Category: Source, Confidence: Certain,
		Hint: "data is read as before, but generated code has another name for the field. Keep the name; a field that means something else needs a number of its own.",
	}, fieldNode(update), fieldNode(original))
}

// jsonName is the name of a field in JSON: its json_name, or its name without
// underscores, each letter after one in upper case.
func jsonName(f *protobuf.Field) string {
	if f.JSONName != nil {
		return *f.JSONName
	}
	if strings.IndexByte(f.Name, '_') < 0 {
		return f.Name
	}
	out := make([]byte, 0, len(f.Name))
	upper := false
	for _, c := range []byte(f.Name) {
		switch {
		case c == '_':
			upper = true
			continue
		case upper && 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		}
		upper = false
		out = append(out, c)
	}
	return string(out)
}

// labels warns of labels that the wire does not compare: those of messages, of
// strings and bytes, and of numbers where one side has none.
func (p *protoWarn) labels(s protoScope, path string, update, original *protobuf.Field, now protoTypeRef) error {
	number := now.kind == scalarKind && now.group != "text"
	if now.kind == mapKind || number && update.Label != protobuf.NoLabel && original.Label != protobuf.NoLabel {
		return nil
	}
	x := Warning{Code: fieldLabelChanged, Path: path, Category: Wire, Confidence: Certain}
	reads, writes := update.Label == protobuf.Repeated, original.Label == protobuf.Repeated
	switch {
	case writes && !reads && number:
		x.Hint = "of several numbers all but the last are lost, and some readers do not read a packed list as one number at all."
	case writes && !reads && now.kind == messageKind:
		x.Hint = "of several messages one is made, which mixes their fields."
	case writes && !reads:
		x.Hint = "of several values all but the last are lost."
	case reads && !writes:
		x.Category = JSONForm
		x.Hint = "the bytes are read as a list of one, but JSON has the bare value where a list is looked for, and generated code changes."
	case update.Label == protobuf.Required && original.Label != protobuf.Required:
		x.Hint = "a message without the field is refused by the reader."
	default:
		return nil
	}
	x.Hint += " Keep the label, or use a field with a number of its own."
	return p.tell(s, x, fieldNode(update), fieldNode(original))
}

// refs warns of two types of one kind.
func (p *protoWarn) refs(s protoScope, path string, u, o node, update, original protoTypeRef) error {
	if err := p.work.step(); err != nil {
		return err
	}
	switch {
	case update.kind != original.kind:
	case update.kind == scalarKind:
		return p.scalars(s, path, u, o, update.scalar(), original.scalar())
	case update.kind == mapKind:
		for _, part := range [][2]string{{update.key, original.key}, {update.value, original.value}} {
			if err := p.refs(s, path, u, o, ref(p.reader, update.scope, part[0]), ref(p.writer, original.scope, part[1])); err != nil {
				return err
			}
		}
	case update.resolved && original.resolved && update.typ.Local() == original.typ.Local():
		return p.elsewhere(update.typ, original.typ)
	}
	return nil
}

// scalar is the name of a scalar type, "enum" for any enum.
func (r protoTypeRef) scalar() string {
	if protobuf.Scalar(r.name) {
		return r.name
	}
	return "enum"
}

// scalars warns of types whose bytes are read and whose values are not.
func (p *protoWarn) scalars(s protoScope, path string, u, o node, reader, writer string) error {
	if reader == writer || scalarGroupOf(reader) != scalarGroupOf(writer) {
		return nil
	}
	x := Warning{Path: path, Info: "written: " + writer + ", read: " + reader}
	if confidence, why := narrows(reader, writer); why != "" {
		x.Code, x.Category, x.Confidence = fieldScalarNarrowed, Wire, confidence
		x.Hint = why + ". Keep the type, or use a field with a number of its own."
		if err := p.tell(s, x, u, o); err != nil {
			return err
		}
	}
	if why := otherInJSON(reader, writer); why != "" {
		x.Code, x.Category, x.Confidence = fieldJSONFormChanged, JSONForm, Certain
		x.Hint = why + ". Keep the type, or use a field with a number of its own."
		return p.tell(s, x, u, o)
	}
	return nil
}

func scalarGroupOf(scalar string) string {
	if scalar == "enum" {
		scalar = "int32"
	}
	return scalarGroup(scalar)
}

// narrows says which values of a scalar another one of its group cannot hold.
func narrows(reader, writer string) (Confidence, string) {
	if reader == "string" {
		return Certain, "bytes that are no UTF-8 are refused or mended by readers of strings"
	}
	r, w := rangeOf(reader), rangeOf(writer)
	switch {
	case writer == "bytes" || writer == "string":
		return "", ""
	case reader == "enum":
		return Possible, "numbers that are no constants of the enum are kept aside or unknown"
	case reader == "bool":
		return Certain, "every number but 0 is read as true"
	case writer == "enum" && w.low < r.low:
		return Possible, "negative constants are read as large numbers"
	case w.low < r.low && w.high > r.high:
		return Certain, fmt.Sprintf("%s has values that %s cuts off", writer, reader)
	case w.low < r.low:
		return Certain, fmt.Sprintf("negative values of %s are read as large values of %s", writer, reader)
	case w.high > r.high:
		return Certain, fmt.Sprintf("%s has values above the largest of %s, which are read as others", writer, reader)
	}
	return "", ""
}

// bounds are the least and the greatest exponent of two that a scalar reaches:
// -31 and 31 for int32.
type bounds struct{ low, high int }

func rangeOf(scalar string) bounds {
	switch scalar {
	case "bool":
		return bounds{0, 1}
	case "uint32", "fixed32":
		return bounds{0, 32}
	case "uint64", "fixed64":
		return bounds{0, 64}
	case "int64", "sint64", "sfixed64":
		return bounds{-63, 63}
	}
	return bounds{-31, 31}
}

// otherInJSON says how a scalar is written in JSON where readers of another
// one of its group do not take that.
func otherInJSON(reader, writer string) string {
	switch {
	case reader == "string" || writer == "string":
		return "JSON has bytes in base64 and strings as they are"
	case writer == "bool" || reader == "bool":
		return "JSON has true and false where the other has a number"
	case writer == "enum":
		return "JSON has the name of the constant, which is no number"
	}
	return ""
}
