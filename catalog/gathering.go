package catalog

import (
	"sync"

	"github.com/weir-registry/weir/registry"
)

// gathering is the topics of a view, gathered when somebody first asks for
// them: a million take three seconds and hundreds of megabytes, which a node
// that only serves schemas is spared. From then on the topics of each view are
// those of the one before, changed.
type gathering struct {
	mu   sync.Mutex // held while they are gathered: the next view waits, and follows
	made *topics
	load func() topics
}

func gatherLater(s *registry.Snapshot, cluster func(registry.Context) string) *gathering {
	return &gathering{load: func() topics { return loadTopics(s, cluster) }}
}

// get gives the topics.
func (g *gathering) get() *topics {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.made == nil {
		x := g.load()
		g.made, g.load = &x, nil
	}
	return g.made
}

// follow is topics.follow, for topics that may not have been gathered yet.
func (g *gathering) follow(before, after *registry.Snapshot, t *touched, cluster func(registry.Context) string) *gathering {
	g.mu.Lock()
	made := g.made
	g.mu.Unlock()
	if next := made.follow(before, after, t, cluster); next != nil {
		return &gathering{made: next}
	}
	return gatherLater(after, cluster)
}
