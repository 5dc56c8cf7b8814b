package compat

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// protoWarner warns of Protobuf schemas.
type protoWarner struct{}

// Warnings of Protobuf that have no name on the wire.
const (
	fieldLabelChanged     = "FIELD_LABEL_CHANGED"
	fieldScalarNarrowed   = "FIELD_SCALAR_NARROWED"
	fieldJSONFormChanged  = "FIELD_JSON_FORM_CHANGED"
	fieldJSONNameChanged  = "FIELD_JSON_NAME_CHANGED"
	duplicateFieldNumber  = "DUPLICATE_FIELD_NUMBER"
	fieldNumberReused     = "FIELD_NUMBER_REUSED"
	constantNumberReused  = "ENUM_CONST_NUMBER_REUSED"
	reservedNumberUsed    = "RESERVED_NUMBER_USED"
	reservedNumberDropped = "RESERVED_NUMBER_DROPPED"
	reservedNameUsed      = "RESERVED_NAME_USED"
	reservedNameDropped   = "RESERVED_NAME_DROPPED"
)

// pair goes through the types that both sides have, each pair once: those of
// the texts by name and level, as the rules match them, and those that fields
// lead to elsewhere.
func (protoWarner) pair(reader, writer schema.Schema, _ Policy, w *work, out *warnings) error {
	r, ok := reader.(*protobuf.Schema)
	o, isProtobuf := writer.(*protobuf.Schema)
	if !ok || !isProtobuf {
		return fmt.Errorf("compat: %T and %T are no Protobuf schemas", reader, writer)
	}
	p := &protoWarn{
		protoSides: protoSides{reader: r, writer: o, newReads: w.direction == NewReadsOld},
		work:       w, out: out, met: make(map[protoPair]bool),
	}
	now, _ := fresh(&p.protoSides, r, o)
	p.places = schema.NewLocator(now.Source())
	update, original := r.File(), o.File()
	s := protoScope{update: update.Package, original: original.Package, updateOwn: true, originalOwn: true}
	return p.types(s, "#/", protoTypes{update.Messages, update.Enums}, protoTypes{original.Messages, original.Enums})
}

// protoWarn is one walk.
type protoWarn struct {
	protoSides
	work *work
	out  *warnings
	met  map[protoPair]bool
}

// tell adds a warning about two nodes; it fills in place and fragments.
func (p *protoWarn) tell(s protoScope, x Warning, update, original node) error {
	if err := p.work.steps(stepsPerDifference + len(x.Path)/pathBytesPerStep); err != nil {
		return err
	}
	x.Old, x.New, x.Position = p.show(s, update, original)
	p.out.add(x)
	return nil
}

// fresh orders two things of the sides: that of the new schema first.
func fresh[T any](p *protoSides, update, original T) (T, T) {
	if p.newReads {
		return update, original
	}
	return original, update
}

// types walks one level of nesting.
func (p *protoWarn) types(s protoScope, path string, update, original protoTypes) error {
	news, names := update.byName()
	olds, oldNames := original.byName()
	for _, name := range names {
		if err := p.work.step(); err != nil {
			return err
		}
		now, old := news[name], olds[name]
		var err error
		switch {
		case now.message != nil && old.message != nil:
			err = p.messages(s, path+name+"/", now.message, old.message)
		case now.enum != nil && old.enum != nil:
			err = p.enums(s, path+name+"/", now.enum, old.enum)
		case now.enum != nil && !p.newReads:
			err = p.lostEnum(s, path+name, enumNode(now.enum), node{})
		}
		if err != nil {
			return err
		}
	}
	if !p.newReads {
		return nil
	}
	for _, name := range oldNames {
		if old := olds[name].enum; old != nil && news[name].enum == nil {
			if err := p.lostEnum(s, path+name, node{}, enumNode(old)); err != nil {
				return err
			}
		}
	}
	return nil
}

func enumNode(e *protobuf.Enum) node { return namedNode("enum", e.Name, e.Offset) }

// lostEnum warns of an enum that the new schema no longer has.
func (p *protoWarn) lostEnum(s protoScope, path string, update, original node) error {
	return p.tell(s, Warning{
		Code: enumRemoved, Path: path, Category: Source, Confidence: Certain,
		Hint: "data is read as before, but generated code loses the type. Keep the enum under its name.",
	}, update, original)
}

func (p *protoWarn) messages(s protoScope, path string, update, original *protobuf.Message) error {
	pair := protoPair{update, original}
	if p.met[pair] {
		return nil
	}
	p.met[pair] = true
	inner := s.inside(update.Name, original.Name)
	news, olds := membersOf(update), membersOf(original)
	for _, number := range sortedNumbers(olds, news) {
		if err := p.work.step(); err != nil {
			return err
		}
		now, old := news[number], olds[number]
		if now.field == nil || old.field == nil {
			continue
		}
		if err := p.field(inner, memberPath{path, now.oneof, number}.String(), now.field, old.field); err != nil {
			return err
		}
	}
	if err := p.reserved(inner, path, placeOfMessage(update), placeOfMessage(original)); err != nil {
		return err
	}
	return p.types(inner, path, protoTypes{update.Messages, update.Enums}, protoTypes{original.Messages, original.Enums})
}

// enums warns of constants that one number has under another name: JSON and
// generated code know them by it. A further constant of the number may keep
// the name.
func (p *protoWarn) enums(s protoScope, path string, update, original *protobuf.Enum) error {
	if err := p.work.steps(len(update.Constants) + len(original.Constants)); err != nil {
		return err
	}
	read, readNames := constantsByNumber(update), constantNames(update)
	written := make(map[int32]bool, len(original.Constants))
	for _, c := range original.Constants {
		// JSON has the first constant of a number.
		if written[c.Number] || read[c.Number] == nil || readNames[protoName{c.Name, c.Number}] {
			written[c.Number] = true
			continue
		}
		written[c.Number] = true
		if err := p.tell(s, Warning{
			Code: constantChanged, Path: path + strconv.Itoa(int(c.Number)), Category: JSONForm, Confidence: Certain,
			Hint: fmt.Sprintf("JSON has the constant by its name, and the reader does not know %q. "+
				"Keep the name, or let a second constant of the number keep it, with allow_alias.", c.Name),
		}, constantNode(read[c.Number]), constantNode(c)); err != nil {
			return err
		}
	}
	now, old := fresh(&p.protoSides, update, original)
	is, names := constantsByNumber(now), constantNames(now)
	for _, c := range old.Constants {
		if is[c.Number] == nil || names[protoName{c.Name, c.Number}] {
			continue
		}
		u, o := fresh(&p.protoSides, constantNode(is[c.Number]), constantNode(c))
		if err := p.tell(s, Warning{
			Code: constantChanged, Path: path + strconv.Itoa(int(c.Number)), Category: Source, Confidence: Certain,
			Hint: "data is read as before, but generated code has another name for the constant. Keep the name.",
		}, u, o); err != nil {
			return err
		}
	}
	return p.reserved(s, path, placeOfEnum(update), placeOfEnum(original))
}

// protoName is a constant: two enums mean the same by it when both have it.
type protoName struct {
	name   string
	number int32
}

func constantNames(e *protobuf.Enum) map[protoName]bool {
	names := make(map[protoName]bool, len(e.Constants))
	for _, c := range e.Constants {
		names[protoName{c.Name, c.Number}] = true
	}
	return names
}

// elsewhere walks two message types that a field leads to and that are not both
// of the texts themselves; their path begins again.
func (p *protoWarn) elsewhere(update, original protobuf.Definition) error {
	if update.Message == nil || original.Message == nil || update.Message == original.Message ||
		update.Place.Kind == protobuf.Own && original.Place.Kind == protobuf.Own {
		return nil
	}
	s := protoScope{
		update: around(update), original: around(original),
		updateOwn: update.Place.Kind == protobuf.Own, originalOwn: original.Place.Kind == protobuf.Own,
	}
	return p.messages(s, "#/"+strings.ReplaceAll(update.Local(), ".", "/")+"/", update.Message, original.Message)
}
