package rest

import (
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// associationRequest reads the body of POST and PUT of associations
// (registry-api.md 16.2). A null among the entries is kept: the registry
// refuses it (42212).
func (f *fields) associationRequest(v jsontext.Value, batch bool) registry.AssociationRequest {
	var r registry.AssociationRequest
	if !f.object(v) {
		return r
	}
	for member := range items(v) {
		switch member.Name() {
		case "resourceName":
			r.ResourceName = f.str(member)
		case "resourceNamespace":
			r.ResourceNamespace = f.str(member)
		case "resourceId":
			r.ResourceID = f.str(member)
		case "resourceType":
			r.ResourceType = f.str(member)
		case "associations":
			r.Associations = f.associationEntries(member, batch)
		}
	}
	return r
}

func (f *fields) associationEntries(v jsontext.Value, batch bool) []*registry.AssociationBody {
	return listOf(f, v, func(item jsontext.Value) *registry.AssociationBody {
		if !f.object(item) {
			return nil
		}
		entry := f.associationEntry(item)
		if batch {
			entry.Op = f.associationOp(item)
		}
		return entry
	})
}

func (f *fields) associationEntry(v jsontext.Value) *registry.AssociationBody {
	entry := &registry.AssociationBody{}
	for member := range items(v) {
		switch member.Name() {
		case "subject":
			entry.Subject = f.str(member)
		case "associationType":
			entry.AssociationType = f.str(member)
		case "lifecycle":
			entry.Lifecycle = f.lifecycle(member)
		case "frozen":
			entry.Frozen = f.boolean(member)
		case "schema":
			if !absent(member) {
				body := f.schemaBody(member)
				entry.Schema = &body
			}
		case "normalize":
			entry.Normalize = f.boolean(member)
		case "cascadeLifecycle":
			entry.CascadeLifecycle = f.isTrue(member)
		}
	}
	return entry
}

func (f *fields) lifecycle(v jsontext.Value) *string {
	if absent(v) {
		return nil
	}
	name := f.enum(v, registry.Strong, registry.Weak)
	return &name
}

// associationOp reads the operation that a batch names; an unknown one is a
// 400 for the whole batch (registry-api.md 16.1).
func (f *fields) associationOp(v jsontext.Value) registry.AssociationOp {
	member := v.Get("opType")
	switch op := registry.AssociationOp(member.Text()); op {
	case registry.CreateOp, registry.UpsertOp, registry.DeleteOp:
		return op
	}
	f.fail(v, "An association of a batch needs an \"opType\": CREATE, UPSERT or DELETE")
	return ""
}

// associationQuery reads one request of batchGet.
func (f *fields) associationQuery(v jsontext.Value) registry.AssociationQuery {
	var q registry.AssociationQuery
	if !f.object(v) {
		return q
	}
	for member := range items(v) {
		switch member.Name() {
		case "resourceName":
			q.ResourceName = f.str(member)
		case "resourceNamespace":
			q.ResourceNamespace = f.str(member)
		case "resourceId":
			q.ResourceID = f.str(member)
		case "resourceType":
			q.ResourceType = f.str(member)
		case "associationTypes":
			if f.list(member) {
				q.AssociationTypes = f.texts(member)
			}
		case "lifecycle":
			q.Lifecycle = f.lifecycle(member)
		}
	}
	return q
}

// batchMutation reads one request of batchMutate; an error in its place is
// answered with that error.
func (f *fields) batchMutation(v jsontext.Value) registry.BatchMutation {
	m := registry.BatchMutation{AssociationRequest: f.associationRequest(v, true)}
	if v.Kind() != jsontext.Object {
		return m
	}
	if fault := v.Get("error"); f.object(fault) {
		m.Failed = &registry.Error{}
		if code := f.integer(fault.Get("error_code")); code != nil {
			m.Failed.Code = int(*code)
		}
		if message := f.str(fault.Get("message")); message != nil {
			m.Failed.Message = *message
		}
	}
	return m
}

// requests reads the list of a batch; absent and empty are for the registry
// to refuse.
func requests[T any](f *fields, v jsontext.Value, one func(jsontext.Value) T) []T {
	var list []T
	if !f.object(v) {
		return nil
	}
	member := v.Get("requests")
	if !f.list(member) {
		return nil
	}
	for item := range items(member) {
		list = append(list, one(item))
	}
	return list
}
