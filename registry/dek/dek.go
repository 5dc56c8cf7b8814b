// Package dek is the DEK registry: the key encryption keys (KEKs) and data
// encryption keys (DEKs) with which clients encrypt fields of their records.
//
// KEKs name a key in a key management system (KMS); DEKs hang on a KEK and a
// subject, by version and algorithm, and are kept encrypted. For a shared KEK
// the registry itself uses the KMS, through the [Driver] of its type. Reads
// answer from memory: a [View] that is loaded at start and follows the feed.
// Writes are decided on the view and committed as [feed.Command]s. The package
// knows the subjects, modes and error type of package registry; it knows no
// SQL and no HTTP.
//
// The rules are those of wire/registry-api.md section 22.1.
package dek

import "github.com/weir-registry/weir/registry"

// Kek is a key encryption key.
type Kek struct {
	Name     string
	KMSType  string
	KMSKeyID string
	// KMSProps are handed to the KMS driver; a nil value is JSON's null.
	KMSProps map[string]*string
	Doc      *string
	Shared   bool
	Deleted  bool
	At       int64 // microseconds since the epoch, of the last change
}

// Algorithm is what a DEK is for, by its name on the wire.
type Algorithm string

// The algorithms, in the order of their numbers on the wire.
const (
	AES128GCM Algorithm = "AES128_GCM"
	AES256GCM Algorithm = "AES256_GCM"
	AES256SIV Algorithm = "AES256_SIV"
)

// Algorithms lists the algorithms by their number on the wire, from 0.
var Algorithms = [...]Algorithm{AES128GCM, AES256GCM, AES256SIV}

// Key names a DEK.
type Key struct {
	Kek       string
	Subject   registry.Subject
	Algorithm Algorithm
	Version   int32
}

// Dek is a data encryption key.
type Dek struct {
	Key
	// EncryptedKeyMaterial is the key as its KEK encrypted it, in base64 where
	// the client did so.
	EncryptedKeyMaterial string
	// KeyMaterial is the key in the clear, in base64: only in answers, and
	// only for shared KEKs.
	KeyMaterial string
	Deleted     bool
	At          int64 // microseconds since the epoch, of the last change
}

// CreateKek is the body of a KEK's creation; nil is absent or null.
type CreateKek struct {
	Name     *string
	KMSType  *string
	KMSKeyID *string
	KMSProps map[string]*string
	Doc      *string
	Shared   bool
	Deleted  bool
}

// UpdateKek is the body of a KEK's update.
type UpdateKek struct {
	KMSProps registry.Optional[map[string]*string]
	Doc      registry.Optional[string]
	Shared   registry.Optional[bool]
}

// CreateDek is the body of a DEK's creation; nil is absent or null.
type CreateDek struct {
	Subject              *string
	Version              *int32
	Algorithm            Algorithm // AES256GCM when absent
	EncryptedKeyMaterial *string
	Deleted              bool
}
