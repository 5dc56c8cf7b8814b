package contract

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Put is what a document became.
type Put struct {
	Contract *catalog.Contract
	// Outcome is that of the command.
	Outcome *catalog.Outcome
	// Notes say which parts of the document speak of nothing that the catalog
	// has: properties that are no fields, tags whose names it cannot take. They
	// are in the text all the same.
	Notes []schema.Fault
}

// Request is a document to put.
type Request struct {
	// Text is the document.
	Text string
	// Subjects are those that it is for; none asks the document: weir's own
	// custom property, then the subjects of the contract of that id, then the
	// names of its topics.
	Subjects []registry.Subject
	DryRun   bool
}

// PutText keeps a contract and says of its subjects what it says, in one
// command. A text that is none answers *InvalidError; a document whose subjects
// cannot be found answers that too; the rest are the catalog's refusals.
func PutText(ctx context.Context, c *catalog.Catalog, r Request) (*Put, error) {
	d, err := Read(r.Text)
	if err != nil {
		return nil, err
	}
	v := c.View()
	subjects := r.Subjects
	if len(subjects) == 0 {
		if subjects = find(ctx, v, d); len(subjects) == 0 {
			return nil, invalid(d.root.at, "schema", "no subject is found that the contract speaks of: give weir's custom property \"subject\", or the topic as physicalName")
		}
	}
	i := importer{ctx: ctx, view: v, document: d, made: map[catalog.Ref]bool{}}
	contract := &catalog.Contract{ContractID: d.ID, Release: d.Version, Status: d.Status, Standard: d.Standard, Text: r.Text}
	for _, s := range subjects {
		version, err := latest(ctx, v, s)
		if err != nil {
			return nil, err
		}
		contract.Targets = append(contract.Targets, catalog.Target{Subject: subjectRef(s).String(), Version: version.Version, ID: version.ID})
		if err := i.subject(s, version); err != nil {
			return nil, err
		}
	}
	i.product(subjects)
	steps := append(i.definitions, catalog.Put{Definition: contract})
	outcome, err := c.Do(ctx, catalog.Command{Steps: append(steps, i.edits...), Source: catalog.Imported, DryRun: r.DryRun})
	if err != nil {
		return nil, err
	}
	kept, err := outcome.View.Definition(ctx, contract.Ref())
	if err != nil {
		return nil, err
	}
	if stored, ok := kept.(*catalog.Contract); ok {
		contract = stored
	}
	return &Put{Contract: contract, Outcome: outcome, Notes: i.notes}, nil
}

// find gives the subjects that a document speaks of.
func find(ctx context.Context, v *catalog.View, d *Document) []registry.Subject {
	if d.Subject != "" {
		return []registry.Subject{registry.ParseSubject(d.Subject)}
	}
	if known, err := v.Definition(ctx, catalog.Ref{Kind: catalog.KindContract, Name: d.ID}); err == nil {
		var list []registry.Subject
		for _, t := range known.(*catalog.Contract).Targets {
			if ref, err := catalog.ParseRef(t.Subject); err == nil {
				list = append(list, ref.Subject())
			}
		}
		return list
	}
	var list []registry.Subject
	for _, o := range d.Objects {
		for _, name := range []string{o.PhysicalName, o.Name} {
			if s, ok := subjectNamed(ctx, v, name); ok && name != "" {
				if !slices.Contains(list, s) {
					list = append(list, s)
				}
				break
			}
		}
	}
	return list
}

// subjectNamed gives the subject of a name, or that of the values of a topic.
func subjectNamed(ctx context.Context, v *catalog.View, name string) (registry.Subject, bool) {
	s := registry.ParseSubject(name)
	if _, err := latest(ctx, v, s); err == nil {
		return s, true
	}
	for _, cluster := range v.Clusters(ctx) {
		topic, err := v.Topic(ctx, cluster, name)
		if err != nil {
			continue
		}
		for _, l := range topic.Links {
			if !l.IsKey {
				return l.Subject, true
			}
		}
	}
	return registry.Subject{}, false
}

// importer gathers the steps of a command.
type importer struct {
	ctx      context.Context
	view     *catalog.View
	document *Document
	// definitions are those that the document names and nobody made yet.
	definitions []catalog.Step
	made        map[catalog.Ref]bool
	edits       []catalog.Step
	notes       []schema.Fault
}

func (i *importer) note(at schema.Position, path, message string) {
	if len(i.notes) < maxFaults {
		i.notes = append(i.notes, schema.Fault{Path: path, Position: at, Message: message})
	}
}

// spoken are the parts that a document speaks of. What it said before and does
// not say any more is taken back.
var spoken = []catalog.Part{
	catalog.PartDescription, catalog.PartOwner, catalog.PartTag, catalog.PartDomain, catalog.PartLink, catalog.PartAttribute,
}

// subject says what the document says of a subject and its fields.
func (i *importer) subject(s registry.Subject, version catalog.Version) error {
	d := i.document
	edit := catalog.Edit{Ref: subjectRef(s), Clear: spoken}
	if text := d.Description.text(); text != "" {
		edit.Description = &text
	}
	edit.PutTags = i.tags(d.Tags, d.root.get("tags"), "tags")
	if d.Domain != "" {
		i.make(&catalog.DomainDefinition{Name: d.Domain})
		edit.Domain = &d.Domain
	}
	if owners := i.owners(); len(owners) > 0 {
		edit.Owners = &owners
	}
	if links := i.links(d.Links); len(links) > 0 {
		edit.Links = &links
	}
	i.edits = append(i.edits, edit)

	tree, err := treeOf(i.ctx, i.view, version)
	if err != nil {
		return err
	}
	said := map[catalog.Ref]bool{}
	for at := range tree.roots {
		if o := i.object(s, tree, at); o != nil {
			i.record(tree.roots[at].ref, o, d.Description.text())
			if fields := tree.roots[at].fields; len(fields) > 0 || !onlyValue(o.Properties) {
				i.fields(o.Properties, fields, said)
			}
		}
	}
	return i.takeBack(s, said)
}

// onlyValue says that the properties are what Export writes for a schema that
// is no record.
func onlyValue(list []Property) bool { return len(list) == 1 && list[0].Name == wholeValue }

// text joins what a description says.
func (d Description) text() string {
	var texts []string
	for _, p := range []struct{ head, text string }{{"", d.Purpose}, {"Usage: ", d.Usage}, {"Limitations: ", d.Limitations}} {
		if p.text != "" {
			texts = append(texts, p.head+strings.TrimSpace(p.text))
		}
	}
	return strings.Join(texts, "\n\n")
}

// object is the schema object of a root: that of the record's name; for the
// first one, that of the subject's name or its topic, or the only one.
func (i *importer) object(s registry.Subject, t *tree, at int) *Object {
	objects := i.document.Objects
	name := t.roots[at].name()
	for o := range objects {
		if name != "" && (objects[o].Name == name || objects[o].Name == t.roots[at].ref.Part) {
			return &objects[o]
		}
	}
	if at > 0 {
		return nil
	}
	names := []string{s.Name, s.String()}
	if topics, err := i.view.TopicsOf(i.ctx, s); err == nil {
		for _, topic := range topics {
			names = append(names, topic.Name)
		}
	}
	for o := range objects {
		if slices.Contains(names, objects[o].PhysicalName) || slices.Contains(names, objects[o].Name) {
			return &objects[o]
		}
	}
	if len(objects) == 1 {
		return &objects[0]
	}
	if len(objects) > 1 {
		i.note(objects[0].at, "schema", "none of the schema objects is for the subject "+s.String())
	}
	return nil
}

// record says what is said of the schema object as a whole, where that is more
// than what is said of the subject.
func (i *importer) record(ref catalog.Ref, o *Object, already string) {
	if _, err := i.view.Entity(i.ctx, ref); err != nil {
		return
	}
	edit := catalog.Edit{Ref: ref, Clear: spoken, PutTags: i.tags(o.Tags, o.tagsAt, o.path+".tags")}
	if o.Description != "" && o.Description != already && o.Description != i.own(ref) {
		edit.Description = &o.Description
	}
	if links := i.links(o.Links); len(links) > 0 {
		edit.Links = &links
	}
	i.edits = append(i.edits, edit)
}

// fields goes through the properties and the fields of the same names.
func (i *importer) fields(properties []Property, fields []*field, said map[catalog.Ref]bool) {
	for at := range properties {
		p := &properties[at]
		f := fieldOf(p, fields)
		if f == nil {
			i.note(p.at, p.path, "the schema has no field "+p.Name)
			continue
		}
		if ref := f.Ref(); !said[ref] {
			said[ref] = true
			i.edits = append(i.edits, i.field(p, ref))
		}
		i.fields(p.Properties, f.children, said)
	}
}

func fieldOf(p *Property, fields []*field) *field {
	for _, name := range []string{p.PhysicalName, p.Name} {
		for _, f := range fields {
			if name != "" && f.Name == name {
				return f
			}
		}
	}
	return nil
}

func (i *importer) field(p *Property, ref catalog.Ref) catalog.Edit {
	edit := catalog.Edit{Ref: ref, Clear: spoken, PutTags: i.tags(p.Tags, p.tagsAt, p.path+".tags")}
	// The schema's own words are not repeated as somebody else's.
	if p.Description != "" && p.Description != i.own(ref) {
		edit.Description = &p.Description
	}
	if links := i.links(p.Links); len(links) > 0 {
		edit.Links = &links
	}
	if p.Classification != "" && !slices.Contains(p.Tags, p.Classification) {
		edit.Attributes = map[string]string{classified: p.Classification}
	}
	return edit
}

// own is what the schema says of an entity.
func (i *importer) own(ref catalog.Ref) string {
	e, err := i.view.Entity(i.ctx, ref)
	if err != nil {
		return ""
	}
	for _, d := range e.Descriptions {
		if d.Source == catalog.FromSchema {
			return d.Value
		}
	}
	return ""
}

// takeBack clears what an earlier document said of fields that this one does
// not speak of.
func (i *importer) takeBack(s registry.Subject, said map[catalog.Ref]bool) error {
	fields, err := i.view.Fields(i.ctx, s)
	if err != nil {
		return err
	}
	for at := range fields {
		ref := fields[at].Ref()
		if said[ref] {
			continue
		}
		said[ref] = true
		if slices.ContainsFunc(i.view.Annotations(i.ctx, ref), func(r catalog.AnnotationRow) bool { return r.Source == catalog.Imported }) {
			i.edits = append(i.edits, catalog.Edit{Ref: ref, Clear: spoken})
		}
	}
	return nil
}

// tags are the tags that the catalog can take; those that the schema has
// itself are said by it already.
func (i *importer) tags(names []string, in *value, path string) []catalog.TagValue {
	var out []catalog.TagValue
	for _, name := range names {
		if !catalog.IsTagName(name) {
			i.note(in.at, path, "the catalog cannot take the tag "+name+": a name is a letter, then letters, digits, underscores and spaces")
			continue
		}
		if _, err := i.view.Definition(i.ctx, catalog.Ref{Kind: catalog.KindTag, Name: name}); err != nil {
			i.make(&catalog.TagDefinition{Name: name})
		}
		out = append(out, catalog.TagValue{Name: name})
	}
	return out
}

func (i *importer) links(list []Link) []catalog.Link {
	var out []catalog.Link
	for _, l := range list {
		title := l.Description
		if title == "" {
			title = l.Type
		}
		if u, err := url.Parse(l.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" {
			i.note(l.at, "authoritativeDefinitions", "the catalog cannot take the link "+l.URL+": it is no address of a page")
			continue
		}
		if !slices.ContainsFunc(out, func(x catalog.Link) bool { return x.URL == l.URL }) {
			out = append(out, catalog.Link{Title: title, URL: l.URL})
		}
	}
	return out
}

// make puts a definition that nobody made yet.
func (i *importer) make(d catalog.Definition) {
	ref := d.Ref()
	if i.made[ref] {
		return
	}
	i.made[ref] = true
	if known, err := i.view.Definition(i.ctx, ref); err == nil && known != nil {
		return
	}
	i.definitions = append(i.definitions, catalog.Put{Definition: d, Create: true})
}

// owners are the team, and those of its members who have a role of their own.
func (i *importer) owners() []catalog.OwnerValue {
	var out []catalog.OwnerValue
	var names []string
	for _, m := range i.document.Team.Members {
		p := &catalog.Person{Name: m.Username}
		if strings.Contains(m.Username, "@") {
			p.Email = m.Username
		}
		i.make(p)
		if !slices.Contains(names, m.Username) {
			names = append(names, m.Username)
		}
		role, ok := roleOf(m.Role)
		if !ok && i.document.Team.Name == "" {
			role, ok = catalog.Contact, true
		}
		if o := (catalog.OwnerValue{Owner: p.Ref(), Role: role}); ok && !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	if name := i.document.Team.Name; name != "" {
		t := &catalog.Team{Name: name, Members: names}
		i.make(t)
		out = append([]catalog.OwnerValue{{Owner: t.Ref(), Role: catalog.Owner}}, out...)
	}
	return out
}

// product adds the subjects to what the data product offers.
func (i *importer) product(subjects []registry.Subject) {
	name := i.document.DataProduct
	if name == "" {
		return
	}
	p := &catalog.DataProduct{Name: name}
	if known, err := i.view.Definition(i.ctx, p.Ref()); err == nil {
		if x, ok := known.(*catalog.DataProduct); ok {
			p.Outputs = slices.Clone(x.Outputs)
		}
	}
	for _, s := range subjects {
		if ref := subjectRef(s).String(); !slices.Contains(p.Outputs, ref) {
			p.Outputs = append(p.Outputs, ref)
		}
	}
	i.definitions = append(i.definitions, catalog.Put{Definition: p, Merge: true})
}
