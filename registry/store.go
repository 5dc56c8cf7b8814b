package registry

import (
	"context"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/schema"
)

// Identity is the SHA-256 over the type and the length-prefixed parts of a
// content: what makes two schemas of a context one (docs/design.md section 3).
type Identity [32]byte

// GUID is the wire's content hash (registry-api.md 4.3).
type GUID [16]byte

// SchemaRow is a content under an id of a context.
type SchemaRow struct {
	Context    Context
	ID         int32
	GUID       GUID
	Identity   Identity
	Type       schema.Type
	Text       string
	References []schema.Reference
	// Metadata and Rules are canonical JSON, empty for none.
	Metadata string
	Rules    string
	// Outline is the compact binary form of schema.Outline.
	Outline []byte
	// First is set by reads for a content whose last version was overwritten:
	// it is that version, with which the id goes on answering (registry-api.md
	// 4.4). It is zero for all others; writers leave it so.
	First SubjectVersion
}

// VersionRow binds a version of a subject to an id of its context.
type VersionRow struct {
	Subject Subject
	Version int32
	ID      int32
	Deleted bool
	At      int64 // microseconds since the epoch, of the registration
	By      string
	Client  string
	// Revision is of the registration: 0 where rows do not know it, which are
	// older than the column. Reads set it; for a write the commit works it out.
	Revision feed.Revision
}

// SettingKind tells the settings of a scope apart.
type SettingKind string

// The kinds of settings.
const (
	ConfigSetting SettingKind = "config"
	ModeSetting   SettingKind = "mode"
)

// SettingRow is a config or a mode of a scope: a subject, a context (empty
// Name), or the global context. Value is canonical JSON.
type SettingRow struct {
	Kind    SettingKind
	Subject Subject
	Value   string
}

// AssociationRow ties a resource and a role to a subject (registry-api.md 16).
type AssociationRow struct {
	GUID              string
	Subject           Subject
	ResourceName      string
	ResourceNamespace string
	ResourceID        string
	ResourceType      string
	AssociationType   string
	Lifecycle         string
	Frozen            bool
	CreateAt          int64 // microseconds
	UpdateAt          int64
}

// ContextRow says that a context exists (registry-api.md 12.1).
type ContextRow struct{ Context Context }

// SchemaKey names a schema row.
type SchemaKey struct {
	Context Context
	ID      int32
}

// Store is what the registry asks of the database. All reads are short
// key-range reads that need no common transaction: the registry notes the
// revision before the first and follows from there.
type Store interface {
	feed.Committer

	// ReadSchemas calls each with every schema row, in any order, possibly
	// from several goroutines at a time; the strings and bytes of the row are
	// only valid during the call. References are part of the row.
	ReadSchemas(ctx context.Context, each func(*SchemaRow) error) error
	// ReadVersions calls each with every version row, soft-deleted ones
	// included, possibly from several goroutines at a time.
	ReadVersions(ctx context.Context, each func(*VersionRow) error) error
	// ReadSettings, ReadAssociations, ReadContexts, ReadMarks give all rows
	// of small tables. A mark is the highest id ever given in a context.
	ReadSettings(ctx context.Context) ([]SettingRow, error)
	ReadAssociations(ctx context.Context) ([]AssociationRow, error)
	ReadContexts(ctx context.Context) ([]ContextRow, error)
	ReadMarks(ctx context.Context) (map[Context]int32, error)
	// Schemas gives the rows under these keys; missing ones are left out.
	Schemas(ctx context.Context, keys []SchemaKey) ([]SchemaRow, error)
}

// Submitter is what a Store's committer may give besides: Submit puts a
// command into the queue before it returns, behind those submitted before, and
// wait gives what Commit would. Commands that name each other in Chain are
// submitted in order this way; with Commit alone, called from many goroutines,
// a command may arrive before the one it builds on, and conflicts for nothing.
type Submitter interface {
	Submit(c feed.Command) (wait func(ctx context.Context) (feed.Receipt, error))
}
