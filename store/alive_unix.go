//go:build unix

package store

import (
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// quiet says that a connection on which nothing is awaited is open and has
// nothing to read: no goodbye, no end. It asks the system only, in about a
// microsecond. Where it cannot tell it says no.
func quiet(c net.Conn) bool {
	if wrapped, ok := c.(interface{ NetConn() net.Conn }); ok { // TLS
		c = wrapped.NetConn()
	}
	sys, ok := c.(syscall.Conn)
	if !ok {
		return false
	}
	raw, err := sys.SyscallConn()
	if err != nil {
		return false
	}
	open := false
	// Not raw.Read, which waits its turn behind a read that the driver may have
	// left waiting.
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		_, _, err := unix.Recvfrom(int(fd), one[:], unix.MSG_PEEK|unix.MSG_DONTWAIT)
		open = err == unix.EAGAIN
	})
	return err == nil && open
}
