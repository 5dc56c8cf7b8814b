package declare

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Write writes the plan for people: a line for each thing, signed with what
// becomes of it, and under it what is said of it, before and after. In colour
// it is for terminals.
func (p *Plan) Write(out io.Writer, colour bool) error {
	w := &diffWriter{colour: colour}
	for begin := 0; begin < len(p.Changes); {
		end := begin
		for end < len(p.Changes) && p.Changes[end].Entity == p.Changes[begin].Entity {
			end++
		}
		w.entity(p.Changes[begin:end])
		begin = end
	}
	w.text.WriteString(p.Summary())
	w.text.WriteByte('\n')
	_, err := io.WriteString(out, w.text.String())
	return err
}

// Summary is the plan in one line.
func (p *Plan) Summary() string {
	counts := map[Action]int{}
	for _, c := range p.Changes {
		counts[c.Action]++
	}
	tense := "to create, %d to change, %d to remove"
	if p.Applied {
		tense = "created, %d changed, %d removed"
	}
	s := fmt.Sprintf("set %s: %d "+tense, p.Set, counts[Create], counts[Update], counts[Delete])
	if p.Left > 0 {
		s += fmt.Sprintf("; %d said before and not any more, which prune would remove", p.Left)
	}
	return s
}

// diffWriter writes the lines of a plan.
type diffWriter struct {
	text   strings.Builder
	colour bool
}

// signs and colours (ANSI: green, yellow, red) by action.
var (
	signs   = map[Action]string{Create: "+", Update: "~", Delete: "-"}
	colours = map[Action]string{Create: "\x1b[32m", Update: "\x1b[33m", Delete: "\x1b[31m"}
)

func (w *diffWriter) line(a Action, indent, format string, args ...any) {
	line := indent + signs[a] + " " + fmt.Sprintf(format, args...)
	if w.colour {
		line = colours[a] + line + "\x1b[0m"
	}
	w.text.WriteString(line + "\n")
}

// entity writes the changes of one thing.
func (w *diffWriter) entity(changes []Change) {
	whole := Update
	if changes[0].Part == PartDefinition {
		whole = changes[0].Action
	}
	w.line(whole, "", "%s", title(changes[0].Entity))
	for _, c := range changes {
		if c.Part == PartDefinition {
			w.definition(c)
			continue
		}
		label, before, after := c.shown()
		w.values(c.Action, label, before, after)
	}
}

// values writes one value, or what becomes of it.
func (w *diffWriter) values(a Action, label, before, after string) {
	switch {
	case a == Update && before == "":
		w.line(a, "    ", "%s: %s", label, after)
	case a == Update && after == "":
		w.line(a, "    ", "%s without %s", label, before)
	case a == Update:
		w.line(a, "    ", "%s: %s -> %s", label, before, after)
	case before+after == "":
		w.line(a, "    ", "%s", label)
	default:
		w.line(a, "    ", "%s: %s", label, before+after)
	}
}

// definition writes the members of a spec that differ.
func (w *diffWriter) definition(c Change) {
	before, after := kept(c.Before), kept(c.After)
	for _, m := range after.members {
		old, was := before.find(m.name)
		switch {
		case !was:
			w.values(Create, m.name, "", brief(m.value))
		case !old.same(m.value):
			w.values(Update, m.name, brief(old), brief(m.value))
		}
	}
	for _, m := range before.members {
		if _, is := after.find(m.name); !is {
			w.values(Delete, m.name, brief(m.value), "")
		}
	}
}

// shown is how a row reads: what it is, and its value before and after.
func (c *Change) shown() (label, before, after string) {
	value := func(of value) string {
		if of.kind == nothing || of.kind == object && len(of.members) == 0 {
			return ""
		}
		return brief(of)
	}
	before, after = value(kept(c.Before)), value(kept(c.After))
	switch c.Part {
	case catalog.PartDescription:
		return "description", before, after
	case catalog.PartDomain:
		return "domain", before, after
	case catalog.PartDeprecation:
		return "deprecation", before, after
	case catalog.PartOwner:
		o := ownerOf(c.Item)
		return fmt.Sprintf("owner %s %s (%s)", strings.ToLower(string(o.Owner.Kind)), o.Owner.Name, o.Role), "", ""
	case catalog.PartTag:
		return "tag " + c.Item, before, after
	case catalog.PartTerm:
		return "term " + c.Item, "", ""
	case catalog.PartLink:
		return c.link()
	case catalog.PartMetadata:
		return "businessMetadata " + c.Item, before, after
	case catalog.PartAttribute:
		return "attribute " + c.Item, before, after
	}
	return string(c.Part) + " " + c.Item, before, after
}

// link is how a link reads: its title, and its place in the list where nothing
// else differs.
func (c *Change) link() (label, before, after string) {
	title := func(data json.RawMessage) (title, place string) {
		v := kept(data)
		t, _ := v.find("title")
		p, ok := v.find("position")
		if t.text != "" {
			title = brief(t)
		}
		if ok {
			place = fmt.Sprintf("place %d", p.int()+1)
		}
		return title, place
	}
	before, wasAt := title(c.Before)
	after, isAt := title(c.After)
	if c.Action == Update && before == after {
		before, after = wasAt, isAt
	}
	return "link " + c.Item, before, after
}

// mostShown is how much of a value is shown.
const mostShown = 200

// brief is a value on one line.
func brief(v value) string {
	s := string(v.json())
	if runes := []rune(s); len(runes) > mostShown {
		return string(runes[:mostShown]) + "…"
	}
	return s
}
