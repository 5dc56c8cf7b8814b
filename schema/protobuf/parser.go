package protobuf

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/weir-registry/weir/schema"
)

// Parser reads Protobuf schemas. The zero value is ready; it is safe for
// concurrent use and keeps the bundled imports once they are read.
type Parser struct {
	once  sync.Once
	world []*unit
	err   error
}

var _ schema.Parser = (*Parser)(nil)

// bundled gives the units of the bundled imports.
func (p *Parser) bundled() ([]*unit, error) {
	p.once.Do(func() {
		p.world, p.err = bundle()
		for _, u := range p.world {
			u.index()
		}
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
	names := &universe{world: world}
	if len(source.Dependencies) == 0 {
		return names, nil
	}
	given := map[string]bool{}
	for _, d := range source.Dependencies {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		given[d.Name] = true
		s, err := read(ctx, d.Text, &universe{world: world})
		if err != nil {
			return nil, schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
				"the reference %q (subject %s, version %d) is no Protobuf schema: %s", d.Name, d.Subject, d.Version, err)
		}
		s.names.own.path = d.Name
		s.names.own.place = Place{Kind: Referenced, Subject: d.Subject, Version: d.Version}
		s.names.own.index()
		names.refs = append(names.refs, s.names.own)
	}
	names.world = nil
	for _, u := range world {
		if !given[u.path] {
			names.world = append(names.world, u)
		}
	}
	return names, nil
}

// read reads one text, which names resolve in when its own are added.
func read(ctx context.Context, text string, names *universe) (*Schema, error) {
	file, p := parse(text)
	if len(p.faults) == 0 {
		s := &Schema{file: file, text: print(file, false), source: text, names: names, doubtful: p.doubtful}
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
	printed := strings.ToValidUTF8(print(file, false), "\uFFFD")
	file, q := parse(printed)
	if len(q.faults) > 0 {
		return nil, schema.Invalid(schema.Protobuf, schema.StageParse, schema.Position{},
			"the descriptor cannot be written as text: %s", q.faults[0])
	}
	s := &Schema{file: file, text: print(file, false), source: printed, names: names, doubtful: q.doubtful}
	s.own(file)
	return s, nil
}

// own makes a file the schema's own.
func (s *Schema) own(file *File) {
	u := &unit{file: file}
	u.index()
	s.names = &universe{own: u, refs: s.names.refs, world: s.names.world}
}

// String names the parser in logs.
func (p *Parser) String() string { return fmt.Sprintf("parser of %s", schema.Protobuf) }
