package main

import (
	"time"

	"github.com/weir-registry/weir/graphql"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/rest"
)

// settings are all that flags and a properties file can say about the running
// server.
type settings struct {
	registry registry.Settings
	rest     rest.Settings
	graphql  graphql.Limits
	// addresses are those of a properties file; flags win.
	addresses []string
	// maxKeys bounds the keys of the DEK registry.
	maxKeys int
	// idle is how long a connection may be silent.
	idle time.Duration
	// headerBytes is the size of a request's line and headers (431).
	headerBytes int
	http2       bool
	// wantsAuth names the property by which a file asks for authentication.
	wantsAuth string
	// The size filter of request bodies: the limit counts when it is on.
	sizeFilter bool
	sizeLimit  int64
	// The level of an older property wins when it is not empty.
	olderLevel string
}

// Defaults of settings that registry and rest do not have
// (wire/registry-api.md 23, wire/validation.md 9).
const (
	defaultIdle        = 120 * time.Second
	defaultHeaderBytes = 8192
	defaultMaxKeys     = 20000
	defaultSizeLimit   = 1048576
)

func defaultSettings() *settings {
	return &settings{
		registry:    registry.DefaultSettings(),
		rest:        rest.DefaultSettings(),
		maxKeys:     defaultMaxKeys,
		idle:        defaultIdle,
		headerBytes: defaultHeaderBytes,
		http2:       true,
		sizeLimit:   defaultSizeLimit,
	}
}
