package confluent

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// mostRanked is how many entities are kept for a page in an order of its own: 8
// MB or so. What is further into the list is come to by going through it more
// than once.
const mostRanked = 1 << 16

// First gives a page of the selected entities in an order: so many at the most,
// after skipping some. Entities without a value come last either way; those that
// are equal in all keep the order of Each.
func (r *Reader) First(ctx context.Context, sel Selection, by []Order, skip, most int) ([]*Entity, error) {
	return r.first(ctx, sel, by, skip, most, mostRanked)
}

// first is First with so many kept for a page, unless that is longer itself: at
// least 64, or samples would be too small to tell anything.
func (r *Reader) first(ctx context.Context, sel Selection, by sorting, skip, most, kept int) ([]*Entity, error) {
	if most <= 0 {
		return nil, nil
	}
	most = min(most, math.MaxInt-skip)
	if skip+most > kept/2 && most <= kept/4 {
		return r.deep(ctx, sel, by, skip, most, kept)
	}
	first, err := r.top(ctx, sel, by, skip+most)
	if err != nil {
		return nil, err
	}
	return r.again(ctx, first[min(skip, len(first)):])
}

// top gives the first of an order.
func (r *Reader) top(ctx context.Context, sel Selection, by sorting, most int) ([]ranked, error) {
	first := best{by: by, most: most}
	var values []any
	place := 0
	err := r.each(ctx, sel, func(e *Entity, part int) bool {
		values = by.rank(values[:0], e)
		if first.takes(values) {
			first.take(rankedOf(e, values, place, part))
		}
		place++
		return true
	})
	return by.sorted(first.list), err
}

// deep is First for a page far into the list. It draws a sample of all, and then
// of those between two of the sample that are near enough to certain to have the
// page between them, until these are few enough to be kept.
func (r *Reader) deep(ctx context.Context, sel Selection, by sorting, skip, most, kept int) ([]*Entity, error) {
	var from, to *ranked // the page is between them; nil is not bounded
	for seed := uint64(0); ; seed++ {
		s := sample{by: by, from: from, to: to, most: kept, random: rand.New(rand.NewPCG(seed, 0))}
		if err := s.draw(ctx, r, sel); err != nil {
			return nil, err
		}
		list := by.sorted(s.list)
		rest := skip - s.below
		switch {
		case rest < 0 || to != nil && rest+most > s.inside:
			from, to = nil, nil // the sample was a bad one: draw another
			continue
		case s.inside == len(list):
			return r.again(ctx, list[min(rest, len(list)):min(rest+most, len(list))])
		case rest >= s.inside:
			return nil, nil
		}
		// Five standard deviations of the share of a sample.
		margin := int(2.5 * math.Sqrt(float64(len(list))))
		share := float64(len(list)) / float64(s.inside)
		if at := int(float64(rest)*share) - margin; at >= 0 {
			from = &list[at]
		}
		if at := int(float64(rest+most)*share) + margin; at < len(list) {
			to = &list[at]
		}
	}
}

// sample is a part of the entities between two, each as likely to be in it as
// any other: all, where they are few enough.
type sample struct {
	by       sorting
	from, to *ranked
	most     int
	random   *rand.Rand
	list     []ranked
	// below counts what is before from, inside what is between.
	below, inside int
}

func (s *sample) draw(ctx context.Context, r *Reader, sel Selection) error {
	var x ranked
	return r.each(ctx, sel, func(e *Entity, part int) bool {
		x.values = s.by.rank(x.values[:0], e)
		switch {
		case s.from != nil && s.by.before(&x, s.from) < 0:
			s.below++
		case s.to != nil && s.by.before(&x, s.to) >= 0:
		default:
			s.inside++
			if len(s.list) < s.most {
				s.list = append(s.list, rankedOf(e, x.values, x.place, part))
			} else if at := s.random.IntN(s.inside); at < s.most {
				s.list[at] = rankedOf(e, x.values, x.place, part)
			}
		}
		x.place++
		return true
	})
}

// again makes the entities of a page, those of one schema after those of
// another.
func (r *Reader) again(ctx context.Context, page []ranked) ([]*Entity, error) {
	list := make([]*Entity, len(page))
	order := make([]int, len(page))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &page[i], &page[j]
		return cmp.Or(strings.Compare(string(a.t), string(b.t)), strings.Compare(string(a.context), string(b.context)), cmp.Compare(a.id, b.id))
	})
	fields, records := newMaker(r, r.listFields, r.fillField), newMaker(r, r.listRecords, r.fillRecord)
	for _, i := range order {
		var err error
		switch x := &page[i]; x.t {
		case Field:
			list[i], err = fields.part(ctx, x)
		case Record:
			list[i], err = records.part(ctx, x)
		default:
			list[i], err = r.Entity(ctx, x.t, x.name)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// maker makes parts of one schema after the other.
type maker[P any] struct {
	reader *Reader
	list   func(context.Context, *uses) ([]P, error)
	fill   func(context.Context, *Entity, *uses, *P) error
	uses   *uses
	all    []P
}

func newMaker[P any](
	r *Reader, list func(context.Context, *uses) ([]P, error), fill func(context.Context, *Entity, *uses, *P) error,
) *maker[P] {
	return &maker[P]{reader: r, list: list, fill: fill}
}

func (p *maker[P]) part(ctx context.Context, x *ranked) (*Entity, error) {
	if p.uses == nil || p.uses.context != x.context || p.uses.id != x.id {
		u, err := p.reader.usesOf(ctx, x.context, x.id)
		if err != nil {
			return nil, err
		}
		if p.all, err = p.list(ctx, u); err != nil {
			return nil, err
		}
		p.uses = u
	}
	var e Entity
	if err := p.fill(ctx, &e, p.uses, &p.all[x.part]); err != nil {
		return nil, err
	}
	return e.clone(), nil
}
