package store

import (
	"fmt"
	"slices"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// writeStatements gives what a write does besides its change row, each
// statement testing that the command was claimed, and where the change's
// number comes from.
func writeStatements(id commandID, w feed.Write) ([]statement, number, error) {
	nothing := number{given: int64(0)}
	switch w := w.(type) {
	case registry.PutVersion:
		statements, n := putVersion(id, w)
		return statements, n, nil
	case registry.SoftDelete:
		return softDelete(id, w), nothing, nil
	case registry.HardDelete:
		return hardDelete(id, w), nothing, nil
	case registry.PutSetting:
		return putSetting(id, w), nothing, nil
	case registry.DeleteSetting:
		return deleteSetting(id, w), nothing, nil
	case registry.PutAssociation:
		return putAssociation(id, w), nothing, nil
	case registry.DeleteAssociation:
		return deleteAssociation(id, w), nothing, nil
	case registry.DeleteContext:
		return deleteContext(id, w), nothing, nil
	case registry.Touch, registry.Overwrite:
		return nil, nothing, nil
	}
	if statements, ok := keyStatements(id, w); ok {
		return statements, nothing, nil
	}
	if statements, ok := exporterStatements(id, w); ok {
		return statements, nothing, nil
	}
	if statements, ok := catalogStatements(id, w); ok {
		return statements, nothing, nil
	}
	return nil, nothing, fmt.Errorf("store: no statements for a %T", w)
}

// A content under its id, unless the id holds that content already. When it
// holds another the key refuses: two proposals chose one id, and the later
// one is to be decided again.
const insertSchema = `
insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline)
select $2, last.number, $3, $4, $5, $6, $7, $8, $9, $10
from ` + last + `
where last.command = $1
	and (select count(*) from schema as s where s.context = $2 and s.id = last.number and s.identity = $4) = 0`

const insertReference = `
insert into reference (context, id, ordinal, name, to_context, to_subject, to_version)
select $2, last.number, $3, $4, $5, $6, $7
from ` + last + `
where last.command = $1
on conflict (context, id, ordinal) do nothing`

const insertVersion = `
insert into version (context, subject, version, name, schema_id, deleted, at, by, client, rev)
select $2, $3, $4, $5, last.number, $6, $7, $8, $9, last.rev
from ` + last + `
where last.command = $1`

// An import may overwrite a version.
const overwriteVersion = insertVersion + `
on conflict (context, subject, version) do update
set schema_id = excluded.schema_id, deleted = excluded.deleted, at = excluded.at, by = excluded.by, client = excluded.client,
	rev = excluded.rev`

// Before an overwrite: the content that is about to lose its last version
// keeps that version's name and number, and counts no more as a known content
// (registry-api.md 4.4).
const holdSchema = `
update schema
set held_subject = $5, held_version = $4
where context = $2
	and id = (select v.schema_id from version as v where v.context = $2 and v.subject = $3 and v.version = $4)
	and id <> (select last.number from ` + last + ` where last.command = $1)
	and not exists (
		select 1 from version as o
		where o.context = $2 and o.schema_id = schema.id and (o.subject <> $3 or o.version <> $4))`

// The test for a listed row is apart from the conflict: an update per commit,
// even to the same value, would leave a dead row each time.
const listContext = `
insert into context (context, name, listed)
select $2, $3, true
from ` + last + `
where last.command = $1
	and not exists (select 1 from context as c where c.context = $2 and c.listed = true)
on conflict (context) do update set listed = true`

func putVersion(id commandID, w registry.PutVersion) ([]statement, number) {
	s, v := w.Schema, w.Version
	context, subject := subjectKey(v.Subject)
	n := number{context: context, identity: s.Identity[:]}
	imported := s.ID != registry.NewID
	if imported {
		n.given = int64(s.ID)
	}
	statements := make([]statement, 0, 4)
	if v.Subject.Context != registry.DefaultContext {
		statements = append(statements, statement{sql: listContext, args: []any{
			id[:], context, nameKey(string(v.Subject.Context)).whole,
		}})
	}
	if imported {
		statements = append(statements, statement{sql: holdSchema, args: []any{
			id[:], context, subject.key, int64(v.Version), []byte(v.Subject.Name),
		}})
	}
	statements = append(statements, statement{sql: insertSchema, args: []any{
		id[:], context, s.GUID[:], s.Identity[:], string(s.Type), []byte(s.Text), appendReferences([]byte{}, s.References),
		[]byte(s.Metadata), []byte(s.Rules), notNull(s.Outline),
	}})
	for i, r := range w.Refers {
		toContext, toSubject := subjectKey(r.Subject)
		statements = append(statements, statement{sql: insertReference, args: []any{
			id[:], context, int64(i), []byte(r.Name), toContext, toSubject.key, int64(r.Version),
		}})
	}
	insert := insertVersion
	if imported {
		insert = overwriteVersion
	}
	statements = append(statements, statement{sql: insert, args: []any{
		id[:], context, subject.key, int64(v.Version), subject.whole, v.Deleted, v.At, []byte(v.By), []byte(v.Client),
	}})
	return statements, n
}

// claimed is the test of a statement that needs nothing else of its claim.
const claimed = `exists (select 1 from ` + last + ` where last.command = $1)`

const markDeleted = `
update version
set deleted = true
where context = $2 and subject = $3 and version between $4 and $5 and ` + claimed

func softDelete(id commandID, w registry.SoftDelete) []statement {
	context, subject := subjectKey(w.Subject)
	var statements []statement
	for _, r := range ranges(w.Versions) {
		statements = append(statements, statement{sql: markDeleted, args: []any{id[:], context, subject.key, r.from, r.to}})
	}
	return statements
}

// The highest id of the context, when it may go with these versions.
const markHighest = `
insert into id_mark (context, highest)
select $2, max(id)
from schema
where context = $2 and ` + claimed + `
having max(id) in (
	select schema_id from version where context = $2 and subject = $3 and version between $4 and $5)
on conflict (context, highest) do nothing`

const orphans = `
	context = $2
	and id in (select v.schema_id from version as v where v.context = $2 and v.subject = $3 and v.version between $4 and $5)
	and ` + claimed

const deleteReferences = `
delete from reference
where ` + orphans + `
	and not exists (
		select 1 from version as o
		where o.context = $2 and o.schema_id = reference.id and (o.subject <> $3 or o.version not between $4 and $5))`

const deleteSchemas = `
delete from schema
where ` + orphans + `
	and not exists (
		select 1 from version as o
		where o.context = $2 and o.schema_id = schema.id and (o.subject <> $3 or o.version not between $4 and $5))`

const deleteVersions = `
delete from version
where context = $2 and subject = $3 and version between $4 and $5 and ` + claimed

func hardDelete(id commandID, w registry.HardDelete) []statement {
	context, subject := subjectKey(w.Subject)
	var statements []statement
	for _, r := range ranges(w.Versions) {
		for _, text := range []string{markHighest, deleteReferences, deleteSchemas, deleteVersions} {
			statements = append(statements, statement{sql: text, args: []any{id[:], context, subject.key, r.from, r.to}})
		}
	}
	return statements
}

// span is a run of versions without a gap.
type span struct{ from, to int64 }

func ranges(versions []int32) []span {
	versions = slices.Clone(versions)
	slices.Sort(versions)
	var spans []span
	for _, v := range versions {
		if n := len(spans); n > 0 && int64(v) <= spans[n-1].to+1 {
			spans[n-1].to = int64(v)
			continue
		}
		spans = append(spans, span{int64(v), int64(v)})
	}
	return spans
}

const upsertSetting = `
insert into setting (kind, context, subject, name, value)
select $2, $3, $4, $5, $6
where ` + claimed + `
on conflict (kind, context, subject) do update set value = excluded.value`

func putSetting(id commandID, w registry.PutSetting) []statement {
	context, subject := subjectKey(w.Row.Subject)
	return []statement{
		nameContext(id, w.Row.Subject.Context),
		{sql: upsertSetting, args: []any{id[:], string(w.Row.Kind), context, subject.key, subject.whole, []byte(w.Row.Value)}},
	}
}

const removeSetting = `
delete from setting
where kind = $2 and context = $3 and subject = $4 and ` + claimed

func deleteSetting(id commandID, w registry.DeleteSetting) []statement {
	context, subject := subjectKey(w.Subject)
	return []statement{{sql: removeSetting, args: []any{id[:], string(w.Kind), context, subject.key}}}
}

// A context that something other than a version names: its name is kept, but
// it is not listed for that.
const keepContext = `
insert into context (context, name, listed)
select $2, $3, false
where ` + claimed + `
on conflict (context) do nothing`

func nameContext(id commandID, c registry.Context) statement {
	name := nameKey(string(c))
	return statement{sql: keepContext, args: []any{id[:], name.key, name.whole}}
}

const unlistContext = `
update context
set listed = false
where context = $2 and ` + claimed

func deleteContext(id commandID, w registry.DeleteContext) []statement {
	return []statement{{sql: unlistContext, args: []any{id[:], nameKey(string(w.Context)).key}}}
}

const upsertAssociation = `
insert into association (guid, context, subject, resource_name, resource_namespace, resource_id, resource_type,
	association_type, lifecycle, frozen, create_at, update_at)
select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
where ` + claimed + `
on conflict (guid) do update
set context = excluded.context, subject = excluded.subject, resource_name = excluded.resource_name,
	resource_namespace = excluded.resource_namespace, resource_id = excluded.resource_id,
	resource_type = excluded.resource_type, association_type = excluded.association_type,
	lifecycle = excluded.lifecycle, frozen = excluded.frozen, create_at = excluded.create_at, update_at = excluded.update_at`

func putAssociation(id commandID, w registry.PutAssociation) []statement {
	r := w.Row
	return []statement{{sql: upsertAssociation, args: []any{
		id[:], r.GUID, []byte(r.Subject.Context), []byte(r.Subject.Name), []byte(r.ResourceName), []byte(r.ResourceNamespace),
		[]byte(r.ResourceID), []byte(r.ResourceType), []byte(r.AssociationType), []byte(r.Lifecycle), r.Frozen, r.CreateAt, r.UpdateAt,
	}}}
}

const removeAssociation = `
delete from association
where guid = $2 and ` + claimed

func deleteAssociation(id commandID, w registry.DeleteAssociation) []statement {
	return []statement{{sql: removeAssociation, args: []any{id[:], w.GUID}}}
}
