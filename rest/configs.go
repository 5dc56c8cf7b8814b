package rest

import "github.com/weir-registry/weir/registry"

// scope is what /config and /mode are about: a subject, a context, or without
// an argument the default context (registry-api.md 10.1).
func (c *call) scope() registry.Subject {
	if c.args[0] == "" {
		return registry.Subject{Context: registry.DefaultContext}
	}
	return c.subject(0)
}

// getConfig is GET /config and /config/{subject} (10.1).
func getConfig(c *call) error {
	config, err := c.server.registry.Config(c.ctx, c.scope(), c.query.flag("defaultToGlobal"))
	if err != nil {
		return err
	}
	c.out = appendConfig(c.out, &config, levelRead)
	return nil
}

// setConfig is PUT /config and /config/{subject} (10.3).
func setConfig(c *call) error {
	method := "updateTopLevelConfig"
	if c.args[0] != "" {
		method = "updateSubjectLevelConfig"
	}
	root, f, err := c.document(method)
	if err != nil {
		return err
	}
	update := f.configUpdate(root)
	if f.fault != nil {
		return f.fault
	}
	config, err := c.server.registry.SetConfig(c.ctx, c.scope(), update)
	if err != nil {
		return asNamed(err, c.args[0])
	}
	c.out = appendConfig(c.out, &config, levelWritten)
	return nil
}

// deleteConfig is DELETE /config and /config/{subject} (10.1).
func deleteConfig(c *call) error {
	config, err := c.server.registry.DeleteConfig(c.ctx, c.scope())
	if err != nil {
		return err
	}
	c.out = appendConfig(c.out, &config, levelRead)
	return nil
}
