package registry

import "github.com/weir-registry/weir/feed"

// About says which subject a change of the log is about, or with an empty name
// which context; ok is false for changes of other packages and for touches. It
// goes beyond Touched: settings, associations and contexts are about somebody
// too.
func About(c *feed.Change) (s Subject, ok bool) {
	switch c.Kind {
	case KindPutVersion, KindSoftDelete, KindHardDelete:
		s, _, ok, err := Touched(c)
		return s, ok && err == nil
	case KindOverwrite: // the put beside it is what touches the version
		a, err := readAudit[deletionAudit](c)
		return Subject{a.Context, a.Subject}, err == nil
	case KindPutSetting, KindDeleteSetting:
		key, ok := settingOfKey(c.Key)
		return key.scope, ok
	case KindPutAssociation, KindDeleteAssociation:
		row := *c
		if len(row.After) == 0 {
			row.After = row.Before
		}
		a, err := readAudit[associationAudit](&row)
		return a.row().Subject, err == nil
	case KindDeleteContext:
		return Subject{Context: Context(c.Key[len(ContextKey("")):])}, true
	}
	return Subject{}, false
}
