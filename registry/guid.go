package registry

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"maps"
	"slices"

	"github.com/weir-registry/weir/schema"
)

// body is what makes a content: everything that is hashed and stored but the
// id.
type body struct {
	kind     schema.Type
	text     string
	refs     []schema.Reference
	metadata *Metadata
	rules    *RuleSet
}

// String gives the GUID as a lower-case hyphenated UUID.
func (g GUID) String() string {
	var b [36]byte
	hex.Encode(b[0:8], g[0:4])
	hex.Encode(b[9:13], g[4:6])
	hex.Encode(b[14:18], g[6:8])
	hex.Encode(b[19:23], g[8:10])
	hex.Encode(b[24:36], g[10:16])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// ParseGUID reads a hyphenated UUID or 32 hex digits, in any letter case
// (registry-api.md 4.3).
func ParseGUID(text string) (g GUID, ok bool) {
	if len(text) == 36 {
		if text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
			return g, false
		}
		text = text[:8] + text[9:13] + text[14:18] + text[19:23] + text[24:]
	}
	if len(text) != 32 {
		return g, false
	}
	_, err := hex.Decode(g[:], []byte(text))
	return g, err == nil
}

// guid is the wire's hash over a content: MD5 over the parts without
// separators, type and subject (registry-api.md 4.3).
func (b body) guid() GUID {
	if len(b.refs) == 0 && b.metadata == nil && b.rules == nil {
		return md5.Sum([]byte(b.text))
	}
	h := guidHash{md5.New()}
	h.text(b.text)
	for _, r := range b.refs {
		h.text(r.Name)
		h.text(r.Subject)
		h.number(r.Version)
	}
	if b.metadata != nil {
		h.one()
		h.metadata(b.metadata)
	}
	if b.rules != nil {
		h.one()
		for _, list := range b.rules.lists() {
			for _, r := range list {
				h.rule(r)
			}
		}
		h.text(b.rules.EnableAt)
	}
	return GUID(h.Sum(nil))
}

type guidHash struct{ hash.Hash }

func (h guidHash) text(s string) { h.Write([]byte(s)) }
func (h guidHash) one()          { h.Write([]byte{1}) }

func (h guidHash) number(n int32) {
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(n)))
}

func (h guidHash) optional(s *string) {
	if s != nil {
		h.text(*s)
	}
}

func (h guidHash) metadata(m *Metadata) {
	for _, k := range slices.Sorted(maps.Keys(m.Tags)) {
		h.text(k)
		for _, t := range m.Tags[k] {
			h.text(t)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(m.Properties)) {
		h.text(k)
		h.optional(m.Properties[k])
	}
	for _, s := range m.Sensitive {
		h.text(s)
	}
}

func (h guidHash) rule(r Rule) {
	h.optional(r.Name)
	h.optional(r.Doc)
	h.text(r.Kind)
	h.text(r.Mode)
	h.optional(r.Type)
	for _, t := range r.Tags {
		h.text(t)
	}
	for _, k := range slices.Sorted(maps.Keys(r.Params)) {
		h.text(k)
		h.text(r.Params[k])
	}
	h.optional(r.Expr)
	h.optional(r.OnSuccess)
	h.optional(r.OnFailure)
	if r.Disabled {
		h.one()
	}
}

// identity is what makes two contents one (docs/design.md section 3): SHA-256
// over the type and the parts, each with its length in front.
func (b body) identity() Identity {
	// Short contents are put together on the stack.
	var space [4096]byte
	buf := space[:0]
	buf = appendPart(buf, string(b.kind))
	buf = appendPart(buf, b.text)
	buf = binary.AppendUvarint(buf, uint64(len(b.refs)))
	for _, r := range b.refs {
		buf = appendPart(buf, r.Name)
		buf = appendPart(buf, r.Subject)
		buf = binary.BigEndian.AppendUint32(buf, uint32(r.Version))
	}
	if b.metadata != nil {
		buf = appendPart(append(buf, 1), mustJSON(b.metadata))
	}
	if b.rules != nil {
		buf = appendPart(append(buf, 2), mustJSON(b.rules))
	}
	return sha256.Sum256(buf)
}

func appendPart(buf []byte, s string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(s))), s...)
}

// lists gives the three lists in the order of the wire.
func (r *RuleSet) lists() [3][]Rule {
	return [3][]Rule{r.MigrationRules, r.DomainRules, r.EncodingRules}
}

// encodeMetadata gives the canonical JSON of the row, empty for none.
func encodeMetadata(m *Metadata) string {
	if m == nil {
		return ""
	}
	return mustJSON(m)
}

func encodeRules(r *RuleSet) string {
	if r == nil {
		return ""
	}
	return mustJSON(r)
}
