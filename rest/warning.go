package rest

import "github.com/weir-registry/weir/compat"

// Warnings stand in the structured twin of a compatibility check and nowhere
// else: what the verdict lets pass and what may do harm all the same.
//
//	"warnings":[
//	  {"rule":"LOGICAL_TYPE_CHANGED","path":"/fields/0/type/logicalType","category":"WIRE","confidence":"certain",
//	   "versions":[2,1],"direction":"both","line":1,"column":44,"old":"...","new":"...","detail":"...","hint":"Certain: ..."}],
//	"warningsCut":true
//
// versions are those that it is about, none for a fault of the new schema
// alone; direction is that of a difference, or both, or absent where nobody's
// reading is meant. warningsCut says that a limit ended the list. Both keys are
// absent where there is nothing to say.

func appendWarnings(b []byte, r *compat.Result, first *bool) []byte {
	if len(r.Warnings) > 0 {
		b = appendList(appendName(b, "warnings", first), r.Warnings, appendWarning)
	}
	if r.WarningsCut {
		b = appendBool(appendName(b, "warningsCut", first), true)
	}
	return b
}

func appendWarning(b []byte, w compat.Warning) []byte {
	b = append(b, `{"rule":`...)
	b = appendText(b, w.Code)
	b = append(b, `,"path":`...)
	b = appendText(b, w.Path)
	first := false
	b = appendNonEmpty(b, "category", string(w.Category), &first)
	b = appendNonEmpty(b, "confidence", string(w.Confidence), &first)
	if len(w.Versions) > 0 {
		b = appendInts(appendName(b, "versions", &first), w.Versions)
	}
	switch {
	case w.Backward && w.Forward:
		b = appendNonEmpty(b, "direction", "both", &first)
	case w.Backward:
		b = appendNonEmpty(b, "direction", "backward", &first)
	case w.Forward:
		b = appendNonEmpty(b, "direction", "forward", &first)
	}
	b = appendPlace(b, w.Position, &first)
	b = appendNonEmpty(b, "old", w.Old, &first)
	b = appendNonEmpty(b, "new", w.New, &first)
	b = appendNonEmpty(b, "detail", w.Info, &first)
	b = appendNonEmpty(b, "hint", w.Hint, &first)
	return append(b, '}')
}
