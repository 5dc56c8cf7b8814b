package registry

import (
	"fmt"
	"math"
	"slices"
)

// Lines describes all that a snapshot holds, one thing a line, so that tests
// can compare two.
func (s *Snapshot) Lines() []string {
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for sp := range s.spaces {
		if sp.subjects.Len() == 0 && sp.contents.empty() && sp.mark == 0 && !sp.listed {
			continue
		}
		add("context %s mark %d listed %t", sp.name, sp.mark, sp.listed || sp.name == DefaultContext)
		sp.subjects.All(func(name string, sub *subject) bool {
			for _, v := range sub.versions.items {
				a := value(v.author, author{})
				add("context %s subject %q version %d id %d deleted %t at %d by %q client %q live %d", sp.name, name, v.number, v.id, v.deleted, v.at, a.by, a.client, sub.live)
			}
			return true
		})
		sp.contents.from(math.MinInt32, func(x *content) bool {
			add("context %s id %d %s %x %s %q %v %s %s outline %x holders %v retired %v", sp.name, x.id, x.guid, x.identity[:4], x.kind, x.text.append(nil),
				x.refs, encodeMetadata(x.metadata), encodeRules(x.rules), x.outline.append(nil), holdersOf(x), value(x.retired, SubjectVersion{}))
			return true
		})
		sp.guids.All(func(g GUID, ids idList) bool {
			add("context %s guid %s ids %d %v", sp.name, g, ids.first, ids.more)
			return true
		})
	}
	s.settings.All(func(key settingKey, x *setting) bool {
		text := string(x.mode)
		if x.config != nil {
			text = x.config.encode()
		}
		add("%s %s %s", key.kind, key.scope, text)
		return true
	})
	s.referrers.All(func(to Subject, list growing[referrer]) bool {
		refs := slices.Clone(list.items)
		slices.SortFunc(refs, func(a, b referrer) int {
			return slices.Compare([]int{int(a.version), int(a.id)}, []int{int(b.version), int(b.id)})
		})
		add("referrers of %s: %v", to, refs)
		return true
	})
	s.associations.byGUID.All(func(_ string, a *Association) bool { add("association %+v", *a); return true })
	slices.Sort(lines)
	return lines
}

func (t *idTable) empty() bool {
	empty := true
	t.from(math.MinInt32, func(*content) bool {
		empty = false
		return false
	})
	return empty
}

// Naming gives the naming policies of a snapshot.
func (s *Snapshot) Naming() []NamingPolicy { return s.naming() }

func holdersOf(x *content) []string {
	var list []string
	for _, h := range x.holders {
		list = append(list, fmt.Sprint(h.name, " ", h.number, " ", h.id, " ", h.at, " ", h.deleted))
	}
	return list
}

// PackAll has a small registry keep what comes from now on as a large one does.
func (r *Registry) PackAll() { r.blocks.kept = packFrom }
