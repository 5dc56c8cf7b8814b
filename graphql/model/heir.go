package model

import "github.com/weir-registry/weir/catalog"

// Heir is the GraphQL type of that name.
type Heir struct {
	Why catalog.Likeness
	ref catalog.Ref
	r   *Reader
}

// Entity is the one that what is said of the orphan can be moved to.
func (h *Heir) Entity() (Entity, error) { return h.r.Entity(h.ref) }

// heirs are offered for an orphan only.
func (t *thing) heirs() ([]*Heir, error) {
	status, err := t.Status()
	if err != nil || status != catalog.Orphaned {
		return []*Heir{}, err
	}
	found, err := t.r.view.Heirs(t.r.ctx, t.ref)
	if err != nil {
		return nil, err
	}
	heirs := make([]*Heir, len(found))
	for i, h := range found {
		heirs[i] = &Heir{Why: h.Why, ref: h.Ref, r: t.r}
	}
	return heirs, nil
}

// Heirs are where what is said of the orphaned field may be meant to move.
func (f *Field) Heirs() ([]*Heir, error) { return f.heirs() }

// Heirs are where what is said of the orphaned record may be meant to move.
func (r *Record) Heirs() ([]*Heir, error) { return r.heirs() }
