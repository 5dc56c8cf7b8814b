package schema

import (
	"encoding/binary"
	"errors"
)

// The compact binary form of an outline: a version byte, then every value in
// the order of the structs; texts and lists carry their length as a uvarint.
// A field starts with two bytes of flags that leave out what can be derived.
// The first form, which rows may still have, has no RecordName, Holds and
// Aliases, and one byte of flags.
const (
	outlineVersion = 2
	firstVersion   = 1
)

const (
	fieldRequired   = 1 << iota // Required
	fieldOwnRuntime             // RuntimeName differs from Name
	fieldOwnTagPath             // TagPath is not the record's, a point, and Name
	fieldHasRef                 // Ref is not empty
	fieldHasDoc                 // Doc is not empty
	fieldHasTags                // Tags is not empty
	fieldHasDefault             // Default is not empty
	fieldHasNumber              // Number is not 0
)

const (
	fieldHasAliases = 1 << iota // Aliases is not empty
	fieldHasHolds               // Holds is not empty
)

// ErrOutline says that bytes are not an outline.
var ErrOutline = errors.New("schema: not an outline")

// AppendBinary appends the compact form that stores keep.
func (o *Outline) AppendBinary(dst []byte) ([]byte, error) {
	dst = append(dst, outlineVersion)
	dst = appendText(dst, o.Doc)
	dst = appendText(dst, o.RecordName)
	dst = appendHolds(dst, o.Holds)
	dst = binary.AppendUvarint(dst, uint64(len(o.Records)))
	for i := range o.Records {
		dst = o.Records[i].appendBinary(dst)
	}
	return dst, nil
}

func (r *Record) appendBinary(dst []byte) []byte {
	dst = appendText(dst, r.Name)
	dst = appendText(dst, r.TagPath)
	dst = appendText(dst, r.Doc)
	dst = appendTexts(dst, r.Tags)
	dst = appendText(dst, r.Kind)
	dst = appendTexts(dst, r.Symbols)
	dst = appendTexts(dst, r.Aliases)
	dst = appendHolds(dst, r.Holds)
	dst = binary.AppendUvarint(dst, uint64(len(r.Fields)))
	for i := range r.Fields {
		dst = r.Fields[i].appendBinary(dst, r.TagPath)
	}
	return dst
}

func (f *Field) appendBinary(dst []byte, recordPath string) []byte {
	var flags, more byte
	set := func(flags *byte, flag byte, on bool) {
		if on {
			*flags |= flag
		}
	}
	set(&flags, fieldRequired, f.Required)
	set(&flags, fieldOwnRuntime, f.RuntimeName != f.Name)
	set(&flags, fieldOwnTagPath, f.TagPath != recordPath+"."+f.Name)
	set(&flags, fieldHasRef, f.Ref != "")
	set(&flags, fieldHasDoc, f.Doc != "")
	set(&flags, fieldHasTags, len(f.Tags) > 0)
	set(&flags, fieldHasDefault, f.Default != "")
	set(&flags, fieldHasNumber, f.Number != 0)
	set(&more, fieldHasAliases, len(f.Aliases) > 0)
	set(&more, fieldHasHolds, len(f.Holds) > 0)
	dst = append(dst, flags, more)
	dst = appendText(dst, f.Name)
	dst = appendText(dst, f.Type)
	for _, part := range []struct {
		flag byte
		text string
	}{
		{fieldOwnRuntime, f.RuntimeName},
		{fieldOwnTagPath, f.TagPath},
		{fieldHasRef, f.Ref},
		{fieldHasDoc, f.Doc},
		{fieldHasDefault, f.Default},
	} {
		if flags&part.flag != 0 {
			dst = appendText(dst, part.text)
		}
	}
	if flags&fieldHasTags != 0 {
		dst = appendTexts(dst, f.Tags)
	}
	if flags&fieldHasNumber != 0 {
		dst = binary.AppendVarint(dst, int64(f.Number))
	}
	if more&fieldHasAliases != 0 {
		dst = appendTexts(dst, f.Aliases)
	}
	if more&fieldHasHolds != 0 {
		dst = appendHolds(dst, f.Holds)
	}
	return dst
}

func appendHolds(dst []byte, list []Hold) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	for _, h := range list {
		dst = binary.AppendUvarint(appendText(dst, h.Name), uint64(h.Lists))
	}
	return dst
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

func appendTexts(dst []byte, list []string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	for _, s := range list {
		dst = appendText(dst, s)
	}
	return dst
}

// UnmarshalBinary reads what AppendBinary wrote. Bytes that are not an outline
// answer ErrOutline; no count in them makes it allocate more than they hold.
func (o *Outline) UnmarshalBinary(data []byte) error {
	d := outlineReader{data: data}
	if err := d.begin(); err != nil {
		return err
	}
	o.Doc = d.text()
	if !d.first {
		o.RecordName, o.Holds = d.text(), d.holds()
	}
	o.Records = make([]Record, d.count())
	for i := range o.Records {
		o.Records[i] = d.record()
	}
	if d.bad || len(d.data) != 0 {
		return ErrOutline
	}
	return nil
}

// OutlineName reads nothing but the RecordName of an outline; empty where there
// is none, and in the first form for what is not its first record.
func OutlineName(data []byte) string {
	d := outlineReader{data: data}
	if d.begin() != nil {
		return ""
	}
	d.text()
	if !d.first {
		return d.text()
	}
	if d.count() == 0 {
		return ""
	}
	return d.text()
}

// OutlineDoc reads nothing but the Doc of an outline; empty where there is none.
func OutlineDoc(data []byte) string {
	d := outlineReader{data: data}
	if d.begin() != nil {
		return ""
	}
	return d.text()
}

// outlineReader reads from the front of data; after a fault it gives zeros.
type outlineReader struct {
	data  []byte
	bad   bool
	first bool // the first form
}

func (d *outlineReader) begin() error {
	switch d.byte() {
	case outlineVersion:
		return nil
	case firstVersion:
		d.first = true
		return nil
	}
	return ErrOutline
}

func (d *outlineReader) record() Record {
	r := Record{Name: d.text(), TagPath: d.text(), Doc: d.text(), Tags: d.texts(), Kind: d.text(), Symbols: d.texts()}
	if !d.first {
		r.Aliases, r.Holds = d.texts(), d.holds()
	}
	if n := d.count(); n > 0 {
		r.Fields = make([]Field, n)
		for i := range r.Fields {
			r.Fields[i] = d.field(r.TagPath)
		}
	}
	return r
}

func (d *outlineReader) field(recordPath string) Field {
	flags, more := d.byte(), byte(0)
	if !d.first {
		more = d.byte()
	}
	f := Field{Name: d.text(), Type: d.text(), Required: flags&fieldRequired != 0}
	f.RuntimeName, f.TagPath = f.Name, recordPath+"."+f.Name
	for _, part := range []struct {
		flag byte
		text *string
	}{
		{fieldOwnRuntime, &f.RuntimeName},
		{fieldOwnTagPath, &f.TagPath},
		{fieldHasRef, &f.Ref},
		{fieldHasDoc, &f.Doc},
		{fieldHasDefault, &f.Default},
	} {
		if flags&part.flag != 0 {
			*part.text = d.text()
		}
	}
	if flags&fieldHasTags != 0 {
		f.Tags = d.texts()
	}
	if flags&fieldHasNumber != 0 {
		n, size := binary.Varint(d.data)
		if size <= 0 {
			d.fail()
			return f
		}
		d.data = d.data[size:]
		f.Number = int32(n)
	}
	if more&fieldHasAliases != 0 {
		f.Aliases = d.texts()
	}
	if more&fieldHasHolds != 0 {
		f.Holds = d.holds()
	}
	return f
}

func (d *outlineReader) holds() []Hold {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]Hold, n)
	for i := range list {
		list[i].Name = d.text()
		lists, size := binary.Uvarint(d.data)
		if size <= 0 || lists > 1<<31 {
			d.fail()
			return nil
		}
		list[i].Lists, d.data = int(lists), d.data[size:]
	}
	return list
}

func (d *outlineReader) byte() byte {
	if len(d.data) == 0 {
		d.fail()
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

// count reads a number of items, each of which takes at least one byte.
func (d *outlineReader) count() int {
	n, size := binary.Uvarint(d.data)
	if size <= 0 || n > uint64(len(d.data)-size) {
		d.fail()
		return 0
	}
	d.data = d.data[size:]
	return int(n)
}

func (d *outlineReader) text() string {
	n := d.count()
	s := string(d.data[:n])
	d.data = d.data[n:]
	return s
}

func (d *outlineReader) texts() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.text()
	}
	return list
}

func (d *outlineReader) fail() { d.bad, d.data = true, nil }
