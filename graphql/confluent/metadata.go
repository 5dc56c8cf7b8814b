package confluent

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/catalog/confluent"
)

// hasMetadata makes the predicate of the business_metadata argument: all that
// it names must be on the entity, with the value where one is given.
func hasMetadata(wanted []map[string]any) predicate {
	var all []predicate
	for _, w := range wanted {
		name, _ := w["name"].(string)
		want, given := w["value"]
		given = given && want != nil
		all = append(all, func(e *confluent.Entity) bool {
			for _, m := range e.Metadata {
				attribute, ok := strings.CutPrefix(name, m.Definition+".")
				if !ok {
					continue
				}
				if have, ok := m.Values[attribute]; ok && (!given || sameValue(have, want)) {
					return true
				}
			}
			return false
		})
	}
	return every(all)
}

// sameValue says whether a value that is kept and one that is asked for are the
// same to a person: Terraform keeps numbers and booleans as texts, so that "5"
// and 5 are.
func sameValue(have json.RawMessage, want any) bool {
	text, err := json.Marshal(want)
	return err == nil && bytes.Equal(unquoted(have), unquoted(text))
}

// unquoted is what a JSON string says, or any other value as it is written.
func unquoted(value json.RawMessage) []byte {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return []byte(text)
	}
	return bytes.TrimSpace(value)
}
