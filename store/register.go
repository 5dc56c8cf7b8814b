package store

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// Most commands are registrations of a schema without references in the
// default context. Those of a batch that have nothing to do with each other
// go through three statements together, where each would need three of its
// own: for the server, starting a statement costs more than what it does. The
// meaning is that of claim, insertSchema and insertVersion, one command after
// the other; whatever does not fit goes through those.

// registration is a command that may be put with others.
type registration struct {
	claim, schema, version []any // the arguments of one row each
	identity               registry.Identity
}

// readAt is where the claim's arguments say from which revision on changes
// count.
const readAt = 14

// smallest and largest are how many registrations a statement takes. In
// between there is one text for each power of two; rows that are not needed
// have a command of null.
const (
	smallestMany = 4
	largestMany  = 128
)

// manyTexts are the three statements for a number of rows.
type manyTexts struct{ claim, schema, version string }

func makeManyTexts() map[int]manyTexts {
	all := map[int]manyTexts{}
	for rows := smallestMany; rows <= largestMany; rows *= 2 {
		all[rows] = manyTexts{
			claim:   fmt.Sprintf(claimMany, parameters(rows, 16, 2, true)),
			schema:  fmt.Sprintf(insertSchemaMany, parameters(rows, 9, 3, false)),
			version: fmt.Sprintf(insertVersionMany, parameters(rows, 8, 3, false)),
		}
	}
	return all
}

// parameters gives rows of placeholders, from $first on, with the number of
// the row before them where that is wanted.
func parameters(rows, columns, first int, numbered bool) string {
	var text strings.Builder
	for r := range rows {
		if r > 0 {
			text.WriteString(",\n")
		}
		text.WriteByte('(')
		if numbered {
			fmt.Fprintf(&text, "%d, ", r)
		}
		for c := range columns {
			if c > 0 {
				text.WriteString(", ")
			}
			fmt.Fprintf(&text, "$%d", first+r*columns+c)
		}
		text.WriteByte(')')
	}
	return text.String()
}

// A count in place of an exists: that one becomes a join, which a plan that was
// made while the tables were small does by reading them whole.
//
// $1 is the context. The commands of one statement do not see each other's
// changes, and need not: none reads what another writes, all contents differ.
const claimMany = `
with p (n, at, command, actor, client, address, request, kind, key, key_hash, touch_hash, before, after, digest, identity, read, keys) as (
	values
%s
),
q as materialized (
	select p.n, p.at, p.command, p.actor, p.client, p.address, p.request, p.kind, p.key, p.key_hash, p.touch_hash,
		p.before, p.after, p.digest,
		(select min(id + 0) from schema where identity = p.identity and context = $1 and held_version is null) as known
	from p
	where p.command is not null
		and (select count(*) from change as c
			where c.rev > p.read
				and (c.command = p.command or instr(p.keys, c.key_hash) > 0 or instr(p.keys, c.touch_hash) > 0)) = 0
)
insert into change (` + changeColumns + `)
select head.rev + row_number() over (order by q.n), 0, q.at, q.command, q.actor, q.client, q.address, q.request,
	q.kind, q.key, q.key_hash, q.touch_hash, q.before, q.after, q.digest,
	coalesce(q.known, given.highest + count(case when q.known is null then 1 end) over (order by q.n))
from q
	cross join (select coalesce(max(rev), 0) as rev from change) as head
	cross join (select max(n) as highest from (
		select max(id) as n from schema where context = $1
		union all select max(highest) from id_mark where context = $1
		union all select 0) as marks) as given`

// The changes that the claim has made are among the last $2.
const insertSchemaMany = `
with p (command, guid, identity, type, text, refs, metadata, ruleset, outline) as (
	values
%s
)
insert into schema (context, id, guid, identity, type, text, refs, metadata, ruleset, outline)
select $1, c.number, p.guid, p.identity, p.type, p.text, p.refs, p.metadata, p.ruleset, p.outline
from change as c
	join p on p.command = c.command
where c.rev > (select max(rev) from change) - $2
	and (select count(*) from schema as s where s.context = $1 and s.id = c.number and s.identity = p.identity) = 0
order by c.rev`

const insertVersionMany = `
with p (command, subject, version, name, deleted, at, by, client) as (
	values
%s
)
insert into version (context, subject, version, name, schema_id, deleted, at, by, client, rev)
select $1, p.subject, p.version, p.name, c.number, p.deleted, p.at, p.by, p.client, c.rev
from change as c
	join p on p.command = c.command
where c.rev > (select max(rev) from change) - $2
order by c.rev`

// asRegistration gives what a command is as a registration, or nil.
func asRegistration(c feed.Command, w feed.Write, changed []any) *registration {
	put, ok := w.(registry.PutVersion)
	if !ok || put.Schema.ID != registry.NewID || put.Version.Subject.Context != registry.DefaultContext ||
		len(put.Refers) > 0 || len(c.Chain) > 0 {
		return nil
	}
	s, v := put.Schema, put.Version
	id := changed[2]
	_, subject := subjectKey(v.Subject)
	whole, _ := subject.whole.([]byte)
	touch, _ := changed[10].([]byte)
	r := &registration{identity: s.Identity}
	r.claim = append(append(append(make([]any, 0, 16), changed[1:10]...), touch), changed[11:14]...)
	r.claim = append(r.claim, s.Identity[:], int64(c.Read), keyHashes(c.Keys))
	r.schema = []any{
		id, s.GUID[:], s.Identity[:], string(s.Type), []byte(s.Text), appendReferences([]byte{}, s.References),
		[]byte(s.Metadata), []byte(s.Rules), notNull(s.Outline),
	}
	r.version = []any{id, subject.key, int64(v.Version), whole, v.Deleted, v.At, []byte(v.By), []byte(v.Client)}
	return r
}

// none is a row that is not needed. The types of a typed statement's
// parameters come from its arguments, so that they are not simply null.
func none() *registration {
	text, null := []byte{}, []byte(nil)
	return &registration{
		claim: []any{
			int64(0), null, text, text, text, text, "", text, text, null, text, text, text, text, int64(0), text,
		},
		schema:  []any{null, text, text, "", text, text, text, text, text},
		version: []any{null, text, int64(0), null, false, int64(0), text, text},
	}
}

// statements puts registrations, as many as rows or fewer, into three
// statements.
func (t manyTexts) statements(rows int, registrations []*registration) []statement {
	context := nameKey(string(registry.DefaultContext)).key
	empty := none()
	claims := append(make([]any, 0, 1+rows*len(empty.claim)), context)
	schemas := append(make([]any, 0, 2+rows*len(empty.schema)), context, int64(rows))
	versions := append(make([]any, 0, 2+rows*len(empty.version)), context, int64(rows))
	for i := range rows {
		r := empty
		if i < len(registrations) {
			r = registrations[i]
		}
		claims = append(claims, r.claim...)
		schemas = append(schemas, r.schema...)
		versions = append(versions, r.version...)
	}
	return []statement{
		{sql: t.claim, args: claims, typed: true},
		{sql: t.schema, args: schemas, typed: true},
		{sql: t.version, args: versions, typed: true},
	}
}
