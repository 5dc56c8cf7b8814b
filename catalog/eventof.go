package catalog

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// eventOf reads a change of the log; ok is false for what tells nobody
// anything: the counting of versions, touches, other domains. A change is one
// event at most, so that the place of the change names the event.
func eventOf(c *feed.Change, epoch string) (e Event, ok bool) {
	e = Event{
		Cursor: feed.Cursor{Epoch: epoch, Revision: c.Revision, Ordinal: c.Ordinal + 1},
		At:     c.At, Actor: c.Actor, Client: c.Client, RequestID: c.RequestID,
	}
	switch c.Kind {
	case ChangePutAnnotation, ChangeDeleteAnnotation:
		ok = e.annotation(c)
	case ChangePutEntity:
		ok = e.entity(c)
	case ChangePutDefinition, ChangeDeleteDefinition:
		e.Entity, ok = refOfKey(c.Key)
		e.defined(c.Before, c.After)
	case registry.KindPutVersion, registry.KindSoftDelete, registry.KindHardDelete:
		ok = e.version(c)
	case registry.KindPutSetting, registry.KindDeleteSetting:
		ok = e.setting(c)
	case registry.KindPutAssociation, registry.KindDeleteAssociation:
		ok = e.association(c)
	case registry.KindDeleteContext:
		if s, about := registry.About(c); about {
			e.Entity, e.Action, e.Source, ok = Ref{Kind: KindContext, Name: string(s.Context)}, ActionDeleted, Applied, true
		}
	}
	return e, ok
}

// annotation is what a row says before and after.
func (e *Event) annotation(c *feed.Change) bool {
	var before, after *AnnotationRow
	if len(c.Before) > 0 && json.Unmarshal(c.Before, &before) != nil || len(c.After) > 0 && json.Unmarshal(c.After, &after) != nil {
		return false
	}
	row := after
	if row == nil {
		row = before
	}
	if row == nil {
		return false
	}
	e.Entity, e.Source = row.Entity, row.Source
	e.Before, e.After = annotationEvent(before), annotationEvent(after)
	actions := map[Part][2]Action{
		PartTag:         {ActionTagged, ActionUntagged},
		PartOwner:       {ActionOwned, ActionDisowned},
		PartLink:        {ActionLinked, ActionUnlinked},
		PartDeprecation: {ActionDeprecated, ActionUpdated},
	}[row.Part]
	switch {
	case actions[0] == "":
		e.Action = ActionUpdated
	case after != nil:
		e.Action = actions[0]
	default:
		e.Action = actions[1]
	}
	return true
}

// saidEvent is the Before or After of an event about something said.
type saidEvent struct {
	Part  Part            `json:"part"`
	Item  string          `json:"item,omitempty"`
	Value json.RawMessage `json:"value"`
	Set   string          `json:"set,omitempty"`
	By    string          `json:"by,omitempty"`
	At    int64           `json:"at"`
}

func annotationEvent(row *AnnotationRow) json.RawMessage {
	if row == nil {
		return nil
	}
	return document(saidEvent{row.Part, row.Item, row.Value, row.Set, row.By, row.At})
}

// entity is a definition that stands in the row of its entity.
func (e *Event) entity(c *feed.Change) bool {
	var before, after EntityRow
	if len(c.Before) > 0 && json.Unmarshal(c.Before, &before) != nil || json.Unmarshal(c.After, &after) != nil {
		return false
	}
	e.Entity = after.Ref
	e.defined(before.Document, after.Document)
	return string(before.Document) != string(after.Document)
}

// defined is a definition before and after.
func (e *Event) defined(before, after json.RawMessage) {
	e.Before, e.After, e.Action = before, after, ActionUpdated
	latest := after
	switch {
	case len(before) == 0:
		e.Before, e.Action = nil, ActionCreated
	case len(after) == 0:
		e.After, e.Action, latest = nil, ActionDeleted, before
	}
	var d Defined
	_ = json.Unmarshal(latest, &d) // what Do wrote
	e.Source = d.Source
}

// registeredEvent is the After of a REGISTERED event.
type registeredEvent struct {
	Version int32  `json:"version"`
	ID      int32  `json:"id"`
	GUID    string `json:"guid,omitempty"`
	Type    string `json:"type,omitempty"`
	Deleted bool   `json:"deleted,omitempty"`
	By      string `json:"by,omitempty"`
	Client  string `json:"client,omitempty"`
}

// deletedEvent is the Before of a DELETED event of a subject: the versions that
// went, for good or not.
type deletedEvent struct {
	Versions  []int32 `json:"versions"`
	Permanent bool    `json:"permanent"`
}

// version is a registration or a deletion. The entity is the subject; which
// versions, say Before and After.
func (e *Event) version(c *feed.Change) bool {
	s, versions, ok, err := registry.Touched(c)
	if err != nil || !ok {
		return false
	}
	e.Entity, e.Source = subjectRef(s), FromSchema
	if c.Kind != registry.KindPutVersion {
		e.Action = ActionDeleted
		e.Before = document(deletedEvent{versions, c.Kind == registry.KindHardDelete})
		return true
	}
	var after registeredEvent
	_ = json.Unmarshal(c.After, &after) // the same members under the same names
	after.ID = int32(c.Number)
	e.Action, e.After = ActionRegistered, document(after)
	return true
}

// versions are those that an event of a subject is about; none for its
// settings and what is said of it.
func (e *Event) versions() []int32 {
	switch e.Action {
	case ActionRegistered:
		var after registeredEvent
		_ = json.Unmarshal(e.After, &after) // written by version
		return []int32{after.Version}
	case ActionDeleted:
		var before deletedEvent
		_ = json.Unmarshal(e.Before, &before) // written by version
		return before.Versions
	}
	return nil
}

// setting is a config, a mode or a naming policy of a subject or a context.
func (e *Event) setting(c *feed.Change) bool {
	s, ok := registry.About(c)
	if !ok {
		return false
	}
	e.Entity = subjectRef(s)
	if s.Name == "" {
		e.Entity = Ref{Kind: KindContext, Name: string(s.Context)}
	}
	e.Source, e.Action = Applied, ActionUpdated
	kind, _, _ := strings.Cut(c.Key, " ")
	e.Before, e.After = settingEvent(kind, c.Before), settingEvent(kind, c.After)
	if kind == string(registry.ConfigSetting) {
		before, after := members(c.Before), members(c.After)
		switch {
		case differ(before, after, "compatibilityLevel", "compatibilityPolicy", "compatibilityGroup"):
			e.Action = ActionCompatibilityChanged
		case differ(before, after, "defaultMetadata", "overrideMetadata", "defaultRuleSet", "overrideRuleSet"):
			e.Action = ActionContractChanged
		}
	}
	return true
}

// settingEvent is an object even for a mode, which is stored as a text.
func settingEvent(kind string, value []byte) json.RawMessage {
	if jsonOrNil(value) == nil {
		return nil
	}
	return document(map[string]json.RawMessage{kind: value})
}

func members(object []byte) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(object, &m) // nothing, or what the registry wrote
	return m
}

func differ(a, b map[string]json.RawMessage, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return string(a[name]) != string(b[name]) })
}

// association ties a subject to a resource, mostly a topic.
func (e *Event) association(c *feed.Change) bool {
	s, ok := registry.About(c)
	if !ok {
		return false
	}
	e.Entity, e.Source, e.Action = subjectRef(s), Declared, ActionLinked
	if c.Kind == registry.KindDeleteAssociation {
		e.Action = ActionUnlinked
	}
	e.Before, e.After = jsonOrNil(c.Before), jsonOrNil(c.After)
	return true
}

func jsonOrNil(text []byte) json.RawMessage {
	if len(text) == 0 || !json.Valid(text) {
		return nil
	}
	return text
}
