//go:build unix && !linux

package registry

// adviseHuge does nothing: huge pages are Linux's.
func adviseHuge([]byte) {}
