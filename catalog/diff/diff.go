// Package diff says how two versions of a schema differ, field by field.
//
// In come two parsed schemas, each with the metadata and the rules of its data
// contract ([Side]); out comes a [Diff]: every [Change] by the path of the
// record, field or symbol that it is about, of a closed set of kinds
// ([Kind]), with what stood there before and after, in words for people, and
// whether it breaks a client. What breaks is decided by package compat alone:
// its differences are laid onto the changes (breaking.go), so that a diff has
// a breaking change exactly when the check refuses the pair.
//
// The three languages are read into one form, a tree of elements with their
// attributes (element.go; avro.go, jsonschema.go, protobuf.go), and compared
// there (match.go, compare.go). The laws: a schema has no difference to
// itself; two that are not the same have at least one; and the diff of b and a
// is that of a and b seen in a mirror.
//
// [Versions] asks the registry for the two sides. The package knows no
// transport and keeps no state.
//
// Limits: at most [MaxChanges] changes and maxPathBytes of paths are told
// (Diff.Truncated says when there were more); the check has the budget of
// package compat, and its *compat.BudgetError comes back as it is.
//
// The rules are those of catalog-api.md section 10 (SchemaDiff, SchemaChange)
// for the outside, and of section 9 for the paths.
package diff

import (
	"context"
	"reflect"
	"slices"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/jsonschema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// MaxChanges is how many changes a diff tells.
const MaxChanges = 10_000

// Side is one of the two that are compared.
type Side struct {
	Schema schema.Schema
	// Metadata and Rules are those of the data contract, nil for none.
	Metadata *registry.Metadata
	Rules    *registry.RuleSet
}

// Options say what counts as breaking.
type Options struct {
	// Level is the compatibility level. Only its directions count, since two
	// schemas are compared and not a history; an empty one, and NONE, which
	// lets everything pass, are read as FULL.
	Level compat.Level
	// Policy is that of JSON Schema.
	Policy compat.Policy
	// Budget bounds the check; zero is compat.DefaultBudget.
	Budget compat.Budget
}

// level is the level that is asked for.
func (o Options) level() compat.Level {
	switch o.Level {
	case "", compat.None:
		return compat.Full
	}
	return o.Level
}

// Diff is what Between finds.
type Diff struct {
	// Compatible says that no change is breaking at Level.
	Compatible bool
	Level      compat.Level
	// Changes are in the order of the new schema, what is gone behind what is
	// there, the contract last. Empty exactly when the two sides are the same.
	Changes []Change
	// Truncated says that there are more changes than are told.
	Truncated bool
}

// Change is one thing that differs.
type Change struct {
	// Path is the runtime name (catalog-api.md section 9) of the record or
	// field that changed, as the new schema has it, or as the old one has it
	// where the new one has none: "com.acme.Order.id", "$.lines[].sku". What is
	// not in the schema's text has paths of its own: "references.NAME",
	// "metadata.tags.PATTERN", "metadata.properties.NAME",
	// "metadata.sensitive.NAME", "rules.domainRules.NAME". It is empty for the
	// schema as a whole.
	Path string
	// OldPath is the path in the old schema where that is another.
	OldPath string
	// TagPath is the path in the tag language, empty for what has none.
	TagPath string
	Kind    Kind
	// Name is what of it changed, where that is one of several: the symbol, the
	// tag, the keyword, the option.
	Name     string
	Breaking bool
	// Message says it in plain words.
	Message string
	// Before and After are short texts of what stood there; empty for nothing.
	Before, After string
	// Rules are the compatibility rules that it breaks (compat.Difference.Code).
	Rules []string
}

// Between compares two schemas. Its errors are *compat.BudgetError, that of the
// context, and *schema.TypeError for a language that is not known.
func Between(ctx context.Context, before, after Side, o Options) (*Diff, error) {
	d := &Diff{Compatible: true, Level: o.level()}
	if same(before, after) {
		return d, nil
	}
	w := &work{}
	var trees pair
	if before.Schema.Type() == after.Schema.Type() {
		var err error
		if trees, err = read(before.Schema, after.Schema); err != nil {
			return nil, err
		}
		w.elements(trees)
	} else {
		w.add(found{Change: Change{
			Kind: TypeChanged, Before: string(before.Schema.Type()), After: string(after.Schema.Type()),
		}, words: "the schema"})
	}
	w.references(before.Schema.References(), after.Schema.References())
	w.metadata(before.Metadata, after.Metadata)
	w.rules(before.Rules, after.Rules)
	if len(w.found) == 0 {
		w.add(found{Change: Change{Kind: TextChanged}})
	}
	if err := w.breaking(ctx, before.Schema, after.Schema, trees, o); err != nil {
		return nil, err
	}
	d.Changes, d.Truncated = w.changes()
	d.Compatible = !w.broken
	return d, nil
}

// same says that there is nothing to tell.
func same(a, b Side) bool {
	return a.Schema.Type() == b.Schema.Type() && a.Schema.Text() == b.Schema.Text() &&
		slices.Equal(a.Schema.References(), b.Schema.References()) &&
		reflect.DeepEqual(a.Metadata, b.Metadata) && reflect.DeepEqual(a.Rules, b.Rules)
}

// read reads two schemas of one language.
func read(before, after schema.Schema) (pair, error) {
	a, err := treeOf(before)
	if err != nil {
		return pair{}, err
	}
	b, err := treeOf(after)
	return pair{a, b}, err
}

func treeOf(s schema.Schema) (*tree, error) {
	switch s := s.(type) {
	case *avro.Schema:
		return avroTree(s), nil
	case *jsonschema.Schema:
		return jsonTree(s), nil
	case *protobuf.Schema:
		return protobufTree(s), nil
	}
	return nil, &schema.TypeError{Type: s.Type()}
}
