package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// plan is a command on its way: the view it is decided on, and what is said
// after the steps so far, so that a step may speak of what one before it made.
type plan struct {
	catalog *Catalog
	ctx     context.Context // a plan lives within one call of Do
	view    *View
	command *Command
	by      string
	at      int64

	said *saidEdit
	// touched are the entities that steps have changed, in that order.
	touched []Ref
	known   map[Ref]struct{}
	// keys are what was read beside them, touches what commands on definitions
	// must hear of.
	keys, touches map[string]struct{}
	// again are the rows and definitions that the steps say, changed or not:
	// what a prune leaves.
	again        map[AnnotationKey]struct{}
	againDefined map[Ref]struct{}

	writes []feed.Write
}

// plan goes through the steps of a command on a view.
func (c *Catalog) plan(ctx context.Context, v *View, cmd *Command) (*plan, error) {
	p := &plan{
		catalog: c, ctx: ctx, view: v, command: cmd, at: c.options.Now(),
		by:    strings.ToValidUTF8(c.options.Proposer.Origin(ctx).Actor, "\uFFFD"),
		said:  v.said.edit(),
		known: map[Ref]struct{}{}, keys: map[string]struct{}{}, touches: map[string]struct{}{},
		again: map[AnnotationKey]struct{}{}, againDefined: map[Ref]struct{}{},
	}
	for i, step := range cmd.Steps {
		if err := p.step(step); err != nil {
			return nil, &StepError{Step: i, Err: err}
		}
	}
	if cmd.Prune {
		if err := p.prune(); err != nil {
			return nil, err
		}
	}
	if cmd.Set != "" {
		p.alone("set " + cmd.Set)
	}
	p.finish()
	if len(p.writes) > mostWrites {
		return nil, &InvalidError{
			Reason: TooMany, Path: []string{"steps"},
			Message: fmt.Sprintf("the command changes %d things at once, and may change %d: send it in parts", len(p.writes), mostWrites),
		}
	}
	return p, nil
}

// mostWrites is how many changes one command makes at most: nobody else commits
// meanwhile.
const mostWrites = 50_000

func (p *plan) step(step Step) error {
	switch step := step.(type) {
	case Edit:
		return p.edit(&step)
	case Put:
		return p.put(&step)
	case Remove:
		return p.remove(step.Ref, step.Force)
	case Move:
		return p.move(step.From, step.To)
	}
	return &InvalidError{Reason: BadValue, Message: "an unknown step"}
}

// read notes that the plan relies on what is said of an entity.
func (p *plan) read(ref Ref) { p.keys[EntityKey(ref)] = struct{}{} }

// alone makes commands that name the same key conflict.
func (p *plan) alone(key string) {
	p.keys[key] = struct{}{}
	p.touches[key] = struct{}{}
}

// now is what the view says, with the steps so far.
func (p *plan) now() *View { return p.view.with(p.said.said, p.view.registry) }

// set replaces what is said of an entity.
func (p *plan) set(t *thing) {
	if _, again := p.known[t.ref]; !again {
		p.known[t.ref] = struct{}{}
		p.touched = append(p.touched, t.ref)
	}
	p.said.put(t)
}

// finish compares what is said after the steps with what was said before, and
// makes the writes out of it.
func (p *plan) finish() {
	for _, ref := range p.touched {
		p.difference(p.view.said.get(ref), p.said.get(ref))
		p.read(ref)
	}
	if len(p.writes) == 0 {
		return
	}
	touches := make([]string, 0, len(p.touches))
	for key := range p.touches {
		touches = append(touches, key)
	}
	slices.Sort(touches)
	for _, key := range touches {
		p.writes = append(p.writes, registry.Touch{Key: key})
	}
}

// difference writes what has changed of an entity, and counts its version up.
func (p *plan) difference(old, next *thing) {
	ref := next.ref
	defined := !sameDefinition(old.definition, next.definition)
	if defined && ref.Kind.hasDefinitionRow() {
		if next.definition == nil {
			p.writes = append(p.writes, DeleteDefinition{Ref: ref, Before: document(old.definition)})
		} else {
			w := PutDefinition{Row: DefinitionRow{Ref: ref, Document: document(next.definition)}}
			if old.definition != nil {
				w.Before = document(old.definition)
			}
			p.writes = append(p.writes, w)
		}
	}
	var rows []feed.Write
	for i := range next.rows {
		row := &next.rows[i]
		if was := old.row(row.AnnotationKey); was == nil {
			rows = append(rows, PutAnnotation{Row: *row})
		} else if string(was.Value) != string(row.Value) {
			rows = append(rows, PutAnnotation{Row: *row, Before: document(was)})
		}
	}
	for i := range old.rows {
		if was := &old.rows[i]; next.row(was.AnnotationKey) == nil {
			rows = append(rows, DeleteAnnotation{Key: was.AnnotationKey, Before: document(was)})
		}
	}
	if len(rows) > 0 || defined && !ref.Kind.hasDefinitionRow() {
		p.writes = append(p.writes, p.count(old, next))
	}
	p.writes = append(p.writes, rows...)
	used := map[Ref]struct{}{}
	for of := range old.using() {
		used[of] = struct{}{}
	}
	for of := range next.using() {
		if _, before := used[of]; !before {
			p.uses(of)
		}
	}
}

// count writes the row of an entity that has changed.
func (p *plan) count(old, next *thing) PutEntity {
	t := *next
	t.version = old.version + 1
	t.createdAt, t.createdBy = old.createdAt, old.createdBy
	if old.version == 0 {
		t.createdAt, t.createdBy = p.at, p.by
	}
	t.updatedAt, t.updatedBy = p.at, p.by
	p.said.put(&t)
	w := PutEntity{Row: t.head()}
	if old.version > 0 {
		w.Before = document(old.head())
	}
	return w
}

func sameDefinition(a, b Definition) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a == b || string(document(a)) == string(document(b))
}

// uses notes that an entity begins to use a definition: the definition must
// stay, and who removes it must hear of the use.
func (p *plan) uses(definition Ref) {
	p.read(definition)
	p.touches[UsesKey(definition)] = struct{}{}
}

func (p *plan) proposal() feed.Proposal {
	keys := make([]string, 0, len(p.keys))
	for key := range p.keys {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return feed.Proposal{Read: p.view.revision, Keys: keys, Writes: p.writes}
}

// outcome is that of a dry run.
func (p *plan) outcome() *Outcome {
	o := &Outcome{View: p.now()}
	for _, w := range p.writes {
		change := w.Change()
		change.At = p.at
		change.Origin = p.catalog.options.Proposer.Origin(p.ctx)
		if e, ok := eventOf(&change, ""); ok {
			e.Cursor = feed.Cursor{}
			o.Events = append(o.Events, e)
		}
	}
	return o
}
