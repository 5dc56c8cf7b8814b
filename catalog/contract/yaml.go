package contract

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/weir-registry/weir/schema"
)

// What is read of YAML is bounded: a text of MaxBytes, of maxDepth levels, and
// maxValues values once its aliases are written out.
const (
	// MaxBytes is the longest text that is read.
	MaxBytes  = 512 << 10
	maxDepth  = 64
	maxValues = 200_000
)

// parseYAML reads a YAML document; JSON is YAML too.
func parseYAML(data string) (*value, error) {
	if len(data) > MaxBytes {
		return nil, invalid(schema.Position{}, "", "the text has %d bytes; the most is %d", len(data), MaxBytes)
	}
	if err := scan(data); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes([]byte(data), 0)
	if err != nil {
		return nil, syntaxFault(err)
	}
	r := yamlReader{anchors: map[string]*value{}}
	var root *value
	for _, d := range file.Docs {
		if d.Body == nil {
			continue
		}
		if root != nil {
			return nil, invalid(place(d.Body), "", "there is more than one document")
		}
		if root, err = r.read(d.Body, 0); err != nil {
			return nil, err
		}
	}
	if root == nil {
		return nil, invalid(schema.Position{}, "", "the document is empty")
	}
	return root, nil
}

// invalid makes an error of one fault.
func invalid(at schema.Position, path, format string, args ...any) *InvalidError {
	return &InvalidError{[]schema.Fault{{Path: path, Position: at, Message: fmt.Sprintf(format, args...)}}}
}

// syntaxFault words what the parser says.
func syntaxFault(err error) error {
	var at schema.Position
	message := err.Error()
	var fault yaml.Error
	if errors.As(err, &fault) {
		message = fault.GetMessage()
		if t := fault.GetToken(); t != nil {
			at = positionOf(t)
		}
	}
	return invalid(at, "", "it is not YAML: %s", strings.ReplaceAll(message, "\n", " "))
}

// What the parser is not given, as it takes a time that grows with the square:
// so many anchors, and so many members of one object.
const (
	maxAnchors = 1000
	maxMembers = 5000
)

// scan refuses texts that the parser would take too long for, or too deep a
// stack, before it sees them. It takes what stands inside of texts for what it
// looks like, and so errs to the safe side, where a text has thousands of it.
func scan(data string) error {
	s := scanner{members: map[int]int{}}
	line := 0
	for text := range strings.Lines(data) {
		line++
		if message := s.line(strings.TrimRight(text, "\r\n")); message != "" {
			return invalid(schema.Position{Line: line, Column: 1}, "", "%s", message)
		}
	}
	return nil
}

// scanner counts what it has seen.
type scanner struct {
	anchors int
	// members are those of the object at each indentation.
	members map[int]int
	// open are the brackets, each with its commas.
	open []bracket
}

type bracket struct {
	object bool
	commas int
}

// line looks at a line, and says what there is too much of.
func (s *scanner) line(text string) string {
	deep := fmt.Sprintf("the document is nested more than %d deep", maxDepth)
	rest := strings.TrimLeft(text, " ")
	if rest == "" || rest[0] == '#' {
		return ""
	}
	dashes := 0
	for len(rest) > 1 && strings.ContainsRune("-?:", rune(rest[0])) && (rest[1] == ' ' || rest[1] == '\t') {
		rest = strings.TrimLeft(rest[1:], " \t")
		dashes++
	}
	indent := len(text) - len(rest)
	if dashes > maxDepth || indent > maxDepth*64 {
		return deep
	}
	for other := range s.members {
		if other > indent || other == indent && dashes > 0 {
			delete(s.members, other)
		}
	}
	if strings.Contains(rest, ":") {
		if s.members[indent]++; s.members[indent] > maxMembers {
			return fmt.Sprintf("an object has more than %d members", maxMembers)
		}
	}
	for i := range len(rest) {
		switch c := rest[i]; c {
		case '[', '{':
			s.open = append(s.open, bracket{object: c == '{'})
		case ']', '}':
			s.open = s.open[:max(0, len(s.open)-1)]
		case ',':
			if n := len(s.open); n > 0 && s.open[n-1].object {
				if s.open[n-1].commas++; s.open[n-1].commas > maxMembers {
					return fmt.Sprintf("an object has more than %d members", maxMembers)
				}
			}
		case '&':
			if s.anchors++; s.anchors > maxAnchors {
				return fmt.Sprintf("the document has more than %d anchors", maxAnchors)
			}
		}
		if len(s.open) > 4*maxDepth {
			return deep
		}
	}
	return ""
}

type yamlReader struct {
	anchors map[string]*value
	count   int
}

func positionOf(t *token.Token) schema.Position {
	if t == nil || t.Position == nil {
		return schema.Position{}
	}
	return schema.Position{Offset: max(0, t.Position.Offset-1), Line: t.Position.Line, Column: t.Position.Column}
}

// place is where a node begins; an object that is a block has the token of its
// first colon.
func place(n ast.Node) schema.Position {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return place(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		if !n.IsFlowStyle {
			return place(n.Key)
		}
	}
	return positionOf(n.GetToken())
}

// read makes a value of a node.
func (r *yamlReader) read(n ast.Node, depth int) (*value, error) {
	if r.count++; r.count > maxValues {
		return nil, invalid(place(n), "", "the document has more than %d values", maxValues)
	}
	if depth > maxDepth {
		return nil, invalid(place(n), "", "the document is nested more than %d deep", maxDepth)
	}
	at := place(n)
	switch n := n.(type) {
	case *ast.NullNode:
		return &value{kind: null, at: at}, nil
	case *ast.BoolNode:
		return &value{kind: boolean, text: fmt.Sprint(n.Value), at: at}, nil
	case *ast.IntegerNode:
		return numberOf(n.Token.Value, at), nil
	case *ast.FloatNode:
		return numberOf(n.Token.Value, at), nil
	case *ast.StringNode:
		if n.Token.Type == token.StringType && jsonNumber(n.Value) {
			// Some numbers of JSON are texts to the parser: 0E0.
			return numberOf(n.Value, at), nil
		}
		return &value{kind: text, text: n.Value, at: at}, nil
	case *ast.LiteralNode:
		if n.Value == nil {
			return &value{kind: text, at: at}, nil
		}
		return &value{kind: text, text: n.Value.Value, at: at}, nil
	case *ast.MappingNode:
		return r.object(n.Values, at, depth)
	case *ast.MappingValueNode:
		return r.object([]*ast.MappingValueNode{n}, at, depth)
	case *ast.SequenceNode:
		v := &value{kind: list, at: at}
		for _, item := range n.Values {
			x, err := r.read(item, depth+1)
			if err != nil {
				return nil, err
			}
			v.items = append(v.items, x)
		}
		return v, nil
	case *ast.AnchorNode:
		v, err := r.read(n.Value, depth+1)
		if err == nil && n.Name != nil {
			r.anchors[n.Name.GetToken().Value] = v
		}
		return v, err
	case *ast.AliasNode:
		return r.alias(n, depth)
	case *ast.TagNode:
		if n.Value == nil {
			return &value{kind: null, at: at}, nil
		}
		return r.read(n.Value, depth+1)
	}
	// What is left are infinities and the like, which no member takes.
	return &value{kind: text, text: n.String(), at: at}, nil
}

// alias gives what an anchor stands for; each use counts as much as it has.
func (r *yamlReader) alias(n *ast.AliasNode, depth int) (*value, error) {
	name := ""
	if n.Value != nil {
		name = n.Value.GetToken().Value
	}
	v, ok := r.anchors[name]
	if !ok {
		return nil, invalid(place(n), "", "there is no anchor named %q before its use", name)
	}
	size, deep := v.size()
	if r.count += size; r.count > maxValues {
		return nil, invalid(place(n), "", "the document has more than %d values", maxValues)
	}
	if depth+deep > maxDepth {
		return nil, invalid(place(n), "", "the document is nested more than %d deep", maxDepth)
	}
	return v, nil
}

// size counts the values in a value, and its levels.
func (v *value) size() (values, levels int) {
	values = 1
	for _, x := range v.items {
		n, d := x.size()
		values, levels = values+n, max(levels, d+1)
	}
	for _, m := range v.members {
		n, d := m.value.size()
		values, levels = values+n, max(levels, d+1)
	}
	return values, levels
}

// object reads the entries of a mapping. A name that stands there twice is a
// fault, as is one that is no text; "<<" is taken for a name.
func (r *yamlReader) object(entries []*ast.MappingValueNode, at schema.Position, depth int) (*value, error) {
	v := &value{kind: object, at: at}
	met := make(map[string]bool, len(entries))
	for _, m := range entries {
		name, ok := nameOf(m.Key)
		if !ok {
			return nil, invalid(place(m.Key), "", "the name of a member is not a text")
		}
		if met[name] {
			return nil, invalid(place(m.Key), name, "the member stands there twice")
		}
		met[name] = true
		x := &value{kind: null, at: place(m.Key)}
		if m.Value != nil {
			var err error
			if x, err = r.read(m.Value, depth+1); err != nil {
				return nil, err
			}
		}
		v.members = append(v.members, member{name: name, value: x, at: place(m.Key)})
	}
	return v, nil
}

func nameOf(n ast.MapKeyNode) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.MergeKeyNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// numberOf reads a number. What JSON has no number for, as YAML's own 0x1f and
// 1_000, stays a text.
func numberOf(spelling string, at schema.Position) *value {
	plain := strings.TrimPrefix(spelling, "+")
	if jsonNumber(plain) {
		return &value{kind: number, text: plain, at: at}
	}
	return &value{kind: text, text: spelling, at: at}
}
