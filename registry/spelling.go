package registry

import "github.com/weir-registry/weir/schema"

// spellingKey is the digest of a text as a client sent it and of all that its
// canonical form depends on.
type spellingKey [32]byte

// spelling is the canonical form of a text.
type spelling struct {
	text string
	refs []schema.Reference
}
