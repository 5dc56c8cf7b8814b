package confluent

import "github.com/google/uuid"

// guidSpace is the space of names (RFC 9562 section 6.6) in which entities have
// their guids.
var guidSpace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/weir-registry/weir/catalog/confluent"))

// GUID is the guid of an entity: a name-based UUID (version 5) of its type and
// canonical name, so that it is the same on every node and at every start.
func GUID(t Type, qualifiedName string) string {
	return uuid.NewSHA1(guidSpace, []byte(string(t)+" "+qualifiedName)).String()
}
