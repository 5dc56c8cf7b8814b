package registry

import "github.com/weir-registry/weir/feed"

// Rewound gives the snapshot with a subject as it was at a revision. Among
// changes are all those of the log after it that are about the subject (About;
// others do no harm), the newest first within each key; registrations need not
// be among them, since versions know theirs. What was deleted for good comes back where another version still
// holds its content, what was overwritten always: its content stays.
func (s *Snapshot) Rewound(name Subject, at feed.Revision, changes []feed.Change) (*Snapshot, error) {
	e := s.edit(new(line))
	for i := range changes {
		if about, ok := About(&changes[i]); !ok || about != name {
			continue
		}
		if err := e.undo(name, &changes[i]); err != nil {
			return nil, err
		}
	}
	var later []int32
	for row := range e.snapshot.VersionsOf(name) {
		if row.Revision > at {
			later = append(later, row.Version)
		}
	}
	if len(later) > 0 {
		e.hardDelete(name, later)
	}
	return e.done(s.revision), nil
}

// undo takes one change back.
func (e *edit) undo(name Subject, c *feed.Change) error {
	switch c.Kind {
	case KindSoftDelete:
		d, err := readAudit[deletionAudit](c)
		if err != nil {
			return err
		}
		e.undelete(name, d.Versions)
	case KindHardDelete, KindOverwrite:
		for _, row := range Gone(c) {
			if e.snapshot.space(name.Context).content(row.ID) != nil {
				e.putVersion(name, version{
					number: row.Version, id: row.ID, at: row.At, author: e.author(row.By, row.Client),
					revision: shorten(row.Revision), deleted: row.Deleted,
				})
			}
		}
	case KindPutSetting, KindDeleteSetting:
		key, ok := settingOfKey(c.Key)
		if !ok {
			return nil
		}
		if len(c.Before) == 0 {
			e.snapshot.settings.Remove(e.owner, key)
			return nil
		}
		s, err := decodeSetting(key.kind, string(c.Before))
		if err != nil {
			return err
		}
		e.snapshot.settings.Put(e.owner, key, s)
	case KindPutAssociation:
		a, err := readAudit[associationAudit](c)
		if err != nil {
			return err
		}
		// One that was there before and only changed stays: what it was is not
		// in the log.
		if a.CreateAt == a.UpdateAt {
			e.removeAssociation(a.GUID)
		}
	case KindDeleteAssociation:
		before := *c
		before.After = c.Before
		a, err := readAudit[associationAudit](&before)
		if err != nil {
			return err
		}
		e.putAssociation(a.row())
	}
	return nil
}

// undelete takes the mark of deletion off versions.
func (e *edit) undelete(s Subject, numbers []int32) {
	sub := e.snapshot.subject(s)
	if sub == nil {
		return
	}
	for _, n := range numbers {
		v, ok := sub.find(n)
		if !ok || !v.deleted {
			continue
		}
		live := *v
		live.deleted = false
		e.putVersion(s, live)
		sub = e.snapshot.subject(s)
	}
}
