package confluent

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Selection says which entities to give; the zero value says all that are not
// deleted.
type Selection struct {
	// Types are the types, Any among them for all; none means all too.
	Types []Type
	// Tags are tags that an entity must have, each of them, in any letter case.
	Tags []string
	// AnyTags are tags of which an entity must have one, in any letter case;
	// empty asks for none.
	AnyTags []string
	// Deleted takes what only soft-deleted versions have as well.
	Deleted bool
	// Found keeps what a search has found; nil keeps all.
	Found *Found
	// Prefix is what qualified names must begin with.
	Prefix string
	// Mention is a text that the names of all sr_fields that Where keeps have
	// in them: schemas without it are not looked at for fields.
	Mention string
	// Where keeps what it holds for; nil keeps all.
	Where func(*Entity) bool
	// Skip passes over so many entities before the first. Where tags and Where
	// ask for nothing that is cheaper than taking as many.
	Skip int
	// whole says that schemas may be passed over as a whole.
	whole bool
}

// Entities gives the selected entities in the order of their qualified names,
// then types. What the caller may not read is left out; an error ends it. A
// record or field stands there once for each schema id that has it
// (catalog-api.md section 5).
//
// It makes them as they are taken: who wants a page stops after it.
func (r *Reader) Entities(ctx context.Context, sel Selection) iter.Seq2[*Entity, error] {
	return func(yield func(*Entity, error) bool) {
		for e, err := range r.Each(ctx, sel) {
			if err == nil {
				e = e.clone()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Each is Entities for who is done with an entity before the next is taken: all
// are made in the same room, their texts too.
func (r *Reader) Each(ctx context.Context, sel Selection) iter.Seq2[*Entity, error] {
	return func(yield func(*Entity, error) bool) {
		err := r.each(ctx, sel, func(e *Entity, _ int) bool { return yield(e, nil) })
		if err != nil {
			yield(nil, err)
		}
	}
}

// each is Each with the place of each record or field in its schema.
func (r *Reader) each(ctx context.Context, sel Selection, visit func(e *Entity, part int) bool) error {
	streams := r.streams(ctx, &sel)
	sel.whole = sel.plain() && len(streams) == 1 && sel.Found == nil && sel.Prefix == ""
	e := new(Entity)
	for c := range merge(streams) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !sel.near(c.qualifiedName) {
			continue
		}
		if c.sure && sel.Skip > 0 && sel.plain() && strings.HasPrefix(c.qualifiedName, sel.Prefix) {
			sel.Skip--
			continue
		}
		e.reset()
		e.QualifiedName = c.qualifiedName
		there, err := c.fill(e)
		if err != nil {
			if isNotShown(err) {
				continue
			}
			return err
		}
		if !there || !sel.keeps(e) {
			continue
		}
		if sel.Skip > 0 {
			sel.Skip--
			continue
		}
		if !visit(e, c.part) {
			return nil
		}
	}
	return nil
}

// isNotShown says that an entity may not be read, or is gone.
func isNotShown(err error) bool {
	var gone *catalog.NotFoundError
	return isDenied(err) || errors.As(err, &gone)
}

func (sel *Selection) keeps(e *Entity) bool {
	if e.Deleted && !sel.Deleted || !strings.HasPrefix(e.QualifiedName, sel.Prefix) {
		return false
	}
	for _, tag := range sel.Tags {
		if !e.HasTag(tag) {
			return false
		}
	}
	if len(sel.AnyTags) > 0 && !slices.ContainsFunc(sel.AnyTags, e.HasTag) {
		return false
	}
	return sel.Where == nil || sel.Where(e)
}

// plain says that every entity that is there is kept, without looking at it.
func (sel *Selection) plain() bool {
	return len(sel.Tags) == 0 && len(sel.AnyTags) == 0 && sel.Where == nil
}

// near says that an entity with a name, or something below it, may have the
// prefix.
func (sel *Selection) near(name string) bool {
	return strings.HasPrefix(name, sel.Prefix) || strings.HasPrefix(sel.Prefix, name)
}

// takes says whether entities of a type are asked for.
func (sel *Selection) takes(t Type) bool {
	return len(sel.Types) == 0 || slices.ContainsFunc(sel.Types, t.Is)
}

// candidate is an entity that has not been made yet.
type candidate struct {
	qualifiedName string
	// fill makes it; false says that there is none. It is to be called before
	// the next candidate of the stream is taken.
	fill func(*Entity) (bool, error)
	// sure says that it is there, may be read and is not deleted unless that
	// is asked for.
	sure bool
	// part is the place of a record or field among those of its schema.
	part int
}

// streams gives the candidates of each type that is asked for, each stream in
// order.
func (r *Reader) streams(ctx context.Context, sel *Selection) []iter.Seq[candidate] {
	var list []iter.Seq[candidate]
	for _, s := range []struct {
		of   Type
		open func(context.Context, *Selection) iter.Seq[candidate]
	}{
		{Environment, r.environmentStream},
		{Cluster, r.clusterStream},
		{Topic, r.topicStream},
		{Field, r.fieldStream},
		{Record, r.recordStream},
		{Schema, r.schemaStream},
		{SubjectVersion, r.versionStream},
	} {
		if sel.takes(s.of) {
			list = append(list, s.open(ctx, sel))
		}
	}
	return list
}

// merge makes one stream of several; of equal names the earlier stream's comes
// first.
func merge(streams []iter.Seq[candidate]) iter.Seq[candidate] {
	if len(streams) == 1 {
		return streams[0]
	}
	return func(yield func(candidate) bool) {
		type head struct {
			candidate
			next func() (candidate, bool)
		}
		var heads []head
		for _, s := range streams {
			next, stop := iter.Pull(s)
			defer stop()
			if c, ok := next(); ok {
				heads = append(heads, head{c, next})
			}
		}
		for len(heads) > 0 {
			least := 0
			for i := range heads {
				if heads[i].qualifiedName < heads[least].qualifiedName {
					least = i
				}
			}
			if !yield(heads[least].candidate) {
				return
			}
			if c, ok := heads[least].next(); ok {
				heads[least].candidate = c
			} else {
				heads = slices.Delete(heads, least, least+1)
			}
		}
	}
}
