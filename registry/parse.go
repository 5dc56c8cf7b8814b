package registry

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// reading says how a request's text is read.
type reading struct {
	// strict applies the rules for new schemas and takes only live targets of
	// references.
	strict         bool
	validateFields bool
	normalize      bool
	// stored reads a text that is kept, or that IMPORT brings: it is not
	// validated again.
	stored bool
}

// canon is a text in its canonical form, with its references filled in.
type canon struct {
	kind schema.Type
	text string
	refs []schema.Reference
	// direct are the targets of the request's references.
	direct []ResolvedReference
	// parsed is the parsed form, nil when the text was known by its spelling.
	parsed schema.Schema
}

// blank says whether there is no schema text: absent, null, empty, or blanks,
// which are all characters up to U+0020, but for U+0000 (registry-api.md 24).
func (b SchemaBody) blank() bool {
	return b.Schema == nil || strings.TrimFunc(*b.Schema, func(c rune) bool { return c <= ' ' && c != 0 }) == ""
}

// knownType refuses schema types that nobody reads (registry-api.md 2.3).
func (r *Registry) knownType(t schema.Type) error {
	if _, ok := r.opts.Formats[t]; !ok {
		return refuse(CodeInvalidSchema, "Invalid schema type %s", t)
	}
	return nil
}

// read gives the canonical form of a request. What was read before under the
// same rules is found by its spelling, without parsing.
func (r *Registry) read(ctx context.Context, s *Snapshot, in Subject, b SchemaBody, how reading) (*canon, error) {
	deps, err := r.resolve(s, in.Context, b.References, how.strict)
	if err != nil {
		return nil, r.invalid(in, b, err)
	}
	key := spellingOf(b, deps, how)
	if known, ok := r.spellings.get(key); ok {
		return &canon{kind: typeOf(b.Type), text: known.text, refs: known.refs, direct: deps.direct}, nil
	}
	parsed, err := r.parse(ctx, b.Type, *b.Schema, deps, how)
	if err != nil {
		return nil, r.invalid(in, b, err)
	}
	c := &canon{kind: typeOf(b.Type), text: parsed.Text(), refs: parsed.References(), direct: deps.direct, parsed: parsed}
	if len(c.refs) == 0 {
		c.refs = nil
	}
	r.spellings.put(key, &spelling{text: c.text, refs: c.refs}, len(c.text)+128)
	return c, nil
}

func (r *Registry) parse(ctx context.Context, t schema.Type, text string, deps *resolved, how reading) (schema.Schema, error) {
	source := schema.Source{Type: t, Text: text, References: deps.refs, Dependencies: deps.deps}
	parsed, err := r.opts.Formats.Parse(ctx, source, schema.Options{New: how.strict, ValidateFields: how.validateFields, Stored: how.stored})
	if err != nil || !how.normalize {
		return parsed, err
	}
	return parsed.Normalize()
}

// parseCanon gives the parsed form of what was found by its spelling.
func (r *Registry) parseCanon(ctx context.Context, s *Snapshot, in Subject, c *canon) (schema.Schema, error) {
	if c.parsed != nil {
		return c.parsed, nil
	}
	deps, err := r.resolve(s, in.Context, bodyReferences(c.refs), false)
	if err != nil {
		return nil, err
	}
	c.parsed, err = r.parse(ctx, c.kind, c.text, deps, reading{stored: true})
	return c.parsed, err
}

// spellingOf is the digest of a request's text, of the rules that it is read
// by, and of all that its references lead to.
func spellingOf(b SchemaBody, deps *resolved, how reading) spellingKey {
	var space [4096]byte
	buf := append(space[:0], flag(how.strict)|flag(how.validateFields)<<1|flag(how.normalize)<<2|flag(how.stored)<<3)
	buf = appendPart(buf, string(b.Type))
	buf = appendPart(buf, *b.Schema)
	for _, ref := range deps.refs {
		buf = appendPart(buf, ref.Name)
		buf = appendPart(buf, ref.Subject)
		buf = binary.BigEndian.AppendUint32(buf, uint32(ref.Version))
	}
	for i, x := range deps.contents {
		buf = appendPart(append(buf, flag(deps.deps[i].Direct)), deps.deps[i].Name)
		buf = append(buf, x.identity[:]...)
	}
	return sha256.Sum256(buf)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// stored gives the parsed form of what is stored, from the cache where it is
// there.
func (r *Registry) stored(ctx context.Context, s *Snapshot, in Context, x *content) (schema.Schema, error) {
	if parsed, ok := r.parsed.get(x.identity); ok && len(x.refs) == 0 {
		return parsed, nil
	}
	deps, err := r.resolve(s, in, bodyReferences(x.refs), false)
	if err != nil {
		return nil, err
	}
	key := x.identity
	if len(x.refs) > 0 {
		key = closureIdentity(x, deps)
		if parsed, ok := r.parsed.get(key); ok {
			return parsed, nil
		}
	}
	parsed, err := r.parse(ctx, x.kind, x.plainText(), deps, reading{stored: true})
	if err != nil {
		return nil, err
	}
	r.parsed.put(key, parsed, parsed.MemoryBytes())
	return parsed, nil
}

// closureIdentity names a content together with what its references lead to:
// an IMPORT may overwrite a version that others refer to.
func closureIdentity(x *content, deps *resolved) Identity {
	h := sha256.New()
	h.Write(x.identity[:])
	for i, y := range deps.contents {
		h.Write([]byte(deps.deps[i].Name))
		h.Write(y.identity[:])
	}
	return Identity(h.Sum(nil))
}

// invalid makes the refusal of a text that cannot be read (registry-api.md
// 2.3): the wire's words up to the first "details: ", then ours.
func (r *Registry) invalid(in Subject, b SchemaBody, err error) error {
	var bad *schema.InvalidError
	switch {
	case errors.As(err, &bad) && bad.Stage != schema.StageParse:
		return &Error{CodeInvalidSchema, requestText(in, b) + ", details: " + bad.Error(), err}
	case errors.As(err, &bad), errors.As(err, new(*referenceError)):
		return &Error{CodeInvalidSchema, "Invalid schema of type " + string(b.Type) + ", details: " + err.Error(), err}
	}
	return err
}
