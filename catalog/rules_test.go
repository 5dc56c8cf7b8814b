package catalog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
)

// reason gives the rule that an error is about.
func reason(err error) string {
	var (
		invalid  *catalog.InvalidError
		unknown  *catalog.UnknownTypeError
		notFound *catalog.NotFoundError
		exists   *catalog.ExistsError
		absent   *catalog.AbsentError
		stale    *catalog.StaleError
		inUse    *catalog.InUseError
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &invalid):
		return string(invalid.Reason)
	case errors.As(err, &unknown):
		return "unknown " + string(unknown.Kind) + " " + unknown.Name
	case errors.As(err, &notFound):
		return "not found " + notFound.Ref.String()
	case errors.As(err, &exists):
		return "exists " + exists.Ref.String()
	case errors.As(err, &absent):
		return "absent " + absent.Ref.String()
	case errors.As(err, &stale):
		return fmt.Sprintf("stale %d %d", stale.Expected, stale.Have)
	case errors.As(err, &inUse):
		return fmt.Sprintf("in use %d", inUse.Uses)
	}
	return err.Error()
}

func attribute(name, kind string, optional bool) catalog.AttributeDefinition {
	return catalog.AttributeDefinition{Name: name, TypeName: kind, IsOptional: optional}
}

func tagged(ref catalog.Ref, name, attributes string) catalog.Edit {
	return catalog.Edit{Ref: ref, PutTags: []catalog.TagValue{{Name: name, Attributes: json.RawMessage(attributes)}}}
}

func cared(ref catalog.Ref, values map[string]json.RawMessage) catalog.Edit {
	return catalog.Edit{Ref: ref, Metadata: []catalog.MetadataValue{{Definition: "Care", Values: values}}}
}

// Every rule that a command can break, with nothing written.
func TestRules(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	ref, id, email := subject("orders-value"), field("orders-value", "acme.Order.id"), field("orders-value", "acme.Order.email")
	n.Commit(tagged(ref, "Sensitive", ""))
	put := func(d catalog.Definition) catalog.Put { return catalog.Put{Definition: d} }
	long := strings.Repeat("a", 8193)
	for name, test := range map[string]struct {
		steps []catalog.Step
		want  string
	}{
		"no such subject":       {[]catalog.Step{tagged(subject("other"), "Sensitive", "")}, "not found SUBJECT/./other"},
		"no such field":         {[]catalog.Step{tagged(field("orders-value", "acme.Order.x"), "Sensitive", "")}, "not found FIELD/./orders-value/acme.Order.x"},
		"no such team":          {[]catalog.Step{catalog.Edit{Ref: team("x"), Description: ptr("x")}}, "not found TEAM//x"},
		"no such tag":           {[]catalog.Step{tagged(ref, "Nope", "")}, "unknown TAG Nope"},
		"no such term":          {[]catalog.Step{catalog.Edit{Ref: ref, PutTerms: []string{"nope"}}}, "unknown TERM nope"},
		"no such domain":        {[]catalog.Step{catalog.Edit{Ref: ref, Domain: ptr("nope")}}, "unknown DOMAIN nope"},
		"no such owner":         {[]catalog.Step{catalog.Edit{Ref: ref, Owners: &[]catalog.OwnerValue{{Owner: team("nope")}}}}, "unknown TEAM nope"},
		"a subject as owner":    {[]catalog.Step{catalog.Edit{Ref: ref, Owners: &[]catalog.OwnerValue{{Owner: ref}}}}, "BAD_VALUE"},
		"no such role":          {[]catalog.Step{catalog.Edit{Ref: ref, Owners: &[]catalog.OwnerValue{{Owner: team("payments"), Role: "KING"}}}}, "BAD_VALUE"},
		"no such metadata":      {[]catalog.Step{catalog.Edit{Ref: ref, Metadata: []catalog.MetadataValue{{Definition: "Nope"}}}}, "unknown BUSINESS_METADATA Nope"},
		"a field's tag":         {[]catalog.Step{tagged(ref, "Graded", `{"level":1}`)}, "NOT_APPLICABLE"},
		"no level":              {[]catalog.Step{tagged(id, "Graded", "")}, "MISSING_ATTRIBUTE"},
		"no number":             {[]catalog.Step{tagged(id, "Graded", `{"level":"high"}`)}, "BAD_VALUE"},
		"a fraction":            {[]catalog.Step{tagged(id, "Graded", `{"level":1.5}`)}, "BAD_VALUE"},
		"too large":             {[]catalog.Step{tagged(id, "Graded", `{"level":2147483648}`)}, "BAD_VALUE"},
		"unknown attribute":     {[]catalog.Step{tagged(id, "Graded", `{"level":1,"x":1}`)}, "UNKNOWN_ATTRIBUTE"},
		"no object":             {[]catalog.Step{tagged(id, "Graded", `[1]`)}, "BAD_VALUE"},
		"no JSON":               {[]catalog.Step{tagged(id, "Graded", `{`)}, "BAD_VALUE"},
		"no text":               {[]catalog.Step{cared(ref, map[string]json.RawMessage{"desk": json.RawMessage(`7`)})}, "BAD_VALUE"},
		"long text":             {[]catalog.Step{cared(ref, map[string]json.RawMessage{"desk": json.RawMessage(`"` + long + `"`)})}, "BAD_VALUE"},
		"broken value":          {[]catalog.Step{cared(ref, map[string]json.RawMessage{"desk": json.RawMessage(`"`)})}, "BAD_VALUE"},
		"no desk":               {[]catalog.Step{cared(ref, nil)}, "MISSING_ATTRIBUTE"},
		"absent tag":            {[]catalog.Step{catalog.Edit{Ref: id, RemoveTags: []string{"Sensitive"}}}, "absent TAG//Sensitive"},
		"inline tag":            {[]catalog.Step{catalog.Edit{Ref: email, RemoveTags: []string{"PII"}}}, "DERIVED"},
		"the tag is there":      {[]catalog.Step{catalog.Edit{Ref: ref, Create: true, PutTags: []catalog.TagValue{{Name: "Sensitive"}}}}, "exists TAG//Sensitive"},
		"stale":                 {[]catalog.Step{catalog.Edit{Ref: ref, ExpectedVersion: ptr(int64(7)), Description: ptr("x")}}, "stale 7 1"},
		"stale definition":      {[]catalog.Step{catalog.Put{Definition: &catalog.TagDefinition{Name: "Sensitive"}, ExpectedVersion: ptr(int64(3))}}, "stale 3 1"},
		"replaces itself":       {[]catalog.Step{catalog.Edit{Ref: ref, Deprecation: &catalog.DeprecationValue{Replacement: ref}}}, "CYCLE"},
		"replaced by nothing":   {[]catalog.Step{catalog.Edit{Ref: ref, Deprecation: &catalog.DeprecationValue{Replacement: subject("x")}}}, "not found SUBJECT/./x"},
		"a program as link":     {[]catalog.Step{catalog.Edit{Ref: ref, Links: &[]catalog.Link{{URL: "JavaScript:alert(1)"}}}}, "BAD_VALUE"},
		"half a link":           {[]catalog.Step{catalog.Edit{Ref: ref, Links: &[]catalog.Link{{URL: "wiki"}}}}, "BAD_VALUE"},
		"not UTF-8":             {[]catalog.Step{catalog.Edit{Ref: ref, Description: ptr("\xff")}}, "BAD_VALUE"},
		"a name with a dash":    {[]catalog.Step{put(&catalog.TagDefinition{Name: "a-b"})}, "BAD_NAME"},
		"a name with a digit":   {[]catalog.Step{put(&catalog.MetadataDefinition{Name: "1a"})}, "BAD_NAME"},
		"no name":               {[]catalog.Step{put(&catalog.Term{})}, "BAD_NAME"},
		"a long name":           {[]catalog.Step{put(&catalog.TagDefinition{Name: long})}, "BAD_NAME"},
		"there already":         {[]catalog.Step{catalog.Put{Definition: &catalog.TagDefinition{Name: "Sensitive"}, Create: true}}, "exists TAG//Sensitive"},
		"unknown entity type":   {[]catalog.Step{put(&catalog.TagDefinition{Name: "A", EntityTypes: []string{"sr_table"}})}, "UNKNOWN_ENTITY_TYPE"},
		"entity types shrink":   {[]catalog.Step{put(&catalog.TagDefinition{Name: "Sensitive", EntityTypes: []string{"sr_field"}})}, "ENTITY_TYPES_SHRINK"},
		"no color":              {[]catalog.Step{put(&catalog.TagDefinition{Name: "A", Color: "BLUE_LIGHT_DARK"})}, "BAD_VALUE"},
		"a new mandatory one":   {[]catalog.Step{put(&catalog.TagDefinition{Name: "Sensitive", Attributes: []catalog.AttributeDefinition{attribute("a", "int", false)}})}, "ATTRIBUTE_MANDATORY"},
		"an attribute less":     {[]catalog.Step{put(&catalog.MetadataDefinition{Name: "Care", Attributes: []catalog.AttributeDefinition{attribute("desk", "string", false)}})}, "ATTRIBUTE_REMOVED"},
		"an attribute twice":    {[]catalog.Step{put(&catalog.TagDefinition{Name: "A", Attributes: []catalog.AttributeDefinition{attribute("a", "int", true), attribute("a", "int", true)}})}, "BAD_NAME"},
		"no type":               {[]catalog.Step{put(&catalog.TagDefinition{Name: "A", Attributes: []catalog.AttributeDefinition{attribute("a", "array<integer>", true)}})}, "BAD_VALUE"},
		"unknown parent":        {[]catalog.Step{put(&catalog.Term{Name: "a", Parent: "nope"})}, "unknown TERM nope"},
		"its own parent":        {[]catalog.Step{put(&catalog.Term{Name: "order", Parent: "order"})}, "CYCLE"},
		"a circle":              {[]catalog.Step{put(&catalog.Term{Name: "a", Parent: "order"}), put(&catalog.Term{Name: "order", Parent: "a"})}, "CYCLE"},
		"unknown member":        {[]catalog.Step{put(&catalog.Team{Name: "t", Members: []string{"nope"}})}, "unknown PERSON nope"},
		"offers nothing":        {[]catalog.Step{put(&catalog.DataProduct{Name: "p", Outputs: []string{"TOPIC/default/nope"}})}, "not found TOPIC/default/nope"},
		"offers a word":         {[]catalog.Step{put(&catalog.DataProduct{Name: "p", Outputs: []string{"nope"}})}, "BAD_VALUE"},
		"remove what is not":    {[]catalog.Step{catalog.Remove{Ref: tag("Nope")}}, "not found TAG//Nope"},
		"remove a stub":         {[]catalog.Step{catalog.Remove{Ref: tag("PII")}}, "not found TAG//PII"},
		"remove what is in use": {[]catalog.Step{catalog.Remove{Ref: tag("Sensitive")}}, "in use 1"},
		"remove a member":       {[]catalog.Step{catalog.Remove{Ref: catalog.Ref{Kind: catalog.KindPerson, Name: "ada"}}}, "in use 1"},
		"move what is alive":    {[]catalog.Step{catalog.Move{From: ref, To: subject("orders-value")}}, "CYCLE"},
		"move to another kind":  {[]catalog.Step{catalog.Move{From: ref, To: id}}, "NOT_APPLICABLE"},
		"nothing to define":     {[]catalog.Step{catalog.Put{}}, "BAD_VALUE"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, reason(n.refused(catalog.Command{Steps: test.steps}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for name, cmd := range map[string]catalog.Command{
		"no such source":      {Source: catalog.FromInline},
		"a set of nobody":     {Set: "x"},
		"declared by nobody":  {Source: catalog.Declared},
		"prune without a set": {Prune: true},
	} {
		if got := reason(n.refused(cmd)); got != "BAD_VALUE" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Of several faults in one command the same is told every time.
func TestOneFaultIsTold(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	values := map[string]json.RawMessage{"z": nil, "y": nil, "b": nil, "desk": json.RawMessage(`7`), "a": nil}
	for range 20 {
		err := n.refused(catalog.Command{Steps: []catalog.Step{cared(subject("orders-value"), values)}})
		if got := (*catalog.InvalidError)(nil); !errors.As(err, &got) || got.Message != "there is no attribute named a" {
			t.Fatalf("the fault told is %v", err)
		}
	}
}

// What is allowed although it looks like one of the above.
func TestRulesAllow(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	id := field("orders-value", "acme.Order.id")
	out := n.Commit(
		tagged(id, "Graded", `{"level":"7","why":null}`),          // a number as a text, null as nothing
		tagged(field("orders-value", "acme.Order.id"), "PII", ""), // a tag that is in schemas only
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Graded", EntityTypes: []string{"cf_entity"}, Attributes: []catalog.AttributeDefinition{
			attribute("level", "int", true), attribute("why", "string", true), attribute("when", "date", true),
		}}},
		tagged(subject("orders-value"), "Graded", ""),
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Äpfel und 3_Birnen", Color: "BLUE_LIGHT"}},
		catalog.Put{Definition: &catalog.TagDefinition{Name: "PII", Description: "Of people."}, Create: true},
	)
	if len(out.Events) == 0 {
		t.Fatal("no events")
	}
	if diff := cmp.Diff([]string{
		`TAG|Graded|{"level":"7"}|APPLIED|`, `TAG|PII|{}|APPLIED|`,
	}, rows(n.View(), n, id)); diff != "" {
		t.Errorf("said of the field (-want +got):\n%s", diff)
	}
}

// A definition is filled in as the wire shows it (catalog-api.md section 3), and
// a merge keeps what is left out.
func TestDefinitionsAreFilledIn(t *testing.T) {
	n := newNode(t)
	n.Commit(catalog.Put{Definition: &catalog.MetadataDefinition{Name: "Team", Attributes: []catalog.AttributeDefinition{
		{Name: "owner", TypeName: "string"}, {Name: "mail", IsOptional: true, DefaultValue: "none"},
	}}})
	get := func(ref catalog.Ref) catalog.Definition {
		t.Helper()
		d, err := n.View().Definition(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := get(catalog.Ref{Kind: catalog.KindBusinessMetadata, Name: "Team"}).(*catalog.MetadataDefinition)
	options := map[string]string{"applicableEntityTypes": `["cf_entity"]`, "maxStrLength": "5000"}
	if diff := cmp.Diff([]catalog.AttributeDefinition{
		{Name: "owner", TypeName: "string", Cardinality: "SINGLE", ValuesMinCount: 1, ValuesMaxCount: 1, SearchWeight: -1, Options: options},
		{Name: "mail", TypeName: "string", IsOptional: true, DefaultValue: "none", Cardinality: "SINGLE", ValuesMaxCount: 1, SearchWeight: -1, Options: options},
	}, d.Attributes); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	if d.Version != 1 || d.TypeVersion != "1.0" || d.GUID == "" || d.Source != catalog.Applied || d.CreatedAt == 0 {
		t.Errorf("definition = %+v", d)
	}

	n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "Old", Description: "one", Color: "RED", EntityTypes: []string{"sr_field"}}})
	n.Commit(catalog.Put{Definition: &catalog.TagDefinition{Name: "Old", Description: "two"}, Merge: true})
	tag := get(tag("Old")).(*catalog.TagDefinition)
	if tag.Description != "two" || tag.Color != "RED" || !cmp.Equal(tag.EntityTypes, []string{"sr_field"}) || tag.Version != 2 {
		t.Errorf("merged = %+v", tag)
	}
}

func TestTagDefinitionsHaveALimit(t *testing.T) {
	n := newNode(t)
	var steps []catalog.Step
	for i := range 1000 {
		steps = append(steps, catalog.Put{Definition: &catalog.TagDefinition{Name: fmt.Sprint("T", i)}})
	}
	n.Commit(steps...)
	if got := reason(n.refused(catalog.Command{Steps: []catalog.Step{catalog.Put{Definition: &catalog.TagDefinition{Name: "More"}}}})); got != "TOO_MANY" {
		t.Errorf("the tag definition after the last: %s", got)
	}
	n.Commit(catalog.Remove{Ref: tag("T7")}, catalog.Put{Definition: &catalog.TagDefinition{Name: "More"}})
}

// A command holds up all others while it is committed.
func TestCommandsHaveALimit(t *testing.T) {
	n := newNode(t)
	var steps []catalog.Step
	for i := range 50_001 {
		steps = append(steps, catalog.Put{Definition: &catalog.Term{Name: fmt.Sprint(i)}})
	}
	if got := reason(n.refused(catalog.Command{Steps: steps})); got != "TOO_MANY" {
		t.Errorf("50,001 changes: %s", got)
	}
}
