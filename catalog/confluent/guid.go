package confluent

import (
	"crypto/sha1"

	"github.com/google/uuid"
)

// guidSpace is the space of names (RFC 9562 section 6.6) in which entities have
// their guids.
var guidSpace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/weir-registry/weir/catalog/confluent"))

// GUID is the guid of an entity: a name-based UUID (version 5) of its type and
// canonical name, so that it is the same on every node and at every start.
func GUID(t Type, qualifiedName string) string { return string(appendGUID(nil, t, qualifiedName)) }

// GUID is the entity's guid.
func (e *Entity) GUID() string { return GUID(e.Name.Type, e.QualifiedName) }

// AppendGUID appends GUID.
func (e *Entity) AppendGUID(b []byte) []byte { return appendGUID(b, e.Name.Type, e.QualifiedName) }

// appendGUID is for each entity of a page, hence no hash.Hash.
func appendGUID(b []byte, t Type, qualifiedName string) []byte {
	room := make([]byte, 0, 256)
	room = append(room, guidSpace[:]...)
	room = append(room, t...)
	room = append(room, ' ')
	room = append(room, qualifiedName...)
	id := sha1.Sum(room)
	id[6] = id[6]&0x0f | 0x50 // version 5
	id[8] = id[8]&0x3f | 0x80 // the variant of RFC 9562
	var text [36]byte
	at := 0
	for i, x := range id[:16] {
		switch i {
		case 4, 6, 8, 10:
			text[at] = '-'
			at++
		}
		text[at], text[at+1] = digits[x>>4], digits[x&15]
		at += 2
	}
	return append(b, text[:]...)
}

const digits = "0123456789abcdef"
