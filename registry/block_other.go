//go:build !unix

package registry

// allocateBlock gives a block that holds no pointers.
func allocateBlock(n int) []byte { return make([]byte, n) }
