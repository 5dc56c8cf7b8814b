package declare

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/weir-registry/weir/catalog"
)

// statement is what is said of a thing, beside what it is.
type statement struct {
	description string
	owners      []catalog.OwnerValue
	tags        []catalog.TagValue
	terms       []string
	domain      string
	deprecation *catalog.DeprecationValue
	links       []catalog.Link
	metadata    []catalog.MetadataValue
	attributes  map[string]string
}

// statement reads the members of a spec that any kind may have. The
// description of a tag and of business metadata belongs to their definition.
func (r *reader) statement(ref catalog.Ref, o *fields) statement {
	var s statement
	if !describesItself(ref.Kind) {
		s.description = o.text("description")
	}
	for _, v := range o.list("owners") {
		if owner, ok := r.owner(v); ok && slices.Contains(s.owners, owner) {
			r.faults.add(v.Place, Twice, "the owner %s is given twice", owner.Owner.Name)
		} else if ok {
			s.owners = append(s.owners, owner)
		}
	}
	for _, v := range o.list("tags") {
		tag := r.tag(v)
		if slices.ContainsFunc(s.tags, func(t catalog.TagValue) bool { return t.Name == tag.Name }) {
			r.faults.add(v.Place, Twice, "the tag %s is given twice", tag.Name)
			continue
		}
		s.tags = append(s.tags, tag)
	}
	s.terms = o.names("terms", catalog.KindTerm)
	s.domain = o.named("domain", catalog.KindDomain)
	s.deprecation = r.deprecation(o)
	s.links = r.links("links", o)
	for _, m := range o.members("businessMetadata") {
		r.refer(m.Place, catalog.Ref{Kind: catalog.KindBusinessMetadata, Name: m.name})
		s.metadata = append(s.metadata, catalog.MetadataValue{Definition: m.name, Values: r.values(m.value)})
	}
	s.attributes = o.textMap("attributes")
	return s
}

// describesItself says that a kind's description is part of its definition.
func describesItself(k catalog.Kind) bool {
	return k == catalog.KindTag || k == catalog.KindBusinessMetadata
}

var roles = []string{string(catalog.Owner), string(catalog.Steward), string(catalog.Contact), string(catalog.OnCall)}

func (r *reader) owner(v value) (_ catalog.OwnerValue, ok bool) {
	o := r.object(v, "an owner")
	defer o.done()
	owner := catalog.OwnerValue{Role: catalog.Owner}
	team, person := o.text("team"), o.text("person")
	if role := o.text("role"); role != "" {
		owner.Role = catalog.OwnerRole(role)
		if !slices.Contains(roles, role) {
			r.faults.add(o.place("role"), BadValue, "there is no role %s; there are OWNER, STEWARD, CONTACT, ON_CALL", role)
		}
	}
	switch {
	case !o.given:
		return owner, false
	case team != "" && person == "":
		owner.Owner = catalog.Ref{Kind: catalog.KindTeam, Name: team}
		r.refer(o.place("team"), owner.Owner)
	case person != "" && team == "":
		owner.Owner = catalog.Ref{Kind: catalog.KindPerson, Name: person}
		r.refer(o.place("person"), owner.Owner)
	default:
		r.faults.add(v.Place, BadValue, "an owner is a team or a person")
		return owner, false
	}
	return owner, true
}

// tag reads a tag: its name, or an object with its attributes.
func (r *reader) tag(v value) catalog.TagValue {
	if v.kind == text {
		r.refer(v.Place, catalog.Ref{Kind: catalog.KindTag, Name: v.text})
		if v.text == "" {
			r.faults.add(v.Place, BadValue, "the name of a tag is empty")
		}
		return catalog.TagValue{Name: v.text}
	}
	o := r.object(v, "a tag with attributes")
	defer o.done()
	tag := catalog.TagValue{Name: o.needText("name")}
	r.refer(o.place("name"), catalog.Ref{Kind: catalog.KindTag, Name: tag.Name})
	if attributes, ok := o.typed("attributes", object); ok && len(attributes.members) > 0 {
		tag.Attributes = attributes.sorted().json()
	}
	return tag
}

// values reads values by attribute.
func (r *reader) values(v value) map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	if v.kind != nothing && r.is(v, "business metadata", object) {
		for _, m := range v.members {
			values[m.name] = m.value.sorted().json()
		}
	}
	return values
}

func (r *reader) deprecation(o *fields) *catalog.DeprecationValue {
	v, ok := o.take("deprecation")
	if !ok {
		return nil
	}
	d := &catalog.DeprecationValue{}
	if v.kind == nothing {
		return d
	}
	of := r.object(v, "a deprecation")
	defer of.done()
	d.Reason = of.text("reason")
	if until := of.text("until"); until != "" {
		at, err := time.Parse(time.RFC3339Nano, until)
		if err != nil {
			at, err = time.Parse(time.DateOnly, until)
		}
		if err != nil {
			r.faults.add(of.place("until"), BadValue, "until is a day or a time of RFC 3339, not %s", until)
		}
		d.Until = at.UnixMicro()
	}
	if replacement, ok := of.take("replacement"); ok {
		d.Replacement = r.entityRef(replacement)
	}
	return d
}

func (r *reader) links(name string, o *fields) []catalog.Link {
	var links []catalog.Link
	for _, v := range o.list(name) {
		of := r.object(v, "a link")
		link := catalog.Link{Title: of.text("title"), URL: of.needText("url")}
		of.done()
		if slices.ContainsFunc(links, func(l catalog.Link) bool { return l.URL == link.URL }) {
			r.faults.add(v.Place, Twice, "the link %s is given twice", link.URL)
			continue
		}
		links = append(links, link)
	}
	return links
}

// into writes what statement reads.
func (s *statement) into(spec *value) {
	spec.putText("description", s.description)
	owners := value{kind: list}
	for _, o := range s.owners {
		v := value{kind: object}
		if o.Owner.Kind == catalog.KindTeam {
			v.put("team", textValue(o.Owner.Name))
		} else {
			v.put("person", textValue(o.Owner.Name))
		}
		if o.Role != catalog.Owner {
			v.put("role", textValue(string(o.Role)))
		}
		owners.list = append(owners.list, v)
	}
	spec.put("owners", owners)
	tags := value{kind: list}
	for _, t := range s.tags {
		tags.list = append(tags.list, tagValue(t))
	}
	spec.put("tags", tags)
	spec.put("terms", textsValue(s.terms))
	spec.putText("domain", s.domain)
	if s.deprecation != nil {
		// It says something even when it is empty.
		spec.members = append(spec.members, member{name: "deprecation", value: deprecationValue(s.deprecation)})
	}
	spec.put("links", linksValue(s.links))
	metadata := value{kind: object}
	for _, m := range s.metadata {
		values := value{kind: object}
		for _, name := range slices.Sorted(maps.Keys(m.Values)) {
			values.members = append(values.members, member{name: name, value: kept(m.Values[name])})
		}
		metadata.members = append(metadata.members, member{name: m.Definition, value: values})
	}
	spec.put("businessMetadata", metadata)
	spec.put("attributes", textMapValue(s.attributes))
}

// kept reads JSON that the catalog keeps, and has checked.
func kept(data json.RawMessage) value {
	v, _ := fromJSON(data)
	return v
}

func tagValue(t catalog.TagValue) value {
	attributes := kept(t.Attributes)
	if len(attributes.members) == 0 {
		return textValue(t.Name)
	}
	v := value{kind: object}
	v.put("name", textValue(t.Name))
	v.put("attributes", attributes)
	return v
}

func deprecationValue(d *catalog.DeprecationValue) value {
	v := value{kind: object}
	v.putText("reason", d.Reason)
	if d.Until != 0 {
		at := time.UnixMicro(d.Until).UTC()
		if at.Equal(at.Truncate(24 * time.Hour)) {
			v.putText("until", at.Format(time.DateOnly))
		} else {
			v.putText("until", at.Format(time.RFC3339Nano))
		}
	}
	if !d.Replacement.IsZero() {
		v.put("replacement", entityRefValue(d.Replacement))
	}
	return v
}

func linksValue(links []catalog.Link) value {
	v := value{kind: list}
	for _, l := range links {
		of := value{kind: object}
		of.putText("title", l.Title)
		of.put("url", textValue(l.URL))
		v.list = append(v.list, of)
	}
	return v
}

func textMapValue(m map[string]string) value {
	v := value{kind: object}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		v.members = append(v.members, member{name: name, value: textValue(m[name])})
	}
	return v
}
