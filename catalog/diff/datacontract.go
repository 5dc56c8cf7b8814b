package diff

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// facts compares named texts of the two sides, in the order of the names, and
// tells what came, went and changed under a path for each.
func (w *work) facts(kind Kind, prefix, noun string, was, is map[string]string) {
	names := slices.Collect(maps.Keys(was))
	for name := range is {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		before, had := was[name]
		after, has := is[name]
		if had && has && before == after {
			continue
		}
		k := kind
		switch {
		case had && has:
			k = Kind(strings.TrimSuffix(string(kind), "ADDED") + "CHANGED")
		case had:
			k = kind.Mirror()
		}
		w.add(found{
			Change: Change{Path: prefix + name, Kind: k, Name: name, Before: before, After: after},
			words:  "the " + noun + " " + quoted(name),
		})
	}
}

// references compares the references by their names; several of one name are
// told by their order.
func (w *work) references(before, after []schema.Reference) {
	facts := func(list []schema.Reference) map[string]string {
		texts := make(map[string]string, len(list))
		for _, r := range list {
			text := fmt.Sprintf("%s version %d", r.Subject, r.Version)
			if known, again := texts[r.Name]; again {
				text = known + ", " + text
			}
			texts[r.Name] = text
		}
		return texts
	}
	w.facts(ReferenceAdded, "references.", "reference", facts(before), facts(after))
}

// metadata compares the metadata of the two data contracts: tags are told one
// by one, as those of the text are.
func (w *work) metadata(before, after *registry.Metadata) {
	was, is := &registry.Metadata{}, &registry.Metadata{}
	if before != nil {
		was = before
	}
	if after != nil {
		is = after
	}
	patterns := slices.Collect(maps.Keys(was.Tags))
	for p := range is.Tags {
		if _, both := was.Tags[p]; !both {
			patterns = append(patterns, p)
		}
	}
	slices.Sort(patterns)
	for _, p := range patterns {
		w.contractTags(p, was.Tags[p], is.Tags[p])
	}
	w.facts(MetadataAdded, "metadata.properties.", "property", properties(was), properties(is))
	w.facts(MetadataAdded, "metadata.sensitive.", "sensitive property", set(was.Sensitive), set(is.Sensitive))
}

func (w *work) contractTags(pattern string, was, is []string) {
	words := "the pattern " + quoted(pattern)
	had, has := set(was), set(is)
	for _, tag := range is {
		if _, kept := had[tag]; !kept {
			w.add(found{Change: Change{Path: "metadata.tags." + pattern, Kind: TagAdded, Name: tag, After: tag}, words: words})
		}
	}
	for _, tag := range was {
		if _, kept := has[tag]; !kept {
			w.add(found{Change: Change{Path: "metadata.tags." + pattern, Kind: TagRemoved, Name: tag, Before: tag}, words: words})
		}
	}
}

func properties(m *registry.Metadata) map[string]string {
	texts := make(map[string]string, len(m.Properties))
	for name, value := range m.Properties {
		texts[name] = ""
		if value != nil {
			texts[name] = *value
		}
	}
	return texts
}

func set(names []string) map[string]string {
	texts := make(map[string]string, len(names))
	for _, name := range names {
		texts[name] = name
	}
	return texts
}

// rules compares the rule sets, list by list: rules by name, then their order,
// in which they are carried out.
func (w *work) rules(before, after *registry.RuleSet) {
	was, is := &registry.RuleSet{}, &registry.RuleSet{}
	if before != nil {
		was = before
	}
	if after != nil {
		is = after
	}
	for _, list := range []struct {
		name    string
		was, is []registry.Rule
	}{
		{"migrationRules", was.MigrationRules, is.MigrationRules},
		{"domainRules", was.DomainRules, is.DomainRules},
		{"encodingRules", was.EncodingRules, is.EncodingRules},
	} {
		olds, oldNames := ruleTexts(list.was)
		news, newNames := ruleTexts(list.is)
		w.facts(RuleAdded, "rules."+list.name+".", "rule", olds, news)
		oldNames = slices.DeleteFunc(oldNames, func(n string) bool { _, kept := news[n]; return !kept })
		newNames = slices.DeleteFunc(newNames, func(n string) bool { _, kept := olds[n]; return !kept })
		if !slices.Equal(oldNames, newNames) {
			w.add(found{
				Change: Change{
					Path: "rules." + list.name, Kind: OrderChanged, Name: "rule",
					Before: strings.Join(oldNames, ", "), After: strings.Join(newNames, ", "),
				},
				words: "the list " + quoted(list.name),
			})
		}
	}
	w.facts(RuleAdded, "rules.", "setting", enabled(was), enabled(is))
}

func enabled(r *registry.RuleSet) map[string]string {
	if r.EnableAt == "" {
		return nil
	}
	return map[string]string{"enableAt": r.EnableAt}
}

// ruleTexts gives each rule as JSON by its name, and the names in order. A name
// is given once in a rule set; what has none is called by its place.
func ruleTexts(list []registry.Rule) (texts map[string]string, names []string) {
	texts = make(map[string]string, len(list))
	for i, r := range list {
		name := fmt.Sprintf("#%d", i+1)
		if r.Name != nil {
			name = *r.Name
		}
		if _, again := texts[name]; again {
			name = fmt.Sprintf("%s#%d", name, i+1)
		}
		text, err := json.Marshal(r)
		if err != nil {
			text = []byte(fmt.Sprint(r))
		}
		texts[name] = string(text)
		names = append(names, name)
	}
	return texts, names
}
