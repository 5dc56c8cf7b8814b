package rest

import "time"

// Settings are the server settings with an effect on the wire that are not the
// registry's own (registry-api.md 23). DefaultSettings gives the defaults.
type Settings struct {
	// The limits of lists (1.4).
	SchemaLimits  Limits
	SubjectLimits Limits
	VersionLimits Limits
	ContextLimits Limits
	// The limits of the lists of keys (22.1).
	KekLimits        Limits
	DekSubjectLimits Limits
	DekVersionLimits Limits
	// AssociationsEnabled says whether the paths of section 16 exist.
	AssociationsEnabled bool
	// ClusterID is weir's own, made at the first start; GroupID, when it is
	// set, stands for it in schema-registry-cluster (1.8).
	ClusterID string
	GroupID   string
	// IncompatibleCode is the error_code of an incompatible schema: 0 for
	// 40901, or 409 for clients before it (2.2).
	IncompatibleCode int
	// MaxBodyBytes bounds a request's body (413).
	MaxBodyBytes int64
	// Timeout bounds the work on one request that is not answered from memory
	// (504).
	Timeout time.Duration
	// Heartbeat is how often a stream of changes shows that it is alive when
	// nothing happens.
	Heartbeat time.Duration
	// StreamWrite is how long a client of a stream may take to read what is
	// sent at a time, before it is taken for gone.
	StreamWrite time.Duration
	// Compress says whether answers may be compressed (1.7).
	Compress bool
	// Headers are added to every answer.
	Headers []AddedHeader
	// CORS lets pages of other origins in; without origins it lets in none.
	CORS CORS
	// Linearizable makes every read see every write that was answered before
	// it (docs/design.md 4.1).
	Linearizable bool
}

// DefaultSettings are the defaults.
func DefaultSettings() Settings {
	return Settings{
		SchemaLimits:        Limits{Default: 1000, Max: 1000},
		SubjectLimits:       unlimited,
		VersionLimits:       unlimited,
		ContextLimits:       unlimited,
		KekLimits:           unlimited,
		DekSubjectLimits:    unlimited,
		DekVersionLimits:    unlimited,
		AssociationsEnabled: true,
		MaxBodyBytes:        10 << 20,
		Timeout:             30 * time.Second,
		Heartbeat:           15 * time.Second,
		StreamWrite:         30 * time.Second,
		Compress:            true,
		CORS: CORS{
			Methods: []string{"GET", "POST", "HEAD"},
			Headers: []string{"X-Requested-With", "Content-Type", "Accept", "Origin"},
		},
	}
}
