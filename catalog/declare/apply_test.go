package declare_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/declare"
)

// TestApply runs the files of testdata/apply, each on a catalog of its own: a
// line "== apply SET [prune] [dry]" has YAML documents after it, up to the next
// such line; "== export [SET]" and "== people SUBJECT description" (somebody
// describes it by the API) have none. The file beside it has the plan, the
// faults or the export of each.
func TestApply(t *testing.T) {
	inputs, err := filepath.Glob("testdata/apply/*.yaml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, input := range inputs {
		t.Run(strings.TrimSuffix(filepath.Base(input), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			n := newNode(t)
			var out strings.Builder
			sets := map[string]bool{}
			for step := range strings.SplitSeq(string(data), "== ") {
				line, body, _ := strings.Cut(step, "\n")
				words := strings.Fields(line)
				if len(words) == 0 || strings.HasPrefix(line, "#") {
					continue
				}
				fmt.Fprintf(&out, "== %s\n", line)
				switch words[0] {
				case "people":
					description := strings.Join(words[2:], " ")
					n.Commit(catalog.Edit{Ref: catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: words[1]}, Description: &description})
				case "export":
					out.WriteString(n.export(strings.Join(words[1:], " ")))
				case "apply":
					sets[words[1]] = true
					out.WriteString(n.apply(body, declare.Options{
						Set: words[1], Prune: slices.Contains(words, "prune"), DryRun: slices.Contains(words, "dry"),
					}))
				default:
					t.Fatalf("%q is no step", line)
				}
			}
			golden(t, strings.TrimSuffix(input, ".yaml")+".plan", out.String())
			for set := range sets {
				n.checkExport(set)
			}
		})
	}
}

// apply gives the plan, or why it was refused. What was applied plans nothing
// any more.
func (n *node) apply(text string, o declare.Options) string {
	n.T.Helper()
	d, err := declare.Read(declare.File{Name: "f.yaml", Text: text})
	if err != nil {
		return err.Error() + "\n"
	}
	before := n.View().Revision()
	plan, err := declare.Apply(n.T.Context(), n.Catalog, d, o)
	if err != nil {
		if now := n.View().Revision(); now != before {
			n.T.Errorf("a refused application has moved the catalog from revision %d to %d", before, now)
		}
		return err.Error() + "\n"
	}
	if wrote := n.View().Revision() != before; wrote != (!o.DryRun && len(plan.Changes) > 0) {
		n.T.Errorf("%+v of %d changes moved the catalog from revision %d to %d", o, len(plan.Changes), before, n.View().Revision())
	}
	if !o.DryRun {
		after := n.View().Revision()
		again, err := declare.Apply(n.T.Context(), n.Catalog, d, o)
		if err != nil || len(again.Changes) > 0 || n.View().Revision() != after {
			n.T.Errorf("applied a second time: error %v, %+v", err, again)
		}
	}
	var out strings.Builder
	if err := plan.Write(&out, false); err != nil {
		n.T.Fatal(err)
	}
	return out.String()
}

// checkExport holds the law: applying what was exported plans nothing, pruned
// or not.
func (n *node) checkExport(set string) {
	n.T.Helper()
	text := n.export(set)
	for _, prune := range []bool{false, true} {
		plan, err := declare.Apply(n.T.Context(), n.Catalog, n.read(text), declare.Options{Set: set, Prune: prune, DryRun: true})
		if err != nil {
			n.T.Errorf("the export of %s is refused: %v\n%s", set, err, text)
		} else if len(plan.Changes) > 0 || plan.Left > 0 {
			n.T.Errorf("the export of %s plans %+v and leaves %d\n%s", set, plan.Changes, plan.Left, text)
		}
	}
}

// What one catalog exports another with the same schemas says after it is
// applied.
func TestExportReproduces(t *testing.T) {
	data, err := os.ReadFile("testdata/apply/everything.yaml")
	if err != nil {
		t.Fatal(err)
	}
	n, other := newNode(t), newNode(t)
	_, body, _ := strings.Cut(string(data), "\n")
	body, _, _ = strings.Cut(body, "== ")
	n.apply(body, declare.Options{Set: "s"})
	text := "said by people"
	n.Commit(catalog.Edit{Ref: catalog.Ref{Kind: catalog.KindSubject, Scope: ".", Name: "carts-value"}, Description: &text})
	for _, set := range []string{"s", ""} {
		exported := n.export(set)
		if strings.Count(exported, "\n") < 50 {
			t.Fatalf("the export of %q is too short to show anything:\n%s", set, exported)
		}
		other.apply(exported, declare.Options{Set: "s"})
		if diff := cmp.Diff(exported, other.export("s")); diff != "" {
			t.Errorf("the export of %q (-first catalog +second):\n%s", set, diff)
		}
	}
}

// A path leads to the field that is there now; to one that is gone only when no
// other has taken its place. What waits for its field to come back can be
// exported and applied as before.
func TestPathsOfGoneFields(t *testing.T) {
	const version = `{"type":"record","name":"Row","fields":[{"name":"c","type":{"type":"record","name":"%s","fields":[{"name":"%s","type":"string"}]}}]}`
	n := newNode(t)
	n.Register("rows-value", "AVRO", fmt.Sprintf(version, "Old", "email"))
	n.Register("rows-value", "AVRO", fmt.Sprintf(version, "New", "email"))
	const document = "apiVersion: weir/v1\nkind: Subject\nmetadata: {name: rows-value}\nspec:\n  fields:\n    c.email: {description: x}\n"
	want := "~ Field rows-value New.email\n    + description: \"x\"\nset s: 1 created, 0 changed, 0 removed\n"
	if got := n.apply(document, declare.Options{Set: "s"}); got != want {
		t.Errorf("the path leads to\n%s, want\n%s", got, want)
	}
	n.Register("rows-value", "AVRO", fmt.Sprintf(version, "New", "mail"))
	n.Register("rows-value", "AVRO", `"string"`)
	n.checkExport("s")
	want = strings.NewReplacer("New.email", "New.mail", "set s", "set t").Replace(want)
	if got := n.apply(strings.ReplaceAll(document, "email", "mail"), declare.Options{Set: "t"}); got != want {
		t.Errorf("the path of a field that is gone leads to\n%s, want\n%s", got, want)
	}
}
