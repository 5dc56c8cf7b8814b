package declare

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// What a reader takes at most.
const (
	// MaxBytes is the size of all documents of one application together,
	// maxDocument that of one; its tokens take some hundred times as much.
	MaxBytes    = 8 << 20
	maxDocument = 512 << 10
	maxDepth    = 64
)

// readValues reads the YAML documents of a file; empty ones are left out. A
// document that is no YAML is a fault and hides no other.
func readValues(f File, faults *Faults) []value {
	if at := strings.IndexFunc(f.Text, func(r rune) bool { return r == utf8.RuneError }); at >= 0 && !utf8.ValidString(f.Text) {
		faults.add(Place{File: f.Name, Line: 1 + strings.Count(f.Text[:at], "\n"), Column: 1}, BadSyntax, "the text is not UTF-8")
		return nil
	}
	var values []value
	for line, part := range parts(f.Text) {
		r := &yamlReader{file: f.Name, line: line, faults: faults}
		if len(part) > maxDocument {
			faults.add(Place{File: f.Name, Line: line + 1, Column: 1}, BadSyntax, "the document has more than %d bytes", maxDocument)
			continue
		}
		if v, ok := r.document(part); ok {
			values = append(values, v)
		}
	}
	return values
}

// parts splits a text where a line begins a document. Such a line does so
// wherever it stands (YAML 1.2.2, 9.1.2), so that no scalar is cut. It yields
// the number of lines before each part.
func parts(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
		begin, before, number := 0, 0, 0
		for at := 0; at < len(text); number++ {
			end := strings.IndexByte(text[at:], '\n')
			if end < 0 {
				end = len(text) - at
			} else {
				end++
			}
			line := strings.TrimRight(text[at:at+end], "\n")
			if at > begin && (line == "---" || strings.HasPrefix(line, "--- ")) {
				if !yield(before, text[begin:at]) {
					return
				}
				begin, before = at, number
			}
			at += end
		}
		yield(before, text[begin:])
	}
}

// yamlReader turns the tokens of one document into a value. The tokens are the
// library's; putting them together is done here, since the library's parser
// takes quadratic time and memory for long mappings and for many faults, and
// recurses as deep as a text tells it to.
//
//	block   = sequence | mapping | scalar | flow
//	sequence = { "-" block }                          at one column
//	mapping  = { scalar ":" ( scalar | flow | block ) }  at one column
//	flow    = "[" { flow "," } "]" | "{" { scalar ":" flow "," } "}" | scalar
type yamlReader struct {
	file   string
	line   int // lines before the document
	faults *Faults
	tokens []*token.Token
	depth  int
}

// yamlFault ends the reading of a document; it is a panic within the reader.
type yamlFault struct {
	Place
	message string
}

// notTaken are the tokens of what YAML has and we do not take.
var notTaken = map[token.Type]string{
	token.AnchorType:     "an anchor",
	token.AliasType:      "an alias",
	token.TagType:        "a tag of YAML",
	token.DirectiveType:  "a directive",
	token.MergeKeyType:   "a merge key",
	token.MappingKeyType: "a name after ?",
}

// document reads one document; ok says that there is one that could be read.
func (r *yamlReader) document(text string) (v value, ok bool) {
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case yamlFault:
			r.faults.add(fault.Place, BadSyntax, "%s", fault.message)
			v, ok = value{}, false
		default:
			panic(fault)
		}
	}()
	all := lexer.Tokenize(text)
	for _, t := range all {
		if what, refused := notTaken[t.Type]; refused {
			r.fail(t, "YAML with "+what+" is not taken")
		}
		if t.Type == token.InvalidType {
			r.fail(t, "this is no YAML: "+t.Error)
		}
		if t.Type != token.CommentType {
			r.tokens = append(r.tokens, t)
		}
	}
	if r.is(token.DocumentHeaderType) {
		r.next()
	}
	if r.peek() == nil {
		return value{}, false
	}
	v = r.block()
	if r.is(token.DocumentEndType) {
		r.next()
	}
	if t := r.peek(); t != nil {
		r.fail(t, "this does not go on what is before it; is it indented as it should be?")
	}
	return v, v.kind != nothing
}

func (r *yamlReader) fail(t *token.Token, message string) {
	panic(yamlFault{r.place(t), message})
}

func (r *yamlReader) place(t *token.Token) Place {
	return Place{File: r.file, Line: r.line + max(t.Position.Line, 1), Column: max(t.Position.Column, 1)}
}

func (r *yamlReader) peek() *token.Token {
	if len(r.tokens) == 0 {
		return nil
	}
	return r.tokens[0]
}

func (r *yamlReader) is(kind token.Type) bool { return len(r.tokens) > 0 && r.tokens[0].Type == kind }

func (r *yamlReader) next() *token.Token {
	t := r.tokens[0]
	r.tokens = r.tokens[1:]
	return t
}

// enter counts how deep the reader is; leave is for defer.
func (r *yamlReader) enter(t *token.Token) (leave func()) {
	if r.depth++; r.depth > maxDepth {
		r.fail(t, "the document nests too deeply")
	}
	return func() { r.depth-- }
}

// block reads what begins at the next token, which there is.
func (r *yamlReader) block() value {
	t := r.peek()
	defer r.enter(t)()
	switch {
	case t.Type == token.SequenceEntryType:
		return r.sequence(t)
	case r.atName():
		return r.mapping(t)
	}
	return r.inline()
}

// atName says that a name and its colon come next.
func (r *yamlReader) atName() bool {
	return len(r.tokens) > 1 && isScalar(r.tokens[0]) && r.tokens[1].Type == token.MappingValueType &&
		r.tokens[0].Position.Line <= r.tokens[1].Position.Line
}

func (r *yamlReader) sequence(first *token.Token) value {
	v := value{Place: r.place(first), kind: list}
	column := first.Position.Column
	for r.is(token.SequenceEntryType) && r.peek().Position.Column == column {
		dash := r.next()
		item := value{Place: r.place(dash)}
		if t := r.peek(); t != nil && t.Position.Column > column {
			item = r.block()
		}
		v.list = append(v.list, item)
	}
	return v
}

func (r *yamlReader) mapping(first *token.Token) value {
	v := value{Place: r.place(first), kind: object}
	column := first.Position.Column
	names := map[string]bool{}
	for r.atName() && r.peek().Position.Column == column {
		m, colon := r.name()
		t := r.peek()
		switch {
		case t == nil || t.Type == token.DocumentEndType:
		case t.Position.Line == colon.Position.Line:
			if t.Type == token.SequenceEntryType || r.atName() {
				r.fail(t, "a list or a mapping begins on a line of its own")
			}
			m.value = r.inline()
		case t.Position.Column > column, t.Position.Column == column && t.Type == token.SequenceEntryType:
			m.value = r.block()
		}
		r.add(&v, m, names)
	}
	return v
}

// name reads a name and its colon.
func (r *yamlReader) name() (member, *token.Token) {
	t := r.next()
	m := member{Place: r.place(t), name: t.Value}
	if plain(t) {
		m.name = strings.TrimSpace(t.Value)
	}
	m.value.Place = m.Place
	return m, r.next()
}

func (r *yamlReader) add(v *value, m member, names map[string]bool) {
	if names[m.name] {
		r.faults.add(m.Place, Twice, "%s is given twice", m.name)
		return
	}
	names[m.name] = true
	v.members = append(v.members, m)
}

// inline reads a scalar or a flow.
func (r *yamlReader) inline() value {
	t := r.peek()
	switch {
	case t.Type == token.SequenceStartType:
		return r.flowList()
	case t.Type == token.MappingStartType:
		return r.flowMapping()
	case t.Type == token.LiteralType || t.Type == token.FoldedType:
		v := value{Place: r.place(r.next()), kind: text}
		if r.is(token.StringType) {
			v.text = r.next().Value
		}
		return v
	case !isScalar(t):
		r.fail(t, "a value should stand here, not "+strings.TrimSpace(t.Value))
	}
	return r.scalar(r.next())
}

func (r *yamlReader) flowList() value {
	begin := r.next()
	defer r.enter(begin)()
	v := value{Place: r.place(begin), kind: list}
	for !r.is(token.SequenceEndType) {
		r.flowGoesOn(begin)
		v.list = append(v.list, r.inline())
		r.comma(begin, token.SequenceEndType)
	}
	r.next()
	return v
}

func (r *yamlReader) flowMapping() value {
	begin := r.next()
	defer r.enter(begin)()
	v := value{Place: r.place(begin), kind: object}
	names := map[string]bool{}
	for !r.is(token.MappingEndType) {
		r.flowGoesOn(begin)
		if !r.atName() {
			r.fail(r.peek(), "a name and a colon should stand here")
		}
		m, _ := r.name()
		if r.flowGoesOn(begin); !r.is(token.CollectEntryType) && !r.is(token.MappingEndType) {
			m.value = r.inline()
		}
		r.add(&v, m, names)
		r.comma(begin, token.MappingEndType)
	}
	r.next()
	return v
}

func (r *yamlReader) flowGoesOn(begin *token.Token) {
	if r.peek() == nil {
		r.fail(begin, "this is not closed")
	}
}

// comma takes a comma, which must stand here unless the end does.
func (r *yamlReader) comma(begin *token.Token, end token.Type) {
	r.flowGoesOn(begin)
	switch {
	case r.is(token.CollectEntryType):
		r.next()
		r.flowGoesOn(begin)
	case !r.is(end):
		r.fail(r.peek(), "a comma should stand before this")
	}
}

// plain says that a scalar is not quoted.
func plain(t *token.Token) bool {
	return isScalar(t) && t.Type != token.SingleQuoteType && t.Type != token.DoubleQuoteType
}

func isScalar(t *token.Token) bool {
	switch t.Type {
	case token.StringType, token.SingleQuoteType, token.DoubleQuoteType:
		return true
	}
	return oddNumber(t) || t.Type == token.BoolType || t.Type == token.NullType || t.Type == token.ImplicitNullType
}

// oddNumber says that YAML takes a scalar for a number, in whichever form.
func oddNumber(t *token.Token) bool {
	switch t.Type {
	case token.IntegerType, token.BinaryIntegerType, token.OctetIntegerType, token.HexIntegerType, token.FloatType, token.InfinityType, token.NanType:
		return true
	}
	return false
}

func (r *yamlReader) scalar(t *token.Token) value {
	v := value{Place: r.place(t), kind: text, text: t.Value}
	if !plain(t) {
		return v
	}
	v.text = strings.TrimSpace(t.Value)
	switch {
	case slices.Contains([]string{"", "~", "null", "Null", "NULL"}, v.text):
		return value{Place: v.Place}
	case slices.Contains([]string{"true", "True", "TRUE"}, v.text):
		return value{Place: v.Place, kind: boolean, yes: true}
	case slices.Contains([]string{"false", "False", "FALSE"}, v.text):
		return value{Place: v.Place, kind: boolean}
	case numberForm.MatchString(v.text):
		v.kind = number
	case oddNumber(t):
		r.faults.add(v.Place, BadValue, "write the number %s as JSON does, or put the text into quotes", v.text)
	}
	return v
}
