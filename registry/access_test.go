package registry_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
)

// denyAll refuses everything.
type denyAll struct{}

func (denyAll) Authorize(ctx context.Context, action auth.Action, resource auth.Resource) error {
	return &auth.DeniedError{Principal: auth.From(ctx), Action: action, Resource: resource}
}

// Every method asks before it does anything.
func TestEveryMethodAsks(t *testing.T) {
	n := newNode(t)
	r, err := registry.New(t.Context(), registry.Options{Store: n.store, Log: n.store, Formats: format.All(), Settings: defaults(), Auth: denyAll{}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, s, b := t.Context(), in("s"), body(`"int"`)
	none := func(_ any, err error) error { return err }
	for name, call := range map[string]func() error{
		"Register":      func() error { return none(r.Register(ctx, s, b, false, false, "")) },
		"Lookup":        func() error { return none(r.Lookup(ctx, s, b, false, false, "")) },
		"Tag":           func() error { return none(r.Tag(ctx, s, 1, registry.TagRequest{})) },
		"Metadata":      func() error { return none(r.LatestWithMetadata(ctx, s, nil, false, registry.ReadOptions{})) },
		"Compatibility": func() error { return none(r.Compatibility(ctx, s, nil, b, registry.CompatOptions{})) },
		"Subjects":      func() error { return none(r.Subjects(ctx, registry.SubjectFilter{})) },
		"Versions":      func() error { return none(r.Versions(ctx, s, registry.VersionFilter{})) },
		"Version":       func() error { return none(r.Version(ctx, s, 1, false, registry.ReadOptions{})) },
		"ReferencedBy":  func() error { return none(r.ReferencedBy(ctx, s, 1, false, all)) },
		"DeleteVersion": func() error { return none(r.DeleteVersion(ctx, s, 1, false)) },
		"DeleteSubject": func() error { return none(r.DeleteSubject(ctx, s, false)) },
		"Schemas":       func() error { return none(r.Schemas(ctx, registry.SchemaFilter{})) },
		"SchemaByID":    func() error { return none(r.SchemaByID(ctx, 1, "", false, registry.ReadOptions{})) },
		"SubjectsByID":  func() error { return none(r.SubjectsByID(ctx, 1, "", false, all)) },
		"VersionsByID":  func() error { return none(r.VersionsByID(ctx, 1, "", false, all)) },
		"SchemaByGUID":  func() error { return none(r.SchemaByGUID(ctx, "x", registry.ReadOptions{})) },
		"IDsByGUID":     func() error { return none(r.IDsByGUID(ctx, "x")) },
		"Config":        func() error { return none(r.Config(ctx, s, false)) },
		"SetConfig":     func() error { return none(r.SetConfig(ctx, s, registry.ConfigUpdate{})) },
		"DeleteConfig":  func() error { return none(r.DeleteConfig(ctx, s)) },
		"Mode":          func() error { return none(r.Mode(ctx, s, false)) },
		"SetMode":       func() error { return r.SetMode(ctx, s, ptr("IMPORT"), false) },
		"DeleteMode":    func() error { return none(r.DeleteMode(ctx, s, false)) },
		"Contexts":      func() error { return none(r.Contexts(ctx, "", all)) },
		"DeleteContext": func() error { return r.DeleteContext(ctx, ".c") },
		"associations of a subject": func() error {
			return none(r.AssociationsBySubject(ctx, s, registry.AssociationFilter{}))
		},
		"associations of a resource": func() error {
			return none(r.AssociationsByResource(ctx, registry.ResourceKey{}, registry.AssociationFilter{}))
		},
		"CreateAssociations": func() error {
			return none(r.CreateAssociations(ctx, ".", resourceRequest("a", weak("value", "s")), false))
		},
		"UpdateAssociations": func() error {
			return none(r.UpdateAssociations(ctx, ".", "id-a", resourceRequest("a", weak("value", "s")), false))
		},
		"DeleteAssociations": func() error { return r.DeleteAssociations(ctx, registry.AssociationDeletion{ResourceID: "x"}) },
		"BatchGet":           func() error { return none(r.BatchGet(ctx, []registry.AssociationQuery{{}}, false)) },
		"BatchMutate": func() error {
			req := resourceRequest("a", weak("value", "s"))
			req.Associations[0].Op = registry.CreateOp
			results, err := r.BatchMutate(ctx, ".", []registry.BatchMutation{{AssociationRequest: req}}, false)
			if err != nil {
				return err
			}
			return results[0].Error
		},
	} {
		var denied *auth.DeniedError
		if err := call(); !errors.As(err, &denied) {
			t.Errorf("%s = %v, want *auth.DeniedError", name, err)
		}
	}
}

// A write says who made it and where it was committed.
func TestOriginAndRevision(t *testing.T) {
	n := newNode(t)
	var at feed.Cursor
	ctx := registry.WithRevision(registry.WithOrigin(auth.With(t.Context(), auth.Principal{Name: "ada"}), feed.Origin{Client: "java/8.0"}), &at)
	if _, err := n.Register(ctx, in("s"), body(`"int"`), false, false, ""); err != nil {
		t.Fatal(err)
	}
	epoch, err := n.store.Epoch(t.Context())
	if diff := cmp.Diff(feed.Cursor{Epoch: epoch, Revision: 1}, at); diff != "" || err != nil {
		t.Errorf("revision (-want +got):\n%s%v", diff, err)
	}
	at = feed.Cursor{}
	if _, err := n.Register(ctx, in("s"), body(`"int"`), false, false, ""); err != nil || at != (feed.Cursor{}) {
		t.Errorf("known content was written at %v, %v", at, err)
	}
	want := `by "ada" client "java/8.0"`
	found := false
	for _, line := range n.loaded().Lines() {
		found = found || strings.Contains(line, want)
	}
	if !found {
		t.Errorf("no version says %s", want)
	}
}

// What memory knows is answered without the database; what it does not know
// is not denied while the database is away.
func TestDatabaseAway(t *testing.T) {
	s, err := store.Open(t.Context(), store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	if err != nil {
		t.Fatal(err)
	}
	n := startNode(t, s, defaults())
	stored := n.register("s", `"int"`)
	if err := n.store.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := n.SchemaByID(t.Context(), stored.ID, "", false, registry.ReadOptions{}); err != nil {
		t.Errorf("SchemaByID of a known id = %v", err)
	}
	if got := n.register("s", ` "int"`); got.ID != stored.ID {
		t.Errorf("known content has id %d, want %d", got.ID, stored.ID)
	}
	_, err = n.SchemaByID(t.Context(), 99, "", false, registry.ReadOptions{})
	if !errors.Is(err, feed.ErrUnavailable) {
		t.Errorf("SchemaByID of an unknown id = %v, want feed.ErrUnavailable", err)
	}
	if _, err := n.Register(t.Context(), in("s"), body(`"long"`), false, false, ""); err == nil {
		t.Error("Register of new content succeeded")
	}
}
