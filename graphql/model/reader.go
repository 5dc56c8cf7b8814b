package model

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Source is where answers come from.
type Source struct {
	Catalog  *catalog.Catalog
	Registry *registry.Registry
}

// Reader reads one view for one operation.
type Reader struct {
	// ctx is the operation's: it has the principal whose rights the view asks
	// about, and the deadline.
	ctx  context.Context
	from *Source
	view *catalog.View
}

// Reader gives a reader of the catalog as it is now.
func (s *Source) Reader(ctx context.Context) *Reader { return s.ReaderOf(ctx, s.Catalog.View()) }

// ReaderOf gives a reader of a view.
func (s *Source) ReaderOf(ctx context.Context, view *catalog.View) *Reader {
	return &Reader{ctx: ctx, from: s, view: view}
}

// View is what the reader reads.
func (r *Reader) View() *catalog.View { return r.view }

// At gives a reader for an entity as it was at a revision; for nil it is r.
func (r *Reader) At(ctx context.Context, ref catalog.Ref, asOf *string) (*Reader, error) {
	if asOf == nil {
		return r, nil
	}
	at, err := ParseRevision(*asOf, r.view.Cursor().Epoch)
	if err != nil {
		return nil, err
	}
	view, err := r.from.Catalog.ViewAt(ctx, ref, at.Revision)
	if err != nil {
		return nil, err
	}
	return &Reader{ctx: r.ctx, from: r.from, view: view}, nil
}

// Missing says whether an error is that there is no such thing, or that the
// caller may not know of it: a nullable field is null then.
func Missing(err error) bool {
	var absent *catalog.NotFoundError
	var denied *auth.DeniedError
	return errors.As(err, &absent) || errors.As(err, &denied)
}

// orNil makes what is missing nil.
func orNil[T any](v *T, err error) (*T, error) {
	if Missing(err) {
		return nil, nil
	}
	return v, err
}
