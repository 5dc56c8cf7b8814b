// Package contract writes what the catalog knows of a subject as a document of
// the Open Data Contract Standard 3.1 (ODCS), reads such documents, and writes
// the topics of a context as an AsyncAPI 3.0 document.
//
// # Out
//
// [Export] gives the contract of a subject. Where somebody put one, and the
// schema is still the one that it was put for, that is its text, byte for byte.
// Where the schema has moved on since, the document is made anew from the
// catalog and laid under the text that was put (merge.go): the fields are those
// of the schema of today, all else stays as people wrote it, members that this
// package does not know with it. Where there is none, everything comes from the
// catalog. [AsyncAPI] gives a context.
//
// # In
//
// [Read] reads a document and says every fault with its place. [Put] keeps it as
// a catalog.Contract and says what it says of the subject, its fields, its team
// and its domain as IMPORTED values, in one command: all or nothing. What the
// document does not say any more, and a document before it did, is taken back.
//
// # Who may know it
//
// The edges. The package asks the catalog, which asks who may; it keeps no
// state. Texts are bounded by catalog.Contract, and their depth by maxDepth,
// before and while the YAML parser sees them (yaml.go).
//
// The members of ODCS are those of its JSON schema of version 3.1.0
// (bitol-io/open-data-contract-standard), those of AsyncAPI of version 3.0.0
// (asyncapi/spec-json-schemas).
package contract

import (
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Standard is the version of ODCS that is written.
const Standard = "v3.1.0"

// standards are the versions that are read.
var standards = []string{"v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0"}

// InvalidError says that a text is no contract, with every fault found.
type InvalidError struct{ Faults []schema.Fault }

// Error joins the faults.
func (e *InvalidError) Error() string {
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		texts[i] = f.String()
		if f.Path != "" {
			texts[i] = f.Path + ": " + texts[i]
		}
	}
	return strings.Join(texts, "; ")
}

// Options is what an export cannot know from the catalog.
type Options struct {
	// Host gives the bootstrap servers of a cluster; nil, and an empty answer,
	// leave the cluster's name in their place.
	Host func(cluster string) string
}

func (o Options) host(cluster string) string {
	if o.Host != nil {
		if host := o.Host(cluster); host != "" {
			return host
		}
	}
	return cluster
}
