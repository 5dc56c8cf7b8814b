package graphql

import (
	"context"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/graphql/model"
)

// changesPage is how many events are read at a time.
const changesPage = 100

// Changes sends what happens behind a revision, for as long as the client
// listens.
func (s *subscriptions) Changes(ctx context.Context, filter *model.ChangeFilter, since *string) (<-chan *model.ChangeEvent, error) {
	f, err := filter.EventFilter()
	if err != nil {
		return nil, err
	}
	from := readerOf(ctx).View().Cursor()
	if since != nil {
		if from, err = model.ParseRevision(*since, from.Epoch); err != nil {
			return nil, err
		}
	}
	// Read once before the stream begins, so that a revision that is too old is
	// an error that the client reads.
	events, next, err := s.source.Catalog.Changes(ctx, f, from, changesPage)
	if err != nil {
		return nil, err
	}
	out := make(chan *model.ChangeEvent)
	go func() {
		defer close(out)
		for {
			if !s.send(ctx, out, events) {
				return
			}
			if next == from {
				if s.source.Catalog.Wait(ctx, from.Revision) != nil {
					return
				}
			}
			from = next
			if events, next, err = s.read(ctx, f, from); err != nil {
				return
			}
		}
	}()
	return out, nil
}

func (s *subscriptions) read(ctx context.Context, f catalog.EventFilter, from feed.Cursor) ([]catalog.Event, feed.Cursor, error) {
	events, next, err := s.source.Catalog.Changes(ctx, f, from, changesPage)
	if err != nil && ctx.Err() == nil {
		// The stream ends; the client comes back with the last revision it read.
		s.logger.Error("stream of changes ended", "from", from.String(), "error", err)
	}
	return events, next, err
}

// send hands events to the client; false when it is gone.
func (s *subscriptions) send(ctx context.Context, out chan<- *model.ChangeEvent, events []catalog.Event) bool {
	r := s.source.Reader(ctx)
	for i := range events {
		select {
		case out <- r.Event(events[i]):
		case <-ctx.Done():
			return false
		}
	}
	return true
}
