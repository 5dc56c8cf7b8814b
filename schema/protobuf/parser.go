package protobuf

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/weir-registry/weir/schema"
)

// Parser reads Protobuf schemas. The zero value is ready; it is safe for
// concurrent use and keeps the bundled imports once they are read.
type Parser struct {
	once  sync.Once
	world *library
	err   error
}

var _ schema.Parser = (*Parser)(nil)

// bundled gives the bundled imports.
func (p *Parser) bundled() (*library, error) {
	p.once.Do(func() {
		var units []*unit
		units, p.err = bundle()
		for _, u := range units {
			u.index()
		}
		p.world = newLibrary(units)
	})
	return p.world, p.err
}

// Parse reads a source (compatibility.md 2.4): a text, or failing that a
// descriptor in base64. Types must resolve, except in a text that is stored.
func (p *Parser) Parse(ctx context.Context, source schema.Source, options schema.Options) (schema.Schema, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := scan(source); err != nil {
		return nil, err
	}
	names, err := p.closure(ctx, source)
	if err != nil {
		return nil, err
	}
	s, err := read(ctx, source.Text, names)
	if err != nil {
		return nil, err
	}
	s.references = source.References
	if !options.Stored {
		if err := invalid(schema.StageValidate, s.unresolved()); err != nil {
			return nil, err
		}
	}
	if options.New && s.doubtful {
		if _, err := s.Normalize(); err != nil {
			return nil, err
		}
	}
	if options.ValidateFields {
		if err := invalid(schema.StageValidate, s.undescribable()); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func invalid(stage schema.Stage, faults []schema.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return &schema.InvalidError{Type: schema.Protobuf, Stage: stage, Faults: faults}
}

// closure reads the texts that a source refers to and puts the bundled
// imports behind them; a reference takes the place of a bundled import of its
// name.
func (p *Parser) closure(ctx context.Context, source schema.Source) (*universe, error) {
	world, err := p.bundled()
	if err != nil {
		return nil, err
	}
	none := newLibrary(nil)
	if len(source.Dependencies) == 0 {
		return &universe{refs: none, world: world}, nil
	}
	given := map[string]bool{}
	var refs []*unit
	for _, d := range source.Dependencies {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		given[d.Name] = true
		s, err := read(ctx, d.Text, &universe{refs: none, world: world})
		if err != nil {
			return nil, schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
				"the reference %q (subject %s, version %d) is no Protobuf schema: %s", d.Name, d.Subject, d.Version, err)
		}
		u := &unit{file: s.file, path: d.Name, place: Place{Kind: Referenced, Subject: d.Subject, Version: d.Version}}
		u.index()
		refs = append(refs, u)
	}
	if slices.ContainsFunc(world.units, func(u *unit) bool { return given[u.path] }) {
		world = newLibrary(slices.DeleteFunc(slices.Clone(world.units), func(u *unit) bool { return given[u.path] }))
	}
	return &universe{refs: newLibrary(refs), world: world}, nil
}

// read reads one text, which names resolve in when its own are added.
func read(ctx context.Context, text string, names *universe) (*Schema, error) {
	file, p := parse(text)
	if len(p.faults) == 0 {
		s := &Schema{file: file, text: canonical(file, false), source: text, names: names, doubtful: p.doubtful}
		s.own(file)
		return s, nil
	}
	d, err := decodeDescriptor(text)
	if err != nil {
		return nil, invalid(schema.StageParse, p.faults)
	}
	file, err = fromDescriptor(d, customOptions(ctx, d, names))
	if err != nil {
		return nil, schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{}, "%s", err)
	}
	// What a descriptor says must be sayable in text: that is what is stored.
	printed := strings.ToValidUTF8(canonical(file, false), "\uFFFD")
	file, q := parse(printed)
	if len(q.faults) > 0 {
		return nil, schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
			"the descriptor cannot be written as text: %s", q.faults[0])
	}
	s := &Schema{file: file, text: canonical(file, false), source: printed, names: names, doubtful: q.doubtful}
	s.own(file)
	return s, nil
}

// own makes a file the schema's own.
func (s *Schema) own(file *File) {
	u := &unit{file: file}
	u.index()
	s.names = &universe{own: u, refs: s.names.refs, world: s.names.world}
}
