package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"github.com/weir-registry/weir/registry"
)

// longest is how many bytes of a name stand in a key as they are. Three names
// fit into a B-tree row of PostgreSQL with room to spare.
const longest = 255

// keyName is a name as columns hold it: key, in the columns that are indexed,
// and whole, which is null when key says it all.
type keyName struct {
	key   []byte
	whole any
}

// nameKey makes the columns of a name. A name that is long, or begins like the
// key of a long one, is its digest behind a zero byte.
func nameKey(name string) keyName {
	if len(name) <= longest && (name == "" || name[0] != 0) {
		return keyName{key: []byte(name)}
	}
	digest := sha256.Sum256([]byte(name))
	return keyName{key: append([]byte{0}, digest[:]...), whole: []byte(name)}
}

// readName is the inverse of nameKey; the result may share memory with both.
func readName(key, whole []byte) []byte {
	if whole != nil {
		return whole
	}
	return key
}

// subjectKey gives the two key columns of a subject and its whole name. The
// context's whole name stands in the table context.
func subjectKey(s registry.Subject) (context []byte, name keyName) {
	return nameKey(string(s.Context)).key, nameKey(s.Name)
}

// hashSize is the size of key_hash and touch_hash.
const hashSize = 8

// keyHash is what a claim compares in place of a key. That two keys share it
// costs one of them a second look, no more.
func keyHash(key string) []byte {
	digest := sha256.Sum256([]byte(key))
	return digest[:hashSize:hashSize]
}

// hashNumber is a hash for comparing in memory.
func hashNumber(hash []byte) uint64 {
	if len(hash) != hashSize {
		return 0
	}
	return binary.BigEndian.Uint64(hash)
}

// keyHashes joins the hashes of keys, for instr. It is never empty: an empty
// argument would be null to SQLite, and null is neither found nor not found.
func keyHashes(keys []string) []byte {
	if len(keys) == 0 {
		return []byte{0}
	}
	var all bytes.Buffer
	all.Grow(hashSize * len(keys))
	for _, k := range keys {
		all.Write(keyHash(k))
	}
	return all.Bytes()
}
