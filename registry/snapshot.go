package registry

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry/tree"
)

// Snapshot is all that the registry knows at one revision. It is immutable;
// the next one shares what did not change.
type Snapshot struct {
	revision     feed.Revision
	contexts     tree.Map[Context, *space]
	settings     tree.Map[settingKey, *setting]
	referrers    tree.Map[Subject, growing[referrer]]
	associations associations
}

// space is what one context holds.
type space struct {
	owner    *tree.Owner
	name     Context
	subjects tree.Map[string, *subject]
	contents idTable
	guids    tree.Map[GUID, idList]
	// mark is the highest id ever given; listed says that the context has a
	// row, which outlives its subjects (registry-api.md 12.1).
	mark   int32
	listed bool
}

// referrer is a content that refers to a version of a subject.
type referrer struct {
	version int32
	context Context
	id      int32
}

func newSnapshot() *Snapshot {
	return &Snapshot{
		contexts:     tree.New[Context, *space](compareContexts),
		settings:     tree.New[settingKey, *setting](compareSettingKeys),
		referrers:    tree.New[Subject, growing[referrer]](compareSubjects),
		associations: newAssociations(),
	}
}

func newSpace(name Context, o *tree.Owner) *space {
	return &space{
		owner:    o,
		name:     name,
		subjects: tree.New[string, *subject](compareNames),
		guids:    tree.New[GUID, idList](compareGUIDs),
	}
}

func compareGUIDs(a, b GUID) int { return bytes.Compare(a[:], b[:]) }

func compareSubjects(a, b Subject) int {
	return cmp.Or(strings.Compare(string(a.Context), string(b.Context)), strings.Compare(a.Name, b.Name))
}

// compareContexts puts the default context first, then plain string order.
func compareContexts(a, b Context) int {
	if a == b {
		return 0
	}
	if a == DefaultContext {
		return -1
	}
	if b == DefaultContext {
		return 1
	}
	return compareNames(string(a), string(b))
}

// compareNames is the order of lists: by UTF-16 units, so that characters
// beyond the basic plane come before U+E000 (registry-api.md 6.1).
func compareNames(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return int(unitOrder(a[i])) - int(unitOrder(b[i]))
		}
	}
	return cmp.Compare(len(a), len(b))
}

// unitOrder moves the first bytes of U+E000 to U+FFFF behind those of the
// characters beyond the basic plane.
func unitOrder(c byte) byte {
	if c == 0xee || c == 0xef {
		return c + 0x10
	}
	return c
}

// Revision is the last revision that the snapshot has.
func (s *Snapshot) Revision() feed.Revision { return s.revision }

// space gives a context, nil when nothing was ever put there.
func (s *Snapshot) space(c Context) *space {
	sp, _ := s.contexts.Get(c)
	return sp
}

// subject gives the versions of a subject, nil when it has none.
func (s *Snapshot) subject(name Subject) *subject {
	return s.space(name.Context).subject(name.Name)
}

func (sp *space) subject(name string) *subject {
	if sp == nil {
		return nil
	}
	sub, _ := sp.subjects.Get(name)
	return sub
}

// content gives the content of an id, nil when there is none.
func (sp *space) content(id int32) *content {
	if sp == nil {
		return nil
	}
	return sp.contents.get(id)
}

// known calls each with the contents of a GUID, lowest id first.
func (sp *space) known(guid GUID) func(func(*content) bool) {
	return func(yield func(*content) bool) {
		if sp == nil {
			return
		}
		ids, ok := sp.guids.Get(guid)
		if !ok {
			return
		}
		for id := range ids.all {
			if !yield(sp.content(id)) {
				return
			}
		}
	}
}

// spaces calls each with every context, in the order of the wire.
func (s *Snapshot) spaces(yield func(*space) bool) {
	s.contexts.All(func(_ Context, sp *space) bool { return yield(sp) })
}
