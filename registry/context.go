package registry

import (
	"context"
	"strings"

	"github.com/weir-registry/weir/auth"
)

// Contexts is GET /contexts (registry-api.md 12.3): raw names, the default
// first.
func (r *Registry) Contexts(ctx context.Context, prefix string, p Page) ([]string, error) {
	if err := r.authorizeKind(ctx, auth.Read, "context", ""); err != nil {
		return nil, err
	}
	names := []string{string(DefaultContext)}
	for sp := range r.Snapshot().spaces {
		if sp.name != DefaultContext && (sp.listed || sp.subjects.Len() > 0) {
			names = append(names, string(sp.name))
		}
	}
	if prefix != "" {
		kept := names[:0]
		for _, name := range names {
			if strings.HasPrefix(name, prefix) {
				kept = append(kept, name)
			}
		}
		names = kept
	}
	return cut(names, p), nil
}

// DeleteContext is DELETE /contexts/{context} (registry-api.md 12.3). A
// context that is not there is deleted with the same answer.
func (r *Registry) DeleteContext(ctx context.Context, c Context) error {
	if err := r.authorizeKind(ctx, auth.Delete, "context", string(c)); err != nil {
		return err
	}
	_, err := r.commit(ctx, ContextKey(c), func(_ context.Context, s *Snapshot) (*plan, error) {
		if s.exists(Subject{Context: c}, true) {
			return nil, refuse(CodeContextNotEmpty, "The specified context '%s' is not empty.", Subject{Context: c})
		}
		if sp := s.space(c); sp == nil || !sp.listed {
			return nil, nil
		}
		p := &plan{}
		p.write(DeleteContext{c})
		return p, nil
	})
	return err
}
