package compat

import (
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// avroWarner warns of Avro schemas.
type avroWarner struct{}

func (avroWarner) history(schema.Schema, []*compared, *work, *warnings) error { return nil }

// pair goes through what a reader makes of a writer, each pair of types once,
// with the branches of unions that a reader takes.
func (avroWarner) pair(reader, writer schema.Schema, _ Policy, w *work, out *warnings) error {
	r, ok := reader.(*avro.Schema)
	o, isAvro := writer.(*avro.Schema)
	if !ok || !isAvro {
		return fmt.Errorf("compat: %T and %T are no Avro schemas", reader, writer)
	}
	a := avroWarn{
		avroCheck: avroCheck{w: w, newReads: w.direction == NewReadsOld, site: -1},
		out:       out, met: make(map[avroPair]bool),
	}
	fresh := r
	if !a.newReads {
		fresh = o
	}
	a.places = schema.NewLocator(fresh.Source())
	a.walk(r.Root(), o.Root())
	return a.err
}

// avroWarn is one walk. The check inside it says which branches of a union
// read, and keeps path and place.
type avroWarn struct {
	avroCheck
	out    *warnings
	places *schema.Locator
	// met are the pairs of named types that were seen.
	met map[avroPair]bool
}

// into walks one step further.
func (a *avroWarn) into(step avroStep, r, w *avro.Type) {
	a.path = append(a.path, step)
	a.walk(r, w)
	a.path = a.path[:len(a.path)-1]
}

func (a *avroWarn) walk(r, w *avro.Type) {
	if a.stopped() || !a.take(1) {
		return
	}
	if r.Named != nil || w.Named != nil {
		pair := avroPair{r, w}
		if a.met[pair] {
			return
		}
		a.met[pair] = true
	}
	if a.depth++; a.depth > maxAvroDepth {
		a.err = &BudgetError{Version: a.w.version, Reason: "the types lead too deeply into each other"}
		return
	}
	defer func() { a.depth-- }()
	switch {
	case r.Kind == avro.Union && w.Kind == avro.Union:
		for _, b := range w.Branches {
			a.branch(r, b)
		}
	case r.Kind == avro.Union:
		a.branch(r, w)
	case w.Kind == avro.Union:
		for i, b := range w.Branches {
			a.into(avroStep(i), r, b)
		}
	case r.Kind == w.Kind:
		a.alike(r, w)
		a.logical(r, w)
	case promotes(r.Kind, w.Kind):
		a.logical(r, w)
	}
}

// alike walks two types of one kind.
func (a *avroWarn) alike(r, w *avro.Type) {
	if r.Named != nil {
		a.namespace(r, w)
	}
	switch r.Kind {
	case avro.Array:
		a.into(toItems, r.Items, w.Items)
	case avro.Map:
		a.into(toValues, r.Items, w.Items)
	case avro.Record:
		site, next := a.site, 0
		for i := range r.Named.Fields {
			f := &r.Named.Fields[i]
			g, at := a.writerField(f, i, w, next)
			if a.stopped() {
				return
			}
			if g == nil {
				continue
			}
			next = at + 1
			a.toField(i, f, g)
			a.into(toType, f.Type, g.Type)
			a.path = a.path[:len(a.path)-2]
		}
		a.site = site
	}
}

// branch walks the branch of a union that reads a type: that of the same full
// name or kind first, then any other that reads it, as readers resolve.
func (a *avroWarn) branch(union, w *avro.Type) {
	if !a.take(1 + len(union.Branches)/4) {
		return
	}
	exact := -1
	for i, b := range union.Branches {
		if b.Kind == w.Kind && (b.Named == nil || b.Named.Full == w.Named.Full) {
			exact = i
			break
		}
	}
	if exact >= 0 && a.attempt(union.Branches[exact], w) {
		a.into(avroStep(exact), union.Branches[exact], w)
		return
	}
	for i, b := range union.Branches {
		if a.stopped() {
			return
		}
		if i != exact && a.attempt(b, w) {
			a.into(avroStep(i), b, w)
			return
		}
	}
}

// warn adds a warning at the current path.
func (a *avroWarn) warn(d avroDiff, category Category, confidence Confidence, hint string) {
	d.path, d.site = a.pointer(d.token), a.site
	if !a.take(8 + len(d.path)/16) {
		return
	}
	x := d.render(a.places, a.newReads)
	a.out.add(Warning{
		Code: x.Code, Path: x.Path, Info: x.Info, Category: category, Confidence: confidence,
		Position: x.Position, Old: x.Old, New: x.New, Hint: hint,
	})
}

// namespace warns of types whose short names agree and whose namespaces do
// not: they resolve, but generated code has them in another package, and
// readers that ask for full names refuse them.
func (a *avroWarn) namespace(r, w *avro.Type) {
	if r.Named.Space == w.Named.Space || r.Named.Short != w.Named.Short {
		return
	}
	fresh, old := r, w
	if !a.newReads {
		fresh, old = w, r
	}
	a.warn(avroDiff{
		code: namespaceChanged, token: "namespace", reader: r, writer: w,
		info: "new: " + fresh.Named.Full + ", old: " + old.Named.Full,
	}, Source, Likely, fmt.Sprintf("the namespace of %s is another than that of %s: data resolves by the short name, but "+
		"generated code moves, and some readers compare full names. Keep the namespace %q.",
		fresh.Named.Full, old.Named.Full, old.Named.Space))
}
