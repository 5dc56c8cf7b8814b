package rest

import (
	"errors"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// The structured twin of a compatibility check, weir's own: the verdict with
// every difference by rule, path, place in the text that was sent, the two
// fragments, and the smallest change that would pass. A client asks for it
// with Accept: application/vnd.weir.differences+json.
//
//	{"is_compatible":false,"schemaType":"AVRO","messages":[...],"versions":[
//	  {"version":1,"is_compatible":false,"differences":[
//	    {"rule":"READER_FIELD_MISSING_DEFAULT_VALUE","path":"/fields/1","direction":"backward",
//	     "line":1,"column":88,"old":"","new":"...","detail":"b","is_compatible":false,"hint":"..."}]}]}
//
// direction says who reads: backward, the new schema reads what the old one
// wrote; forward, the old schema reads what the new one writes.
//
// Where there is something to warn of, "warnings" follows the versions
// (warning.go).

// appendDifferences appends the twin; messages are the texts of the wire.
func appendDifferences(b []byte, r *compat.Result, compatible bool, messages []string) []byte {
	b = append(b, `{"is_compatible":`...)
	b = appendBool(b, compatible)
	first := false
	b = appendNonEmpty(b, "schemaType", string(r.Type), &first)
	b = appendTexts(appendName(b, "messages", &first), messages)
	b = appendName(b, "versions", &first)
	b = appendList(b, r.Reports, appendReport)
	b = appendWarnings(b, r, &first)
	return append(b, '}')
}

func appendReport(b []byte, r compat.Report) []byte {
	b = append(b, `{"version":`...)
	b = appendInt(b, r.Version)
	b = append(b, `,"is_compatible":`...)
	b = appendBool(b, r.Compatible())
	first := false
	if r.TypeChanged {
		b = appendBool(appendName(b, "typeChanged", &first), true)
	}
	b = appendNonEmpty(b, "backwardFault", r.BackwardFault, &first)
	b = appendNonEmpty(b, "forwardFault", r.ForwardFault, &first)
	b = append(b, `,"differences":[`...)
	for i, d := range r.Backward {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendDifference(b, &d)
	}
	for i, d := range r.Forward {
		if i > 0 || len(r.Backward) > 0 {
			b = append(b, ',')
		}
		b = appendDifference(b, &d)
	}
	return append(b, `]}`...)
}

func appendDifference(b []byte, d *compat.Difference) []byte {
	b = append(b, `{"rule":`...)
	b = appendText(b, d.Code)
	b = append(b, `,"path":`...)
	b = appendText(b, d.Path)
	direction := "backward"
	if d.Direction == compat.OldReadsNew {
		direction = "forward"
	}
	first := false
	b = appendNonEmpty(b, "direction", direction, &first)
	b = appendPlace(b, d.Position, &first)
	b = appendNonEmpty(b, "old", d.Old, &first)
	b = appendNonEmpty(b, "new", d.New, &first)
	b = appendNonEmpty(b, "detail", d.Info, &first)
	b = appendBool(appendName(b, "is_compatible", &first), d.Compatible)
	b = appendNonEmpty(b, "hint", d.Hint, &first)
	return append(b, '}')
}

// appendPlace appends line and column where they are known.
func appendPlace(b []byte, at schema.Position, first *bool) []byte {
	if at.Line > 0 {
		b = appendInt(appendName(b, "line", first), at.Line)
		b = appendInt(appendName(b, "column", first), at.Column)
	}
	return b
}

// asDifferences turns the refusal of an incompatible registration into the
// twin for a client that asked for it: 409 still, with the code of the wire
// in front. Any other error stays as it is.
func (c *call) asDifferences(err error, body registry.SchemaBody) error {
	var domain *registry.Error
	if c.media != typeDifferences || !errors.As(err, &domain) || domain.Code != codeIncompatible {
		return err
	}
	answer, checkErr := c.server.registry.Compatibility(c.ctx, c.subject(0), nil, body,
		registry.CompatOptions{Normalize: c.query.flag("normalize"), Verbose: true, Warnings: true})
	if checkErr != nil || answer.Compatible {
		return err
	}
	refused, _ := c.server.refusalOf(err)
	c.status = refused.status
	c.out = appendRefusal(c.out, refused)
	c.out = append(c.out[:len(c.out)-1], `,"differences":`...)
	c.out = appendDifferences(c.out, &answer.Result, false, answer.Messages)
	c.out = append(c.out, '}')
	return nil
}

// answerPlain gives an answer without differences the wire's own type where
// the client asked for differences.
func (c *call) answerPlain() {
	if c.media == typeDifferences {
		c.media = typeV1
	}
}
