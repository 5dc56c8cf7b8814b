package catalog

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/google/uuid"
)

// mostTags is how many tag definitions there may be (catalog-api.md section 1).
const mostTags = 1000

// put makes a definition or changes it.
func (p *plan) put(step *Put) error {
	if step.Definition == nil {
		return &InvalidError{Reason: BadValue, Message: "a definition is wanted"}
	}
	ref := step.Definition.Ref()
	if err := checkName(ref); err != nil {
		return err
	}
	p.read(ref)
	p.againDefined[ref] = struct{}{}
	old := p.said.definition(ref)
	if step.Create && old != nil {
		return &ExistsError{Ref: ref}
	}
	var have int64
	if before := p.view.said.definition(ref); before != nil {
		have = before.Common().Version
	}
	if step.ExpectedVersion != nil && *step.ExpectedVersion != have {
		return &StaleError{Ref: ref, Expected: *step.ExpectedVersion, Have: have}
	}
	next, err := p.completed(ref, old, step)
	if err != nil {
		return err
	}
	p.own(ref, old, next, step.Definition.Common())
	if old != nil {
		// The same but for who would have changed it when?
		same := *next.Common()
		*next.Common() = *old.Common()
		if sameDefinition(old, next) {
			return nil
		}
		*next.Common() = same
	}
	if ref.Kind == KindTag && old == nil {
		p.alone(UsesKey(Ref{Kind: KindTag}))
		if p.said.tags >= mostTags {
			return &InvalidError{Reason: TooMany, Ref: ref, Message: "there are 1000 tag definitions, and there may be no more"}
		}
	}
	p.set(p.said.get(ref).defined(next))
	return nil
}

// own fills in what all definitions carry. A definition belongs to whoever made
// it: who changes it does not take it over, so that a prune of one set takes
// away nothing that was there before it.
func (p *plan) own(ref Ref, old, next Definition, given *Defined) {
	d := next.Common()
	*d = Defined{
		GUID: guidOf(ref), Source: given.Source, Set: given.Set, Version: 1,
		CreatedBy: p.by, CreatedAt: p.at, UpdatedBy: p.by, UpdatedAt: p.at,
	}
	if d.Source == "" {
		d.Source, d.Set = p.command.Source, p.command.Set
	}
	if old != nil {
		o := old.Common()
		d.Source, d.Set, d.CreatedBy, d.CreatedAt, d.Version = o.Source, o.Set, o.CreatedBy, o.CreatedAt, o.Version+1
	}
}

// guidOf gives the GUID of an entity: made of its name, so that a derived
// entity, the stub of a tag and its definition have one and keep it.
func guidOf(ref Ref) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("weir:"+ref.String())).String()
}

// completed gives the definition that a Put means, checked: a copy of the
// caller's, with the old one's members where it says nothing and may.
func (p *plan) completed(ref Ref, old Definition, step *Put) (Definition, error) {
	if err := checkTexts(ref, step.Definition); err != nil {
		return nil, err
	}
	next, err := decodeDefinition(ref, document(step.Definition))
	if err != nil {
		return nil, &InvalidError{Reason: BadValue, Ref: ref, Message: err.Error()}
	}
	if step.Merge && old != nil {
		merge(old, next)
	}
	switch d := next.(type) {
	case *TagDefinition:
		o, _ := old.(*TagDefinition)
		err = p.completeTag(d, o)
	case *MetadataDefinition:
		o, _ := old.(*MetadataDefinition)
		err = p.completeMetadata(d, o)
	case *Term:
		if err = p.related(ref, KindTerm, "related", d.Related...); err == nil {
			err = p.parent(ref, d.Parent)
		}
	case *DomainDefinition:
		err = p.parent(ref, d.Parent)
	case *DataProduct:
		err = p.outputs(d)
	case *Contract:
		err = p.targets(d)
	case *Team:
		if err = p.related(ref, KindPerson, "members", d.Members...); err != nil {
			break
		}
		for _, l := range d.Contact {
			if err = checkLink(ref, l, "contact"); err != nil {
				break
			}
		}
	}
	return next, err
}

// related checks that the definitions are there that one names.
func (p *plan) related(ref Ref, kind Kind, path string, names ...string) error {
	for i, name := range names {
		other := Ref{Kind: kind, Name: name}
		switch {
		case other == ref:
			return &InvalidError{Reason: Cycle, Ref: ref, Path: []string{path}, Message: "nothing is related to itself"}
		case slices.Contains(names[:i], name):
			return &InvalidError{Reason: BadValue, Ref: ref, Path: []string{path}, Message: name + " stands there twice"}
		case p.definition(other) == nil:
			return &UnknownTypeError{kind, name}
		}
		p.read(other)
	}
	return nil
}

// parent checks the definition above one: it is there, and not below it.
func (p *plan) parent(ref Ref, name string) error {
	if name == "" {
		return nil
	}
	for at := name; at != ""; {
		above := Ref{Kind: ref.Kind, Name: at}
		if above == ref {
			return &InvalidError{Reason: Cycle, Ref: ref, Path: []string{"parent"}, Message: ref.Name + " would stand below itself"}
		}
		d := p.definition(above)
		if d == nil {
			return &UnknownTypeError{ref.Kind, at}
		}
		p.read(above)
		at = parentOf(d)
	}
	return nil
}

// parentOf is the name of the definition above one, empty for none.
func parentOf(d Definition) string {
	switch d := d.(type) {
	case *TagDefinition:
		return d.Parent
	case *Term:
		return d.Parent
	case *DomainDefinition:
		return d.Parent
	}
	return ""
}

// outputs checks what a data product offers, and spells it as Refs are spelt.
func (p *plan) outputs(d *DataProduct) error {
	for i, text := range d.Outputs {
		ref, err := ParseRef(text)
		if err != nil {
			return &InvalidError{Reason: BadValue, Ref: d.Ref(), Path: []string{"outputs"}, Message: err.Error()}
		}
		if !p.exists(ref) {
			return &NotFoundError{ref}
		}
		d.Outputs[i] = ref.String()
	}
	return nil
}

// checkTexts refuses texts that JSON could not keep as they are.
func checkTexts(ref Ref, d Definition) error {
	var texts []string
	switch d := d.(type) {
	case *TagDefinition:
		texts = []string{d.Description, d.ServiceType, d.TypeVersion}
	case *MetadataDefinition:
		texts = []string{d.Description, d.ServiceType, d.TypeVersion}
	case *Term:
		texts = append([]string{d.Definition}, d.Synonyms...)
	case *Person:
		texts = []string{d.Email}
	case *Contract:
		texts = []string{d.Release, d.Status, d.Standard}
		if !utf8.ValidString(d.Text) || len(d.Text) > maxContract {
			return &InvalidError{Reason: TooMany, Ref: ref, Path: []string{"text"}, Message: "the text of a contract is valid UTF-8 of at most 524288 bytes"}
		}
	}
	for _, text := range texts {
		if !utf8.ValidString(text) || len(text) > maxText {
			return &InvalidError{Reason: BadValue, Ref: ref, Message: "a text of valid UTF-8 is wanted, of at most 65536 bytes"}
		}
	}
	for _, a := range attributesOf(d) {
		for _, c := range a.Constraints {
			if !json.Valid(c) {
				return &InvalidError{Reason: BadValue, Ref: ref, Path: []string{"attributeDefs", a.Name}, Message: "a constraint is not JSON"}
			}
		}
	}
	return nil
}
