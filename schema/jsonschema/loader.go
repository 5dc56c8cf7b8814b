package jsonschema

import (
	"context"

	"github.com/weir-registry/weir/schema"
)

// maxNodes bounds the size of a tree. References are loaded apart from the
// place that they lead to, so a small text with many of them could make a
// tree without end.
const maxNodes = 500_000

// loader is what the two loaders share: the texts at hand, the faults found,
// and the limits.
type loader struct {
	ctx      context.Context
	main     *Document
	texts    []*Document
	metas    map[string]*Document
	faults   faults
	patterns map[string]*Pattern
	nodes    int
	// from is where the client's text leads into the referenced text that is
	// being loaded.
	from schema.Position
	// stopped says that a limit was reached, so that nothing more is loaded.
	stopped bool
}

// fault notes what is wrong with a value of a document.
func (l *loader) fault(d *Document, v *Value, format string, args ...any) {
	l.faults.add(d, v, l.from, format, args...)
}

// wrongKind notes that a keyword has a value of the wrong JSON type.
func (l *loader) wrongKind(d *Document, v *Value, keyword, want string) {
	l.fault(d, v, "%q must be %s, not %s", keyword, want, withArticle(v.kind))
}

func withArticle(k ValueKind) string {
	switch k {
	case NullValue:
		return "null"
	case ArrayValue, ObjectValue:
		return "an " + k.String()
	}
	return "a " + k.String()
}

// node makes a node; beyond the limit everything is one fault.
func (l *loader) node(d *Document, v *Value, kind Kind, rules any) *Node {
	if l.nodes++; l.nodes > maxNodes && !l.stopped {
		l.stopped = true
		l.fault(d, v, "the references of the schema lead to more than %d schemas", maxNodes)
	}
	if l.nodes%1024 == 0 && l.ctx.Err() != nil {
		l.stopped = true
	}
	return &Node{Kind: kind, Source: v, Document: d, Rules: rules}
}

// pattern checks a pattern once for all its uses.
func (l *loader) pattern(d *Document, v *Value, text string) *Pattern {
	if p, ok := l.patterns[text]; ok && p != nil {
		return p
	}
	if l.patterns == nil {
		l.patterns = make(map[string]*Pattern)
	}
	switch {
	case len(text) > maxPatternBytes:
		l.fault(d, v, "a pattern of more than %d bytes", maxPatternBytes)
	case len(l.patterns) >= maxPatterns:
		l.fault(d, v, "more than %d patterns", maxPatterns)
	default:
		p, err := parsePattern(text)
		if err == nil {
			l.patterns[text] = p
			return p
		}
		l.fault(d, v, "the pattern %q does not compile: %s", text, err)
	}
	return &Pattern{Text: text}
}

// Each of the following reads a value of one JSON type, or notes a fault.

func (l *loader) str(d *Document, v *Value, keyword string) (string, bool) {
	if v.kind != StringValue {
		l.wrongKind(d, v, keyword, "a string")
		return "", false
	}
	return v.text, true
}

func (l *loader) boolean(d *Document, v *Value, keyword string) bool {
	if !v.isBoolean() {
		l.wrongKind(d, v, keyword, "a boolean")
	}
	return v.kind == TrueValue
}

func (l *loader) number(d *Document, v *Value, keyword string) *Value {
	if v.kind != NumberValue {
		l.wrongKind(d, v, keyword, "a number")
		return nil
	}
	return v
}

func (l *loader) object(d *Document, v *Value, keyword string) []Member {
	if v.kind != ObjectValue {
		l.wrongKind(d, v, keyword, "an object")
		return nil
	}
	return v.members
}

func (l *loader) array(d *Document, v *Value, keyword string) []*Value {
	if v.kind != ArrayValue {
		l.wrongKind(d, v, keyword, "an array")
		return nil
	}
	return v.items
}

// strings reads an array of strings, each kept once.
func (l *loader) strings(d *Document, v *Value, keyword string) []string {
	items := l.array(d, v, keyword)
	list := make([]string, 0, len(items))
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if item.kind != StringValue {
			l.fault(d, item, "%q must hold strings only, not %s", keyword, withArticle(item.kind))
		} else if !seen[item.text] {
			seen[item.text] = true
			list = append(list, item.text)
		}
	}
	return list
}

// values reads the values of an enum.
func (l *loader) values(d *Document, v *Value) []*Value {
	list := l.array(d, v, "enum")
	if len(list) > schema.MaxSymbols {
		l.fault(d, v, "an enum of more than %d values", schema.MaxSymbols)
	}
	return list
}

// kindOfType gives the kind that a name in "type" stands for.
func kindOfType(name string) (Kind, bool) {
	switch name {
	case "string":
		return String, true
	case "integer", "number":
		return Number, true
	case "boolean":
		return Boolean, true
	case "null":
		return Null, true
	case "array":
		return Array, true
	case "object":
		return Object, true
	}
	return Empty, false
}

// dialectOfDocument reads the $schema of a document, false when it has none
// that is known.
func dialectOfDocument(d *Document) (Dialect, bool) {
	v := d.root.Get("$schema")
	if v == nil || v.kind != StringValue {
		return Draft07, false
	}
	return dialectOf(v.text)
}
