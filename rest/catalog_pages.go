package rest

import (
	"sync"

	"github.com/weir-registry/weir/catalog"
)

// pages keeps answers of searches as long as the view that they were made of is
// the newest. A view never changes, so that an answer out of it does not either:
// who pages or polls while nothing is committed is answered with bytes that are
// there. With the next commit, of whatever kind, all go.
type pages struct {
	mu   sync.Mutex
	view *catalog.View
	kept map[pageKey][]byte
	size int
}

// pageKey is who asks for what: two callers may see different things.
type pageKey struct{ principal, target string }

// mostKept bounds what is kept, in bytes. What does not fit makes room for
// itself by dropping all.
const mostKept = 4 << 20

// get appends the answer that is kept for a question.
func (p *pages) get(b []byte, view *catalog.View, key pageKey) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.view != view {
		return b, false
	}
	answer, ok := p.kept[key]
	return append(b, answer...), ok
}

// put keeps an answer that was made of a view.
func (p *pages) put(view *catalog.View, key pageKey, answer []byte) {
	size := len(answer) + len(key.principal) + len(key.target)
	if size > mostKept/8 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.view != view || p.size+size > mostKept {
		p.view, p.kept, p.size = view, map[pageKey][]byte{}, 0
	}
	if _, there := p.kept[key]; !there {
		p.kept[key] = append([]byte(nil), answer...)
		p.size += size
	}
}
