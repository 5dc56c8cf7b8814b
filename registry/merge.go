package registry

import (
	"maps"
	"slices"
	"strconv"
)

// withoutNumber gives the metadata without confluent:version.
func (m *Metadata) withoutNumber() *Metadata {
	c := *m
	c.Properties = maps.Clone(m.Properties)
	delete(c.Properties, versionProperty)
	return &c
}

// withNumber gives the metadata with confluent:version.
func (m *Metadata) withNumber(number int32) *Metadata {
	c := Metadata{}
	if m != nil {
		c = *m
	}
	c.Properties = maps.Clone(c.Properties)
	if c.Properties == nil {
		c.Properties = map[string]*string{}
	}
	text := strconv.Itoa(int(number))
	c.Properties[versionProperty] = &text
	return &c
}

// withoutNulls gives the metadata of a config without the properties that are
// null: they are kept in the config (registry-api.md 10.2), but no schema may
// have one (13.1), for no client could register or import it again.
func (m *Metadata) withoutNulls() *Metadata {
	if m == nil {
		return nil
	}
	c := *m
	c.Properties = maps.Clone(m.Properties)
	maps.DeleteFunc(c.Properties, func(_ string, text *string) bool { return text == nil })
	return &c
}

// mergeMetadata puts a later side over an earlier one (registry-api.md 13.1).
func mergeMetadata(earlier, later *Metadata) *Metadata {
	if earlier == nil {
		return later
	}
	if later == nil {
		return earlier
	}
	return &Metadata{
		Tags:       mergeMaps(earlier.Tags, later.Tags),
		Properties: mergeMaps(earlier.Properties, later.Properties),
		Sensitive:  union(earlier.Sensitive, later.Sensitive),
	}
}

func mergeMaps[V any](earlier, later map[string]V) map[string]V {
	if len(earlier) == 0 {
		return later
	}
	merged := maps.Clone(earlier)
	maps.Copy(merged, later)
	return merged
}

func union(a, b []string) []string {
	all := slices.Sorted(slices.Values(append(slices.Clone(a), b...)))
	return slices.Compact(all)
}

// mergeRules puts a later rule set over an earlier one (registry-api.md 13.2).
func mergeRules(earlier, later *RuleSet) *RuleSet {
	if earlier == nil {
		return later
	}
	if later == nil {
		return earlier
	}
	merged := &RuleSet{
		MigrationRules: mergeRuleLists(earlier.MigrationRules, later.MigrationRules),
		DomainRules:    mergeRuleLists(earlier.DomainRules, later.DomainRules),
		EncodingRules:  mergeRuleLists(earlier.EncodingRules, later.EncodingRules),
		EnableAt:       later.EnableAt,
	}
	if merged.EnableAt == "" {
		merged.EnableAt = earlier.EnableAt
	}
	return merged
}

// mergeRuleLists keeps the old rules whose name is not new, then the new ones.
func mergeRuleLists(earlier, later []Rule) []Rule {
	var merged []Rule
	for _, old := range earlier {
		if !slices.ContainsFunc(later, func(r Rule) bool { return value(r.Name, "") == value(old.Name, "") }) {
			merged = append(merged, old)
		}
	}
	return append(merged, later...)
}

// mergeAll gives default <- specific <- override of metadata and rules, where
// specific is what was asked for or else what the latest live version has.
func (c *rules) mergeAll(metadata *Metadata, set *RuleSet, latest *content) (*Metadata, *RuleSet) {
	if latest != nil {
		if metadata == nil {
			metadata = latest.metadata
		}
		if set == nil {
			set = latest.rules
		}
	}
	metadata = mergeMetadata(mergeMetadata(c.DefaultMetadata.withoutNulls(), metadata), c.OverrideMetadata.withoutNulls())
	set = mergeRules(mergeRules(c.DefaultRuleSet, set), c.OverrideRuleSet)
	return metadata, set
}
