package compat

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// alone finds numbers that a message of the new text gives twice: the wire
// takes such a text, and the last field of a number counts.
func (protoWarner) alone(s schema.Schema, w *work, out *warnings) error {
	fresh, ok := s.(*protobuf.Schema)
	if !ok {
		return fmt.Errorf("compat: %T is not a Protobuf schema", s)
	}
	return duplicates(schema.NewLocator(fresh.Source()), "#/", fresh.File().Messages, w, out)
}

func duplicates(places *schema.Locator, path string, messages []*protobuf.Message, w *work, out *warnings) error {
	for _, m := range messages {
		used := placeOfMessage(m).used
		if err := w.steps(1 + len(used)/4 + len(path)/pathBytesPerStep); err != nil {
			return err
		}
		at := path + m.Name + "/"
		first := make(map[int32]string, len(used))
		for _, u := range used {
			other, again := first[u.number]
			if !again {
				first[u.number] = u.name
				continue
			}
			if err := w.steps(stepsPerDifference); err != nil {
				return err
			}
			out.add(Warning{
				Code: duplicateFieldNumber, Path: at + strconv.Itoa(int(u.number)), Info: other + ", " + u.name,
				Category: Wire, Confidence: Certain, Position: places.Position(u.node.offset), New: u.node.text(),
				Hint: fmt.Sprintf("%q and %q have the same number, so no code can be generated and no data read for both. Give one of them another number.", other, u.name),
			})
		}
		if err := duplicates(places, at, m.Messages, w, out); err != nil {
			return err
		}
	}
	return nil
}

// history finds numbers that the new schema uses again: an older version has
// them with another name, and the newest that has their type has not. A content
// that came back counts where its newest version stands.
func (protoWarner) history(s schema.Schema, old []*compared, w *work, out *warnings) error {
	fresh, ok := s.(*protobuf.Schema)
	if !ok {
		return fmt.Errorf("compat: %T is not a Protobuf schema", s)
	}
	if len(old) < 2 {
		return nil
	}
	levels := make([]protoLevel, 0, len(old))
	for _, c := range old {
		version, ok := c.schema.(*protobuf.Schema)
		if !ok {
			return fmt.Errorf("compat: %T is not a Protobuf schema", c.schema)
		}
		levels = append(levels, protoLevel{protoTypes{version.File().Messages, version.File().Enums}, c.versions})
	}
	h := protoHistory{places: schema.NewLocator(fresh.Source()), w: w, out: out}
	return h.types("#/", protoTypes{fresh.File().Messages, fresh.File().Enums}, levels)
}

// protoLevel is a level of nesting of older versions of one content.
type protoLevel struct {
	types    protoTypes
	versions []int32
}

type protoHistory struct {
	places *schema.Locator
	w      *work
	out    *warnings
}

// types looks at each type of a level with what the older versions have under
// its name.
func (h *protoHistory) types(path string, fresh protoTypes, levels []protoLevel) error {
	news, names := fresh.byName()
	olds := make([]map[string]protoType, len(levels))
	for i, l := range levels {
		if err := h.w.steps(1 + len(l.types.messages) + len(l.types.enums)); err != nil {
			return err
		}
		olds[i], _ = l.types.byName()
	}
	for _, name := range names {
		if err := h.w.steps(1 + len(levels)); err != nil {
			return err
		}
		now := news[name]
		var inner []protoLevel
		var places []protoPast
		for i, l := range levels {
			switch old := olds[i][name]; {
			case now.message != nil && old.message != nil:
				inner = append(inner, protoLevel{protoTypes{old.message.Messages, old.message.Enums}, l.versions})
				places = append(places, protoPast{placeOfMessage(old.message), l.versions})
			case now.enum != nil && old.enum != nil:
				places = append(places, protoPast{placeOfEnum(old.enum), l.versions})
			}
		}
		if len(places) < 2 {
			continue
		}
		at := path + name + "/"
		if now.message == nil {
			if err := h.numbers(at, constantNumberReused, placeOfEnum(now.enum), places); err != nil {
				return err
			}
			continue
		}
		if err := h.numbers(at, fieldNumberReused, placeOfMessage(now.message), places); err != nil {
			return err
		}
		if err := h.types(at, protoTypes{now.message.Messages, now.message.Enums}, inner); err != nil {
			return err
		}
	}
	return nil
}

// protoPast is what older versions used numbers for.
type protoPast struct {
	place    protoPlace
	versions []int32
}

// numbers goes back, for each number that the newest version does not have, to
// the versions that have it.
func (h *protoHistory) numbers(path, code string, now protoPlace, past []protoPast) error {
	uses := make([]map[int32]protoUse, len(past))
	for i, p := range past {
		if err := h.w.steps(1 + len(p.place.used)/4); err != nil {
			return err
		}
		uses[i] = make(map[int32]protoUse, len(p.place.used))
		for _, u := range p.place.used {
			uses[i][u.number] = u
		}
	}
	for _, u := range now.used {
		if err := h.w.steps(1 + len(past)/4); err != nil {
			return err
		}
		if _, kept := uses[0][u.number]; kept {
			continue
		}
		var was protoUse
		var versions []int32
		for i := range past {
			if x, ok := uses[i][u.number]; ok && x.name != u.name && (versions == nil || x.name == was.name) {
				was = x
				versions = append(versions, past[i].versions...)
			}
		}
		if versions == nil {
			continue
		}
		if err := h.w.steps(stepsPerDifference); err != nil {
			return err
		}
		slices.Sort(versions)
		slices.Reverse(versions)
		h.out.versions = versions
		h.out.add(Warning{
			Code: code, Path: path + strconv.Itoa(int(u.number)), Info: was.name, Category: Wire, Confidence: Likely,
			Position: h.places.Position(u.node.offset), Old: was.node.text(), New: u.node.text(),
			Hint: fmt.Sprintf("the number %d was %q, was removed, and now is %q: older data is read as something else. Take a number that was never used, and reserve those that were.",
				u.number, was.name, u.name),
		})
		h.out.versions = nil
	}
	return nil
}
