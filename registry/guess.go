package registry

import (
	"github.com/weir-registry/weir/feed"
)

// guess gives the snapshot as commands will leave it when they commit. Only
// the ids of new contents are not known yet: they are marked as guessed.
func (s *Snapshot) guess(l *line, writes []feed.Write) *Snapshot {
	e := s.edit(l)
	for _, w := range writes {
		e.guess(w)
	}
	return e.done(s.revision)
}

func (e *edit) guess(w feed.Write) {
	switch w := w.(type) {
	case PutVersion:
		e.guessVersion(w)
	case SoftDelete:
		e.softDelete(w.Subject, w.Versions)
	case HardDelete:
		e.hardDelete(w.Subject, w.Versions)
	case PutSetting:
		if s, err := decodeSetting(w.Row.Kind, w.Row.Value); err == nil {
			e.snapshot.settings.Put(e.owner, settingKey{w.Row.Kind, w.Row.Subject}, s)
		}
	case DeleteSetting:
		e.snapshot.settings.Remove(e.owner, settingKey{w.Kind, w.Subject})
	case PutAssociation:
		e.putAssociation(w.Row)
	case DeleteAssociation:
		e.removeAssociation(w.GUID)
	case DeleteContext:
		e.space(w.Context).listed = false
	}
}

func (e *edit) guessVersion(w PutVersion) {
	c := w.Version.Subject.Context
	sp := e.space(c)
	id := w.Schema.ID
	if id == NewID {
		x := sp.holding(w.Schema.GUID, w.Schema.Identity)
		if x == nil {
			id = sp.mark + 1
		} else {
			id = x.id
		}
	}
	if sp.content(id) == nil {
		row := w.Schema
		row.ID = id
		x, err := newContent(&row, nil)
		if err != nil {
			return
		}
		x.guessed = w.Schema.ID == NewID
		e.putContent(c, x)
	}
	v := w.Version
	e.putVersion(v.Subject, version{number: v.Version, id: id, at: v.At, deleted: v.Deleted, author: e.author(v.By, v.Client)})
}

// holding gives the content of the lowest id that holds an identity and that
// some version holds.
func (sp *space) holding(guid GUID, identity Identity) *content {
	for x := range sp.known(guid) {
		if x.identity == identity && len(x.holders) > 0 {
			return x
		}
	}
	return nil
}
