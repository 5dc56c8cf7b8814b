package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// columns of change that a commit fills from Go, as $1 to $14, in the order of
// changeArgs; $15 to $17 make number.
const changeColumns = `rev, ordinal, at, command, actor, client, address, request,
	kind, key, key_hash, touch_hash, before, after, digest, number`

// newNumber is what a change reports: $15 when it is given (an id that the
// client chose, or 0 where there is nothing to report), else the id for the
// content $17 of context $16: the lowest that counts for it, or the next. The
// lowest is over id + 0 because over id both planners may walk all ids of the
// context in their order until they meet the content.
const newNumber = `case when cast($15 as bigint) is not null then cast($15 as bigint) else coalesce(
		(select min(id + 0) from schema where identity = $17 and context = $16 and held_version is null),
		(select max(n) + 1 from (
			select max(id) as n from schema where context = $16
			union all select max(highest) from id_mark where context = $16
			union all select 0) as given))
	end`

// claim is the first statement of a command. It inserts the command's first
// change, with the next revision, when the command is new, no change after the
// revision that it read ($18) has touched a key that it read ($19, other than
// by a command of its chain, $20), and its whole chain ($21 commands) is there.
// Changes after that revision are few, so that one walk over them is cheaper
// than indexes that each commit would have to keep.
const claim = `
insert into change (` + changeColumns + `)
select head.rev + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ` + newNumber + `
from (select coalesce(max(rev), 0) as rev from change) as head,
	(select
		count(case when command = $3 then 1 end) as same,
		count(case when (instr($19, key_hash) > 0 or instr($19, touch_hash) > 0) and instr($20, command) = 0 then 1 end) as touched,
		count(case when ordinal = 0 and instr($20, command) > 0 then 1 end) as chained
	from change where rev > $18) as since
where since.same = 0 and since.touched = 0 and since.chained = $21`

// last is the newest change. Between a command's claim and its end it is the
// command's own exactly when the claim succeeded: the commit lock is held.
const last = `(select rev, command, number from change order by rev desc, ordinal desc limit 1) as last`

// extend inserts a further change of a command that was claimed.
const extend = `
insert into change (` + changeColumns + `)
select last.rev, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ` + newNumber + `
from ` + last + `
where last.command = $3`

// commandID is a command's ID as its column holds it.
type commandID [16]byte

func parseCommandID(id string) (commandID, error) {
	parsed, err := hex.DecodeString(id)
	if err != nil || len(parsed) != len(commandID{}) {
		return commandID{}, fmt.Errorf("store: the ID of a command is not 32 hexadecimal digits: %q", id)
	}
	return commandID(parsed), nil
}

func (id commandID) String() string { return hex.EncodeToString(id[:]) }

// proposal is a command ready for a committer.
type proposal struct {
	id      commandID
	command feed.Command
	at      int64            // the time of its changes
	context registry.Context // of the first version that it puts
	chain   []commandID
	// reads and writes are the hashes of the keys that it reads and touches.
	reads, writes []uint64
	// registration is the command as one of many, or nil; alone is the command
	// by itself, made when it is needed.
	registration *registration
	alone        []statement
	bytes        int // of all arguments, about
}

// propose makes a command ready. at is the time of its changes.
func propose(c feed.Command, at int64) (*proposal, error) {
	id, err := parseCommandID(c.ID)
	if err != nil {
		return nil, err
	}
	p := &proposal{id: id, command: c, at: at, reads: make([]uint64, 0, len(c.Keys))}
	for _, other := range c.Chain {
		link, err := parseCommandID(other)
		if err != nil {
			return nil, err
		}
		p.chain = append(p.chain, link)
	}
	for _, k := range c.Keys {
		p.reads = append(p.reads, hashNumber(keyHash(k)))
	}
	writes, touches := fold(c.Writes)
	if len(writes) == 0 {
		return nil, fmt.Errorf("store: command %s writes nothing", c.ID)
	}
	for i, w := range writes {
		if put, ok := w.(registry.PutVersion); ok && p.context == "" {
			p.context = put.Version.Subject.Context
		}
		p.writes = append(p.writes, hashNumber(keyHash(w.Change().Key)))
		if touches[i] != "" {
			p.writes = append(p.writes, hashNumber(keyHash(touches[i])))
		}
	}
	if len(writes) == 1 {
		args := changeArgs(c, id, 0, at, writes[0].Change(), touches[0], number{})
		p.registration = asRegistration(c, writes[0], args)
	}
	if r := p.registration; r != nil {
		p.bytes = size(r.claim) + size(r.schema) + size(r.version)
		return p, nil
	}
	if err := p.stand(); err != nil {
		return nil, err
	}
	for _, s := range p.alone {
		p.bytes += size(s.args)
	}
	return p, nil
}

func size(args []any) int {
	n := 8 * len(args)
	for _, a := range args {
		if b, ok := a.([]byte); ok {
			n += len(b)
		}
	}
	return n
}

// stand makes the statements of the command by itself.
func (p *proposal) stand() error {
	if p.alone != nil {
		return nil
	}
	c := p.command
	chain := make([]byte, 0, 16*len(p.chain)+1)
	for _, link := range p.chain {
		chain = append(chain, link[:]...)
	}
	if len(chain) == 0 {
		chain = append(chain, 0) // as in keyHashes
	}
	writes, touches := fold(c.Writes)
	for i, w := range writes {
		statements, number, err := writeStatements(p.id, w)
		if err != nil {
			return err
		}
		args := changeArgs(c, p.id, int32(i), p.at, w.Change(), touches[i], number)
		text := extend
		if i == 0 {
			text = claim
			args = append(args, int64(c.Read), keyHashes(c.Keys), chain, int64(len(c.Chain)))
		}
		p.alone = append(p.alone, statement{sql: text, args: args})
		p.alone = append(p.alone, statements...)
	}
	return nil
}

// aloneReadAt is where the claim's arguments say from which revision on
// changes count.
const aloneReadAt = 17

// since says that nothing that the command needs to hear of was committed up
// to a revision.
func (p *proposal) since(r feed.Revision) {
	if p.registration != nil {
		p.registration.claim[readAt] = int64(r)
	}
	if p.alone != nil {
		p.alone[0].args[aloneReadAt] = int64(r)
	}
}

// fold puts touches beside the changes of other writes, where a column waits
// for one: most registrations touch one key, and a row for it would cost half
// as much as the registration. touches[i] goes with writes[i].
func fold(all []feed.Write) (writes []feed.Write, touches []string) {
	var spare []registry.Touch
	for _, w := range all {
		if t, ok := w.(registry.Touch); ok {
			spare = append(spare, t)
		} else {
			writes = append(writes, w)
		}
	}
	touches = make([]string, len(writes), len(all))
	for i := range writes {
		if len(spare) > 0 {
			touches[i], spare = spare[0].Key, spare[1:]
		}
	}
	for _, t := range spare {
		writes = append(writes, t)
		touches = append(touches, "")
	}
	return writes, touches
}

// number says how a change's number comes about: as given, or as the id of a
// content.
type number struct {
	given             any // an int64, or nil
	context, identity []byte
}

func changeArgs(c feed.Command, id commandID, ordinal int32, at int64, change feed.Change, touch string, n number) []any {
	var touched any
	if touch != "" {
		touched = keyHash(touch)
	}
	digest := changeDigest(c, id, ordinal, at, change)
	args := make([]any, 0, 21)
	return append(args, int64(ordinal), at, id[:], []byte(c.Actor), []byte(c.Client), []byte(c.Address), []byte(c.RequestID),
		change.Kind, []byte(change.Key), keyHash(change.Key), touched, notNull(change.Before), notNull(change.After), digest,
		n.given, n.context, n.identity)
}

func notNull(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// changeDigest is over all of a change but its revision and number, which only
// the commit knows; the audit chain links those in.
func changeDigest(c feed.Command, id commandID, ordinal int32, at int64, change feed.Change) []byte {
	h := sha256.New()
	var fixed [28]byte
	copy(fixed[:], id[:])
	binary.BigEndian.PutUint32(fixed[16:], uint32(ordinal))
	binary.BigEndian.PutUint64(fixed[20:], uint64(at))
	h.Write(fixed[:])
	for _, part := range []string{c.Actor, c.Client, c.Address, c.RequestID, change.Kind, change.Key} {
		writePart(h, []byte(part))
	}
	writePart(h, change.Before)
	writePart(h, change.After)
	return h.Sum(nil)
}

func writePart(h hash.Hash, part []byte) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(part)))
	h.Write(size[:])
	h.Write(part)
}
