package compat

import (
	"slices"
	"strconv"

	"github.com/weir-registry/weir/schema/jsonschema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// protoTypes are the types of one level of nesting. They are matched by their
// simple names; of several of one name the last counts.
type protoTypes struct {
	messages []*protobuf.Message
	enums    []*protobuf.Enum
}

// protoType is a type of a level with its place among the messages.
type protoType struct {
	message *protobuf.Message
	enum    *protobuf.Enum
	place   int
}

func (t protoTypes) byName() (map[string]protoType, []string) {
	types := make(map[string]protoType, len(t.messages)+len(t.enums))
	names := make([]string, 0, len(t.messages)+len(t.enums))
	set := func(name string, x protoType) {
		if _, again := types[name]; !again {
			names = append(names, name)
		}
		types[name] = x
	}
	for i, m := range t.messages {
		set(m.Name, protoType{message: m, place: i})
	}
	for _, e := range t.enums {
		set(e.Name, protoType{enum: e})
	}
	return types, names
}

// types compares one level of nesting: enums, then messages, each in Java
// order (compatibility.md 7). The path ends with a slash.
func (d *protoDiff) types(s protoScope, path string, update, original protoTypes) error {
	news, newNames := update.byName()
	olds, oldNames := original.byName()
	for _, name := range jsonschema.JavaUnion(jsonschema.JavaOrder(oldNames), jsonschema.JavaOrder(newNames)) {
		if err := d.work.step(); err != nil {
			return err
		}
		now, old := news[name], olds[name]
		if err := d.enums(s, path+name, now.enum, old.enum); err != nil {
			return err
		}
		switch {
		case now.message != nil && old.message != nil:
			if now.place != old.place {
				d.add(s, messageMoved, path+name, messageNode(now.message), messageNode(old.message))
			}
			if err := d.messages(s, path+name+"/", now.message, old.message); err != nil {
				return err
			}
		case now.message != nil && !now.message.Entry():
			d.add(s, messageAdded, path+name, messageNode(now.message), node{})
		case old.message != nil && !old.message.Entry():
			d.add(s, messageRemoved, path+name, node{}, messageNode(old.message))
		}
	}
	return nil
}

func messageNode(m *protobuf.Message) node { return namedNode("message", m.Name, m.Offset) }

// messages compares two messages; scope is that around them.
func (d *protoDiff) messages(s protoScope, path string, update, original *protobuf.Message) error {
	inner := s.inside(update.Name, original.Name)
	if d.entered[original] {
		d.met++
	} else {
		d.entered[original] = true
		d.visited = append(d.visited, original)
		err := d.members(inner, path, update, original)
		delete(d.entered, original)
		if err != nil {
			return err
		}
	}
	return d.types(inner, path, protoTypes{update.Messages, update.Enums}, protoTypes{original.Messages, original.Enums})
}

// enums compares what one name means as an enum on each side.
func (d *protoDiff) enums(s protoScope, path string, update, original *protobuf.Enum) error {
	switch {
	case update != nil && original != nil:
		return d.constants(s, path+"/", update, original)
	case update != nil:
		d.add(s, enumAdded, path, namedNode("enum", update.Name, update.Offset), node{})
	case original != nil:
		d.add(s, enumRemoved, path, node{}, namedNode("enum", original.Name, original.Offset))
	}
	return nil
}

// constants compares two enums by number; of several constants of one number
// the last counts.
func (d *protoDiff) constants(s protoScope, path string, update, original *protobuf.Enum) error {
	if !d.work.compatible {
		// No change of an enum does harm.
		return nil
	}
	if err := d.work.steps(len(update.Constants) + len(original.Constants)); err != nil {
		return err
	}
	news, olds := constantsByNumber(update), constantsByNumber(original)
	for _, number := range sortedNumbers(olds, news) {
		now, old := news[number], olds[number]
		at := path + strconv.Itoa(int(number))
		switch {
		case now == nil:
			d.add(s, constantRemoved, at, node{}, constantNode(old))
		case old == nil:
			d.add(s, constantAdded, at, constantNode(now), node{})
		case now.Name != old.Name:
			d.add(s, constantChanged, at, constantNode(now), constantNode(old))
		}
	}
	return nil
}

func constantsByNumber(e *protobuf.Enum) map[int32]*protobuf.Constant {
	constants := make(map[int32]*protobuf.Constant, len(e.Constants))
	for _, c := range e.Constants {
		constants[c.Number] = c
	}
	return constants
}

func constantNode(c *protobuf.Constant) node {
	return node{c.Offset, func() string { return c.Name + " = " + strconv.Itoa(int(c.Number)) + ";" }}
}

// sortedNumbers gives the keys of both maps, each once, in order.
func sortedNumbers[T any](a, b map[int32]T) []int32 {
	numbers := make([]int32, 0, len(a)+len(b))
	for n := range a {
		numbers = append(numbers, n)
	}
	for n := range b {
		if _, again := a[n]; !again {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers
}
