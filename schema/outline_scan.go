package schema

import "encoding/binary"

// OutlineScanner walks the compact form of an outline, record by record and
// field by field, and makes no strings: its texts are parts of the bytes that
// it reads. It is for those who look at very many outlines, or at a page of a
// very long one.
//
//	for s := ScanOutline(data); s.NextRecord(); {
//		for s.NextField() {
//			… s.Record, s.Field …
//		}
//	}
//	err := s.Err()
type OutlineScanner struct {
	// Record and Field are what NextRecord and NextField came to.
	Record ScannedRecord
	Field  ScannedField

	data            []byte
	at              int
	records, fields int // still to come
	bad             bool
	first           bool // the first form
	parts           bool // Field has more than a name and a type
}

// ScannedRecord is a [Record] without its symbols, aliases, holds and fields.
type ScannedRecord struct {
	Name, TagPath, Doc, Kind []byte
	Tags                     []string
	// Fields is how many fields the record has.
	Fields int
}

// ScannedField is a [Field] without its aliases and holds. TagPath is nil for the usual one: the record's,
// a point, and Name.
type ScannedField struct {
	Name, RuntimeName, TagPath, Type, Ref, Doc, Default []byte
	Tags                                                []string
	Required                                            bool
	Number                                              int32
}

// ScanOutline begins to walk what AppendBinary wrote.
func ScanOutline(data []byte) *OutlineScanner {
	// Small enough to be inlined, so that a scanner need not be on the heap.
	s := &OutlineScanner{data: data}
	s.begin()
	return s
}

func (s *OutlineScanner) begin() {
	switch s.byte() {
	case outlineVersion:
		s.text()
		s.text()
		s.skipHolds()
	case firstVersion:
		s.first = true
		s.text()
	default:
		s.fail()
		return
	}
	s.records = s.count()
}

// Err is ErrOutline when the bytes are not an outline. It tells for certain
// only after NextRecord answered false.
func (s *OutlineScanner) Err() error {
	if s.bad || s.records == 0 && s.fields == 0 && s.at != len(s.data) {
		return ErrOutline
	}
	return nil
}

// NextRecord goes to the next record, past what is left of the last one's
// fields.
func (s *OutlineScanner) NextRecord() bool {
	for s.fields > 0 {
		s.NextField()
	}
	if s.records == 0 {
		return false
	}
	s.records--
	r := &s.Record
	r.Name, r.TagPath, r.Doc = s.text(), s.text(), s.text()
	r.Tags = s.texts()
	r.Kind = s.text()
	for n := s.count(); n > 0; n-- {
		s.text()
	}
	if !s.first {
		s.skipTexts()
		s.skipHolds()
	}
	r.Fields = s.count()
	s.fields = r.Fields
	return !s.bad
}

// NextField goes to the next field of the record.
func (s *OutlineScanner) NextField() bool {
	if s.fields == 0 {
		return false
	}
	s.fields--
	f := &s.Field
	flags, more := s.byte(), byte(0)
	if !s.first {
		more = s.byte()
	}
	f.Name, f.Type = s.text(), s.text()
	f.RuntimeName, f.Required = f.Name, flags&fieldRequired != 0
	if s.parts {
		f.TagPath, f.Ref, f.Doc, f.Default, f.Tags, f.Number = nil, nil, nil, nil, nil, 0
	}
	if s.parts = flags&^fieldRequired|more != 0; !s.parts {
		return !s.bad // most fields
	}
	if flags&fieldOwnRuntime != 0 {
		f.RuntimeName = s.text()
	}
	if flags&fieldOwnTagPath != 0 {
		f.TagPath = s.text()
	}
	if flags&fieldHasRef != 0 {
		f.Ref = s.text()
	}
	if flags&fieldHasDoc != 0 {
		f.Doc = s.text()
	}
	if flags&fieldHasDefault != 0 {
		f.Default = s.text()
	}
	if flags&fieldHasTags != 0 {
		f.Tags = s.texts()
	}
	if flags&fieldHasNumber != 0 {
		n, size := binary.Varint(s.data[s.at:])
		if size <= 0 {
			s.fail()
		} else {
			s.at += size
			f.Number = int32(n)
		}
	}
	if more&fieldHasAliases != 0 {
		s.skipTexts()
	}
	if more&fieldHasHolds != 0 {
		s.skipHolds()
	}
	return !s.bad
}

func (s *OutlineScanner) skipTexts() {
	for n := s.count(); n > 0; n-- {
		s.text()
	}
}

func (s *OutlineScanner) skipHolds() {
	for n := s.count(); n > 0; n-- {
		s.text()
		lists, size := binary.Uvarint(s.data[s.at:])
		if size <= 0 || lists > 1<<31 {
			s.fail()
			return
		}
		s.at += size
	}
}

func (s *OutlineScanner) byte() byte {
	if s.at >= len(s.data) {
		s.fail()
		return 0
	}
	s.at++
	return s.data[s.at-1]
}

// count reads a number of items, each of which takes at least one byte.
func (s *OutlineScanner) count() int {
	if s.at < len(s.data) && s.data[s.at] < 0x80 {
		if n := int(s.data[s.at]); n < len(s.data)-s.at {
			s.at++
			return n
		}
	}
	n, size := binary.Uvarint(s.data[s.at:])
	if size <= 0 || n > uint64(len(s.data)-s.at-size) {
		s.fail()
		return 0
	}
	s.at += size
	return int(n)
}

func (s *OutlineScanner) text() []byte {
	if at := s.at + 1; at <= len(s.data) {
		if n := int(s.data[s.at]); n < 0x80 && n <= len(s.data)-at {
			s.at = at + n
			return s.data[at:s.at:s.at]
		}
	}
	n := s.count()
	s.at += n
	return s.data[s.at-n : s.at : s.at]
}

func (s *OutlineScanner) texts() []string {
	n := s.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = string(s.text())
	}
	return list
}

// fail makes the rest empty: what is read from now on is nothing.
func (s *OutlineScanner) fail() {
	s.bad, s.at, s.records, s.fields = true, len(s.data), 0, 0
}
