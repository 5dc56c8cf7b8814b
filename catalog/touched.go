package catalog

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// touched is what changes speak of: what may look different from now on.
type touched struct {
	subjects map[registry.Subject]bool
	// linked are the subjects among them of which an association has changed.
	linked map[registry.Subject]bool
	// scopes are contexts of which a setting has changed for all subjects;
	// everywhere stands for all contexts, and makes the rest needless.
	scopes     map[registry.Context]bool
	everywhere bool
	topics     map[topicName]bool
	refs       map[Ref]bool
	// rewritten are the subjects among the others whose own versions stay, but
	// a schema that they refer to was overwritten (IMPORT).
	rewritten map[registry.Subject]bool
}

func newTouched() *touched {
	return &touched{
		subjects: map[registry.Subject]bool{}, linked: map[registry.Subject]bool{}, scopes: map[registry.Context]bool{},
		topics: map[topicName]bool{}, refs: map[Ref]bool{}, rewritten: map[registry.Subject]bool{},
	}
}

// by adds what some changes to a registry speak of.
func (t *touched) by(changes []feed.Change, before *registry.Snapshot) {
	for i := range changes {
		c := &changes[i]
		switch {
		case strings.HasPrefix(c.Kind, "catalog."):
			if ref, err := ParseRef(strings.TrimPrefix(c.Key, entityPrefix)); err == nil {
				t.refs[ref] = true
			}
		case strings.HasPrefix(c.Kind, "version."):
			if s, ok := strings.CutPrefix(c.Key, "subject "); ok {
				t.subjects[registry.ParseSubject(s)] = true
				t.overwritten(c, before)
			}
		case strings.HasPrefix(c.Kind, "setting."):
			if levelOf(c.Before) != levelOf(c.After) {
				t.setting(c.Key)
			}
		case strings.HasPrefix(c.Kind, "association."):
			// It may have been another subject's.
			if a, ok := before.AssociationOf(strings.TrimPrefix(c.Key, registry.AssociationKey(""))); ok {
				t.subjects[a.Subject], t.linked[a.Subject] = true, true
			}
			t.association(c.After)
		case strings.HasPrefix(c.Kind, "context."):
			if name, ok := strings.CutPrefix(c.Key, registry.ContextKey("")); ok {
				t.refs[Ref{Kind: KindContext, Name: name}] = true
			}
		}
	}
}

// overwritten looks for who refers to a version that is there already, and is
// put once more.
func (t *touched) overwritten(c *feed.Change, before *registry.Snapshot) {
	subject := registry.ParseSubject(strings.TrimPrefix(c.Key, "subject "))
	if mode := before.ModeOf(subject); c.Kind != registry.KindPutVersion || mode != registry.Import && mode != registry.Forward {
		return
	}
	_, versions, _, err := registry.Touched(c)
	if err != nil {
		return // the registry has refused it before
	}
	for _, number := range versions {
		if row, there := before.VersionOf(subject, number); there && int64(row.ID) != c.Number {
			t.referrers(before, row.Subject, number)
		}
	}
}

// referrers adds the subjects that refer to a version, and those that refer to
// them.
func (t *touched) referrers(s *registry.Snapshot, subject registry.Subject, number int32) {
	for _, id := range s.ReferrersOf(subject, number, true) {
		x, _ := s.ContentOf(id.Context, id.ID)
		for row := range x.Holders(id.Context) {
			t.subjects[row.Subject] = true
			if !t.rewritten[row.Subject] {
				t.rewritten[row.Subject] = true
				for of := range s.VersionsOf(row.Subject) {
					t.referrers(s, row.Subject, of.Version)
				}
			}
		}
	}
}

// entityPrefix is what EntityKey puts before the entity.
var entityPrefix = EntityKey(Ref{})[:len("entity ")]

// levelOf is the compatibility level in the document of a config: of settings,
// the index shows nothing else.
func levelOf(document []byte) string {
	var c struct {
		Level string `json:"compatibilityLevel"`
	}
	_ = json.Unmarshal(document, &c) // that of a mode is no object
	return c.Level
}

// setting reads the key of a config: of a subject, a context, or all.
func (t *touched) setting(key string) {
	scope, ok := strings.CutPrefix(key, string(registry.ConfigSetting)+" ")
	if !ok {
		return
	}
	context, name, _ := strings.Cut(scope, ":")
	s := registry.Subject{Context: registry.Context(context), Name: name}
	switch {
	case name != "":
		t.subjects[s] = true
	case s.Context == registry.GlobalContext, s.Context == registry.DefaultContext:
		// The plain global config fills gaps of others (registry-api.md 10.4).
		t.everywhere = true
	default:
		t.scopes[s.Context] = true
	}
}

// association reads the subject out of the document of an association.
func (t *touched) association(document []byte) {
	var a struct {
		Context registry.Context `json:"context"`
		Subject string           `json:"subject"`
	}
	if len(document) > 0 && json.Unmarshal(document, &a) == nil && a.Subject != "" {
		s := registry.Subject{Context: a.Context, Name: a.Subject}
		t.subjects[s], t.linked[s] = true, true
	}
}

// add takes in what another has.
func (t *touched) add(o *touched) {
	if t.everywhere {
		return
	}
	for s := range o.subjects {
		t.subjects[s] = true
	}
	for c := range o.scopes {
		t.scopes[c] = true
	}
	for x := range o.topics {
		t.topics[x] = true
	}
	for r := range o.refs {
		t.refs[r] = true
	}
	t.everywhere = t.everywhere || o.everywhere
}

func (t *touched) empty() bool {
	return len(t.subjects)+len(t.scopes)+len(t.topics)+len(t.refs) == 0 && !t.everywhere
}
