package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"unicode/utf8"
)

// editing is an Edit under way.
type editing struct {
	*plan
	step *Edit
	t    *thing
}

// edit changes what is said of one entity.
func (p *plan) edit(step *Edit) error {
	ref := step.Ref
	if !p.exists(ref) {
		return &NotFoundError{ref}
	}
	if have := p.view.said.get(ref).version; step.ExpectedVersion != nil && *step.ExpectedVersion != have {
		return &StaleError{Ref: ref, Expected: *step.ExpectedVersion, Have: have}
	}
	e := &editing{plan: p, step: step, t: p.said.get(ref)}
	for _, change := range []func() error{
		e.clear, e.description, e.removals, e.tags, e.terms, e.owners, e.links, e.domain, e.deprecation, e.metadata, e.attributes,
	} {
		if err := change(); err != nil {
			return err
		}
	}
	p.set(e.t)
	return nil
}

// exists says whether there is something of which things can be said: an entity
// that schemas tell of, a definition, or an orphan of which something is said.
func (p *plan) exists(ref Ref) bool { return p.said.speaksOf(ref) || p.view.exists(ref) }

func (e *editing) key(part Part, item string) AnnotationKey {
	return AnnotationKey{Entity: e.step.Ref, Part: part, Item: item, Source: e.command.Source, Set: e.command.Set}
}

// say puts a row. One that says so already stays as it is, with who said it
// and when.
func (e *editing) say(part Part, item string, value any) {
	key, text := e.key(part, item), document(value)
	e.again[key] = struct{}{}
	if old := e.t.row(key); old == nil || string(old.Value) != string(text) {
		e.t = e.t.with(AnnotationRow{AnnotationKey: key, Value: text, By: e.by, At: e.at})
	}
}

// unsay takes a row back; it says whether there was one.
func (e *editing) unsay(part Part, item string) bool {
	key := e.key(part, item)
	delete(e.again, key)
	old := e.t.row(key)
	e.t = e.t.without(key)
	return old != nil
}

// unsayAll takes back the rows of a part but for some items.
func (e *editing) unsayAll(part Part, but ...string) {
	for _, r := range e.t.rows {
		if r.Part == part && r.Source == e.command.Source && r.Set == e.command.Set && !slices.Contains(but, r.Item) {
			e.unsay(part, r.Item)
		}
	}
}

func (e *editing) invalid(reason Reason, message string, path ...string) error {
	return &InvalidError{Reason: reason, Ref: e.step.Ref, Path: path, Message: message}
}

func (e *editing) clear() error {
	for _, part := range e.step.Clear {
		if !slices.Contains(partOrder[:], part) {
			return e.invalid(BadValue, "there is no part named "+string(part), "clear")
		}
		e.unsayAll(part)
	}
	return nil
}

func (e *editing) description() error {
	return e.text(PartDescription, "", e.step.Description, "description")
}

// text sets a text; an empty one clears it.
func (e *editing) text(part Part, item string, value *string, path ...string) error {
	switch {
	case value == nil:
	case *value == "":
		e.unsay(part, item)
	case !utf8.ValidString(*value) || len(*value) > maxText:
		return e.invalid(BadValue, "a text of valid UTF-8 is wanted, of at most 65536 bytes", path...)
	default:
		e.say(part, item, *value)
	}
	return nil
}

// maxText is the longest text that is kept.
const maxText = 1 << 16

// removals takes back tags, terms and business metadata: what this source said.
func (e *editing) removals() error {
	for _, list := range []struct {
		part  Part
		kind  Kind
		items []string
	}{
		{PartTag, KindTag, e.step.RemoveTags},
		{PartTerm, KindTerm, e.step.RemoveTerms},
		{PartMetadata, KindBusinessMetadata, e.step.RemoveMetadata},
	} {
		for _, item := range list.items {
			if e.unsay(list.part, item) {
				continue
			}
			if list.part == PartTag && e.derivedTag(item) {
				return e.invalid(Derived, "the tag "+item+" is in the schema: register a version without it", "removeTags", item)
			}
			return &AbsentError{Ref: Ref{Kind: list.kind, Name: item}, On: e.step.Ref}
		}
	}
	return nil
}

// derivedTag says whether a schema or its contract puts a tag on the entity.
func (e *editing) derivedTag(name string) bool {
	entity, err := e.view.Entity(e.ctx, e.step.Ref)
	return err == nil && slices.ContainsFunc(entity.Tags, func(t TagAssignment) bool {
		return t.Name == name && (t.Source == FromInline || t.Source == FromContract)
	})
}

func (e *editing) tags() error {
	for _, tag := range e.step.PutTags {
		if e.step.Create && e.t.row(e.key(PartTag, tag.Name)) != nil {
			return &ExistsError{Ref: Ref{Kind: KindTag, Name: tag.Name}, On: e.step.Ref}
		}
		d, ok := e.definition(Ref{Kind: KindTag, Name: tag.Name}).(*TagDefinition)
		if !ok {
			return &UnknownTypeError{KindTag, tag.Name}
		}
		if !e.step.Ref.Kind.among(d.EntityTypes) {
			return e.invalid(NotApplicable, "the tag "+tag.Name+" is not for a "+string(e.step.Ref.Kind), "tags", tag.Name)
		}
		values := map[string]json.RawMessage{}
		if len(tag.Attributes) > 0 {
			if err := json.Unmarshal(tag.Attributes, &values); err != nil {
				return e.invalid(BadValue, "the attributes of the tag "+tag.Name+" are not a JSON object", "tags", tag.Name, "attributes")
			}
		}
		values, err := checkValues(e.step.Ref, d.Attributes, values, "tags", tag.Name, "attributes")
		if err != nil {
			return err
		}
		e.say(PartTag, tag.Name, values)
	}
	return nil
}

func (e *editing) metadata() error {
	for _, m := range e.step.Metadata {
		d, ok := e.definition(Ref{Kind: KindBusinessMetadata, Name: m.Definition}).(*MetadataDefinition)
		if !ok {
			return &UnknownTypeError{KindBusinessMetadata, m.Definition}
		}
		path := []string{"businessMetadata", m.Definition}
		if len(d.AppliesTo) > 0 && !e.step.Ref.Kind.among(d.AppliesTo) {
			return e.invalid(NotApplicable, "the business metadata "+m.Definition+" is not for a "+string(e.step.Ref.Kind), path...)
		}
		values, err := checkValues(e.step.Ref, d.Attributes, m.Values, append(path, "attributes")...)
		if err != nil {
			return err
		}
		e.say(PartMetadata, m.Definition, values)
	}
	return nil
}

// definition gives a definition as the steps so far left it, or the stub of an
// inline tag; nil for none.
func (p *plan) definition(ref Ref) Definition {
	if d := p.said.definition(ref); d != nil {
		return d
	}
	if ref.Kind == KindTag && ref.Name != "" && p.view.exists(ref) && p.view.said.definition(ref) == nil {
		return &TagDefinition{Name: ref.Name, EntityTypes: []string{anyType}}
	}
	return nil
}

func (e *editing) attributes() error {
	for _, name := range slices.Sorted(maps.Keys(e.step.Attributes)) {
		if name == "" || !utf8.ValidString(name) || len(name) > maxName {
			return e.invalid(BadName, "an attribute needs a name", "attributes", name)
		}
		text := e.step.Attributes[name]
		if err := e.text(PartAttribute, name, &text, "attributes", name); err != nil {
			return err
		}
	}
	return nil
}
