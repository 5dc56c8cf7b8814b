package registry

import "syscall"

// adviseHuge asks for huge pages behind a block. Where a page fault is dear (a
// virtual machine: 10 µs each was measured) a million of them cost more than
// everything else that a load does. A system that has none goes on without.
func adviseHuge(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
