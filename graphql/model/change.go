package model

import (
	"context"
	"math"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// ChangeEvent is the GraphQL type of that name.
type ChangeEvent struct {
	Action catalog.Action
	Source catalog.Source
	r      *Reader
	event  catalog.Event
}

// IsNode marks a Node.
func (*ChangeEvent) IsNode() {}

// Event shows an event.
func (r *Reader) Event(e catalog.Event) *ChangeEvent { return &ChangeEvent{e.Action, e.Source, r, e} }

// Events shows events.
func (r *Reader) Events(list []catalog.Event) []*ChangeEvent {
	out := make([]*ChangeEvent, len(list))
	for i := range list {
		out[i] = r.Event(list[i])
	}
	return out
}

// ID is its place in the log.
func (e *ChangeEvent) ID() string {
	return IDOf(catalog.Ref{Kind: kindEvent, Name: revisionText(e.event.Cursor)})
}

// Revision is what `since` goes on from.
func (e *ChangeEvent) Revision() string { return revisionText(e.event.Cursor) }

// At is when it happened.
func (e *ChangeEvent) At() DateTime { return DateTime(e.event.At) }

// Actor is who did it.
func (e *ChangeEvent) Actor() *Principal { return actor(e.event.Actor) }

// Kind is that of what changed; nil for a person, who is no EntityKind.
func (e *ChangeEvent) Kind() *catalog.Kind {
	if e.event.Entity.Kind == catalog.KindPerson || e.event.Entity.Kind == "" {
		return nil
	}
	return &e.event.Entity.Kind
}

// QualifiedName is that of what changed.
func (e *ChangeEvent) QualifiedName() string { return QualifiedName(e.event.Entity) }

// Entity is what changed, as it is now.
func (e *ChangeEvent) Entity() (Entity, error) { return e.r.EntityOrNil(e.event.Entity) }

// Node is the same, for what is no Entity too.
func (e *ChangeEvent) Node() (Node, error) { return e.r.NodeOrNil(e.event.Entity) }

// Before is what was there.
func (e *ChangeEvent) Before() JSON { return JSON(e.event.Before) }

// After is what is there since.
func (e *ChangeEvent) After() JSON { return JSON(e.event.After) }

// RequestID is that of the request.
func (e *ChangeEvent) RequestID() *string { return text(e.event.RequestID) }

// ChangeFilter is the GraphQL input of that name.
type ChangeFilter struct {
	Kinds    []catalog.Kind
	Actions  []catalog.Action
	Entities []string
	Owners   []string
	Tags     []string
	Domains  []string
}

// EventFilter is the filter in the catalog's terms.
func (f *ChangeFilter) EventFilter() (out catalog.EventFilter, err error) {
	if f == nil {
		return out, nil
	}
	out = catalog.EventFilter{Kinds: f.Kinds, Actions: f.Actions, Tags: f.Tags}
	for _, id := range f.Entities {
		ref, err := ParseID(id)
		if err != nil {
			return out, err
		}
		out.Entities = append(out.Entities, ref)
	}
	for _, id := range f.Owners {
		ref, err := RefOfKind(id, catalog.KindTeam, catalog.KindPerson)
		if err != nil {
			return out, err
		}
		out.Owners = append(out.Owners, ref)
	}
	for _, id := range f.Domains {
		ref, err := RefOfKind(id, catalog.KindDomain)
		if err != nil {
			return out, err
		}
		out.Domains = append(out.Domains, ref)
	}
	return out, nil
}

// ChangeEventConnection is the GraphQL type of that name.
type ChangeEventConnection struct{ page[*ChangeEvent] }

// ChangeEventEdge is the GraphQL type of that name.
type ChangeEventEdge edge[*ChangeEvent]

// Edges are the rows with their cursors.
func (c *ChangeEventConnection) Edges() []*ChangeEventEdge { return edgesOf[ChangeEventEdge](&c.page) }

// eventAt reads the event at a place of the log; nil when it is trimmed, or
// nothing that the caller may see.
func (r *Reader) eventAt(ctx context.Context, ref catalog.Ref) (*ChangeEvent, error) {
	at, err := ParseRevision(ref.Name, r.view.Cursor().Epoch)
	if err != nil {
		return nil, err
	}
	event, err := r.from.Catalog.EventAt(ctx, at)
	if err != nil {
		return nil, err
	}
	return r.Event(*event), nil
}

// history gives the events of an entity, newest first.
func (r *Reader) history(ctx context.Context, ref catalog.Ref, first int, after *string, actions []catalog.Action) (*ChangeEventConnection, error) {
	w, err := windowOf(order{"history", ref.String()}, first, after)
	if err != nil {
		return nil, err
	}
	var before feed.Cursor
	if w.begun {
		if before, err = ParseRevision(w.after, r.view.Cursor().Epoch); err != nil {
			return nil, &BadCursorError{}
		}
	}
	events, more, err := r.from.Catalog.History(ctx, ref, actions, before, first)
	if err != nil {
		return nil, err
	}
	return r.eventPage(w, events, more, func() (int, error) { return r.countHistory(ctx, ref, actions) }), nil
}

func (r *Reader) countHistory(ctx context.Context, ref catalog.Ref, actions []catalog.Action) (n int, err error) {
	var before feed.Cursor
	for {
		events, more, err := r.from.Catalog.History(ctx, ref, actions, before, searchPage)
		if err != nil {
			return 0, err
		}
		if n += len(events); !more || len(events) == 0 {
			return n, nil
		}
		before = events[len(events)-1].Cursor
	}
}

// Changes gives what happened behind a revision, oldest first.
func (r *Reader) Changes(ctx context.Context, filter *ChangeFilter, since *string, first int, after *string) (*ChangeEventConnection, error) {
	w, err := windowOf(order{list: "changes"}, first, after)
	if err != nil {
		return nil, err
	}
	f, err := filter.EventFilter()
	if err != nil {
		return nil, err
	}
	begin := feed.Cursor{}
	if since != nil {
		if begin, err = ParseRevision(*since, r.view.Cursor().Epoch); err != nil {
			return nil, err
		}
	}
	from := begin
	if w.begun {
		if from, err = ParseRevision(w.after, r.view.Cursor().Epoch); err != nil {
			return nil, &BadCursorError{}
		}
	}
	events, more, err := r.collect(ctx, f, from, first)
	if err != nil {
		return nil, err
	}
	return r.eventPage(w, events, more, func() (int, error) {
		all, _, err := r.collect(ctx, f, begin, math.MaxInt)
		return len(all), err
	}), nil
}

// collect reads on until there are as many as asked for, and one more to know
// whether there are, or the log is at its end: what is asked for at once may
// end before that, where the filter passes little.
func (r *Reader) collect(ctx context.Context, f catalog.EventFilter, from feed.Cursor, first int) (events []catalog.Event, more bool, err error) {
	for {
		want := searchPage
		if first < want {
			want = first + 1 - len(events)
		}
		list, next, err := r.from.Catalog.Changes(ctx, f, from, want)
		if err != nil {
			return nil, false, err
		}
		events = append(events, list...)
		if len(events) > first {
			return events[:first], true, nil
		}
		if next == from {
			return events, false, nil
		}
		from = next
	}
}

func (r *Reader) eventPage(w window, events []catalog.Event, more bool, count func() (int, error)) *ChangeEventConnection {
	p := page[*ChangeEvent]{Nodes: r.Events(events), count: count}
	p.PageInfo = &PageInfo{
		HasNextPage: more, HasPreviousPage: w.begun, rows: len(events),
		cursor: func(i int) string { return w.order.cursor(revisionText(events[i].Cursor)) },
	}
	return &ChangeEventConnection{p}
}
