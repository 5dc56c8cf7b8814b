package compat

import "github.com/weir-registry/weir/schema/avro"

// Differences that the wire does not tell because they pass, but that a report
// shows on request (compatibility.md 9.2): data changes its meaning, or code
// that was generated from the schema breaks.
const (
	fieldReadFromDefault = "FIELD_READ_FROM_DEFAULT"
	fieldNotRead         = "FIELD_NOT_READ"
	typePromoted         = "TYPE_PROMOTED"
	symbolsReadAsDefault = "ENUM_SYMBOLS_READ_AS_DEFAULT"
	namespaceChanged     = "NAMESPACE_CHANGED"
	logicalTypeChanged   = "LOGICAL_TYPE_CHANGED"
)

// harmless says that the difference is one of these.
func (d *avroDiff) harmless() bool {
	switch d.code {
	case fieldReadFromDefault, fieldNotRead, typePromoted, symbolsReadAsDefault, namespaceChanged, logicalTypeChanged:
		return true
	}
	return false
}

// noteNamespace tells of two types whose short names agree and whose
// namespaces do not.
func (c *avroCheck) noteNamespace(r, w *avro.Type) {
	if c.w.compatible && r.Named.Space != w.Named.Space {
		c.note(avroDiff{
			code: namespaceChanged, token: "namespace", reader: r, writer: w,
			info: "reader: " + r.Named.Full + ", writer: " + w.Named.Full,
		})
	}
}

// noteLogical tells of logical types that differ: the same bytes mean another
// value.
func (c *avroCheck) noteLogical(r, w *avro.Type) {
	if !c.w.compatible || len(r.Props) == 0 && len(w.Props) == 0 {
		return
	}
	a, _ := r.Logical()
	b, _ := w.Logical()
	if a.Name != b.Name || a.Scale != b.Scale || a.Precision != b.Precision {
		c.note(avroDiff{code: logicalTypeChanged, token: "logicalType", reader: r, writer: w})
	}
}

// noteUnread tells of the fields of the writer that no field of the reader
// takes up.
func (c *avroCheck) noteUnread(r, w *avro.Type) {
	read := make(map[string]bool, len(r.Named.Fields))
	for i := range r.Named.Fields {
		read[r.Named.Fields[i].Name] = true
		for _, alias := range r.Named.Fields[i].Aliases {
			read[alias] = true
		}
	}
	for i := range w.Named.Fields {
		if f := &w.Named.Fields[i]; !read[f.Name] {
			c.note(avroDiff{code: fieldNotRead, token: "fields", reader: r, writer: w, field: f, info: f.Name})
		}
	}
}
