package search

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
)

// ErrCursor says that a text is not a cursor of this query.
var ErrCursor = errors.New("search: not a cursor of this query")

// A cursor is the position of a row behind the digest of what orders and
// selects the rows, so that it is not taken for one of another query.

func (q *Query) digest() []byte {
	f := q.Filter
	f.Kinds = slices.Clone(f.Kinds)
	slices.Sort(f.Kinds)
	data, err := json.Marshal(struct {
		Text    string
		Filter  Filter
		Grouped bool
		Order   Order
	}{q.Text, f, q.Grouped, q.Order})
	if err != nil {
		panic(err) // texts, booleans and numbers only
	}
	h := fnv.New64a()
	h.Write(data)
	return h.Sum(nil)
}

// cursorForm is the JSON of a position.
type cursorForm struct {
	Tier   int    `json:"t"`
	Extra  int    `json:"e"`
	Uses   uint32 `json:"u"`
	Name   []byte `json:"n"` // names may hold what is no UTF-8
	Kind   Kind   `json:"k"`
	ID     []byte `json:"i"`
	Member Kind   `json:"m,omitempty"`
	Path   []byte `json:"p,omitempty"`
}

func (p position) cursor(digest []byte) string {
	form := cursorForm{Tier: p.tier, Extra: p.extra, Uses: p.uses, Name: []byte(p.name), Kind: p.ref.Kind, ID: []byte(p.ref.ID), Path: []byte(p.path)}
	if p.member {
		form.Member = p.kind
	}
	data, err := json.Marshal(form)
	if err != nil {
		panic(err) // strings and numbers only
	}
	return base64.RawURLEncoding.EncodeToString(append(slices.Clone(digest), data...))
}

func parseCursor(text string, digest []byte) (position, error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(data) < len(digest) || !slices.Equal(data[:len(digest)], digest) {
		return position{}, ErrCursor
	}
	var form cursorForm
	if err := json.Unmarshal(data[len(digest):], &form); err != nil {
		return position{}, ErrCursor
	}
	if form.Tier < 0 || form.Tier > int(tierOf(2, false)) || form.Extra < 0 || form.Extra > mostExtra || form.Uses > mostUses {
		return position{}, ErrCursor
	}
	p := position{
		tier: form.Tier, extra: form.Extra, uses: form.Uses, name: string(form.Name), fold: fold(string(form.Name)),
		ref: Ref{form.Kind, string(form.ID)}, path: string(form.Path), member: form.Member != "", kind: form.Member,
	}
	if !p.member {
		p.kind = p.ref.Kind
	}
	return p, nil
}

// cut is a position as a segment compares it.
type cut struct {
	*segment
	key   uint64
	exact bool // the segment has the name
	at    position
}

func (s *segment) cut(p position) cut {
	lo, hi := 0, s.names.len()
	for lo < hi {
		mid := uint32(lo+hi) / 2
		if f := s.folds.at(mid); f < p.fold || f == p.fold && s.names.at(mid) < p.name {
			lo = int(mid) + 1
		} else {
			hi = int(mid)
		}
	}
	return cut{
		segment: s, at: p,
		key:   rankKey(uint64(p.tier), p.extra, p.uses, uint32(lo)),
		exact: lo < s.names.len() && s.names.at(uint32(lo)) == p.name,
	}
}

// passed says whether a row stands after the position.
func (c *cut) passed(r ranked) bool {
	if r.key != c.key {
		return r.key > c.key
	}
	return !c.exact || c.position(r).compare(c.at) > 0
}
