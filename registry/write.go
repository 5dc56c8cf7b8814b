package registry

import (
	"github.com/weir-registry/weir/feed"
)

// The writes of the registry. Each knows its change; package store knows its
// statements. Kinds are the Kind of the change.
const (
	KindPutVersion        = "version.put"
	KindSoftDelete        = "version.delete"
	KindHardDelete        = "version.purge"
	KindOverwrite         = "version.overwrite"
	KindPutSetting        = "setting.put"
	KindDeleteSetting     = "setting.delete"
	KindPutAssociation    = "association.put"
	KindDeleteAssociation = "association.delete"
	KindDeleteContext     = "context.delete"
	KindTouch             = "touch"
)

// Keys of the change log, as Command.Keys names them. SubjectKey stands for
// all versions of a subject, SettingKey for one setting of a scope.
func SubjectKey(s Subject) string { return "subject " + s.Context.Qualified() + s.Name }

func SettingKey(kind SettingKind, s Subject) string {
	return string(kind) + " " + string(s.Context) + ":" + s.Name
}
func AssociationKey(guid string) string { return "association " + guid }
func ContextKey(c Context) string       { return "context " + string(c) }

// ReferenceKey stands for "somebody refers to this subject".
func ReferenceKey(s Subject) string { return "reference " + s.Context.Qualified() + s.Name }

// AssociationsKey stands for all associations.
const AssociationsKey = "associations"

// Touch has no rows behind it: it is the change row alone, so that commands
// which read Key hear of what this command did. A registration touches the
// ReferenceKey of every subject that it refers to, and deletions of that
// subject read it; the first version of a subject touches its ContextKey.
type Touch struct{ Key string }

func (w Touch) Change() feed.Change { return feed.Change{Kind: KindTouch, Key: w.Key} }

// PutVersion stores Version with the content of Schema. When Schema.ID is
// NewID the commit takes the lowest id of the context that holds the same
// Identity and that some version still holds (an id whose last version was
// overwritten is retired and never given again), else the highest id ever
// given in the context plus one, and fails with *IDSpaceError past
// 2147483647; it reports the id as Change.Number. Any other Schema.ID (IMPORT;
// 0 and negative ids are real ones) is used as it is: the schema row is
// inserted when that id is new, the highest id ever given follows it, and the
// command fails with feed.ErrConflict when the id holds another Identity. An
// existing version row of that number is overwritten (IMPORT), and an Overwrite
// beside this write says what it was. The context row is made when it is new.
type PutVersion struct {
	Schema  SchemaRow
	Version VersionRow
	// Refers are the exact versions that the content refers to, resolved, for
	// the reference table (they equal Schema.References, qualified).
	Refers []ResolvedReference
	// Audit is the After document of the change: the version row as JSON
	// without its id, which is the change's Number.
	Audit []byte
}

// NewID asks the commit to find or allocate the id.
const NewID = int32(-2147483648)

// ResolvedReference is a reference with its subject qualified.
type ResolvedReference struct {
	Name    string
	Subject Subject
	Version int32
}

func (w PutVersion) Change() feed.Change {
	return feed.Change{Kind: KindPutVersion, Key: SubjectKey(w.Version.Subject), After: w.Audit}
}

// SoftDelete marks versions of a subject as deleted.
type SoftDelete struct {
	Subject  Subject
	Versions []int32
	Audit    []byte
}

func (w SoftDelete) Change() feed.Change {
	return feed.Change{Kind: KindSoftDelete, Key: SubjectKey(w.Subject), After: w.Audit}
}

// HardDelete removes versions of a subject for good. Schema rows (with their
// references) that these versions held and that no version of the context
// holds any more go with them, and their highest id is marked so that it is
// never given again. A schema row that lost its last version to an overwrite
// (IMPORT, registry-api.md 4.4) is not held by these versions, so it stays.
type HardDelete struct {
	Subject  Subject
	Versions []int32
	Audit    []byte
}

func (w HardDelete) Change() feed.Change {
	return feed.Change{Kind: KindHardDelete, Key: SubjectKey(w.Subject), After: w.Audit}
}

// Overwrite says what a version was that a PutVersion of the same command
// overwrites: nothing else knows it any more. It has no rows behind it.
type Overwrite struct {
	Subject Subject
	Audit   []byte
}

func (w Overwrite) Change() feed.Change {
	return feed.Change{Kind: KindOverwrite, Key: SubjectKey(w.Subject), After: w.Audit}
}

// PutSetting stores a config or a mode.
type PutSetting struct {
	Row    SettingRow
	Before []byte
}

func (w PutSetting) Change() feed.Change {
	return feed.Change{Kind: KindPutSetting, Key: SettingKey(w.Row.Kind, w.Row.Subject), Before: w.Before, After: []byte(w.Row.Value)}
}

// DeleteSetting removes a config or a mode.
type DeleteSetting struct {
	Kind    SettingKind
	Subject Subject
	Before  []byte
}

func (w DeleteSetting) Change() feed.Change {
	return feed.Change{Kind: KindDeleteSetting, Key: SettingKey(w.Kind, w.Subject), Before: w.Before}
}

// PutAssociation stores an association.
type PutAssociation struct {
	Row    AssociationRow
	Before []byte
	After  []byte // the row as JSON
}

func (w PutAssociation) Change() feed.Change {
	return feed.Change{Kind: KindPutAssociation, Key: AssociationKey(w.Row.GUID), Before: w.Before, After: w.After}
}

// DeleteAssociation removes an association.
type DeleteAssociation struct {
	GUID   string
	Before []byte
}

func (w DeleteAssociation) Change() feed.Change {
	return feed.Change{Kind: KindDeleteAssociation, Key: AssociationKey(w.GUID), Before: w.Before}
}

// DeleteContext forgets that a context exists; its id marks stay.
type DeleteContext struct{ Context Context }

func (w DeleteContext) Change() feed.Change {
	return feed.Change{Kind: KindDeleteContext, Key: ContextKey(w.Context)}
}
