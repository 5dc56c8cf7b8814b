//go:build unix

package registry

import "syscall"

// allocateBlock asks the system for memory; what is not written costs nothing.
func allocateBlock(n int) []byte {
	b, err := syscall.Mmap(-1, 0, n, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return make([]byte, n)
	}
	if n >= 2<<20 {
		adviseHuge(b)
	}
	return b
}
