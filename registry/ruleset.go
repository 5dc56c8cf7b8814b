package registry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// invalidRules is the refusal of a rule set (registry-api.md 13.4).
func invalidRules(format string, args ...any) *Error {
	return refuse(CodeInvalidRules, format, args...)
}

// validate checks a rule set; the first fault found wins: migration, domain,
// encoding rules, each in order.
func (r *RuleSet) validate() error {
	if r == nil {
		return nil
	}
	names := map[string]bool{}
	migration := func(mode string) bool { return slices.Contains([]string{"UPGRADE", "DOWNGRADE", "UPDOWN"}, mode) }
	other := func(mode string) bool { return slices.Contains([]string{"WRITE", "READ", "WRITEREAD"}, mode) }
	for i, list := range r.lists() {
		fits, text := other, "Domain rules can only be WRITE, READ, WRITEREAD"
		switch i {
		case 0:
			fits, text = migration, "Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN"
		case 2:
			text = "Encoding rules can only be WRITE, READ, WRITEREAD"
		}
		for _, rule := range list {
			if rule.Name != nil && names[*rule.Name] {
				return invalidRules("Found rule with duplicate name '%s'", *rule.Name)
			}
			if err := rule.validate(); err != nil {
				return err
			}
			names[*rule.Name] = true
			if !fits(rule.Mode) {
				return invalidRules("%s", text)
			}
		}
	}
	return nil
}

// validate checks a rule by itself.
func (r Rule) validate() error {
	if err := validateRuleName(r.Name); err != nil {
		return err
	}
	if r.Type == nil {
		return invalidRules("Missing rule type")
	}
	if r.Mode != "WRITEREAD" && r.Mode != "UPDOWN" {
		for _, action := range []*string{r.OnSuccess, r.OnFailure} {
			if strings.Contains(value(action, ""), ",") {
				return invalidRules("Multiple actions only valid with WRITEREAD and UPDOWN")
			}
		}
	}
	return nil
}

func validateRuleName(name *string) error {
	if name == nil {
		return invalidRules("Missing rule name")
	}
	if *name == "" {
		return invalidRules("Empty rule name")
	}
	if len(utf16.Encode([]rune(*name))) > 256 {
		return invalidRules("Rule name too long")
	}
	for i, c := range *name {
		if i == 0 && !unicode.IsLetter(c) && c != '_' {
			return invalidRules("Illegal initial character in rule name: %s", *name)
		}
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-' {
			return invalidRules("Illegal character in rule name: %s", *name)
		}
	}
	return nil
}
