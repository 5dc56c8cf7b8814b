package store

import "net"

// quiet cannot tell without reading here: a connection that has broken shows
// when it is used.
func quiet(net.Conn) bool { return true }
