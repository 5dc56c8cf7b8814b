package declare_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/declare"
)

// oddTexts are texts that a format of lines and signs may stumble over.
func oddTexts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[-a-z0-9:#'"&*!|>%@{}\[\],?~. \n\t]{1,20}`),
		rapid.StringN(1, 20, -1),
		rapid.SampledFrom([]string{"null", "1.0", "- a", "a: b\n", "---\na: b", " \n", "\u2028x", "x\r\ny", "true", "é\u0301", "<<"}),
	)
}

// names are names of people's own making.
func names() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringMatching(`[a-zA-Z/ :.#'"-]{1,12}`), rapid.SampledFrom([]string{"null", "1", "Ünï", "a: b", "~"})).
		Filter(func(s string) bool { return strings.TrimSpace(s) == s })
}

// Whatever people have typed can be exported, the documents read, and applied
// as a set; from then on the export of the set is the same, and plans nothing.
func TestExportOfAnythingApplies(t *testing.T) {
	run := 0
	n := newNode(t)
	n.Commit(catalog.Put{Definition: &catalog.MetadataDefinition{Name: "Free", Attributes: []catalog.AttributeDefinition{{Name: "text", IsOptional: true}}}})
	rapid.Check(t, func(t *rapid.T) {
		run++
		team, term := names().Draw(t, "team"), names().Draw(t, "term")
		description, reason, title, attribute := oddTexts().Draw(t, "description"), oddTexts().Draw(t, "reason"), oddTexts().Draw(t, "title"), oddTexts().Draw(t, "attribute")
		text, err := json.Marshal(oddTexts().Draw(t, "text"))
		if err != nil {
			t.Fatal(err)
		}
		on := catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: "orders-value"}
		field := catalog.Ref{Kind: catalog.KindField, Scope: ".", Name: "orders-value", Part: "com.acme.Order.id"}
		_, err = n.Do(n.T.Context(), catalog.Command{Steps: []catalog.Step{
			catalog.Put{Definition: &catalog.Team{Name: team, Contact: []catalog.Link{{Title: title, URL: "https://" + fmt.Sprint(run)}}}},
			catalog.Put{Definition: &catalog.Term{Name: term, Definition: description, Synonyms: []string{title}}},
			catalog.Edit{
				Ref: on, Description: &description, PutTerms: []string{term},
				Owners:      &[]catalog.OwnerValue{{Owner: catalog.Ref{Kind: catalog.KindTeam, Name: team}, Role: rapid.SampledFrom([]catalog.OwnerRole{catalog.Owner, catalog.OnCall}).Draw(t, "role")}},
				Deprecation: &catalog.DeprecationValue{Reason: reason, Until: rapid.Int64Range(0, 4e15).Draw(t, "until"), Replacement: field},
				Metadata:    []catalog.MetadataValue{{Definition: "Free", Values: map[string]json.RawMessage{"text": text}}},
				Attributes:  map[string]string{attribute: title},
			},
			catalog.Edit{Ref: field, Description: &title},
		}})
		if err != nil {
			t.Fatalf("Do() = %v", err)
		}
		set := fmt.Sprint("set ", run)
		all := n.export("")
		plan, err := declare.Apply(n.T.Context(), n.Catalog, n.read(all), declare.Options{Set: set})
		if err != nil || !plan.Applied {
			t.Fatalf("the export is refused: %v\n%s", err, all)
		}
		if diff := cmp.Diff(all, n.export("")); diff != "" {
			t.Fatalf("applying the export changes what is said (-before +after):\n%s", diff)
		}
		again, err := declare.Apply(n.T.Context(), n.Catalog, n.read(n.export(set)), declare.Options{Set: set, Prune: true})
		if err != nil || len(again.Changes) > 0 {
			t.Fatalf("the export of the set: %v, %+v\n%s", err, again, n.export(set))
		}
		if _, err := declare.Apply(n.T.Context(), n.Catalog, n.read(""), declare.Options{Set: set, Prune: true}); err != nil {
			t.Fatalf("pruned of everything: %v", err)
		}
		if diff := cmp.Diff(all, n.export("")); diff != "" {
			t.Fatalf("a prune takes away what others say (-before +after):\n%s", diff)
		}
		everything := []catalog.Part{
			catalog.PartDescription, catalog.PartOwner, catalog.PartTerm, catalog.PartDeprecation, catalog.PartMetadata, catalog.PartAttribute,
		}
		n.Commit(
			catalog.Edit{Ref: on, Clear: everything}, catalog.Edit{Ref: field, Clear: everything},
			catalog.Remove{Ref: catalog.Ref{Kind: catalog.KindTeam, Name: team}}, catalog.Remove{Ref: catalog.Ref{Kind: catalog.KindTerm, Name: term}},
		)
	})
}
