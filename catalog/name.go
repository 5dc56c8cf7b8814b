package catalog

import (
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters a name may have (catalog-api.md section 1).
const maxName = 8192

// IsTagName says that a tag may have a name.
func IsTagName(name string) bool { return checkName(Ref{Kind: KindTag, Name: name}) == nil }

// checkName checks the name of a definition. Those of tags and business
// metadata follow the wire's rule (catalog-api.md section 2): a letter, then
// letters, digits, "_" or white space. People's own words, teams and addresses
// do not; they need only be texts without control characters.
func checkName(ref Ref) error {
	bad := func(message string) error {
		return &InvalidError{Reason: BadName, Ref: ref, Path: []string{"name"}, Message: message}
	}
	name := ref.Name
	if name == "" || !utf8.ValidString(name) {
		return bad("a name is wanted, of valid UTF-8")
	}
	if utf8.RuneCountInString(name) > maxName {
		return bad("the name is longer than 8192 characters")
	}
	for i, c := range name {
		if !ref.Kind.hasDefinitionRow() {
			if unicode.IsControl(c) {
				return bad("a name has no control characters")
			}
			continue
		}
		if !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c) && c != '_' && !unicode.IsSpace(c)) {
			return bad("the name " + name + " is not a letter followed by letters, digits, underscores and spaces")
		}
	}
	return nil
}
