package catalog

import (
	"encoding/json"
	"strings"

	"github.com/weir-registry/weir/feed"
)

// What a command writes. Key of their changes is EntityKey of the entity: all
// that is said of one entity is one key, claimed as a whole.
type (
	// PutEntity writes an entity's row: its definition, or only its Version.
	PutEntity struct {
		Row    EntityRow
		Before json.RawMessage // the EntityRow before, nil for none
	}
	// PutAnnotation says a thing, in place of what the same key said.
	PutAnnotation struct {
		Row    AnnotationRow
		Before json.RawMessage // the AnnotationRow before, nil for none
	}
	// DeleteAnnotation takes it back.
	DeleteAnnotation struct {
		Key    AnnotationKey
		Before json.RawMessage
	}
	// PutDefinition writes a tag or business metadata definition.
	PutDefinition struct {
		Row    DefinitionRow
		Before json.RawMessage
	}
	// DeleteDefinition takes one away.
	DeleteDefinition struct {
		Ref    Ref
		Before json.RawMessage
	}
)

// The kinds of the catalog's changes.
const (
	ChangePutEntity        = "catalog.entity.put"
	ChangePutAnnotation    = "catalog.annotation.put"
	ChangeDeleteAnnotation = "catalog.annotation.delete"
	ChangePutDefinition    = "catalog.definition.put"
	ChangeDeleteDefinition = "catalog.definition.delete"
)

const entityKey = "entity "

// EntityKey is the key of an entity in the change log.
func EntityKey(r Ref) string { return entityKey + r.String() }

// refOfKey reads an EntityKey.
func refOfKey(key string) (Ref, bool) {
	text, ok := strings.CutPrefix(key, entityKey)
	if !ok {
		return Ref{}, false
	}
	ref, err := ParseRef(text)
	return ref, err == nil
}

// UsesKey stands for "somebody uses this definition": who begins to use one
// touches it, who removes one reads it.
func UsesKey(definition Ref) string { return "uses " + definition.String() }

// Change gives the rows before and after.
func (w PutEntity) Change() feed.Change {
	return feed.Change{Kind: ChangePutEntity, Key: EntityKey(w.Row.Ref), Before: w.Before, After: document(w.Row)}
}

// Change gives the rows before and after.
func (w PutAnnotation) Change() feed.Change {
	return feed.Change{Kind: ChangePutAnnotation, Key: EntityKey(w.Row.Entity), Before: w.Before, After: document(w.Row)}
}

// Change gives the row before.
func (w DeleteAnnotation) Change() feed.Change {
	return feed.Change{Kind: ChangeDeleteAnnotation, Key: EntityKey(w.Key.Entity), Before: w.Before}
}

// Change gives the definitions before and after.
func (w PutDefinition) Change() feed.Change {
	return feed.Change{Kind: ChangePutDefinition, Key: EntityKey(w.Row.Ref), Before: w.Before, After: w.Row.Document}
}

// Change gives the definition before.
func (w DeleteDefinition) Change() feed.Change {
	return feed.Change{Kind: ChangeDeleteDefinition, Key: EntityKey(w.Ref), Before: w.Before}
}

// document writes a row or a definition as it stands in rows and in the log:
// what is read from it and written again is the same.
func document(row any) json.RawMessage {
	data, err := json.Marshal(row)
	if err != nil {
		panic("catalog: " + err.Error()) // Do has let only JSON into raw messages
	}
	return data
}
