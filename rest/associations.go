package rest

import (
	"net/http"
	"strings"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema/jsontext"
)

// The endpoints of registry-api.md 16.1.

func associationsBySubject(c *call) error {
	filter, err := c.associationFilter()
	if err != nil {
		return err
	}
	if strings.HasPrefix(c.args[0], ":.:") {
		// Subjects are compared as they are shown, and the default context is
		// never shown (registry-api.md 16.1).
		return c.answerAssociations(nil, nil)
	}
	list, err := c.server.registry.AssociationsBySubject(c.ctx, c.subject(0), filter)
	return c.answerAssociations(list, err)
}

func associationsByID(c *call) error {
	return c.associationsByResource(registry.ResourceKey{ID: c.args[0]})
}

func associationsByName(c *call) error {
	return c.associationsByResource(registry.ResourceKey{Namespace: c.args[0], Name: c.args[1]})
}

func (c *call) associationsByResource(key registry.ResourceKey) error {
	filter, err := c.associationFilter()
	if err != nil {
		return err
	}
	list, err := c.server.registry.AssociationsByResource(c.ctx, key, filter)
	return c.answerAssociations(list, err)
}

func (c *call) answerAssociations(list []registry.Association, err error) error {
	if err != nil {
		return err
	}
	c.out = appendList(c.out, list, appendAssociation)
	return nil
}

func (c *call) associationFilter() (registry.AssociationFilter, error) {
	page, err := c.query.page(c.server.settings.SchemaLimits)
	if err != nil {
		return registry.AssociationFilter{}, err
	}
	filter := registry.AssociationFilter{
		ResourceType: c.resourceType(),
		Types:        c.query.all("associationType"),
		Lifecycle:    c.query.text("lifecycle"),
		Page:         page,
	}
	switch filter.Lifecycle {
	case "", registry.Strong, registry.Weak:
		return filter, nil
	}
	return filter, errBadParameter
}

// resourceType is the query parameter; only an absent one is "topic".
func (c *call) resourceType() string {
	if text, ok := c.query.get("resourceType"); ok {
		return text
	}
	return "topic"
}

// associationContext is the context that qualifies unqualified subjects of a
// body: the prefix of the path, else the query parameter.
func (c *call) associationContext() registry.Context {
	if c.prefix != "" {
		return c.prefix
	}
	text := c.query.text("context")
	if text == "" {
		return registry.DefaultContext
	}
	return registry.ParseSubject(text).Context
}

func createAssociations(c *call) error {
	root, f, err := c.document("createAssociation")
	if err != nil {
		return err
	}
	request := f.associationRequest(root, false)
	if f.fault != nil {
		return f.fault
	}
	answer, err := c.server.registry.CreateAssociations(c.ctx, c.associationContext(), request, c.query.flag("dryRun"))
	if err != nil {
		return err
	}
	c.out = appendAssociationAnswer(c.out, &answer)
	return nil
}

func updateAssociations(c *call) error {
	root, f, err := c.document("createOrUpdateAssociation")
	if err != nil {
		return err
	}
	request := f.associationRequest(root, false)
	if f.fault != nil {
		return f.fault
	}
	answer, err := c.server.registry.UpdateAssociations(c.ctx, c.associationContext(), c.args[0], request, c.query.flag("dryRun"))
	if err != nil {
		return err
	}
	c.out = appendAssociationAnswer(c.out, &answer)
	return nil
}

func deleteAssociations(c *call) error {
	return c.noContent(c.server.registry.DeleteAssociations(c.ctx, registry.AssociationDeletion{
		ResourceID:       c.args[0],
		ResourceType:     c.resourceType(),
		Types:            c.query.all("associationType"),
		CascadeLifecycle: c.query.flag("cascadeLifecycle"),
		DryRun:           c.query.flag("dryRun"),
	}))
}

func batchGet(c *call) error {
	root, f, err := c.document("batchGetAssociations")
	if err != nil {
		return err
	}
	queries := requests(f, root, func(v jsontext.Value) registry.AssociationQuery { return f.associationQuery(v) })
	if f.fault != nil {
		return f.fault
	}
	results, err := c.server.registry.BatchGet(c.ctx, queries, c.query.flag("includeSchemas"))
	return c.answerBatch(results, err)
}

func batchMutate(c *call) error {
	root, f, err := c.document("mutateAssociations")
	if err != nil {
		return err
	}
	mutations := requests(f, root, func(v jsontext.Value) registry.BatchMutation { return f.batchMutation(v) })
	if f.fault != nil {
		return f.fault
	}
	results, err := c.server.registry.BatchMutate(c.ctx, c.associationContext(), mutations, c.query.flag("dryRun"))
	return c.answerBatch(results, err)
}

func (c *call) answerBatch(results []registry.BatchResult, err error) error {
	if err != nil {
		return err
	}
	c.status = http.StatusMultiStatus
	c.out = c.server.appendBatchResults(c.out, results)
	return nil
}
