package catalog_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

const order = `{"type":"record","name":"Order","namespace":"acme","fields":[
	{"name":"id","type":"long","doc":"The number."},
	{"name":"email","type":"string","confluent:tags":["PII"]}]}`

func ptr[T any](v T) *T { return &v }

func team(name string) catalog.Ref   { return catalog.Ref{Kind: catalog.KindTeam, Name: name} }
func term(name string) catalog.Ref   { return catalog.Ref{Kind: catalog.KindTerm, Name: name} }
func domain(name string) catalog.Ref { return catalog.Ref{Kind: catalog.KindDomain, Name: name} }

// company makes definitions of all kinds.
func (n *node) company() {
	n.T.Helper()
	n.Commit(
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Sensitive"}},
		catalog.Put{Definition: &catalog.TagDefinition{Name: "Graded", EntityTypes: []string{"sr_field"}, Attributes: []catalog.AttributeDefinition{
			{Name: "level", TypeName: "int"}, {Name: "why", TypeName: "string", IsOptional: true},
		}}},
		catalog.Put{Definition: &catalog.MetadataDefinition{Name: "Care", Attributes: []catalog.AttributeDefinition{
			{Name: "desk", TypeName: "string"}, {Name: "hours", TypeName: "int", IsOptional: true},
		}}},
		catalog.Put{Definition: &catalog.Person{Name: "ada"}},
		catalog.Put{Definition: &catalog.Team{Name: "payments", Members: []string{"ada"}}},
		catalog.Put{Definition: &catalog.Term{Name: "order", Definition: "What a customer wants."}},
		catalog.Put{Definition: &catalog.DomainDefinition{Name: "sales"}},
	)
}

// everything says something of each part.
func everything(ref catalog.Ref) catalog.Edit {
	return catalog.Edit{
		Ref: ref, Description: ptr("All orders."),
		PutTags:     []catalog.TagValue{{Name: "Sensitive"}},
		PutTerms:    []string{"order"},
		Owners:      &[]catalog.OwnerValue{{Owner: team("payments")}, {Owner: catalog.Ref{Kind: catalog.KindPerson, Name: "ada"}, Role: catalog.Steward}},
		Links:       &[]catalog.Link{{Title: "wiki", URL: "https://wiki.example.com/orders"}, {Title: "a", URL: "https://a.example.com"}},
		Domain:      ptr("sales"),
		Deprecation: &catalog.DeprecationValue{Until: 99, Reason: "old"},
		Metadata:    []catalog.MetadataValue{{Definition: "Care", Values: map[string]json.RawMessage{"desk": json.RawMessage(`"7b"`)}}},
		Attributes:  map[string]string{"owner": "ada"},
	}
}

// rows writes what is said of an entity as texts.
func rows(v *catalog.View, n *node, ref catalog.Ref) []string {
	n.T.Helper()
	var list []string
	for _, r := range v.Annotations(n.T.Context(), ref) {
		list = append(list, strings.Join([]string{string(r.Part), r.Item, string(r.Value), string(r.Source), r.Set}, "|"))
	}
	return list
}

func TestEditSaysEverything(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	n.company()
	out := n.Commit(everything(subject("orders-value")))
	e := n.entity(subject("orders-value"))
	if len(e.Descriptions) == 0 || e.Descriptions[0].Value != "All orders." || e.Descriptions[0].Source != catalog.Applied {
		t.Errorf("Descriptions = %+v", e.Descriptions)
	}
	if len(e.Owners) != 2 || e.Owners[0].Owner != team("payments") || e.Owners[0].Role != catalog.Owner || e.Owners[1].Role != catalog.Steward {
		t.Errorf("Owners = %+v", e.Owners)
	}
	if len(e.Tags) != 1 || e.Tags[0].Name != "Sensitive" || e.Tags[0].Attributes != nil {
		t.Errorf("Tags = %+v", e.Tags)
	}
	if len(e.Terms) != 1 || e.Terms[0].Term != term("order") || e.Domain != domain("sales") {
		t.Errorf("Terms = %+v, Domain = %v", e.Terms, e.Domain)
	}
	if d := e.Deprecation; d == nil || d.Since == 0 || d.Until != 99 || d.Reason != "old" || e.Status != catalog.Deprecated {
		t.Errorf("Deprecation = %+v, Status = %s", d, e.Status)
	}
	if len(e.Links) != 2 || e.Links[0].Title != "wiki" || e.Links[1].URL != "https://a.example.com" {
		t.Errorf("Links = %+v", e.Links)
	}
	if len(e.Metadata) != 1 || string(e.Metadata[0].Values["desk"]) != `"7b"` || e.Attributes["owner"] != "ada" {
		t.Errorf("Metadata = %+v, Attributes = %v", e.Metadata, e.Attributes)
	}
	if e.Version != 1 || e.CreatedAt == 0 {
		t.Errorf("Version = %d, CreatedAt = %d", e.Version, e.CreatedAt)
	}
	var actions []catalog.Action
	for _, event := range out.Events {
		actions = append(actions, event.Action)
		if event.Cursor.Ordinal == 0 || event.Cursor.Revision == 0 || event.Entity != subject("orders-value") {
			t.Errorf("event %+v", event)
		}
	}
	if diff := cmp.Diff([]catalog.Action{
		"UPDATED", "OWNED", "OWNED", "TAGGED", "UPDATED", "UPDATED", "DEPRECATED", "LINKED", "LINKED", "UPDATED", "UPDATED",
	}, actions); diff != "" {
		t.Errorf("actions (-want +got):\n%s", diff)
	}

	// The same again is nothing.
	head := n.View().Revision()
	if out := n.Commit(everything(subject("orders-value"))); len(out.Events) != 0 || n.View().Revision() != head {
		t.Errorf("the same again: %d events, revision %d after %d", len(out.Events), n.View().Revision(), head)
	}

	// And it all goes away again.
	n.Commit(catalog.Edit{Ref: subject("orders-value"), Clear: []catalog.Part{
		catalog.PartDescription, catalog.PartOwner, catalog.PartTag, catalog.PartTerm, catalog.PartDomain,
		catalog.PartDeprecation, catalog.PartLink, catalog.PartMetadata, catalog.PartAttribute,
	}})
	if left := rows(n.View(), n, subject("orders-value")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if e := n.entity(subject("orders-value")); e.Version != 2 {
		t.Errorf("Version = %d, want 2", e.Version)
	}
}

// refused carries out a command that must be refused, and gives the error.
func (n *node) refused(cmd catalog.Command) error {
	n.T.Helper()
	head := n.View().Revision()
	_, err := n.Do(n.T.Context(), cmd)
	if err == nil {
		n.T.Fatalf("Do(%+v) was not refused", cmd)
	}
	if now := n.View().Revision(); now != head {
		n.T.Errorf("a refused command left revision %d after %d", now, head)
	}
	return err
}

// A poisonous third step leaves nothing of the two before it.
func TestRefusedCommandsWriteNothing(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	ref := subject("orders-value")
	err := n.refused(catalog.Command{Steps: []catalog.Step{
		catalog.Put{Definition: &catalog.TagDefinition{Name: "New"}},
		catalog.Edit{Ref: ref, PutTags: []catalog.TagValue{{Name: "New"}}},
		catalog.Edit{Ref: ref, PutTags: []catalog.TagValue{{Name: "Unknown"}}},
	}})
	var step *catalog.StepError
	var unknown *catalog.UnknownTypeError
	if !errors.As(err, &step) || step.Step != 2 || !errors.As(err, &unknown) || unknown.Kind != catalog.KindTag || unknown.Name != "Unknown" {
		t.Errorf("Do() = %v", err)
	}
	if _, err := n.View().Definition(t.Context(), tag("New")); err == nil {
		t.Error("the tag of the first step is there")
	}
	if left := rows(n.View(), n, ref); len(left) != 0 {
		t.Errorf("said: %v", left)
	}
	if diff := cmp.Diff(feed.Revision(1), n.View().Revision()); diff != "" {
		t.Error(diff)
	}
}

func TestDryRunShowsAndLeavesAlone(t *testing.T) {
	n := newNode(t)
	n.put("orders-value", order)
	ref := subject("orders-value")
	out, err := n.Do(t.Context(), catalog.Command{DryRun: true, Steps: []catalog.Step{
		catalog.Put{Definition: &catalog.TagDefinition{Name: "New"}},
		catalog.Edit{Ref: ref, PutTags: []catalog.TagValue{{Name: "New"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Events) != 2 || out.Events[0].Action != catalog.ActionCreated || out.Events[1].Action != catalog.ActionTagged || out.Events[1].Cursor != (feed.Cursor{}) {
		t.Errorf("Events = %+v", out.Events)
	}
	if e, err := out.View.Entity(t.Context(), ref); err != nil || len(e.Tags) != 1 || e.Version != 1 {
		t.Errorf("as it would be: %+v, %v", e, err)
	}
	if e := n.entity(ref); len(e.Tags) != 0 || n.View().Revision() != 1 {
		t.Errorf("as it is: %+v at %d", e.Tags, n.View().Revision())
	}
}
