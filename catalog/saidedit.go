package catalog

import (
	"encoding/json"
	"fmt"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry/tree"
)

// saidEdit makes the next said out of one: it copies what it changes, once.
type saidEdit struct {
	*said
	owner *tree.Owner
}

func (s *said) edit() *saidEdit {
	next := *s
	return &saidEdit{said: &next, owner: new(tree.Owner)}
}

// done gives the said; the edit must not be used again.
func (e *saidEdit) done() *said { return e.said }

// put sets what is said of an entity.
func (e *saidEdit) put(next *thing) {
	old := e.get(next.ref)
	for of := range old.using() {
		e.count(use{of, old.ref}, -1)
	}
	for of := range next.using() {
		e.count(use{of, next.ref}, 1)
	}
	if _, tag := old.definition.(*TagDefinition); tag {
		e.tags--
	}
	if _, tag := next.definition.(*TagDefinition); tag {
		e.tags++
	}
	if next.empty() {
		e.things.Remove(e.owner, next.ref)
	} else {
		e.things.Put(e.owner, next.ref, next)
	}
}

func (e *saidEdit) count(u use, by int) {
	n, _ := e.uses.Get(u)
	if n += by; n > 0 {
		e.uses.Put(e.owner, u, n)
	} else {
		e.uses.Remove(e.owner, u)
	}
}

// apply gives what is said after changes of the log; those of other domains
// change nothing.
func (s *said) apply(changes []feed.Change) (*said, error) {
	var e *saidEdit
	for i := range changes {
		c := &changes[i]
		switch c.Kind {
		case ChangePutEntity, ChangePutAnnotation, ChangeDeleteAnnotation, ChangePutDefinition, ChangeDeleteDefinition:
			if e == nil {
				e = s.edit()
			}
			if err := e.apply(c.Kind, c.Key, c.Before, c.After); err != nil {
				return nil, fmt.Errorf("change %d.%d (%s): %w", c.Revision, c.Ordinal, c.Kind, err)
			}
		}
	}
	if e == nil {
		return s, nil
	}
	return e.done(), nil
}

// undo takes a change back: the change the other way round.
func (e *saidEdit) undo(c *feed.Change) error {
	kind := c.Kind
	switch {
	case kind == ChangePutAnnotation && len(c.Before) == 0:
		kind = ChangeDeleteAnnotation
	case kind == ChangeDeleteAnnotation:
		kind = ChangePutAnnotation
	case kind == ChangePutDefinition && len(c.Before) == 0:
		kind = ChangeDeleteDefinition
	case kind == ChangeDeleteDefinition:
		kind = ChangePutDefinition
	}
	if err := e.apply(kind, c.Key, c.After, c.Before); err != nil {
		return fmt.Errorf("take back change %d.%d (%s): %w", c.Revision, c.Ordinal, c.Kind, err)
	}
	return nil
}

// apply makes one change. Each says what there is after it, so that a change
// made twice does no harm.
func (e *saidEdit) apply(kind, key string, before, after []byte) error {
	ref, ok := refOfKey(key)
	if !ok {
		return fmt.Errorf("key %q is not that of an entity", key)
	}
	t := e.get(ref)
	switch kind {
	case ChangePutEntity:
		var row EntityRow
		if len(after) > 0 { // nothing: the first change of the entity is taken back
			if err := json.Unmarshal(after, &row); err != nil {
				return err
			}
		}
		next, err := t.headed(&row)
		if err != nil {
			return err
		}
		e.put(next)
	case ChangePutAnnotation:
		var row AnnotationRow
		if err := json.Unmarshal(after, &row); err != nil {
			return err
		}
		e.put(t.with(row))
	case ChangeDeleteAnnotation:
		var row AnnotationRow
		if err := json.Unmarshal(before, &row); err != nil {
			return err
		}
		e.put(t.without(row.AnnotationKey))
	case ChangePutDefinition:
		d, err := decodeDefinition(ref, after)
		if err != nil {
			return err
		}
		e.put(t.defined(d))
	case ChangeDeleteDefinition:
		e.put(t.defined(nil))
	}
	return nil
}
