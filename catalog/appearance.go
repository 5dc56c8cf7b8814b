package catalog

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// appearances gives the versions in which a field or record appeared
// (CREATED, and RESTORED when it came back), changed (UPDATED) and vanished
// (DELETED), newest first. They are events of the registration of that version.
func (h *history) appearances(ctx context.Context, ref Ref) source {
	return func(yield func(Event, error) bool) {
		steps, err := h.appeared(ctx, ref)
		if err != nil {
			yield(Event{}, err)
			return
		}
		for _, step := range slices.Backward(steps) {
			if !h.mayBeOlder(step.row.Revision) {
				continue
			}
			e, err := h.registration(ctx, step.row)
			if err != nil {
				yield(Event{}, err)
				return
			}
			if !h.older(e.Cursor) {
				continue
			}
			e.Entity, e.Action, e.Before, e.After = ref, step.action, step.before, step.after
			if !yield(e, nil) {
				return
			}
		}
	}
}

// appearance is what a version did to a field or record.
type appearance struct {
	row           registry.VersionRow
	action        Action
	before, after []byte
}

// appeared goes through the versions as they were registered.
func (h *history) appeared(ctx context.Context, ref Ref) ([]appearance, error) {
	var steps []appearance
	var last []byte
	var id *int32 // of the version before
	ever := false
	for _, row := range slices.Backward(h.versions(ref.Subject())) {
		if id != nil && *id == row.ID {
			continue // the same schema again
		}
		id = &row.ID
		now, err := h.shape(ctx, ref, row)
		if err != nil {
			return nil, err
		}
		step := appearance{row: row, before: last, after: now}
		switch {
		case last == nil && now == nil, string(withoutVersion(last)) == string(withoutVersion(now)):
			last = now
			continue
		case now == nil:
			step.action = ActionDeleted
		case last != nil:
			step.action = ActionUpdated
		case ever:
			step.action = ActionRestored
		default:
			step.action = ActionCreated
		}
		ever = true
		steps = append(steps, step)
		last = now
	}
	return steps, nil
}

// fieldEvent is a field as a version has it.
type fieldEvent struct {
	Version  int32    `json:"version"`
	Paths    []string `json:"paths,omitempty"`
	Type     string   `json:"type"`
	Nullable bool     `json:"nullable"`
	Default  string   `json:"default,omitempty"`
	Number   int32    `json:"number,omitempty"`
	Doc      string   `json:"doc,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
	Tags     []string `json:"tags,omitempty"`
}

// recordEvent is a record as a version has it.
type recordEvent struct {
	Version int32    `json:"version"`
	Kind    string   `json:"kind"`
	Doc     string   `json:"doc,omitempty"`
	Symbols []string `json:"symbols,omitempty"`
	Tags    []string `json:"tags,omitempty"`
}

// shape gives the field or record as JSON as a version has it, nil when it has
// it not.
func (h *history) shape(ctx context.Context, ref Ref, row registry.VersionRow) ([]byte, error) {
	if ref.Kind == KindRecord {
		records, err := h.view.RecordsOfVersion(ctx, row.Subject, row.Version)
		if err != nil {
			return nil, err
		}
		for i := range records {
			if r := &records[i]; r.Name == ref.Part {
				return document(recordEvent{row.Version, r.Kind, r.Doc, r.Symbols, namesOfTags(r.Tags)}), nil
			}
		}
		return nil, nil
	}
	fields, err := h.view.FieldsOfVersion(ctx, row.Subject, row.Version)
	if err != nil {
		return nil, err
	}
	for i := range fields {
		if f := &fields[i]; f.RuntimeName == ref.Part {
			return document(fieldEvent{row.Version, f.Paths, f.Type, f.Nullable, f.Default, f.Number, f.Doc, f.Aliases, namesOfTags(f.Tags)}), nil
		}
	}
	return nil, nil
}

// withoutVersion cuts off the number of the version, with which a shape begins.
func withoutVersion(shape []byte) []byte {
	_, rest, _ := strings.Cut(string(shape), ",")
	return []byte(rest)
}

func namesOfTags(tags []TagAssignment) []string {
	var names []string
	for _, t := range tags {
		names = append(names, t.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// toUTF8 makes a text of what a header said.
func toUTF8(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
