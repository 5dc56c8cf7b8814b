package declare

import (
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// reader reads values into documents and notes what is wrong with them.
type reader struct {
	faults *Faults
	// refs are the things that the document speaks of.
	refs []reference
}

// reference is a name in a document, of something that must be there.
type reference struct {
	Place
	ref catalog.Ref
}

func (r *reader) refer(at Place, ref catalog.Ref) {
	if ref.Name != "" {
		r.refs = append(r.refs, reference{at, ref})
	}
}

// fields reads the members of one object; done then notes those that nobody
// has asked for.
type fields struct {
	*reader
	value value
	what  string // what it is, for messages: "the spec of a Tag"
	asked []string
	given bool // it is an object
}

func (r *reader) object(v value, what string) *fields {
	o := &fields{reader: r, value: v, what: what, given: v.kind == object}
	if !o.given {
		r.faults.add(v.Place, BadValue, "%s is a mapping, not %s", what, v.kind)
	}
	return o
}

// take gives a member; ok says that it is there.
func (o *fields) take(name string) (v value, ok bool) {
	if !slices.Contains(o.asked, name) {
		o.asked = append(o.asked, name)
	}
	return o.value.find(name)
}

func (o *fields) has(name string) bool {
	_, ok := o.value.find(name)
	return ok
}

// place is where a member stands, or else the object.
func (o *fields) place(name string) Place {
	if v, ok := o.value.find(name); ok {
		return v.Place
	}
	return o.value.Place
}

// typed gives a member of a shape; another shape is a fault.
func (o *fields) typed(name string, want shape) (v value, ok bool) {
	v, ok = o.take(name)
	if !ok {
		return v, false
	}
	return v, o.is(v, name, want)
}

func (r *reader) is(v value, name string, want shape) bool {
	if v.kind == want {
		return true
	}
	hint := ""
	if want == text && (v.kind == number || v.kind == boolean) {
		hint = "; put it into quotes"
	}
	r.faults.add(v.Place, BadValue, "%s is %s, not %s%s", name, want, v.kind, hint)
	return false
}

func (o *fields) text(name string) string {
	v, _ := o.typed(name, text)
	return v.text
}

// needText reads a text that must be there.
func (o *fields) needText(name string) string {
	v, ok := o.take(name)
	switch {
	case !o.given:
	case !ok:
		o.faults.add(o.value.Place, MissingMember, "%s needs %s", o.what, name)
	case o.is(v, name, text) && v.text == "":
		o.faults.add(v.Place, BadValue, "%s is empty", name)
	}
	return v.text
}

func (o *fields) flag(name string) bool {
	v, _ := o.typed(name, boolean)
	return v.yes
}

func (o *fields) int(name string, missing int64) int64 {
	v, ok := o.typed(name, number)
	if !ok {
		return missing
	}
	n, err := strconv.ParseInt(v.text, 10, 32)
	if err != nil {
		o.faults.add(v.Place, BadValue, "%s is a whole number of 32 bits, not %s", name, v.text)
	}
	return n
}

// needInt reads a number from 1 that must be there.
func (o *fields) needInt(name string) int64 {
	if !o.has(name) && o.given {
		o.faults.add(o.value.Place, MissingMember, "%s needs %s", o.what, name)
	}
	at, before := o.place(name), len(*o.faults)
	n := o.int(name, 1)
	if n < 1 && len(*o.faults) == before {
		o.faults.add(at, BadValue, "%s counts from 1", name)
	}
	return n
}

// list gives the items of a member.
func (o *fields) list(name string) []value {
	v, _ := o.typed(name, list)
	return v.list
}

// members gives the members of a member.
func (o *fields) members(name string) []member {
	v, _ := o.typed(name, object)
	return v.members
}

// texts reads a list of texts, none of them twice; each, when it is not nil,
// hears of every one.
func (o *fields) texts(name string, each func(at Place, s string)) []string {
	var texts []string
	for _, v := range o.list(name) {
		if !o.is(v, "an item of "+name, text) {
			continue
		}
		if slices.Contains(texts, v.text) {
			o.faults.add(v.Place, Twice, "%s is given twice", v.text)
			continue
		}
		texts = append(texts, v.text)
		if each != nil {
			each(v.Place, v.text)
		}
	}
	return texts
}

// names reads a list of names of things of one kind.
func (o *fields) names(name string, kind catalog.Kind) []string {
	return o.texts(name, func(at Place, s string) { o.refer(at, catalog.Ref{Kind: kind, Name: s}) })
}

// named reads the name of one thing.
func (o *fields) named(name string, kind catalog.Kind) string {
	s := o.text(name)
	o.refer(o.place(name), catalog.Ref{Kind: kind, Name: s})
	return s
}

// textMap reads a mapping from names to texts, nil for none.
func (o *fields) textMap(name string) map[string]string {
	var m map[string]string
	for _, of := range o.members(name) {
		if o.is(of.value, of.name, text) {
			if m == nil {
				m = map[string]string{}
			}
			m[of.name] = of.value.text
		}
	}
	return m
}

// rest makes done content with whatever is there: what is wrong is said.
func (o *fields) rest() {
	for _, m := range o.value.members {
		o.asked = append(o.asked, m.name)
	}
}

// done notes the members that nobody has asked for.
func (o *fields) done() {
	for _, m := range o.value.members {
		if !slices.Contains(o.asked, m.name) {
			o.faults.add(m.Place, UnknownMember, "%s has no %s; it may have %s", o.what, m.name, strings.Join(o.asked, ", "))
		}
	}
}
