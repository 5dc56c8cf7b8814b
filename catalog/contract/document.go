package contract

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/weir-registry/weir/schema"
)

// Document is what this package reads of a contract. The rest of it lives on in
// the text.
type Document struct {
	ID, Name, Version, Status string
	// Standard is the apiVersion.
	Standard    string
	Domain      string
	DataProduct string
	Description Description
	Tags        []string
	Team        Team
	Links       []Link
	Objects     []Object
	SLA         []SLA
	// Subject is weir's own custom property "subject", for documents that weir
	// wrote.
	Subject string

	root *value
}

// Description is the description of a contract.
type Description struct{ Purpose, Usage, Limitations string }

// Team is who stands behind a contract.
type Team struct {
	Name, Description string
	Members           []Member
}

// Member is a person of a team.
type Member struct{ Username, Name, Role string }

// Link is an authoritative definition.
type Link struct {
	URL, Type, Description string
	at                     schema.Position
}

// Object is a schema object: a topic.
type Object struct {
	Name, PhysicalName, BusinessName string
	Description                      string
	Tags                             []string
	Links                            []Link
	Properties                       []Property
	at                               schema.Position
	tagsAt                           *value
	path                             string
}

// Property is a field.
type Property struct {
	Name, PhysicalName, BusinessName string
	Description                      string
	Classification                   string
	Tags                             []string
	Links                            []Link
	// Properties are those of an object, or of the items of an array.
	Properties []Property
	at         schema.Position
	tagsAt     *value
	path       string
}

// SLA is a property of the service level agreement. Value is the text of
// whatever value it has.
type SLA struct{ Property, Value, Unit, Element, Driver, Description string }

// Read reads a contract. A text that is none answers *InvalidError with every
// fault found. Members that are not known are no faults.
func Read(data string) (*Document, error) {
	if !utf8.ValidString(data) {
		return nil, invalid(schema.Position{}, "", "the text is not UTF-8")
	}
	root, err := parseYAML(data)
	if err != nil {
		return nil, err
	}
	r := reader{}
	d := r.document(root)
	if len(r.faults) > 0 {
		slices.SortStableFunc(r.faults, func(a, b schema.Fault) int {
			return cmp.Or(cmp.Compare(a.Position.Line, b.Position.Line), cmp.Compare(a.Position.Column, b.Position.Column), cmp.Compare(a.Path, b.Path))
		})
		return nil, &InvalidError{r.faults}
	}
	return d, nil
}

// maxFaults is how many faults are told.
const maxFaults = 100

// reader takes what it knows out of a document and notes what is wrong.
type reader struct{ faults []schema.Fault }

func (r *reader) fault(at schema.Position, path, message string) {
	if len(r.faults) < maxFaults {
		r.faults = append(r.faults, schema.Fault{Path: path, Position: at, Message: message})
	}
}

// want gives a member that is of a kind, nil when it is absent, null or, which
// is a fault, another thing.
func (r *reader) want(v *value, path, name string, k kind) *value {
	x := v.get(name)
	if x == nil || x.kind == null {
		return nil
	}
	if x.kind != k {
		r.fault(x.at, join(path, name), "it is "+x.kind.String()+", and should be "+k.String())
		return nil
	}
	return x
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (r *reader) text(v *value, path, name string) string {
	if x := r.want(v, path, name, text); x != nil {
		return x.text
	}
	return ""
}

// must gives a text that has to be there.
func (r *reader) must(v *value, path, name string) string {
	x := v.get(name)
	if x == nil || x.kind == null || x.kind == text && x.text == "" {
		r.fault(v.at, join(path, name), "the member is missing")
		return ""
	}
	return r.text(v, path, name)
}

func (r *reader) texts(v *value, path, name string) []string {
	x := r.want(v, path, name, list)
	if x == nil {
		return nil
	}
	var out []string
	for i, item := range x.items {
		if item.kind != text {
			r.fault(item.at, index(join(path, name), i), "it is "+item.kind.String()+", and should be a text")
			continue
		}
		if item.text != "" && !slices.Contains(out, item.text) {
			out = append(out, item.text)
		}
	}
	return out
}

func index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// each calls read with every object of a list.
func (r *reader) each(v *value, path, name string, read func(item *value, path string)) {
	x := r.want(v, path, name, list)
	if x == nil {
		return
	}
	for i, item := range x.items {
		at := index(join(path, name), i)
		if item.kind != object {
			r.fault(item.at, at, "it is "+item.kind.String()+", and should be an object")
			continue
		}
		read(item, at)
	}
}

func (r *reader) document(root *value) *Document {
	if root.kind != object {
		r.fault(root.at, "", "a contract is an object")
		return nil
	}
	d := &Document{
		root:   root,
		ID:     r.must(root, "", "id"),
		Name:   r.text(root, "", "name"),
		Status: r.must(root, "", "status"), Standard: r.must(root, "", "apiVersion"),
		Domain: r.text(root, "", "domain"), DataProduct: r.text(root, "", "dataProduct"),
		Tags: r.texts(root, "", "tags"), Links: r.links(root, ""), SLA: r.sla(root),
	}
	// A version that looks like a number is one to YAML.
	if x := root.get("version"); x != nil && x.kind == number {
		d.Version = x.text
	} else {
		d.Version = r.must(root, "", "version")
	}
	if k := r.must(root, "", "kind"); k != "" && k != "DataContract" {
		r.fault(root.get("kind").at, "kind", "the kind of a contract is DataContract")
	}
	if d.Standard != "" && !slices.Contains(standards, d.Standard) {
		r.fault(root.get("apiVersion").at, "apiVersion", "the version "+strconv.Quote(d.Standard)+" of the standard is not known")
	}
	if x := r.want(root, "", "description", object); x != nil {
		d.Description = Description{
			r.text(x, "description", "purpose"), r.text(x, "description", "usage"), r.text(x, "description", "limitations"),
		}
	}
	d.Team = r.team(root)
	r.each(root, "", "schema", func(item *value, path string) { d.Objects = append(d.Objects, r.object(item, path)) })
	r.each(root, "", "customProperties", func(item *value, path string) {
		if item.string("property") == "subject" {
			d.Subject = item.string("value")
		}
	})
	return d
}

// team reads the team, which before 3.1 was the list of its members.
func (r *reader) team(root *value) Team {
	var t Team
	x := root.get("team")
	if x == nil || x.kind == null {
		return t
	}
	member := func(item *value, path string) {
		t.Members = append(t.Members, Member{
			Username: r.must(item, path, "username"), Name: r.text(item, path, "name"), Role: r.text(item, path, "role"),
		})
	}
	if x.kind == list {
		r.each(root, "", "team", member)
		return t
	}
	if x = r.want(root, "", "team", object); x == nil {
		return t
	}
	t.Name, t.Description = r.text(x, "team", "name"), r.text(x, "team", "description")
	r.each(x, "team", "members", member)
	return t
}

func (r *reader) links(v *value, path string) []Link {
	var out []Link
	r.each(v, path, "authoritativeDefinitions", func(item *value, path string) {
		out = append(out, Link{
			URL: r.must(item, path, "url"), Type: r.must(item, path, "type"), Description: r.text(item, path, "description"), at: item.at,
		})
	})
	return out
}

func (r *reader) sla(root *value) []SLA {
	var out []SLA
	r.each(root, "", "slaProperties", func(item *value, path string) {
		s := SLA{
			Property: r.must(item, path, "property"), Unit: r.text(item, path, "unit"),
			Element: r.text(item, path, "element"), Driver: r.text(item, path, "driver"), Description: r.text(item, path, "description"),
		}
		switch v := item.get("value"); {
		case v == nil:
			r.fault(item.at, join(path, "value"), "the member is missing")
		case v.kind == list, v.kind == object:
			r.fault(v.at, join(path, "value"), "it is "+v.kind.String()+", and should be a single value")
		default:
			s.Value = v.text
		}
		out = append(out, s)
	})
	return out
}

func (r *reader) object(v *value, path string) Object {
	return Object{
		Name: r.must(v, path, "name"), PhysicalName: r.text(v, path, "physicalName"), BusinessName: r.text(v, path, "businessName"),
		Description: r.text(v, path, "description"), Tags: r.texts(v, path, "tags"), Links: r.links(v, path),
		Properties: r.properties(v, path), at: v.at, tagsAt: v.get("tags"), path: path,
	}
}

// properties reads the properties of an object, or of the items of an array.
func (r *reader) properties(v *value, path string) []Property {
	var out []Property
	r.each(v, path, "properties", func(item *value, path string) {
		p := Property{
			Name: r.must(item, path, "name"), PhysicalName: r.text(item, path, "physicalName"), BusinessName: r.text(item, path, "businessName"),
			Description: r.text(item, path, "description"), Classification: r.text(item, path, "classification"),
			Tags: r.texts(item, path, "tags"), Links: r.links(item, path), at: item.at, tagsAt: item.get("tags"), path: path,
		}
		p.Properties = r.properties(item, path)
		inner, at := item, path
		for len(p.Properties) == 0 {
			at = join(at, "items")
			if inner = r.want(inner, at, "items", object); inner == nil {
				break
			}
			p.Properties = r.properties(inner, at)
		}
		out = append(out, p)
	})
	return out
}
