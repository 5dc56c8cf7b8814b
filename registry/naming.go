package registry

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/schema"
)

// Strategy is a subject-name strategy, by the name of the serializers' class
// (registry-api.md 20).
type Strategy string

// The strategies that a naming policy can ask for.
const (
	TopicNameStrategy       Strategy = "TopicNameStrategy"
	RecordNameStrategy      Strategy = "RecordNameStrategy"
	TopicRecordNameStrategy Strategy = "TopicRecordNameStrategy"
)

// NamingSetting is the kind of a naming policy among the settings.
const NamingSetting SettingKind = "naming"

// namingKey stands for all naming policies in the change log: the first
// version of a subject reads them all.
const namingKey = "naming"

// NamingPolicy says which strategies a new subject may follow. It is weir's
// own: subjects that exist are left alone, and so is IMPORT.
type NamingPolicy struct {
	// Scope says where it holds: a context, or the names of a context that
	// match a pattern ("*" any run of characters but slashes, "?" one), or all
	// contexts ({GlobalContext, ""}).
	Scope      Subject
	Strategies []Strategy
}

// storedNaming is the value of the policy's row.
type storedNaming struct {
	Strategies []Strategy `json:"strategies"`
}

// NamingPolicies lists the policies, the default context's first.
func (r *Registry) NamingPolicies(ctx context.Context) ([]NamingPolicy, error) {
	if err := r.authorizeKind(ctx, auth.Read, "config", ""); err != nil {
		return nil, err
	}
	return r.Snapshot().naming(), nil
}

func (s *Snapshot) naming() []NamingPolicy {
	list := []NamingPolicy{}
	s.settings.From(settingKey{kind: NamingSetting}, func(k settingKey, x *setting) bool {
		if k.kind != NamingSetting {
			return false
		}
		list = append(list, NamingPolicy{k.scope, x.naming})
		return true
	})
	return list
}

// SetNamingPolicy stores a policy in place of the one of its scope.
func (r *Registry) SetNamingPolicy(ctx context.Context, policy NamingPolicy) error {
	if err := r.authorizeKind(ctx, auth.Admin, "config", policy.Scope.String()); err != nil {
		return err
	}
	if !nameable(policy.Scope) {
		return invalidSubject(policy.Scope)
	}
	if _, err := path.Match(policy.Scope.Name, ""); err != nil {
		return invalidSubject(policy.Scope)
	}
	if len(policy.Strategies) == 0 {
		return invalidStrategies("none is given")
	}
	for _, strategy := range policy.Strategies {
		if !slices.Contains([]Strategy{TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy}, strategy) {
			return invalidStrategies(fmt.Sprintf("'%s' is none", strategy))
		}
	}
	_, err := r.commit(ctx, SettingKey(NamingSetting, policy.Scope), func(context.Context, *Snapshot) (*plan, error) {
		p := &plan{}
		p.read(SettingKey(NamingSetting, policy.Scope))
		p.write(PutSetting{Row: SettingRow{NamingSetting, policy.Scope, mustJSON(storedNaming{policy.Strategies})}})
		p.touch(namingKey)
		return p, nil
	})
	return err
}

// Codes of weir's own.
const (
	// CodeInvalidStrategy: a naming policy names no strategies.
	CodeInvalidStrategy = 42290
	// CodeNaming: a new subject breaks the naming policy in scope.
	CodeNaming = 42291
)

func invalidStrategies(why string) error {
	return refuse(CodeInvalidStrategy, "Invalid subject-name strategies, %s: give TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy", why)
}

// DeleteNamingPolicy removes the policy of a scope.
func (r *Registry) DeleteNamingPolicy(ctx context.Context, scope Subject) error {
	if err := r.authorizeKind(ctx, auth.Admin, "config", scope.String()); err != nil {
		return err
	}
	_, err := r.commit(ctx, SettingKey(NamingSetting, scope), func(_ context.Context, s *Snapshot) (*plan, error) {
		before, stored := s.settings.Get(settingKey{NamingSetting, scope})
		if !stored {
			return nil, refuse(CodeSubjectNotFound, "Subject '%s' not found.", scope)
		}
		p := &plan{}
		p.read(SettingKey(NamingSetting, scope))
		p.write(DeleteSetting{NamingSetting, scope, []byte(mustJSON(storedNaming{before.naming}))})
		p.touch(namingKey)
		return p, nil
	})
	return err
}

// decodeNaming reads the value of a policy's row.
func decodeNaming(value string) (*setting, error) {
	var stored storedNaming
	if err := json.Unmarshal([]byte(value), &stored); err != nil {
		return nil, fmt.Errorf("stored naming policy: %w", err)
	}
	return &setting{naming: stored.Strategies}, nil
}

// namingOf gives the policy that holds for a new subject: of those in its
// context the one with the longest pattern that matches, else that of all
// contexts.
func (s *Snapshot) namingOf(subject Subject) *NamingPolicy {
	var best *NamingPolicy
	for _, p := range s.naming() {
		if p.Scope.Context != subject.Context && p.Scope.Context != GlobalContext {
			continue
		}
		matches, _ := path.Match(p.Scope.Name, subject.Name)
		if p.Scope.Name != "" && !matches {
			continue
		}
		if best == nil || p.closer(best) {
			best = &p
		}
	}
	return best
}

// closer says whether p is nearer to a subject than another policy that holds
// for it too.
func (p *NamingPolicy) closer(than *NamingPolicy) bool {
	if global := p.Scope.Context == GlobalContext; global != (than.Scope.Context == GlobalContext) {
		return !global
	}
	return len(p.Scope.Name) > len(than.Scope.Name)
}

// checkNaming refuses the first version of a subject whose name follows none
// of the strategies asked for.
func (s *Snapshot) checkNaming(subject Subject, parsed func() (schema.Schema, error)) error {
	policy := s.namingOf(subject)
	if policy == nil {
		return nil
	}
	x, err := parsed()
	if err != nil {
		return err
	}
	wanted := make([]string, len(policy.Strategies))
	for i, strategy := range policy.Strategies {
		if strategy.names(subject.Name, x.RecordName()) {
			return nil
		}
		wanted[i] = strategy.example(x.RecordName())
	}
	return refuse(CodeNaming, "The subject '%s' breaks the naming policy of %s, which asks for %s",
		subject, policy.Scope.scopeName(), strings.Join(wanted, " or "))
}

// names says whether a subject is one that the strategy gives for a schema
// whose record has this name.
func (s Strategy) names(subject, record string) bool {
	switch s {
	case TopicNameStrategy:
		topic, found := strings.CutSuffix(subject, "-value")
		if !found {
			topic, found = strings.CutSuffix(subject, "-key")
		}
		return found && topic != ""
	case RecordNameStrategy:
		return record != "" && subject == record
	case TopicRecordNameStrategy:
		topic, found := strings.CutSuffix(subject, "-"+record)
		return record != "" && found && topic != ""
	}
	return false
}

// example says what the strategy would have taken.
func (s Strategy) example(record string) string {
	if record == "" && s != TopicNameStrategy {
		return string(s) + " (the schema has no record name)"
	}
	switch s {
	case RecordNameStrategy:
		return string(s) + " ('" + record + "')"
	case TopicRecordNameStrategy:
		return string(s) + " ('<topic>-" + record + "')"
	}
	return string(s) + " ('<topic>-key' or '<topic>-value')"
}

// scopeName names a scope of settings for people.
func (s Subject) scopeName() string {
	switch {
	case s.Context == GlobalContext:
		return "all contexts"
	case s == (Subject{DefaultContext, ""}):
		return "the default context"
	case s.Name == "":
		return "context '" + string(s.Context) + "'"
	}
	return "'" + s.String() + "'"
}
