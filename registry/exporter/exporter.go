// Package exporter copies schemas to another registry and keeps the copy up to
// date: what Confluent calls schema linking.
//
// An [Exporter] says which subjects go where and under which names. Its
// definition is a row, changed by commands; a [Worker] on the node that holds
// the exporter's lease copies everything that matches, then follows the feed
// change by change. Versions keep their ids and numbers (mode IMPORT on the
// target). How far it came is stored after each batch, so that a crash repeats
// a batch at most, which is harmless. The package knows the registry's reads,
// the feed and package registry/remote; it knows no SQL and no HTTP server.
//
// The requests are those of wire/registry-api.md section 22.2; error codes are
// those of Confluent Cloud's published API reference (Exporters v1).
package exporter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// ContextType says how the target's context is made.
type ContextType string

// The context types, as the wire writes them.
const (
	// Auto puts everything below a context named after this registry.
	Auto ContextType = "AUTO"
	// Custom puts everything below the context that the exporter names.
	Custom ContextType = "CUSTOM"
	// None keeps contexts as they are.
	None ContextType = "NONE"
	// Default puts everything into the default context.
	Default ContextType = "DEFAULT"
)

// Exporter is the definition of an exporter.
type Exporter struct {
	Name string `json:"name"`
	// Subjects are qualified names; "*" stands for any run of characters.
	// Empty means all subjects of all contexts.
	Subjects    []string    `json:"subjects"`
	ContextType ContextType `json:"contextType"`
	Context     string      `json:"context"`
	// SubjectRenameFormat makes a target's subject name; "${subject}" stands
	// for the name here. Empty means the same name.
	SubjectRenameFormat string `json:"subjectRenameFormat"`
	// KekRenameFormat makes the names of KEKs in encryption rules; "${kek}"
	// stands for the name here.
	KekRenameFormat string            `json:"kekRenameFormat"`
	Config          map[string]string `json:"config"`
	// Paused says that the worker rests.
	Paused bool `json:"paused"`
	// Epoch grows whenever the exporter must start from the beginning.
	Epoch int64 `json:"epoch"`
}

// State is what an exporter does, as the wire writes it.
type State string

// The states. Failed is weir's own: the worker could not go on and tries
// again, the trace says why.
const (
	Starting State = "STARTING"
	Running  State = "RUNNING"
	Paused   State = "PAUSED"
	Failed   State = "ERROR"
)

// Status is how far an exporter came.
type Status struct {
	Name  string
	State State
	// Offset is the revision up to which everything has been copied.
	Offset int64
	// At is when that was, in microseconds since the epoch.
	At int64
	// Trace is the fault that stops it, empty for none.
	Trace string
}

// Progress is the worker's own row: not part of the change log.
type Progress struct {
	Name   string
	Epoch  int64
	State  State
	Offset int64
	At     int64
	Trace  string
}

// Refusals, with the codes of the API reference.

func notFound(name string) error { return refuse(40450, "Exporter '%s' not found", name) }

func invalidName(why string) error { return refuse(40950, "Missing or invalid exporter name: %s", why) }

func invalidConfig(why string) error {
	return refuse(40951, "Missing or invalid exporter config: %s", why)
}

func invalidSubjects(why string) error {
	return refuse(40952, "Invalid exporter subjects: %s", why)
}

func exists(name string) error { return refuse(40960, "Exporter '%s' already exists", name) }

func alreadyRunning(name string) error {
	return refuse(40961, "Exporter '%s' is already running", name)
}

func alreadyPaused(name string) error { return refuse(40962, "Exporter '%s' is already paused", name) }

func notPaused(name string) error { return refuse(40963, "Exporter '%s' is not paused", name) }

func tooMany(most int) error { return refuse(40964, "A maximum of %d exporters already exist", most) }

func refuse(code int, format string, args ...any) error {
	return &registry.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// maxName is the length of a name.
const maxName = 255

// check judges a definition that a client sends, and fills in what it left
// out.
func (e *Exporter) check() error {
	switch {
	case e.Name == "":
		return invalidName("it is empty")
	case len(e.Name) > maxName:
		return invalidName(fmt.Sprintf("it is longer than %d bytes", maxName))
	case strings.ContainsFunc(e.Name, func(r rune) bool {
		return !strings.ContainsRune("_-.", r) && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}):
		return invalidName("only letters, digits, '_', '-' and '.' may stand in it")
	}
	if slices.Contains(e.Subjects, "") {
		return invalidSubjects("an empty name")
	}
	if e.SubjectRenameFormat != "" && !strings.Contains(e.SubjectRenameFormat, "${subject}") {
		return invalidConfig("subjectRenameFormat has no ${subject}")
	}
	if e.KekRenameFormat != "" && !strings.Contains(e.KekRenameFormat, "${kek}") {
		return invalidConfig("kekRenameFormat has no ${kek}")
	}
	switch e.ContextType = ContextType(strings.ToUpper(string(e.ContextType))); e.ContextType {
	case "":
		e.ContextType = Auto
	case Auto, None, Default:
	case Custom:
		if e.Context == "" || strings.ContainsAny(strings.Trim(e.Context, ":"), ":") {
			return invalidConfig("contextType CUSTOM needs a context")
		}
	default:
		return invalidConfig(fmt.Sprintf("unknown contextType %q", e.ContextType))
	}
	_, err := target(e.Config)
	return err
}

func (e *Exporter) equal(o *Exporter) bool {
	return slices.Equal(e.Subjects, o.Subjects) && e.ContextType == o.ContextType && e.Context == o.Context &&
		e.SubjectRenameFormat == o.SubjectRenameFormat && e.KekRenameFormat == o.KekRenameFormat && maps.Equal(e.Config, o.Config)
}
