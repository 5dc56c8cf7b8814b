package registry_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/registry"
)

func resourceRequest(name string, roles ...*registry.AssociationBody) registry.AssociationRequest {
	return registry.AssociationRequest{ResourceName: &name, ResourceNamespace: ptr("n"), ResourceID: ptr("id-" + name), Associations: roles}
}

func weak(role, subject string) *registry.AssociationBody {
	return &registry.AssociationBody{AssociationType: &role, Subject: &subject}
}

func strong(role, text string) *registry.AssociationBody {
	b := body(text)
	return &registry.AssociationBody{AssociationType: &role, Schema: &b}
}

func (n *node) associate(req registry.AssociationRequest) error {
	_, err := n.CreateAssociations(n.t.Context(), registry.DefaultContext, req, false)
	return err
}

// The life of a STRONG association: made with its schema, guarded, taken away
// with its subject (registry-api.md 16.4).
func TestStrongAssociation(t *testing.T) {
	n := newNode(t)
	req := resourceRequest("orders", strong("value", record("R", "a")))
	dry, err := n.CreateAssociations(t.Context(), registry.DefaultContext, req, true)
	if err != nil || dry.Associations != nil || len(n.versions(":.n:orders-value")) != 0 {
		t.Errorf("dry run = %+v, %v", dry, err)
	}
	got, err := n.CreateAssociations(t.Context(), registry.DefaultContext, req, false)
	if err != nil || len(got.Associations) != 1 || got.Associations[0].Subject != in(":.n:orders-value") ||
		got.Associations[0].Lifecycle != registry.Strong || got.Associations[0].Schema.Version != 1 {
		t.Fatalf("CreateAssociations = %+v, %v", got, err)
	}
	if again, err := n.CreateAssociations(t.Context(), registry.DefaultContext, req, false); err != nil || again.Associations != nil {
		t.Errorf("again = %+v, %v; want nothing made", again, err)
	}
	refused(t, "another schema", n.associate(resourceRequest("orders", strong("value", record("R", "b")))), registry.CodeRoleTaken, "An association of type 'value' already exists for resource 'orders'")
	other := resourceRequest("orders", strong("value", record("R", "a")))
	other.ResourceID = ptr("another")
	refused(t, "another resource", n.associate(other), registry.CodeSubjectAssociated, "An association already exists for subject ':.n:orders-value'")

	_, err = n.Register(t.Context(), in("user"), using("U", ref("R", ":.n:orders-value", 1)), false, false, "")
	refused(t, "a reference", err, registry.CodeNotPermitted, "Subject ':.n:orders-value' has a strong association and cannot be referenced")
	_, err = n.DeleteSubject(t.Context(), in(":.n:orders-value"), false)
	refused(t, "DeleteSubject", err, registry.CodeSubjectAssociated, "An association already exists for subject ':.n:orders-value'")
	_, err = n.DeleteVersion(t.Context(), in(":.n:orders-value"), 1, false)
	refused(t, "DeleteVersion of the last one", err, registry.CodeNoActiveVersion, "No active (non-deleted) version exists for subject ':.n:orders-value'")

	del := registry.AssociationDeletion{ResourceID: "id-orders"}
	refused(t, "DeleteAssociations", n.DeleteAssociations(t.Context(), del), registry.CodeFrozen, "The association of type  'value' is frozen for subject ':.n:orders-value'")
	del.CascadeLifecycle = true
	if err := n.DeleteAssociations(t.Context(), del); err != nil {
		t.Errorf("DeleteAssociations with cascade = %v", err)
	}
	refused(t, "DeleteAssociations again", n.DeleteAssociations(t.Context(), del), registry.CodeAssociationNotFound, "Association for 'id-orders' not found.")
	if left := n.versions(":.n:orders-value"); left != nil {
		t.Errorf("versions left: %v", left)
	}
}

// WEAK associations share subjects; lists come in the order of the wire (16.1).
func TestWeakAssociations(t *testing.T) {
	n := newNode(t)
	refused(t, "no version", n.associate(resourceRequest("a", weak("value", "pool"))), registry.CodeNoActiveVersion, "No active (non-deleted) version exists for subject 'pool'")
	n.register("pool", record("R", "a"))
	n.register("pool2", record("R", "a"))
	for _, req := range []registry.AssociationRequest{
		resourceRequest("b", weak("value", "pool"), weak("key", "pool")), resourceRequest("a", weak("value", "pool")),
	} {
		if err := n.associate(req); err != nil {
			t.Fatal(err)
		}
	}
	list, err := n.AssociationsBySubject(t.Context(), in("pool"), registry.AssociationFilter{ResourceType: "topic", Page: all})
	var names []string
	for _, a := range list {
		names = append(names, fmt.Sprint(a.ResourceName, " ", a.AssociationType))
	}
	if diff := cmp.Diff([]string{"a value", "b key", "b value"}, names); diff != "" || err != nil {
		t.Errorf("AssociationsBySubject (-want +got):\n%s%v", diff, err)
	}
	for _, key := range []registry.ResourceKey{{ID: "id-b"}, {Name: "b", Namespace: "n"}, {Name: "b", Namespace: "-"}} {
		list, err := n.AssociationsByResource(t.Context(), key, registry.AssociationFilter{Types: []string{"key"}, Page: all})
		if err != nil || len(list) != 1 {
			t.Errorf("AssociationsByResource(%+v) has %d, %v; want 1", key, len(list), err)
		}
	}
	update := func(b *registry.AssociationBody) error {
		req := resourceRequest("a", b)
		req.ResourceID = nil
		_, err := n.UpdateAssociations(t.Context(), registry.DefaultContext, "id-a", req, false)
		return err
	}
	invalid := func(call string, err error, property, detail string) {
		t.Helper()
		refused(t, call, err, registry.CodeInvalidAssociation, "The association specified an invalid value for property: '"+property+"', detail: "+detail)
	}
	if err := update(&registry.AssociationBody{Lifecycle: ptr("WEAK")}); err != nil {
		t.Errorf("an update that changes nothing = %v", err)
	}
	invalid("another subject", update(&registry.AssociationBody{Subject: ptr("pool2")}), "lifecycle", "at least lifecycle or schema must be provided for update")
	invalid("another subject, WEAK", update(&registry.AssociationBody{Subject: ptr("pool2"), Lifecycle: ptr("WEAK")}), "subject", "subject of association cannot be changed from 'pool' to 'pool2'")
	invalid("promotion", update(&registry.AssociationBody{Lifecycle: ptr("STRONG"), Frozen: ptr(true)}), "frozen", "frozen attribute of association cannot be changed")
	invalid("a mixed resource", n.associate(resourceRequest("a", strong("key", record("R", "k")))), "lifecycle", "all associations for a resource must have the same lifecycle, but got value=WEAK, key=STRONG")
	invalid("a null entry", n.associate(resourceRequest("a", nil)), "associations", "cannot be null or empty")
	invalid("a role twice", n.associate(resourceRequest("c", weak("key", "pool"), weak("key", "pool2"))), "associationType", "may only appear once per request, but 'key' appears more than once")
	refused(t, "STRONG beside WEAK", n.associate(resourceRequest("pool", strong("value", "x"))), registry.CodeInvalidSchema, "")
	if err := n.DeleteAssociations(t.Context(), registry.AssociationDeletion{ResourceID: "id-a"}); err != nil {
		t.Errorf("DeleteAssociations = %v", err)
	}
	if got := n.versions("pool"); len(got) != 1 {
		t.Errorf("the subject of a WEAK association has versions %v, want 1", got)
	}
}

// A batch gives one result for each request, whatever becomes of the others.
func TestAssociationBatches(t *testing.T) {
	n := newNode(t)
	n.register("pool", record("R", "a"))
	op := func(op registry.AssociationOp, b *registry.AssociationBody) *registry.AssociationBody {
		b.Op = op
		return b
	}
	results, err := n.BatchMutate(t.Context(), registry.DefaultContext, []registry.BatchMutation{
		{AssociationRequest: resourceRequest("a", op(registry.CreateOp, strong("value", record("R", "a"))))},
		{AssociationRequest: resourceRequest("bad.name", op(registry.CreateOp, weak("value", "pool")))},
		{AssociationRequest: resourceRequest("b", op(registry.UpsertOp, weak("value", "pool")), op(registry.DeleteOp, weak("key", "pool")))},
		{Failed: &registry.Error{Code: 1, Message: "sent"}},
	}, false)
	if err != nil || len(results) != 4 {
		t.Fatalf("BatchMutate = %v, %v", results, err)
	}
	if results[0].Error != nil || results[0].Answer.Associations[0].Schema == nil {
		t.Errorf("CREATE = %+v, %v", results[0].Answer, results[0].Error)
	}
	refused(t, "a bad name", results[1].Error, registry.CodeInvalidAssociation, "")
	if results[2].Error != nil || len(results[2].Answer.Associations) != 1 {
		t.Errorf("UPSERT = %+v, %v", results[2].Answer, results[2].Error)
	}
	refused(t, "an error that was sent", results[3].Error, 1, "sent")

	found, err := n.BatchGet(t.Context(), []registry.AssociationQuery{{ResourceID: ptr("id-a")}, {ResourceName: ptr("b"), ResourceNamespace: ptr("n")}, {}}, true)
	if err != nil || found[0].Answer.Associations[0].Schema.Version != 1 || found[1].Answer.ResourceID != "id-b" {
		t.Errorf("BatchGet = %+v, %v", found, err)
	}
	refused(t, "a query of nothing", found[2].Error, registry.CodeInvalidAssociation, "")
	_, err = n.BatchGet(t.Context(), nil, false)
	refused(t, "BatchGet of nothing", err, registry.CodeInvalidAssociation, "The association specified an invalid value for property: 'requests', detail: cannot be null or empty")
}
