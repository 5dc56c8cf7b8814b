package franz

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/sr"

	"github.com/weir-registry/weir/clients/world"
)

// TestContext registers the same subject in two contexts and finds each id
// in its own (registry-api.md 12).
func TestContext(t *testing.T) {
	const subject = "franz-context"
	client := newClient(t)
	inside := sr.InContext(t.Context(), ".franz")
	if _, err := client.CreateSchema(inside, subject, sr.Schema{Schema: itemOther}); err != nil {
		t.Fatal(err)
	}
	outside := create(t, client, subject, item)

	found, err := client.SchemaByVersion(inside, subject, 1)
	if err != nil || found.Schema.Schema != itemOther {
		t.Errorf("SchemaByVersion in the context = %+v, %v, want %s", found, err, itemOther)
	}
	byID, err := client.SchemaByID(inside, found.ID)
	if err != nil || byID.Schema != itemOther {
		t.Errorf("SchemaByID(%d) in the context = %+v, %v, want %s", found.ID, byID, err, itemOther)
	}
	if byID, err := client.SchemaByID(t.Context(), outside.ID); err != nil || byID.Schema != item {
		t.Errorf("SchemaByID(%d) = %+v, %v, want %s", outside.ID, byID, err, item)
	}
	// The whole client in the context, as it is set up by configuration.
	client, err = sr.NewClient(sr.URLs(world.Open(t).URL), sr.DefaultSchemaContext(".franz"))
	if err != nil {
		t.Fatal(err)
	}
	versions, err := client.SubjectVersions(context.Background(), subject)
	if diff := cmp.Diff([]int{1}, versions); err != nil || diff != "" {
		t.Errorf("SubjectVersions: %v (-want +got):\n%s", err, diff)
	}
	contexts, err := client.Contexts(t.Context())
	if err != nil || !slices.Contains(contexts, ".franz") {
		t.Errorf("Contexts = %q, %v, want .franz among them", contexts, err)
	}
}

// TestNormalize registers two spellings of a schema, which are one version
// when the client asks for that, and two when it does not.
func TestNormalize(t *testing.T) {
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			subject := "franz-normalize-" + f.name
			client := newClient(t)
			normalize := sr.WithParams(t.Context(), sr.Normalize)
			one, err := client.CreateSchema(normalize, subject, f.schema(t, "spelling/one"))
			if err != nil {
				t.Fatal(err)
			}
			other, err := client.CreateSchema(normalize, subject, f.schema(t, "spelling/other"))
			if err != nil || other.ID != one.ID || other.Version != 1 {
				t.Errorf("CreateSchema of the other spelling = %+v, %v, want the id %d", other, err, one.ID)
			}
			found, err := client.LookupSchema(normalize, subject, f.schema(t, "spelling/other"))
			if err != nil || found.ID != one.ID {
				t.Errorf("LookupSchema of the other spelling = %+v, %v, want the id %d", found, err, one.ID)
			}
			kept, err := client.CreateSchema(t.Context(), subject, f.schema(t, "spelling/other"))
			if err != nil || kept.ID == one.ID || kept.Version != 2 {
				t.Errorf("CreateSchema of a spelling as it is = %+v, %v, want version 2", kept, err)
			}
		})
	}
}

// TestContract stores metadata and rules with a schema and gets them back
// (registry-api.md 13).
func TestContract(t *testing.T) {
	const subject = "franz-contract"
	client := newClient(t)
	want := sr.Schema{
		Schema: item,
		SchemaMetadata: &sr.SchemaMetadata{
			Tags:       map[string][]string{"Item.name": {"PII"}},
			Properties: map[string]string{"owner": "shop"},
		},
		SchemaRuleSet: &sr.SchemaRuleSet{DomainRules: []sr.SchemaRule{{
			Name: "named",
			Kind: sr.SchemaRuleKindCondition,
			Mode: sr.SchemaRuleModeWrite,
			Type: "CEL",
			Tags: []string{"PII"},
			Expr: "message.name != ''",
		}}},
	}
	created, err := client.CreateSchema(t.Context(), subject, want)
	if err != nil {
		t.Fatalf("CreateSchema: %v", err)
	}
	byVersion, err := client.SchemaByVersion(t.Context(), subject, created.Version)
	if diff := cmp.Diff(want, byVersion.Schema); err != nil || diff != "" {
		t.Errorf("SchemaByVersion: %v (-want +got):\n%s", err, diff)
	}
	byID, err := client.SchemaByID(t.Context(), created.ID)
	if diff := cmp.Diff(want, byID); err != nil || diff != "" {
		t.Errorf("SchemaByID: %v (-want +got):\n%s", err, diff)
	}
	// A subject's configuration may give metadata to those that bring none.
	result := client.SetCompatibility(t.Context(), sr.SetCompatibility{
		Level:           sr.CompatNone,
		DefaultMetadata: &sr.SchemaMetadata{Properties: map[string]string{"team": "web"}},
	}, subject)[0]
	if result.Err != nil {
		t.Fatalf("SetCompatibility: %v", result.Err)
	}
	next := create(t, client, subject, itemPrice)
	got, err := client.SchemaByVersion(t.Context(), subject, next.Version)
	if err != nil || got.SchemaMetadata == nil || got.SchemaMetadata.Properties["team"] != "web" {
		t.Errorf("SchemaByVersion after the default metadata = %+v, %v", got, err)
	}
}
