package catalog

import "fmt"

// SaidLines writes everything that is said, with its indexes, for comparison.
func (v *View) SaidLines() []string { return v.said.lines() }

func (s *said) lines() (list []string) {
	s.things.All(func(_ Ref, t *thing) bool {
		list = append(list, string(document(t.head())))
		if t.definition != nil {
			list = append(list, "  "+string(document(t.definition)))
		}
		for i := range t.rows {
			list = append(list, "  "+string(document(t.rows[i])))
		}
		return true
	})
	s.uses.All(func(u use, n int) bool {
		list = append(list, fmt.Sprintf("%s uses %s %d times", u.By, u.Of, n))
		return true
	})
	return append(list, fmt.Sprintf("%d things, %d uses, %d tags", s.things.Len(), s.uses.Len(), s.tags))
}
