package catalog

import (
	"context"

	"github.com/weir-registry/weir/registry"
)

// Unsaid is what the registry alone tells of an entity.
type Unsaid struct {
	// Description is the text of the schema as a whole, for subjects and
	// versions. Those of records and fields stand with the records and fields.
	Description string
	// FirstSeen and LastSeen are of a topic, as in Entity.
	FirstSeen, LastSeen int64
}

// Unsaid gives all that there is of an entity of which nobody ever said
// anything: what nearly all entities of a company are. ok is false where
// somebody did, and for kinds that are not subject, version, record, field or
// topic; only Entity tells of those. The entity must be one that the view has
// given. It fails with *auth.DeniedError, as Entity does.
func (v *View) Unsaid(ctx context.Context, ref Ref) (u Unsaid, ok bool, err error) {
	if err := v.askRead(ctx, ref); err != nil {
		return u, false, err
	}
	if _, said := v.said.things.Get(ref); said {
		return u, false, nil
	}
	s := ref.Subject()
	switch ref.Kind {
	case KindSubject:
		row, live := v.registry.LatestOf(s)
		if !live {
			return u, false, nil
		}
		u.Description = v.docOf(s.Context, row.ID)
	case KindSchemaVersion:
		row, there := v.versionOf(ref)
		if !there {
			return u, false, nil
		}
		u.Description = v.docOf(s.Context, row.ID)
	case KindRecord, KindField:
	case KindTopic:
		e := Entity{Ref: ref}
		if !v.composeTopic(&e) {
			return u, false, nil
		}
		u.FirstSeen, u.LastSeen = e.FirstSeen, e.LastSeen
	default:
		return u, false, nil
	}
	return u, true, nil
}

// AppendHolders appends the versions that hold a content of a context, by
// subject, then version. It fails with *auth.DeniedError where the caller may
// read none of them.
func (v *View) AppendHolders(ctx context.Context, list []Version, in registry.Context, x registry.Content) ([]Version, error) {
	var denied error
	before := len(list)
	for row := range x.Holders(in) {
		if err := v.askRead(ctx, subjectRef(row.Subject)); err != nil {
			denied = err
			continue
		}
		list = append(list, versionOf(row))
	}
	if len(list) == before {
		return list, denied
	}
	return list, nil
}

// AppendVersions appends the versions of a subject, as Versions gives them.
func (v *View) AppendVersions(ctx context.Context, list []Version, s registry.Subject) ([]Version, error) {
	if err := v.askRead(ctx, subjectRef(s)); err != nil {
		return list, err
	}
	before := len(list)
	for row := range v.registry.VersionsOf(s) {
		list = append(list, versionOf(row))
	}
	if len(list) == before {
		return list, &NotFoundError{subjectRef(s)}
	}
	return list, nil
}
