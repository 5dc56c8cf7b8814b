package catalog

import "slices"

// remove takes a definition away, with what is said of it. With force its uses
// go too; the caller must be allowed to change those who use it.
func (p *plan) remove(ref Ref, force bool) error {
	p.read(ref)
	p.keys[UsesKey(ref)] = struct{}{} // who begins to use it touches this
	if p.said.definition(ref) == nil {
		return &NotFoundError{ref}
	}
	users := slices.Collect(p.said.usersOf(ref))
	if len(users) > 0 && !force {
		return &InUseError{Ref: ref, Uses: len(users)}
	}
	for _, user := range users {
		if err := p.mayChange(user); err != nil {
			return err
		}
		p.release(user, ref)
	}
	delete(p.againDefined, ref)
	t := p.said.get(ref).defined(nil)
	t.rows = nil
	p.set(t)
	return nil
}

// mayChange asks for an entity that a command changes without naming it.
func (p *plan) mayChange(ref Ref) error {
	if p.said.definition(ref) != nil {
		return p.catalog.mayDefine(p.ctx, ref)
	}
	return p.catalog.mayWrite(p.ctx, ref)
}

// release takes the uses of a definition out of what is said of another entity.
func (p *plan) release(user, definition Ref) {
	t := p.said.get(user)
	for _, r := range t.rows {
		if r.using() == definition {
			t = t.without(r.AnnotationKey)
		}
	}
	if d := t.definition; d != nil && slices.Contains(relations(d), definition) {
		next := unrelated(d, definition.Name)
		c := next.Common()
		c.Version, c.UpdatedBy, c.UpdatedAt = c.Version+1, p.by, p.at
		t = t.defined(next)
	}
	p.set(t)
}

// unrelated gives a definition that does not name another any more.
func unrelated(d Definition, name string) Definition {
	without := func(list []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(n string) bool { return n == name })
	}
	clear := func(parent string) string {
		if parent == name {
			return ""
		}
		return parent
	}
	switch d := d.(type) {
	case *TagDefinition:
		next := *d
		next.Parent = clear(next.Parent)
		return &next
	case *Term:
		next := *d
		next.Parent, next.Related = clear(next.Parent), without(next.Related)
		return &next
	case *DomainDefinition:
		next := *d
		next.Parent = clear(next.Parent)
		return &next
	case *Team:
		next := *d
		next.Members = without(next.Members)
		return &next
	}
	return d
}

// move carries what was said of an orphan to another entity of its kind. Where
// somebody has said something else of that one already, under the same key, the
// orphan's row stays and waits on: nothing is lost.
func (p *plan) move(from, to Ref) error {
	invalid := func(reason Reason, message string) error {
		return &InvalidError{Reason: reason, Ref: from, Path: []string{"to"}, Message: message}
	}
	orphan := p.said.get(from)
	switch {
	case from == to:
		return invalid(Cycle, "an orphan cannot move to itself")
	case from.Kind != to.Kind:
		return invalid(NotApplicable, "what is said of a "+string(from.Kind)+" cannot be said of a "+string(to.Kind))
	case len(orphan.rows) == 0:
		return &NotFoundError{from}
	}
	entity, err := p.view.Entity(p.ctx, from)
	if err != nil {
		return err
	}
	if entity.Status != Orphaned {
		return invalid(NotApplicable, from.String()+" is no orphan")
	}
	if !p.view.exists(to) {
		return &NotFoundError{to}
	}
	target, left := p.said.get(to), orphan
	for _, r := range orphan.rows {
		key := r.AnnotationKey
		key.Entity = to
		if there := target.row(key); there != nil && string(there.Value) != string(r.Value) {
			continue
		}
		left = left.without(r.AnnotationKey)
		if target.row(key) == nil {
			moved := r
			moved.AnnotationKey = key
			target = target.with(moved)
		}
		p.again[key] = struct{}{}
	}
	p.set(left)
	p.set(target)
	return nil
}

// prune takes away what the command's set said before and the steps do not say
// again: its rows, and then its definitions, unless others use them.
func (p *plan) prune() error {
	var rows []AnnotationKey
	going := map[Ref]struct{}{}
	var definitions []Ref
	p.said.things.All(func(ref Ref, t *thing) bool {
		for i := range t.rows {
			key := t.rows[i].AnnotationKey
			if _, again := p.again[key]; !again && key.Source == p.command.Source && key.Set == p.command.Set {
				rows = append(rows, key)
			}
		}
		if d := t.definition; d != nil && d.Common().Source == p.command.Source && d.Common().Set == p.command.Set {
			if _, again := p.againDefined[ref]; !again {
				definitions = append(definitions, ref)
				going[ref] = struct{}{}
			}
		}
		return true
	})
	for _, key := range rows {
		if err := p.catalog.mayWrite(p.ctx, key.Entity); err != nil {
			return err
		}
		p.set(p.said.get(key.Entity).without(key))
	}
	for _, ref := range definitions {
		if err := p.catalog.mayDefine(p.ctx, ref); err != nil {
			return err
		}
		others := 0
		for user := range p.said.usersOf(ref) {
			if _, goes := going[user]; !goes {
				others++
			}
		}
		if others > 0 {
			return &InUseError{Ref: ref, Uses: others}
		}
	}
	for _, ref := range definitions {
		if err := p.remove(ref, true); err != nil {
			return err
		}
	}
	return nil
}
