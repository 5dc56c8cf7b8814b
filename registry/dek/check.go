package dek

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/weir-registry/weir/registry"
)

// maxName is the length of a KEK's name in UTF-16 units.
const maxName = 256

// validName is the rule for names of KEKs: first a letter or an underscore,
// then letters, digits, underscores and hyphens of any script, none outside
// the basic plane.
func validName(name string) bool {
	if n := len(utf16.Encode([]rune(name))); n == 0 || n > maxName {
		return false
	}
	for i, r := range name {
		letter := r <= 0xFFFF && (unicode.IsLetter(r) || r == '_')
		rest := r <= 0xFFFF && (unicode.IsDigit(r) || r == '-')
		if !letter && (i == 0 || !rest) {
			return false
		}
	}
	return true
}

// keyIDForms are the beginnings that the key ids of known KMS types have.
var keyIDForms = map[string][]string{
	"aws-kms":   {"arn:aws:kms:"},
	"azure-kms": {"https://"},
	"gcp-kms":   {"projects/"},
	"hcvault":   {"https://", "http://"},
}

func validKeyID(kmsType, id string) bool {
	forms, known := keyIDForms[kmsType]
	if !known {
		return true
	}
	for _, form := range forms {
		if strings.HasPrefix(id, form) {
			return true
		}
	}
	return false
}

// canonicalType folds the spellings of the three cloud types.
func canonicalType(kmsType string) string {
	lower := strings.ToLower(kmsType)
	for _, cloud := range []string{"aws", "azure", "gcp"} {
		if strings.HasPrefix(lower, cloud) {
			return cloud + "-kms"
		}
	}
	return kmsType
}

// kek judges the body of a creation and gives the KEK that it asks for.
func (c CreateKek) kek() (Kek, error) {
	switch {
	case c.Name == nil || !validName(*c.Name):
		return Kek{}, invalid("name")
	case c.KMSKeyID == nil || *c.KMSKeyID == "":
		return Kek{}, invalid("kmsKeyId")
	case c.KMSType == nil:
		return Kek{}, invalid("kmsType")
	case !validKeyID(*c.KMSType, *c.KMSKeyID):
		return Kek{}, invalid("kmsKeyId")
	}
	props := c.KMSProps
	if props == nil {
		props = map[string]*string{}
	}
	return Kek{
		Name: *c.Name, KMSType: canonicalType(*c.KMSType), KMSKeyID: *c.KMSKeyID,
		KMSProps: props, Doc: c.Doc, Shared: c.Shared, Deleted: c.Deleted,
	}, nil
}

// equal compares all that a client can set, but whether it is deleted.
func (k Kek) equal(o Kek) bool {
	return k.Name == o.Name && k.KMSType == o.KMSType && k.KMSKeyID == o.KMSKeyID && k.Shared == o.Shared &&
		equalText(k.Doc, o.Doc) && maps.EqualFunc(k.KMSProps, o.KMSProps, equalText)
}

func equalText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// parseSubject reads the subject of a DEK: not empty, no control characters.
func parseSubject(text string) (registry.Subject, error) {
	if text == "" {
		return registry.Subject{}, invalid("subject")
	}
	for _, r := range text {
		if r <= 0x1F || r >= 0x7F && r <= 0x9F {
			return registry.Subject{}, invalid("subject")
		}
	}
	return registry.ParseSubject(text), nil
}
