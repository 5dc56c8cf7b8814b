package graphql

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// How many parsed documents and persisted queries are kept, and up to which
// length: a parsed document is many times its text.
const (
	keptDocuments = 1000
	keptQueries   = 1000
	keptLength    = 8 << 10
)

// documents keeps what was parsed and found valid.
type documents struct {
	cache graphql.Cache[*ast.QueryDocument]
}

var _ graphql.Cache[*ast.QueryDocument] = (*documents)(nil)

func newDocuments() *documents {
	return &documents{lru.New[*ast.QueryDocument](keptDocuments)}
}

// Get implements [graphql.Cache].
func (d *documents) Get(ctx context.Context, query string) (*ast.QueryDocument, bool) {
	if len(query) > keptLength {
		return nil, false
	}
	return d.cache.Get(ctx, query)
}

// Add implements [graphql.Cache].
func (d *documents) Add(ctx context.Context, query string, document *ast.QueryDocument) {
	if len(query) <= keptLength {
		d.cache.Add(ctx, query, document)
	}
}

// persisted keeps queries by their hash, for GET.
type persisted struct {
	cache graphql.Cache[string]
}

var _ graphql.Cache[string] = (*persisted)(nil)

func newPersisted() *persisted { return &persisted{lru.New[string](keptQueries)} }

// Get implements [graphql.Cache].
func (p *persisted) Get(ctx context.Context, hash string) (string, bool) {
	return p.cache.Get(ctx, hash)
}

// Add implements [graphql.Cache].
func (p *persisted) Add(ctx context.Context, hash, query string) {
	if len(query) <= keptLength {
		p.cache.Add(ctx, hash, query)
	}
}
