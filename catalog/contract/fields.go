package contract

import (
	"context"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// tree is the schema of a version as a contract shows it: the records of whole
// values, each with its fields and the fields that their values have.
type tree struct {
	version catalog.Version
	content registry.Content
	roots   []root
}

// root is a record that whole values are of: the root of an Avro schema, or each
// branch of a union; the first message of a Protobuf file, and each that no
// other one uses; a JSON Schema. A schema that is no record has one without a
// name and without fields.
type root struct {
	ref    catalog.Ref
	fields []*field
}

// name is the record's own name, empty for what has none.
func (r root) name() string {
	if r.ref.Part == "object" {
		return ""
	}
	return r.ref.Part[strings.LastIndexByte(r.ref.Part, '.')+1:]
}

// field is a field at a place of a value.
type field struct {
	*catalog.Field
	children []*field
	// record says that its values are records, also where the children are left
	// out because they are around it already.
	record bool
}

// treeOf lays out a version. Types that hold themselves end where they begin
// again.
func treeOf(ctx context.Context, v *catalog.View, version catalog.Version) (*tree, error) {
	s := version.Subject
	content, ok := v.Registry().ContentOf(s.Context, version.ID)
	if !ok {
		return nil, &catalog.NotFoundError{Ref: subjectRef(s)}
	}
	list, err := v.FieldsOfVersion(ctx, s, version.Version)
	if err != nil {
		return nil, err
	}
	t := &tree{version: version, content: content}
	var outline schema.Outline
	if err := outline.UnmarshalBinary(content.AppendOutline(nil)); err != nil {
		t.roots = []root{{}}
		return t, nil
	}
	g := grower{format: content.Type(), by: map[string][]*catalog.Field{}, left: maxProperties}
	for i := range list {
		f := &list[i]
		home := f.Record
		if g.format == schema.JSON {
			home = parentOf(f)
		}
		g.by[home] = append(g.by[home], f)
	}
	for _, name := range g.roots(&outline) {
		home := name
		if g.format == schema.JSON {
			home = "$"
		}
		t.roots = append(t.roots, root{recordRef(s, name), g.grow(home)})
	}
	if len(t.roots) == 0 {
		t.roots = []root{{}}
	}
	return t, nil
}

// maxRoots is how many records a whole value may be of.
const maxRoots = 50

// roots are the records of whole values.
func (g *grower) roots(o *schema.Outline) []string {
	if g.format == schema.JSON {
		return []string{"object"}
	}
	var names []string
	add := func(name string) {
		if name != "" && len(names) < maxRoots && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	add(o.RecordName)
	for _, h := range o.Holds {
		if _, record := g.by[h.Name]; record {
			add(h.Name)
		}
	}
	if g.format != schema.Protobuf {
		return names
	}
	used := map[string]bool{}
	for i := range o.Records {
		for _, f := range o.Records[i].Fields {
			used[f.Ref] = true
		}
	}
	for i := range o.Records {
		if r := &o.Records[i]; r.Kind == "message" && !used[r.Name] && !strings.Contains(r.TagPath, ".") {
			add(r.Name)
		}
	}
	return names
}

// maxProperties is how many properties a contract may have: a type that is used
// in many places has its fields in each.
const maxProperties = 5000

// grower makes the tree of fields.
type grower struct {
	format schema.Type
	// by are the fields of a record or, for JSON Schema, of the field around
	// them.
	by   map[string][]*catalog.Field
	path []string
	left int
}

// parentOf is the runtime name of what a field of JSON Schema stands in, without
// the lists between.
func parentOf(f *catalog.Field) string {
	name := strings.TrimSuffix(f.RuntimeName, "."+f.Name)
	for strings.HasSuffix(name, "[i]") {
		name = strings.TrimSuffix(name, "[i]")
	}
	return name
}

func (g *grower) grow(home string) []*field {
	if slices.Contains(g.path, home) || len(g.path) >= maxDepth/4 {
		return nil
	}
	g.path = append(g.path, home)
	defer func() { g.path = g.path[:len(g.path)-1] }()
	var out []*field
	for _, f := range g.by[home] {
		if g.left--; g.left < 0 {
			return out
		}
		x := &field{Field: f}
		if g.format == schema.JSON {
			x.children = g.grow(f.RuntimeName)
			x.record = len(x.children) > 0
		} else if record := g.held(f.Type); record != "" {
			x.children, x.record = g.grow(record), true
		}
		out = append(out, x)
	}
	return out
}

// held is the first record with fields that the text of a type names.
func (g *grower) held(text string) string {
	for name := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune("<>|,?() ", c) }) {
		if _, known := g.by[name]; known {
			return name
		}
	}
	return ""
}

func subjectRef(s registry.Subject) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindSubject, Scope: string(s.Context), Name: s.Name}
}

func recordRef(s registry.Subject, name string) catalog.Ref {
	return catalog.Ref{Kind: catalog.KindRecord, Scope: string(s.Context), Name: s.Name, Part: name}
}

// latest gives the newest version of a subject that is not soft-deleted.
func latest(ctx context.Context, v *catalog.View, s registry.Subject) (catalog.Version, error) {
	list, err := v.Versions(ctx, s)
	if err != nil {
		return catalog.Version{}, err
	}
	for _, version := range slices.Backward(list) {
		if !version.Deleted {
			return version, nil
		}
	}
	return catalog.Version{}, &catalog.NotFoundError{Ref: subjectRef(s)}
}
