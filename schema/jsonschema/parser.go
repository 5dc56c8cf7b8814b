package jsonschema

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Parser reads JSON Schemas. The zero value is ready for use.
type Parser struct{}

var _ schema.Parser = Parser{}

// Parse reads a source (compatibility.md 2.3). A text that is not JSON answers
// *schema.InvalidError at StageParse, every other fault one at StageValidate.
func (Parser) Parse(ctx context.Context, source schema.Source, options schema.Options) (schema.Schema, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := sizes(source); err != nil {
		return nil, err
	}
	d, err := open("", source.Text, true)
	if err != nil {
		return nil, err
	}
	if !d.root.isSchema() {
		kind := strings.ToUpper(d.root.kind.String())
		return nil, schema.Invalid(schema.JSON, schema.StageValidate, d.position(d.root.offset),
			"expected an object or boolean at the root, found %s", kind)
	}
	s := &Schema{source: source, document: d, text: d.root.Text()}
	for _, dependency := range source.Dependencies {
		text, err := open(dependency.Name, dependency.Text, false)
		if err != nil {
			return nil, err
		}
		s.texts = append(s.texts, text)
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	if options.ValidateFields {
		if err := s.checkFieldNames(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// sizes checks the limits of validation.md 9.
func sizes(source schema.Source) error {
	if len(source.Text) > schema.MaxTextBytes {
		return schema.Invalid(schema.JSON, schema.StageParse, schema.Position{}, "the schema has more than %d bytes", schema.MaxTextBytes)
	}
	total := len(source.Text)
	for _, d := range source.Dependencies {
		total += len(d.Text)
	}
	if total > schema.MaxClosureBytes {
		return schema.Invalid(schema.JSON, schema.StageParse, schema.Position{},
			"the schema and what it refers to have more than %d bytes", schema.MaxClosureBytes)
	}
	return nil
}

// open reads a text, after a look at how deeply it nests.
func open(name, text string, main bool) (*Document, error) {
	invalid := func(offset int, message string) error {
		if main {
			return schema.Invalid(schema.JSON, schema.StageParse, schema.PositionAt(text, offset), "%s", message)
		}
		return schema.Invalid(schema.JSON, schema.StageParse, schema.Position{}, "%s (in the referenced schema %q, %s)",
			message, name, schema.PositionAt(text, offset))
	}
	if offset, deep := scanDepth(text); deep {
		return nil, schema.Invalid(schema.JSON, schema.StageParse, schema.PositionAt(text, offset),
			"the schema nests more than %d levels deep", schema.MaxDepth)
	}
	d, err := newDocument(name, text, main)
	if err != nil {
		return nil, invalid(err.offset, err.message)
	}
	return d, nil
}

// load builds the tree by the rules of the dialect.
func (s *Schema) load(ctx context.Context) error {
	l := &loader{ctx: ctx, main: s.document, texts: s.texts}
	if v := s.document.root.Get("$schema"); v != nil && v.kind != StringValue {
		l.wrongKind(s.document, v, "$schema", "a string")
		return l.faults.err(s.document)
	}
	for _, d := range s.texts {
		if _, err := parseURI(d.Name); err != nil {
			l.fault(s.document, s.document.root, "the name of a reference is not a URI: %q", d.Name)
		}
	}
	s.dialect, _ = dialectOfDocument(s.document)
	var root *unit
	if s.dialect.modern() {
		m := &modern{loader: l, knots: make(map[string]*knot)}
		root = m.load()
	} else {
		c := &classic{loader: l, knots: make(map[string]*unit), ids: make(map[idKey]map[string]located)}
		root = c.load(s.dialect)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := l.faults.err(s.document); err != nil {
		return err
	}
	var e expansion
	if e.count(root) > schema.MaxReferenceExpansion {
		return schema.Invalid(schema.JSON, schema.StageValidate, s.document.position(s.document.root.offset),
			"more than %d paths of references lead through the schema", schema.MaxReferenceExpansion)
	}
	s.root, s.nodes = root.node, l.nodes
	return nil
}

// checkFieldNames is what validateFields asks for: no name among the root's
// properties may begin with $$.
func (s *Schema) checkFieldNames() error {
	properties := s.document.root.Get("properties")
	if properties == nil {
		return nil
	}
	e := &schema.InvalidError{Type: schema.JSON, Stage: schema.StageValidate}
	for _, m := range properties.members {
		if strings.HasPrefix(m.Key, "$$") {
			e.Faults = append(e.Faults, schema.Fault{
				Path: "#/properties/" + m.Key, Position: s.document.position(m.offset),
				Message: "Field names cannot start with $$ prefix",
			})
		}
	}
	if len(e.Faults) == 0 {
		return nil
	}
	return e
}
