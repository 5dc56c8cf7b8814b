package registry

import "github.com/weir-registry/weir/feed"

// Touched says which versions of which subject a change of the log put,
// soft-deleted or removed; ok is false for other changes. Followers outside
// this package (exporters, the catalog) read it, and look at the Snapshot for
// what became of the versions.
func Touched(c *feed.Change) (s Subject, versions []int32, ok bool, err error) {
	switch c.Kind {
	case KindPutVersion:
		a, err := readAudit[versionAudit](c)
		return Subject{a.Context, a.Subject}, []int32{a.Version}, true, err
	case KindSoftDelete, KindHardDelete:
		a, err := readAudit[deletionAudit](c)
		return Subject{a.Context, a.Subject}, a.Versions, true, err
	}
	return Subject{}, nil, false, nil
}

// Gone gives the versions that a change of the log deleted for good or
// overwrote, none for other changes.
func Gone(c *feed.Change) []VersionRow {
	if c.Kind != KindHardDelete && c.Kind != KindOverwrite {
		return nil
	}
	a, err := readAudit[deletionAudit](c)
	if err != nil {
		return nil
	}
	var rows []VersionRow
	for _, g := range a.Gone {
		rows = append(rows, VersionRow{
			Subject: Subject{a.Context, a.Subject}, Version: g.Version, ID: g.ID, Deleted: g.Deleted,
			At: g.At, By: g.By, Client: g.Client, Revision: g.Revision,
		})
	}
	return rows
}
