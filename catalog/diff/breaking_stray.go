package diff

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema/avro"
)

// avroStray finds where the check left what the two schemas have in common. A
// field whose union became one record of it is read from each of the old
// branches, so that the record meets another that is not its like; the check
// follows the two into each other and tells of every field in which they
// differ. None of that has changed: what did is the type of the field that
// brought them together, and at most that one of the two came or went. False
// when the path keeps to what is alike.
func avroStray(d *compat.Difference, reader, writer *tree) (spot, bool) {
	at := avroWalk{reader: reader, writer: writer, r: reader.avroRoot, w: writer.avroRoot, site: reader.root}
	tokens := strings.Split(strings.TrimPrefix(d.Path, "/"), "/")
	for at.meet(); len(tokens) > 0; at.meet() {
		n := at.step(tokens)
		if n == 0 {
			break
		}
		tokens = tokens[n:]
	}
	// What was met before within an attempt at a union has a path that begins
	// there (compatibility.md section 6), and leads elsewhere from the root.
	if at.stray == nil || !at.arrived(d) {
		return spot{}, false
	}
	s := spot{element: at.stray, kinds: []Kind{TypeChanged}, stray: at.unlike}
	for _, e := range []*element{at.unlike.reader, at.unlike.writer} {
		if d.Code == "NAME_MISMATCH" && e.other == nil {
			s.more = append(s.more, e)
		}
	}
	return s, true
}

// meeting is that of two records that are not alike.
type meeting struct{ reader, writer *element }

// strayed notes that two records met, by the first difference behind them.
func (w *work) strayed(m meeting, d *compat.Difference) {
	if w.strays == nil {
		w.strays = make(map[meeting]*compat.Difference)
	}
	w.strays[m] = d
}

// markMeetings marks the types that bring together what was found unlike at
// another place: the check compares two types once, and repeats with each later
// meeting what it has found, with the path of the first.
func (w *work) markMeetings() {
	if len(w.strays) == 0 {
		return
	}
	for at := range w.found {
		f := &w.found[at]
		if f.Kind != TypeChanged || f.before == nil || f.after == nil {
			continue
		}
		w.markMeeting(at, f.after, f.before)
		w.markMeeting(at, f.before, f.after)
	}
}

// markMeeting marks the change of a type when its reader has one record, and
// the writer one that this does not read.
func (w *work) markMeeting(at int, reader, writer *element) {
	own := reader.typeNames()
	if len(own) != 1 {
		return
	}
	for _, e := range writer.typeNames() {
		if d := w.strays[meeting{own[0], e}]; d != nil {
			w.hit(at, d)
		}
	}
}

// avroWalk follows a path through both sides at once.
type avroWalk struct {
	reader, writer *tree
	// r and w are the types that meet, field is that of the reader where the
	// writer has none, and site the field, or the root, that led there.
	r, w  *avro.Type
	field *avro.Field
	site  *element
	// stray is the first site that brought together two that are not alike.
	stray  *element
	unlike meeting
}

// meet notes two types that are not alike, the first time.
func (a *avroWalk) meet() {
	if a.stray != nil || a.field != nil || a.r.Named == nil || a.w.Named == nil {
		return
	}
	x, y := a.reader.root.record(a.r.Named.Full), a.writer.root.record(a.w.Named.Full)
	if x == nil || y == nil || x.other == y {
		return
	}
	a.stray = a.site
	a.unlike = meeting{x, y}
}

// step takes the next tokens of the path, and says how many; 0 at the last
// word, which leads to no type.
func (a *avroWalk) step(tokens []string) int {
	switch tokens[0] {
	case "items", "values":
		if a.r.Items == nil || a.w.Items == nil {
			return 0
		}
		a.r, a.w = a.r.Items, a.w.Items
		return 1
	case "fields":
		return a.enter(tokens)
	}
	// The number of a branch is that of the writer.
	n, err := strconv.Atoi(tokens[0])
	if err != nil || n < 0 || n >= len(a.w.Branches) {
		return 0
	}
	a.w = a.w.Branches[n]
	return 1
}

// enter goes into a field of two records.
func (a *avroWalk) enter(tokens []string) int {
	if len(tokens) < 2 || a.r.Named == nil || a.w.Named == nil {
		return 0
	}
	n, err := strconv.Atoi(tokens[1])
	if err != nil || n < 0 || n >= len(a.r.Named.Fields) {
		return 0
	}
	f := &a.r.Named.Fields[n]
	g := avroSource(f, a.w.Named)
	if len(tokens) == 2 || g == nil {
		a.field = f
		return 0
	}
	a.site = a.reader.root.record(a.r.Named.Full).child(fields, f.Name)
	a.r, a.w = f.Type, g.Type
	return 3
}

// avroSource is the field of the writer that a field is read from.
func avroSource(f *avro.Field, writer *avro.Named) *avro.Field {
	if g, _ := writer.Field(f.Name); g != nil {
		return g
	}
	for _, alias := range f.Aliases {
		if g, _ := writer.Field(alias); g != nil {
			return g
		}
	}
	return nil
}

// arrived says that the path led to what the check speaks of.
func (a *avroWalk) arrived(d *compat.Difference) bool {
	r, w := d.New, d.Old
	if d.Direction == compat.OldReadsNew {
		r, w = w, r
	}
	if a.field != nil {
		return a.field.Fragment() == r
	}
	return a.r.Fragment() == r && a.w.Fragment() == w
}
