package registry

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/weir-registry/weir/feed"
)

// versionAudit is the After document of KindPutVersion: the version row
// without its id, which is the change's Number.
type versionAudit struct {
	Context Context `json:"context"`
	Subject string  `json:"subject"`
	Version int32   `json:"version"`
	GUID    string  `json:"guid"`
	Type    string  `json:"type"`
	At      int64   `json:"at"`
	By      string  `json:"by,omitempty"`
	Client  string  `json:"client,omitempty"`
	Deleted bool    `json:"deleted,omitempty"`
}

// deletionAudit is the After document of KindSoftDelete, KindHardDelete and
// KindOverwrite.
type deletionAudit struct {
	Context  Context `json:"context"`
	Subject  string  `json:"subject"`
	Versions []int32 `json:"versions"`
	// Gone are the versions themselves, of KindHardDelete and KindOverwrite:
	// nothing else knows them any more.
	Gone []goneVersion `json:"gone,omitempty"`
}

// goneVersion is a version that was deleted for good or overwritten.
type goneVersion struct {
	Version  int32         `json:"version"`
	ID       int32         `json:"id"`
	Revision feed.Revision `json:"revision,omitempty"`
	At       int64         `json:"at"`
	By       string        `json:"by,omitempty"`
	Client   string        `json:"client,omitempty"`
	Deleted  bool          `json:"deleted,omitempty"`
}

// associationAudit is the After document of KindPutAssociation.
type associationAudit struct {
	GUID              string  `json:"guid"`
	Context           Context `json:"context"`
	Subject           string  `json:"subject"`
	ResourceName      string  `json:"resourceName"`
	ResourceNamespace string  `json:"resourceNamespace"`
	ResourceID        string  `json:"resourceId"`
	ResourceType      string  `json:"resourceType"`
	AssociationType   string  `json:"associationType"`
	Lifecycle         string  `json:"lifecycle"`
	Frozen            bool    `json:"frozen"`
	CreateAt          int64   `json:"createAt"`
	UpdateAt          int64   `json:"updateAt"`
}

func auditVersion(w PutVersion) []byte {
	v := w.Version
	return []byte(mustJSON(versionAudit{
		v.Subject.Context, v.Subject.Name, v.Version, w.Schema.GUID.String(), string(w.Schema.Type), v.At, v.By, v.Client, v.Deleted,
	}))
}

func auditDeletion(s Subject, versions []int32) []byte {
	return []byte(mustJSON(deletionAudit{Context: s.Context, Subject: s.Name, Versions: versions}))
}

// auditGone is the After document of KindHardDelete and KindOverwrite.
func (s *Snapshot) auditGone(name Subject, versions []int32) []byte {
	a := deletionAudit{Context: name.Context, Subject: name.Name, Versions: versions}
	for _, number := range versions {
		if v, ok := s.VersionOf(name, number); ok {
			a.Gone = append(a.Gone, goneVersion{v.Version, v.ID, v.Revision, v.At, v.By, v.Client, v.Deleted})
		}
	}
	return []byte(mustJSON(a))
}

func auditAssociation(a AssociationRow) []byte {
	return []byte(mustJSON(associationAudit{
		a.GUID, a.Subject.Context, a.Subject.Name, a.ResourceName, a.ResourceNamespace, a.ResourceID, a.ResourceType,
		a.AssociationType, a.Lifecycle, a.Frozen, a.CreateAt, a.UpdateAt,
	}))
}

func (a associationAudit) row() AssociationRow {
	return AssociationRow{
		GUID: a.GUID, Subject: Subject{a.Context, a.Subject}, ResourceName: a.ResourceName, ResourceNamespace: a.ResourceNamespace,
		ResourceID: a.ResourceID, ResourceType: a.ResourceType, AssociationType: a.AssociationType, Lifecycle: a.Lifecycle,
		Frozen: a.Frozen, CreateAt: a.CreateAt, UpdateAt: a.UpdateAt,
	}
}

// readAudit decodes the After document of a change.
func readAudit[T any](c *feed.Change) (T, error) {
	var v T
	if err := json.Unmarshal(c.After, &v); err != nil {
		return v, fmt.Errorf("change %d.%d (%s): %w", c.Revision, c.Ordinal, c.Kind, err)
	}
	return v, nil
}

// settingOfKey reads a SettingKey.
func settingOfKey(key string) (settingKey, bool) {
	kind, scope, ok := strings.Cut(key, " ")
	if !ok {
		return settingKey{}, false
	}
	context, name, ok := strings.Cut(scope, ":")
	return settingKey{SettingKind(kind), Subject{Context(context), name}}, ok
}
