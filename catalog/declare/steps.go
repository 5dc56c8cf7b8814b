package declare

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Options are how documents are applied.
type Options struct {
	// Set is the named set; empty means "default".
	Set string
	// Prune takes away what the set said before and the documents say no more.
	Prune bool
	// DryRun changes nothing.
	DryRun bool
}

// DefaultSet is the set of those who name none.
const DefaultSet = "default"

// steps are what a command must do so that the set says what its documents say,
// in an order in which everything is there that a step speaks of; of are the
// documents, step by step. Without prune nothing is taken away, also where a
// step replaces a list.
func (d *Documents) steps(ctx context.Context, v *catalog.View, o Options) (steps []catalog.Step, of []*Document) {
	add := func(step catalog.Step, d *Document) {
		steps = append(steps, step)
		of = append(of, d)
	}
	made := map[catalog.Ref]bool{}
	var later []*Document
	for _, one := range d.inOrder() {
		definition := withTypeVersion(ctx, v, one.Definition)
		if term, ok := definition.(*catalog.Term); ok && unmade(ctx, v, made, term.Related) {
			// Terms that speak of each other are made before they do.
			bare := *term
			bare.Related = nil
			definition, later = &bare, append(later, one)
		}
		add(catalog.Put{Definition: definition}, one)
		made[one.Ref] = true
	}
	for _, one := range later {
		add(catalog.Put{Definition: one.Definition}, one)
	}
	for _, one := range d.list {
		said := one.said
		if !o.Prune {
			said = said.with(existing(ctx, v, one.Ref, o.Set))
		}
		if step := said.edit(one.Ref); step != nil {
			add(*step, one)
		}
	}
	return steps, of
}

func (o Options) withDefaults() Options {
	o.Set = cmp.Or(o.Set, DefaultSet)
	return o
}

// inOrder gives the documents with definitions, kind by kind, each after its
// parent.
func (d *Documents) inOrder() []*Document {
	byRef := map[catalog.Ref]*Document{}
	var list []*Document
	for _, one := range d.list {
		if one.Definition != nil {
			byRef[one.Ref] = one
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b *Document) int { return kindIndex(a.Ref.Kind) - kindIndex(b.Ref.Kind) })
	var ordered []*Document
	var visit func(one *Document)
	seen := map[catalog.Ref]bool{}
	visit = func(one *Document) {
		if one == nil || seen[one.Ref] {
			return
		}
		seen[one.Ref] = true
		visit(byRef[catalog.Ref{Kind: one.Ref.Kind, Name: parentOf(one.Definition)}])
		ordered = append(ordered, one)
	}
	for _, one := range list {
		visit(one)
	}
	return ordered
}

func parentOf(d catalog.Definition) string {
	switch d := d.(type) {
	case *catalog.TagDefinition:
		return d.Parent
	case *catalog.Term:
		return d.Parent
	case *catalog.DomainDefinition:
		return d.Parent
	}
	return ""
}

// unmade says that one of the terms is neither there nor made by a step before.
func unmade(ctx context.Context, v *catalog.View, made map[catalog.Ref]bool, terms []string) bool {
	return slices.ContainsFunc(terms, func(name string) bool {
		ref := catalog.Ref{Kind: catalog.KindTerm, Name: name}
		if made[ref] {
			return false
		}
		_, err := v.Definition(ctx, ref)
		return err != nil
	})
}

// withTypeVersion gives a definition the version of its type that it has on the
// wire: documents say nothing of it.
func withTypeVersion(ctx context.Context, v *catalog.View, d catalog.Definition) catalog.Definition {
	old, err := v.Definition(ctx, d.Ref())
	if err != nil {
		return d
	}
	switch d := d.(type) {
	case *catalog.TagDefinition:
		next := *d
		next.TypeVersion = old.(*catalog.TagDefinition).TypeVersion
		return &next
	case *catalog.MetadataDefinition:
		next := *d
		next.TypeVersion = old.(*catalog.MetadataDefinition).TypeVersion
		return &next
	}
	return d
}

// edit is the step that says all of it; nil when there is nothing to say.
func (s *statement) edit(ref catalog.Ref) *catalog.Edit {
	if s.empty() {
		return nil
	}
	e := &catalog.Edit{
		Ref: ref, PutTags: s.tags, PutTerms: s.terms, Deprecation: s.deprecation, Metadata: s.metadata, Attributes: s.attributes,
	}
	if s.description != "" {
		e.Description = &s.description
	}
	if s.domain != "" {
		e.Domain = &s.domain
	}
	if len(s.owners) > 0 {
		e.Owners = &s.owners
	}
	if len(s.links) > 0 {
		e.Links = &s.links
	}
	return e
}

func (s *statement) empty() bool {
	return s.description == "" && s.domain == "" && s.deprecation == nil && len(s.owners) == 0 && len(s.tags) == 0 &&
		len(s.terms) == 0 && len(s.links) == 0 && len(s.metadata) == 0 && len(s.attributes) == 0
}

// with gives the statement with the owners and links of another behind its own.
func (s statement) with(old statement) statement {
	if len(s.owners) > 0 {
		for _, o := range old.owners {
			if !slices.Contains(s.owners, o) {
				s.owners = append(slices.Clip(s.owners), o)
			}
		}
	}
	if len(s.links) > 0 {
		for _, l := range old.links {
			if !slices.ContainsFunc(s.links, func(m catalog.Link) bool { return m.URL == l.URL }) {
				s.links = append(slices.Clip(s.links), l)
			}
		}
	}
	return s
}

// existing is what a set says of an entity.
func existing(ctx context.Context, v *catalog.View, ref catalog.Ref, set string) statement {
	return statementOf(ofSet(v.Annotations(ctx, ref), set))
}

// ofSet gives the rows of a set.
func ofSet(rows []catalog.AnnotationRow, set string) []catalog.AnnotationRow {
	return slices.DeleteFunc(slices.Clone(rows), func(r catalog.AnnotationRow) bool {
		return r.Source != catalog.Declared || r.Set != set
	})
}

// statementOf reads rows. Of several values where there can be one, the first
// counts: rows stand in the order in which they are shown.
func statementOf(rows []catalog.AnnotationRow) statement {
	var s statement
	type placed struct {
		catalog.Link
		position int
	}
	var links []placed
	said := map[[2]string]bool{}
	for _, r := range rows {
		if key := [2]string{string(r.Part), r.Item}; said[key] {
			continue
		} else {
			said[key] = true
		}
		switch r.Part {
		case catalog.PartDescription:
			s.description = kept(r.Value).text
		case catalog.PartOwner:
			s.owners = append(s.owners, ownerOf(r.Item))
		case catalog.PartTag:
			s.tags = append(s.tags, catalog.TagValue{Name: r.Item, Attributes: r.Value})
		case catalog.PartTerm:
			s.terms = append(s.terms, r.Item)
		case catalog.PartDomain:
			s.domain = kept(r.Value).text
		case catalog.PartDeprecation:
			s.deprecation = &catalog.DeprecationValue{}
			_ = json.Unmarshal(r.Value, s.deprecation) // The catalog wrote it.
		case catalog.PartLink:
			v := kept(r.Value)
			title, _ := v.find("title")
			position, _ := v.find("position")
			links = append(links, placed{catalog.Link{Title: title.text, URL: r.Item}, int(position.int())})
		case catalog.PartMetadata:
			m := catalog.MetadataValue{Definition: r.Item}
			_ = json.Unmarshal(r.Value, &m.Values)
			s.metadata = append(s.metadata, m)
		case catalog.PartAttribute:
			if s.attributes == nil {
				s.attributes = map[string]string{}
			}
			s.attributes[r.Item] = kept(r.Value).text
		}
	}
	slices.SortStableFunc(links, func(a, b placed) int { return a.position - b.position })
	for _, l := range links {
		s.links = append(s.links, l.Link)
	}
	return s
}

// ownerOf reads the Item of an OWNER row: role, space, owner.
func ownerOf(item string) catalog.OwnerValue {
	role, owner, _ := strings.Cut(item, " ")
	ref, _ := catalog.ParseRef(owner) // The catalog wrote it.
	return catalog.OwnerValue{Owner: ref, Role: catalog.OwnerRole(role)}
}
