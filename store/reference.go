package store

import (
	"encoding/binary"
	"errors"
	"unsafe"

	"github.com/weir-registry/weir/schema"
)

// The references of a schema as the client wrote them stand in the schema's
// own row, so that a node loads them without a second read: for each the
// length of its name, the name, the length of its subject, the subject, and
// the version, numbers as varints. The table reference has them resolved.

func appendReferences(to []byte, references []schema.Reference) []byte {
	for _, r := range references {
		to = binary.AppendUvarint(to, uint64(len(r.Name)))
		to = append(to, r.Name...)
		to = binary.AppendUvarint(to, uint64(len(r.Subject)))
		to = append(to, r.Subject...)
		to = binary.AppendVarint(to, int64(r.Version))
	}
	return to
}

var errReferences = errors.New("store: the references of a schema row cannot be read")

// readReferences appends what appendReferences wrote. The texts share memory
// with from.
func readReferences(to []schema.Reference, from []byte) ([]schema.Reference, error) {
	text := func() (string, bool) {
		n, size := binary.Uvarint(from)
		if size <= 0 || n > uint64(len(from)-size) {
			return "", false
		}
		s := borrow(from[size : size+int(n)])
		from = from[size+int(n):]
		return s, true
	}
	for len(from) > 0 {
		name, ok1 := text()
		subject, ok2 := text()
		version, size := binary.Varint(from)
		if !ok1 || !ok2 || size <= 0 {
			return nil, errReferences
		}
		from = from[size:]
		to = append(to, schema.Reference{Name: name, Subject: subject, Version: int32(version)})
	}
	return to, nil
}

// borrow views bytes as a string, without a copy: a load reads gigabytes. Who
// is given the string keeps to the lifetime of the bytes (registry.Store says
// so for rows).
func borrow(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
