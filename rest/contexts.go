package rest

import "github.com/weir-registry/weir/registry"

// listContexts is GET /contexts (registry-api.md 12.3).
func listContexts(c *call) error {
	page, err := c.query.page(c.server.settings.ContextLimits)
	if err != nil {
		return err
	}
	contexts, err := c.server.registry.Contexts(c.ctx, c.query.text("contextPrefix"), page)
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, contexts)
	return nil
}

// deleteContext is DELETE /contexts/{context} (12.3).
func deleteContext(c *call) error {
	return c.noContent(c.server.registry.DeleteContext(c.ctx, registry.ParseSubject(c.args[0]).Context))
}
