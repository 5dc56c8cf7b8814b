package confluent

import (
	"crypto/sha1"

	"github.com/google/uuid"
)

// guidSpace is the space of names (RFC 9562 section 6.6) in which entities have
// their guids.
var guidSpace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/weir-registry/weir/catalog/confluent"))

// GUID is the guid of an entity: a name-based UUID (version 5) of its type and
// canonical name, so that it is the same on every node and at every start. Each
// entity of a page has one, hence no hash.Hash.
func GUID(t Type, qualifiedName string) string {
	room := make([]byte, 0, 256)
	room = append(room, guidSpace[:]...)
	room = append(room, t...)
	room = append(room, ' ')
	room = append(room, qualifiedName...)
	sum := sha1.Sum(room)
	id := uuid.UUID(sum[:16])
	id[6] = id[6]&0x0f | 0x50 // version 5
	id[8] = id[8]&0x3f | 0x80 // the variant of RFC 9562
	return id.String()
}
