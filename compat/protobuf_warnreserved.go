package compat

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema/protobuf"
)

// protoPlace is a message or an enum as far as numbers and names go.
type protoPlace struct {
	node     node
	reserved []protobuf.Reserved
	used     []protoUse
}

// protoUse is what a number is used for.
type protoUse struct {
	number int32
	name   string
	node   node
}

func placeOfMessage(m *protobuf.Message) protoPlace {
	p := protoPlace{node: messageNode(m), reserved: m.Reserved}
	add := func(fields []*protobuf.Field, groups []*protobuf.Group) {
		for _, f := range fields {
			p.used = append(p.used, protoUse{f.Number, f.Name, fieldNode(f)})
		}
		for _, g := range groups {
			p.used = append(p.used, protoUse{g.Number, g.Name, groupNode(g)})
		}
	}
	add(m.Fields, m.Groups)
	for _, o := range m.Oneofs {
		add(o.Fields, o.Groups)
	}
	return p
}

func groupNode(g *protobuf.Group) node {
	return node{g.Offset, func() string { return "group " + g.Name + " = " + strconv.Itoa(int(g.Number)) }}
}

func placeOfEnum(e *protobuf.Enum) protoPlace {
	p := protoPlace{node: enumNode(e), reserved: e.Reserved}
	for _, c := range e.Constants {
		p.used = append(p.used, protoUse{c.Number, c.Name, constantNode(c)})
	}
	return p
}

// reserved warns of what the old schema reserves and the new one uses, or does
// not reserve any more: it was reserved since old data has it.
func (p *protoWarn) reserved(s protoScope, path string, update, original protoPlace) error {
	now, old := fresh(&p.protoSides, update, original)
	if len(old.reserved) == 0 {
		return nil
	}
	if err := p.work.steps(len(old.reserved) + len(now.reserved) + len(now.used)/4); err != nil {
		return err
	}
	wereNumbers, wereNames := spansOf(old.reserved)
	areNumbers, areNames := spansOf(now.reserved)
	told := func(x Warning, is node) error {
		was := old.node
		if p.newReads {
			return p.tell(s, x, is, was)
		}
		return p.tell(s, x, was, is)
	}
	var used []protoRange
	for _, u := range now.used {
		if _, reserved := slices.BinarySearchFunc(wereNumbers, u.number, protoRange.compare); reserved {
			used = append(used, protoRange{int64(u.number), int64(u.number)})
			if err := told(Warning{
				Code: reservedNumberUsed, Path: path + strconv.Itoa(int(u.number)), Category: Wire, Confidence: Likely,
				Hint: fmt.Sprintf("the old schema reserves the number %d, as a rule because older data has it with another meaning. Take a number that was never used.", u.number),
			}, u.node); err != nil {
				return err
			}
		}
		if wereNames[u.name] {
			if err := told(Warning{
				Code: reservedNameUsed, Path: path + strconv.Itoa(int(u.number)), Info: u.name, Category: JSONForm, Confidence: Likely,
				Hint: fmt.Sprintf("the old schema reserves the name %q, as a rule because older JSON has it with another meaning. Take a name that was never used.", u.name),
			}, u.node); err != nil {
				return err
			}
			areNames[u.name] = true
		}
	}
	if gone := without(wereNumbers, joined(append(areNumbers, used...))); len(gone) > 0 {
		if err := told(Warning{
			Code: reservedNumberDropped, Path: strings.TrimSuffix(path, "/"), Info: rangesText(gone), Category: Wire, Confidence: Possible,
			Hint: "nothing keeps these numbers from being used again with another meaning. Keep the reserved statement.",
		}, now.node); err != nil {
			return err
		}
	}
	var names []string
	for name := range wereNames {
		if !areNames[name] {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return told(Warning{
		Code: reservedNameDropped, Path: strings.TrimSuffix(path, "/"), Info: some(names), Category: JSONForm, Confidence: Possible,
		Hint: "nothing keeps these names from being used again with another meaning. Keep the reserved statement.",
	}, now.node)
}

// protoRange is a range of numbers, both ends in it.
type protoRange struct{ start, end int64 }

// compare says where a number stands to a range.
func (r protoRange) compare(number int32) int {
	switch {
	case r.end < int64(number):
		return -1
	case r.start > int64(number):
		return 1
	}
	return 0
}

// spansOf gives the numbers of reserved statements as ranges in order that do
// not touch, and the names.
func spansOf(list []protobuf.Reserved) ([]protoRange, map[string]bool) {
	var ranges []protoRange
	names := make(map[string]bool)
	for _, r := range list {
		for _, span := range r.Spans {
			switch {
			case span.Named:
				names[span.Name] = true
			case span.Start <= span.End:
				ranges = append(ranges, protoRange{int64(span.Start), int64(span.End)})
			}
		}
	}
	return joined(ranges), names
}

// joined puts ranges in order and joins those that touch.
func joined(ranges []protoRange) []protoRange {
	slices.SortFunc(ranges, func(a, b protoRange) int { return cmp.Compare(a.start, b.start) })
	var out []protoRange
	for _, r := range ranges {
		if n := len(out); n > 0 && r.start <= out[n-1].end+1 {
			out[n-1].end = max(out[n-1].end, r.end)
			continue
		}
		out = append(out, r)
	}
	return out
}

// without gives what is in ranges and not in others; both are joined.
func without(ranges, others []protoRange) []protoRange {
	var out []protoRange
	i := 0
	for _, r := range ranges {
		for i > 0 && others[i-1].end >= r.start {
			i--
		}
		for ; i < len(others) && others[i].start <= r.end; i++ {
			if o := others[i]; o.end >= r.start {
				if o.start > r.start {
					out = append(out, protoRange{r.start, o.start - 1})
				}
				r.start = o.end + 1
			}
		}
		if r.start <= r.end {
			out = append(out, r)
		}
	}
	return out
}

// rangesText prints ranges as a reserved statement does, but not very many.
func rangesText(ranges []protoRange) string {
	words := make([]string, 0, len(ranges))
	for _, r := range ranges {
		word := strconv.FormatInt(r.start, 10)
		if r.end > r.start {
			word += " to " + strconv.FormatInt(r.end, 10)
		}
		words = append(words, word)
	}
	return some(words)
}
