package contract

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Export gives the contract of a subject as a YAML document: the text that was
// put where the schema is still that one, otherwise what the catalog knows (see
// the package). Its errors are those of the view: *catalog.NotFoundError,
// *auth.DeniedError.
func Export(ctx context.Context, v *catalog.View, s registry.Subject, o Options) ([]byte, error) {
	version, err := latest(ctx, v, s)
	if err != nil {
		return nil, err
	}
	put, err := Of(ctx, v, s)
	if err != nil {
		return nil, err
	}
	if put != nil && fits(put, version) {
		return []byte(put.Text), nil
	}
	x := exporter{ctx: ctx, view: v, options: o, subject: s}
	fresh, err := x.document(version)
	if err != nil {
		return nil, err
	}
	if put != nil {
		if old, err := parseYAML(put.Text); err == nil {
			return overlay(old, fresh).yaml(), nil
		}
	}
	return fresh.yaml(), nil
}

// Of gives the contract that was put for a subject, nil for none; of several
// the one that was changed last.
func Of(ctx context.Context, v *catalog.View, s registry.Subject) (*catalog.Contract, error) {
	var found *catalog.Contract
	for ref := range v.UsersOf(ctx, subjectRef(s)) {
		if ref.Kind != catalog.KindContract {
			continue
		}
		d, err := v.Definition(ctx, ref)
		if err != nil {
			return nil, err
		}
		if c, ok := d.(*catalog.Contract); ok && (found == nil || c.UpdatedAt > found.UpdatedAt) {
			found = c
		}
	}
	return found, nil
}

// fits says that a contract was put for the schema of a version.
func fits(c *catalog.Contract, version catalog.Version) bool {
	ref := subjectRef(version.Subject).String()
	return slices.ContainsFunc(c.Targets, func(t catalog.Target) bool { return t.Subject == ref && t.ID == version.ID })
}

// exporter makes a document out of what the catalog knows.
type exporter struct {
	ctx     context.Context
	view    *catalog.View
	options Options
	subject registry.Subject
}

func (x *exporter) entity(ref catalog.Ref) *catalog.Entity {
	e, err := x.view.Entity(x.ctx, ref)
	if err != nil {
		// What may not be seen, or is gone by now, says nothing here.
		return &catalog.Entity{Ref: ref}
	}
	return e
}

func (x *exporter) document(version catalog.Version) (*value, error) {
	tree, err := treeOf(x.ctx, x.view, version)
	if err != nil {
		return nil, err
	}
	topics, err := x.view.TopicsOf(x.ctx, x.subject)
	if err != nil {
		return nil, err
	}
	e, err := x.view.Entity(x.ctx, subjectRef(x.subject))
	if err != nil {
		return nil, err
	}
	d := newObject(
		"apiVersion", Standard,
		"kind", "DataContract",
		"id", idOf(x.subject),
		"name", x.subject.String(),
		"version", strconv.Itoa(int(version.Version))+".0.0",
		"status", statusOf(e),
		"domain", e.Domain.Name,
		"dataProduct", x.dataProduct(),
		"description", newObject("purpose", described(e)),
		"tags", tagNames(e),
		"schema", x.objects(tree, e, topics),
		"servers", x.servers(topics, tree),
		"team", x.team(e),
		"support", x.support(e),
		"authoritativeDefinitions", links(e),
		"customProperties", x.custom(tree, e),
	)
	if e.FirstSeen > 0 {
		d.set("contractCreatedTs", newText(time.UnixMicro(e.FirstSeen).UTC().Format(time.RFC3339)))
	}
	return d, nil
}

// idOf is the id of a contract that nobody put: made of the subject's name, so
// that it stays.
func idOf(s registry.Subject) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("weir:"+subjectRef(s).String())).String()
}

func statusOf(e *catalog.Entity) string {
	switch e.Status {
	case catalog.Deprecated:
		return "deprecated"
	case catalog.SoftDeleted, catalog.Orphaned:
		return "retired"
	}
	return "active"
}

// described is the description that is shown.
func described(e *catalog.Entity) string {
	if len(e.Descriptions) == 0 {
		return ""
	}
	return e.Descriptions[0].Value
}

// tagNames are the names of the tags, each once.
func tagNames(e *catalog.Entity) []string {
	var names []string
	for _, t := range e.Tags {
		if !slices.Contains(names, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

func links(e *catalog.Entity) []*value {
	var out []*value
	for _, l := range e.Links {
		out = append(out, newObject("url", l.URL, "type", "documentation", "description", l.Title))
	}
	return out
}

// dataProduct is the first product, by name, that offers the subject.
func (x *exporter) dataProduct() string {
	ref := subjectRef(x.subject).String()
	for d := range x.view.Definitions(x.ctx, catalog.KindDataProduct, "") {
		if p, ok := d.(*catalog.DataProduct); ok && slices.Contains(p.Outputs, ref) {
			return p.Name
		}
	}
	return ""
}

// wholeValue is the only property of a schema that is no record.
const wholeValue = "value"

// objects are the records that the topic holds.
func (x *exporter) objects(t *tree, e *catalog.Entity, topics []catalog.Topic) []*value {
	var out []*value
	for _, r := range t.roots {
		out = append(out, x.object(t, r, e, topics))
	}
	return out
}

// object is the topic with the fields of one of its records.
func (x *exporter) object(t *tree, r root, e *catalog.Entity, topics []catalog.Topic) *value {
	root := x.entity(r.ref)
	name := r.name()
	if name == "" {
		name = e.Title
	}
	physical := x.subject.Name
	if len(topics) > 0 {
		physical = topics[0].Name
	}
	text := described(root)
	if text == "" {
		text = described(e)
	}
	properties := x.properties(t.content, r.fields)
	if len(properties) == 0 && r.ref.Part == "" {
		properties = []*value{newObject("name", wholeValue, "description", text)}
	}
	return newObject(
		"name", name,
		"physicalName", physical,
		"logicalType", "object",
		"physicalType", "topic",
		"description", text,
		"tags", tagNames(root),
		"properties", properties,
		"quality", quality(t.content.Rules()),
		"authoritativeDefinitions", links(root),
		"customProperties", x.objectCustom(t, topics),
	)
}

func (x *exporter) properties(content registry.Content, fields []*field) []*value {
	var out []*value
	for _, f := range fields {
		out = append(out, x.property(content, f))
	}
	return out
}

func (x *exporter) property(content registry.Content, f *field) *value {
	e := x.entity(f.Ref())
	logical, element := logicalType(content.Type(), f.Type, f.record)
	names := tagNames(e)
	p := newObject(
		"name", f.Name,
		"businessName", businessName(e),
		"logicalType", logical,
		"physicalType", f.Type,
		"required", f.Required && !f.Nullable || content.Type() == "AVRO" && !f.Nullable,
		"description", described(e),
		"classification", classification(e, names),
		"tags", names,
		"authoritativeDefinitions", links(e),
		"customProperties", deprecation(e),
	)
	children := x.properties(content, f.children)
	if logical == "array" {
		inner, _ := logicalType(content.Type(), element, f.record)
		items := newObject("logicalType", inner, "physicalType", element)
		if inner == "object" {
			items.set("properties", newValue(children))
		}
		p.set("items", newValue(items))
		return p
	}
	p.set("properties", newValue(children))
	return p
}

// businessName is the first term of the glossary.
func businessName(e *catalog.Entity) string {
	if len(e.Terms) == 0 {
		return ""
	}
	return e.Terms[0].Term.Name
}

// classified is the attribute that keeps the classification of a property,
// which is one text to ODCS.
const classified = "classification"

// classification is what was said, or the first tag.
func classification(e *catalog.Entity, tags []string) string {
	if text := e.Attributes[classified]; text != "" {
		return text
	}
	if len(tags) > 0 {
		return tags[0]
	}
	return ""
}

func deprecation(e *catalog.Entity) []*value {
	if e.Deprecation == nil {
		return nil
	}
	reason := e.Deprecation.Reason
	if reason == "" {
		reason = "yes"
	}
	return []*value{newObject("property", "deprecated", "value", reason)}
}

// servers are the clusters of the topics.
func (x *exporter) servers(topics []catalog.Topic, t *tree) []*value {
	var out []*value
	var met []string
	for i := range topics {
		cluster := topics[i].Cluster
		if slices.Contains(met, cluster) {
			continue
		}
		met = append(met, cluster)
		out = append(out, newObject(
			"server", cluster, "type", "kafka", "host", x.options.host(cluster), "format", strings.ToLower(string(t.content.Type())),
		))
	}
	return out
}

// custom says what weir calls the subject, and the values of business metadata.
func (x *exporter) custom(t *tree, e *catalog.Entity) []*value {
	out := []*value{
		property("subject", newText(x.subject.String())),
		property("subjectVersion", &value{kind: number, text: strconv.Itoa(int(t.version.Version))}),
		property("schemaId", &value{kind: number, text: strconv.Itoa(int(t.version.ID))}),
		property("schemaGuid", newText(t.content.GUID().String())),
	}
	out = append(out, deprecation(e)...)
	for _, m := range e.Metadata {
		names := make([]string, 0, len(m.Values))
		for name := range m.Values {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			if x, err := parseJSON(string(m.Values[name])); err == nil {
				out = append(out, property(m.Definition+"."+name, x))
			}
		}
	}
	if m := t.content.Metadata(); m != nil {
		names := make([]string, 0, len(m.Properties))
		for name := range m.Properties {
			if m.Properties[name] != nil && !slices.Contains(m.Sensitive, name) {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			out = append(out, property(name, newText(*m.Properties[name])))
		}
	}
	return out
}

func property(name string, v *value) *value {
	p := newObject("property", name)
	p.members = append(p.members, member{name: "value", value: v})
	return p
}

// objectCustom says which part of the topic the subject describes, which other
// topics there are, and which rules change records.
func (x *exporter) objectCustom(t *tree, topics []catalog.Topic) []*value {
	var out []*value
	for i := range topics {
		for _, l := range topics[i].Links {
			if l.Subject == x.subject && i == 0 {
				part := "value"
				if l.IsKey {
					part = "key"
				}
				out = append(out, property("part", newText(part)))
			}
		}
	}
	if len(topics) > 1 {
		var names []string
		for _, topic := range topics[1:] {
			names = append(names, topic.Name)
		}
		out = append(out, property("furtherTopics", newValue(names)))
	}
	if rules := transforms(t.content.Rules()); len(rules) > 0 {
		out = append(out, property("rules", &value{kind: list, items: rules}))
	}
	return out
}

// team is who owns the subject: the first team with its members, and people who
// own it by themselves.
func (x *exporter) team(e *catalog.Entity) *value {
	team := newObject()
	var members []*value
	var met []string
	add := func(name, role string) {
		if slices.Contains(met, name) {
			return
		}
		met = append(met, name)
		members = append(members, newObject("username", name, "role", role))
	}
	owners := slices.Clone(e.Owners)
	slices.SortStableFunc(owners, func(a, b catalog.Ownership) int { return cmp.Compare(a.Owner.Kind, b.Owner.Kind) })
	for _, o := range owners {
		if o.Owner.Kind == catalog.KindPerson {
			add(o.Owner.Name, roleName(o.Role))
		}
	}
	for _, o := range owners {
		if o.Owner.Kind != catalog.KindTeam || team.get("name") != nil {
			continue
		}
		team.set("name", newText(o.Owner.Name))
		team.set("description", newValue(described(x.entity(o.Owner))))
		if t, ok := x.definition(o.Owner).(*catalog.Team); ok {
			for _, name := range t.Members {
				add(name, "")
			}
		}
	}
	team.set("members", newValue(members))
	return team
}

func (x *exporter) definition(ref catalog.Ref) catalog.Definition {
	d, err := x.view.Definition(x.ctx, ref)
	if err != nil {
		return nil
	}
	return d
}

// support is where the owning teams can be asked.
func (x *exporter) support(e *catalog.Entity) []*value {
	var out []*value
	for _, o := range e.Owners {
		if t, ok := x.definition(o.Owner).(*catalog.Team); ok {
			for _, l := range t.Contact {
				title := l.Title
				if title == "" {
					title = l.URL
				}
				out = append(out, newObject("channel", title, "url", l.URL))
			}
		}
	}
	return out
}

// quality are the conditions of a rule set.
func quality(rules *registry.RuleSet) []*value {
	var out []*value
	if rules == nil {
		return nil
	}
	for _, r := range rules.DomainRules {
		if r.Kind == "TRANSFORM" {
			continue
		}
		q := newObject("name", deref(r.Name), "type", "custom", "description", deref(r.Doc), "engine", cmp.Or(deref(r.Type), "unknown"))
		q.set("implementation", newText(deref(r.Expr)))
		q.set("customProperties", newValue(ruleProperties(r)))
		out = append(out, q)
	}
	return out
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func ruleProperties(r registry.Rule) []*value {
	out := []*value{property("mode", newText(r.Mode))}
	for _, p := range []struct{ name, text string }{{"onSuccess", deref(r.OnSuccess)}, {"onFailure", deref(r.OnFailure)}} {
		if p.text != "" {
			out = append(out, property(p.name, newText(p.text)))
		}
	}
	if len(r.Tags) > 0 {
		out = append(out, property("tags", newValue(r.Tags)))
	}
	if r.Disabled {
		out = append(out, property("disabled", newValue(true)))
	}
	return out
}

// transforms are the rules that are no conditions, as weir has them.
func transforms(rules *registry.RuleSet) []*value {
	var out []*value
	if rules == nil {
		return nil
	}
	for _, r := range slices.Concat(rules.MigrationRules, rules.DomainRules, rules.EncodingRules) {
		if r.Kind != "TRANSFORM" {
			continue
		}
		text, err := json.Marshal(r)
		if err != nil {
			continue
		}
		if v, err := parseJSON(string(text)); err == nil {
			out = append(out, v)
		}
	}
	return out
}
