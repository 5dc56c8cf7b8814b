package diff

import (
	"slices"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// severe says that a change by itself keeps the reader of a direction from what
// the writer has written. It is asked where the check says only that two records
// do not read each other, or has lost its way among them.
func (w *work) severe(f *found, direction compat.Direction) bool {
	reader, writer := f.after, f.before
	if direction == compat.OldReadsNew {
		reader, writer = writer, reader
	}
	switch f.Kind {
	case FieldAdded, FieldRemoved:
		e := f.after
		if e == nil {
			e = f.before
		}
		if e == nil || e.defaulted() {
			return false
		}
		// In Avro a reader without the field skips it.
		return w.language != schema.Avro || reader != nil
	case FieldRenamed:
		return w.language != schema.Avro || !slices.Contains(reader.aliases, writer.name) && !reader.defaulted()
	case SymbolAdded, SymbolRemoved:
		return w.language != schema.Avro || reader == nil && !writer.parent.other.defaulted()
	case RecordRenamed:
		return w.language != schema.Avro || reader.short != writer.short && !slices.Contains(reader.aliases, writer.name)
	case TypeChanged, ConstraintChanged:
		return true
	}
	return false
}

// defaulted says that the element has a default.
func (e *element) defaulted() bool {
	return slices.ContainsFunc(e.attributes, func(a attribute) bool { return a.kind == DefaultChanged })
}
