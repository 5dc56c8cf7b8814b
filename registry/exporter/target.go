package exporter

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
)

// target makes the options of the registry that a config names, by the
// property names of Confluent's clients.
func target(config map[string]string) (remote.Options, error) {
	first, _, _ := strings.Cut(config["schema.registry.url"], ",")
	o := remote.Options{URL: strings.TrimSpace(first), Token: config["bearer.auth.token"]}
	if o.URL == "" {
		return o, invalidConfig("schema.registry.url is missing")
	}
	if config["basic.auth.credentials.source"] == "USER_INFO" || config["basic.auth.user.info"] != "" {
		user, password, ok := strings.Cut(config["basic.auth.user.info"], ":")
		if !ok {
			return o, invalidConfig("basic.auth.user.info is not user:password")
		}
		o.Username, o.Password = user, password
	}
	if _, err := remote.New(o); err != nil {
		return o, invalidConfig(err.Error())
	}
	return o, nil
}

// naming maps subjects of this registry to those of the target.
type naming struct {
	exporter *Exporter
	// cluster is this registry's id, for Auto.
	cluster string
}

// matches says whether a subject is among those that the exporter names.
func (n naming) matches(s registry.Subject) bool {
	if len(n.exporter.Subjects) == 0 {
		return true
	}
	for _, pattern := range n.exporter.Subjects {
		p := registry.ParseSubject(pattern)
		if (p.Context == "*" || p.Context == s.Context) && glob(p.Name, s.Name) {
			return true
		}
	}
	return false
}

// glob matches a name against a pattern in which "*" is any run. An empty
// pattern is that of a context alone (":.ctx:") and matches all of it.
func glob(pattern, name string) bool {
	if pattern == "" {
		return true
	}
	first, rest, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(name, first) {
		return false
	}
	name = name[len(first):]
	if !star {
		return name == ""
	}
	if rest == "" {
		return true
	}
	for i := range len(name) + 1 {
		if glob(rest, name[i:]) {
			return true
		}
	}
	return false
}

// subject gives the target's name of a subject. Contexts that are not the
// default one are appended to the target's, except where everything goes to
// the default one.
func (n naming) subject(s registry.Subject) registry.Subject {
	out := s
	if f := n.exporter.SubjectRenameFormat; f != "" {
		out.Name = strings.ReplaceAll(f, "${subject}", s.Name)
	}
	var base string
	switch n.exporter.ContextType {
	case None:
		return out
	case Default:
		out.Context = registry.DefaultContext
		return out
	case Custom:
		base = "." + strings.TrimPrefix(strings.Trim(n.exporter.Context, ":"), ".")
	default:
		base = "." + n.cluster
	}
	out.Context = registry.Context(base)
	if s.Context != registry.DefaultContext {
		out.Context += s.Context
	}
	return out
}

// schema gives a version as the target is to have it.
func (n naming) schema(s remote.Schema) (remote.Schema, error) {
	from := registry.ParseSubject(s.Subject)
	to := n.subject(from)
	s.Subject = to.String()
	for i, r := range s.References {
		ref := registry.ParseSubject(r.Subject)
		if !strings.HasPrefix(r.Subject, ":.") {
			ref.Context = from.Context
		}
		ref = n.subject(ref)
		if s.References[i].Subject = ref.String(); ref.Context == to.Context {
			s.References[i].Subject = ref.Name
		}
	}
	if f := n.exporter.KekRenameFormat; f != "" && len(s.RuleSet) > 0 {
		rules, err := renameKeks(s.RuleSet, f)
		if err != nil {
			return s, err
		}
		s.RuleSet = rules
	}
	return s, nil
}

// kekParameter is the parameter of an encryption rule that names its KEK.
const kekParameter = "encrypt.kek.name"

// renameKeks rewrites the KEK names of a rule set.
func renameKeks(rules json.RawMessage, format string) (json.RawMessage, error) {
	var set map[string]any
	if err := json.Unmarshal(rules, &set); err != nil {
		return nil, err
	}
	for _, list := range set {
		entries, _ := list.([]any)
		for _, entry := range entries {
			rule, _ := entry.(map[string]any)
			params, _ := rule["params"].(map[string]any)
			if name, ok := params[kekParameter].(string); ok {
				params[kekParameter] = strings.ReplaceAll(format, "${kek}", name)
			}
		}
	}
	return json.Marshal(set)
}
