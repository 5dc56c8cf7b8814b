package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/graphql/model"
)

// An id gives back what it was made of, and is the only text that does.
func TestIDIsReversible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ref := catalog.Ref{
			Kind:  rapid.SampledFrom([]catalog.Kind{catalog.KindSubject, catalog.KindField, catalog.KindTag, catalog.KindTopic}).Draw(t, "kind"),
			Scope: rapid.String().Draw(t, "scope"), Name: rapid.String().Draw(t, "name"), Part: rapid.String().Draw(t, "part"),
		}
		id := model.IDOf(ref)
		got, err := model.ParseID(id)
		if err != nil || got != ref {
			t.Fatalf("ParseID(IDOf(%#v)) = %#v, %v", ref, got, err)
		}
		other := rapid.StringMatching(`[A-Za-z0-9_-]{0,40}`).Draw(t, "other")
		if parsed, err := model.ParseID(other); err == nil && model.IDOf(parsed) != other {
			t.Fatalf("%q and %q are ids of one thing", other, model.IDOf(parsed))
		}
	})
}

func FuzzParseID(f *testing.F) {
	f.Add("U1VCSkVDVC8uL25vYm9keQ")
	f.Add("")
	f.Fuzz(func(t *testing.T, id string) {
		if ref, err := model.ParseID(id); err == nil && model.IDOf(ref) != id {
			t.Errorf("ParseID(%q) = %v, whose id is %q", id, ref, model.IDOf(ref))
		}
	})
}

func FuzzParseRevision(f *testing.F) {
	f.Add("epoch:5:1")
	f.Add("epoch:5")
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := model.ParseRevision(text, "epoch"); err == nil && (at.Revision < 0 || at.Ordinal < 0 || at.Epoch != "epoch") {
			t.Errorf("ParseRevision(%q) = %v", text, at)
		}
	})
}
