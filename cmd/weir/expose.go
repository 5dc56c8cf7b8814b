package main

import (
	"fmt"
	"net"
)

// checkExposure refuses to serve everybody beyond this machine while nobody is
// asked who he is, unless that was asked for. A properties file that asks for
// authentication is refused likewise: a registry never becomes open by moving.
func checkExposure(addresses []string, wantsAuth string, insecure bool) error {
	for _, address := range addresses {
		if _, _, err := net.SplitHostPort(address); err != nil {
			return fmt.Errorf("--listen: %q is not an address, HOST:PORT: %w", address, err)
		}
	}
	if insecure {
		return nil
	}
	if wantsAuth != "" {
		return fmt.Errorf("the properties file asks for authentication (%s), which this server has no rules for; --insecure-no-auth serves without", wantsAuth)
	}
	for _, address := range addresses {
		if !loopback(address) {
			return fmt.Errorf("refusing to listen on %s without authentication: everybody who reaches it could change everything; --insecure-no-auth does it", address)
		}
	}
	return nil
}

// loopback says that an address can be reached from this machine only. A name
// is resolved by nobody here: only localhost is known to be loopback.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
