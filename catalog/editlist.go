package catalog

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// The parts of an Edit that speak of people, words and pages.

func (e *editing) terms() error {
	for _, name := range e.step.PutTerms {
		if e.definition(Ref{Kind: KindTerm, Name: name}) == nil {
			return &UnknownTypeError{KindTerm, name}
		}
		e.say(PartTerm, name, struct{}{})
	}
	return nil
}

func (e *editing) owners() error {
	if e.step.Owners == nil {
		return nil
	}
	var items []string
	for _, o := range *e.step.Owners {
		if o.Role == "" {
			o.Role = Owner
		}
		if !slices.Contains(ownerOrder[:], o.Role) {
			return e.invalid(BadValue, "there is no role named "+string(o.Role), "owners")
		}
		if o.Owner.Kind != KindTeam && o.Owner.Kind != KindPerson {
			return e.invalid(BadValue, "an owner is a team or a person", "owners")
		}
		if e.definition(o.Owner) == nil {
			return &UnknownTypeError{o.Owner.Kind, o.Owner.Name}
		}
		items = append(items, ownerItem(o))
	}
	e.unsayAll(PartOwner, items...)
	for _, item := range items {
		e.say(PartOwner, item, struct{}{})
	}
	return nil
}

func (e *editing) links() error {
	if e.step.Links == nil {
		return nil
	}
	urls := make([]string, 0, len(*e.step.Links))
	for _, l := range *e.step.Links {
		if err := checkLink(e.step.Ref, l, "links"); err != nil {
			return err
		}
		if slices.Contains(urls, l.URL) {
			return e.invalid(BadValue, "the link "+l.URL+" stands there twice", "links")
		}
		urls = append(urls, l.URL)
	}
	e.unsayAll(PartLink, urls...)
	for i, l := range *e.step.Links {
		e.say(PartLink, l.URL, storedLink{Title: l.Title, Position: i})
	}
	return nil
}

// checkLink refuses what a page must not offer to click on: addresses that are
// none, and those that are programs.
func checkLink(ref Ref, l Link, path ...string) error {
	u, err := url.Parse(l.URL)
	scheme := ""
	if err == nil {
		scheme = strings.ToLower(u.Scheme)
	}
	switch {
	case scheme == "" || len(l.URL) > maxName || !utf8.ValidString(l.URL):
		return &InvalidError{Reason: BadValue, Ref: ref, Path: path, Message: "a link needs a whole address, such as https://example.com"}
	case scheme == "javascript" || scheme == "data" || scheme == "vbscript":
		return &InvalidError{Reason: BadValue, Ref: ref, Path: path, Message: "a link may not be a " + scheme + " address"}
	case !utf8.ValidString(l.Title) || len(l.Title) > maxText:
		return &InvalidError{Reason: BadValue, Ref: ref, Path: path, Message: "the title of a link is not UTF-8, or too long"}
	}
	return nil
}

func (e *editing) domain() error {
	if d := e.step.Domain; d != nil && *d != "" && e.definition(Ref{Kind: KindDomain, Name: *d}) == nil {
		return &UnknownTypeError{KindDomain, *d}
	}
	return e.text(PartDomain, "", e.step.Domain, "domain")
}

func (e *editing) deprecation() error {
	if e.step.Undeprecate {
		e.unsay(PartDeprecation, "")
	}
	d := e.step.Deprecation
	if d == nil {
		return nil
	}
	if !utf8.ValidString(d.Reason) || len(d.Reason) > maxText {
		return e.invalid(BadValue, "the reason is not UTF-8, or too long", "deprecation", "reason")
	}
	if r := d.Replacement; !r.IsZero() {
		if r == e.step.Ref {
			return e.invalid(Cycle, "nothing replaces itself", "deprecation", "replacement")
		}
		if !e.exists(r) {
			return &NotFoundError{r}
		}
	}
	value := storedDeprecation{Since: e.at, DeprecationValue: *d}
	if old := e.t.row(e.key(PartDeprecation, "")); old != nil {
		value.Since = old.deprecation().Since
	}
	e.say(PartDeprecation, "", value)
	return nil
}
