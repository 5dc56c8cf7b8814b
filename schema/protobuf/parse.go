package protobuf

import (
	"github.com/weir-registry/weir/schema"
)

// maxFaults is how many faults of one text are reported.
const maxFaults = 20

// place is where a declaration stands; it decides which words are keywords.
type place int

const (
	inFile place = iota
	inMessage
	inEnum
	inService
	inRPC
	inExtend
)

// parser reads the text form. It follows the recorded registry's parser,
// which is looser than protoc in ways that compatibility.md 2.4 lists.
type parser struct {
	reader
	file     *File
	weak     []string
	depth    int
	declared bool
	// doubtful says that something was read whose printed form may not parse:
	// see printable.
	doubtful bool
	names    map[string]bool
	services map[string]bool
	faults   []schema.Fault
}

// parse reads a text; the tree is to be used only when there are no faults.
func parse(text string) (*File, *parser) {
	p := &parser{
		reader: reader{text: text}, file: &File{},
		names: map[string]bool{}, services: map[string]bool{},
	}
	for {
		done := true
		p.guard(func() { done = p.exhausted() })
		if done || len(p.faults) >= maxFaults {
			return p.file, p
		}
		p.guard(func() { p.declaration(inFile, &body{}) })
	}
}

// body collects what is declared inside braces.
type body struct {
	message *Message
	enum    *Enum
	service *Service
	extend  *Extend
	rpc     *RPC
}

// guard runs one step. A fault in it is kept, and reading goes on behind the
// statement that has it.
func (p *parser) guard(step func()) {
	start := p.pos
	defer func() {
		switch r := recover().(type) {
		case nil:
		case fault:
			found := r.fault(p.text)
			if n := len(p.faults); n == 0 || n < maxFaults && p.faults[n-1].Position != found.Position {
				p.faults = append(p.faults, found)
			}
			p.pos = max(p.pos, start)
			p.resume(start)
		default:
			panic(r)
		}
	}()
	step()
}

// resume passes the rest of a faulty statement that began at start: up to its
// ';', or over its braces, or to the brace that closes what it stands in.
func (p *parser) resume(start int) {
	if len(p.faults) >= maxFaults {
		p.pos = len(p.text)
		return
	}
	w := walker{text: p.text, pos: start}
	for open, at := 0, p.pos; w.next(); {
		switch w.char {
		case '{':
			open++
		case '}':
			open--
			if w.pos <= at {
				break
			}
			if open < 0 && w.pos-1 > start {
				p.pos = w.pos - 1
				return
			}
			if open <= 0 {
				p.pos = w.pos
				return
			}
		case ';':
			if open <= 0 && w.pos > at {
				p.pos = w.pos
				return
			}
		}
	}
	p.pos = len(p.text)
}

// block reads the statements between braces.
func (p *parser) block(at place, b *body) {
	p.require('{')
	if at == inMessage {
		if p.depth++; p.depth > schema.MaxMessageDepth {
			offset := p.pos
			p.pos = len(p.text)
			p.fail(offset, "messages may be nested %d deep", schema.MaxMessageDepth)
		}
		defer func() { p.depth-- }()
	}
	for {
		end := false
		p.guard(func() { end = p.take('}') })
		if end || p.pos == len(p.text) {
			return
		}
		p.guard(func() { p.declaration(at, b) })
		if p.pos == len(p.text) && len(p.faults) > 0 {
			return
		}
	}
}

// declaration reads one statement of any kind.
func (p *parser) declaration(at place, b *body) {
	first := !p.declared
	p.declared = true
	if p.take(';') {
		return
	}
	start := p.pos
	word := p.word()
	if at == inEnum {
		p.noDigit(word)
	}
	switch {
	case at == inFile && p.header(word, start, first):
	case word == "option":
		o := p.option('=')
		p.require(';')
		p.addOption(at, b, o)
	case word == "reserved":
		p.reserved(at, b, start)
	case word == "message" && (at == inFile || at == inMessage):
		p.message(at, b, start)
	case word == "enum" && (at == inFile || at == inMessage):
		p.enum(at, b, start)
	case word == "service" && at == inFile:
		p.service(start)
	case word == "extend" && (at == inFile || at == inMessage):
		p.extend(at, b, start)
	case word == "rpc" && at == inService:
		p.rpc(b.service, start)
	case word == "oneof" && at == inMessage:
		p.oneof(b.message, start)
	case word == "extensions" && at == inMessage:
		p.extensions(b.message, start)
	case at == inMessage || at == inExtend:
		field, group := p.field(start, word)
		p.addField(at, b, field, group)
	case at == inEnum:
		p.constant(b.enum, start, word)
	default:
		p.fail(start, "unexpected word %s", word)
	}
}

// header reads package, import, syntax and edition.
func (p *parser) header(word string, start int, first bool) bool {
	switch word {
	case "package":
		p.file.Package, p.file.PackageOffset = p.name(), start
	case "import":
		p.importPath(start)
	case "syntax":
		if p.file.Syntax != "" {
			p.fail(start, "the syntax is declared twice")
		}
		p.require('=')
		if !first {
			p.fail(start, "syntax must be the first declaration of the text")
		}
		value := p.peekOffset()
		syntax := p.quoted()
		if syntax != "proto2" && syntax != "proto3" {
			p.fail(value, "unknown syntax %q: proto2 or proto3 is expected", syntax)
		}
		p.file.Syntax = syntax
	case "edition":
		p.fail(start, "editions are not supported")
	default:
		return false
	}
	p.require(';')
	return true
}

func (p *parser) peekOffset() int {
	p.skip()
	return p.pos
}

func (p *parser) importPath(start int) {
	kind := ""
	if c := p.peek(); c != '"' && c != '\'' {
		if kind = p.word(); kind != "weak" && kind != "public" {
			p.fail(start, "expected a quoted path, public or weak, but found %s", kind)
		}
	}
	written := p.quoted()
	path := canonicalPath(written)
	if kind == "weak" {
		p.weak = append(p.weak, path)
		return
	}
	p.doubt(path)
	p.file.Imports = append(p.file.Imports, Import{Path: path, Public: kind == "public"})
}

// addOption keeps an option where there is a place for it; in an extend it is
// read and dropped.
func (p *parser) addOption(at place, b *body, o Option) {
	switch at {
	case inFile:
		p.file.Options = append(p.file.Options, o)
	case inMessage:
		b.message.Options = append(b.message.Options, o)
	case inEnum:
		b.enum.Options = append(b.enum.Options, o)
	case inService:
		b.service.Options = append(b.service.Options, o)
	case inRPC:
		b.rpc.Options = append(b.rpc.Options, o)
	}
}

func (p *parser) addField(at place, b *body, field *Field, group *Group) {
	switch {
	case at == inExtend && group != nil:
		b.extend.Groups = append(b.extend.Groups, group)
	case at == inExtend:
		b.extend.Fields = append(b.extend.Fields, field)
	case group != nil:
		b.message.Groups = append(b.message.Groups, group)
	default:
		b.message.Fields = append(b.message.Fields, field)
	}
}

// define notes a name of the file itself; two types or two services of one
// name are refused (compatibility.md 2.4), nested ones are not looked at.
func (p *parser) define(names map[string]bool, name string, start int) {
	if names[name] {
		p.fail(start, "%s is defined twice", name)
	}
	names[name] = true
}

func (p *parser) message(at place, b *body, start int) {
	m := &Message{Name: p.name(), Offset: start}
	p.block(inMessage, &body{message: m})
	if at == inFile {
		p.define(p.names, m.Name, start)
		p.file.Messages = append(p.file.Messages, m)
		return
	}
	b.message.Messages = append(b.message.Messages, m)
}

func (p *parser) enum(at place, b *body, start int) {
	e := &Enum{Name: p.name(), Offset: start}
	p.block(inEnum, &body{enum: e})
	if len(e.Constants) > schema.MaxSymbols {
		p.fail(start, "an enum may have %d constants", schema.MaxSymbols)
	}
	if at == inFile {
		p.define(p.names, e.Name, start)
		p.file.Enums = append(p.file.Enums, e)
		return
	}
	b.message.Enums = append(b.message.Enums, e)
}

func (p *parser) service(start int) {
	s := &Service{Name: p.name(), Offset: start}
	p.block(inService, &body{service: s})
	p.define(p.services, s.Name, start)
	p.file.Services = append(p.file.Services, s)
}

func (p *parser) extend(at place, b *body, start int) {
	e := &Extend{Name: p.name(), Offset: start}
	p.block(inExtend, &body{extend: e})
	if at == inFile {
		p.file.Extends = append(p.file.Extends, e)
		return
	}
	b.message.Extends = append(b.message.Extends, e)
}
