package rest

import "github.com/weir-registry/weir/registry"

// getMode is GET /mode and /mode/{subject} (registry-api.md 11.1).
func getMode(c *call) error {
	mode, err := c.server.registry.Mode(c.ctx, c.scope(), c.query.flag("defaultToGlobal"))
	if err != nil {
		return err
	}
	c.out = appendMode(c.out, &mode)
	return nil
}

// setMode is PUT /mode and /mode/{subject}; the answer is what was sent.
func setMode(c *call) error {
	method := "updateTopLevelMode"
	if c.args[0] != "" {
		method = "updateMode"
	}
	root, f, err := c.document(method)
	if err != nil {
		return err
	}
	mode, given := f.modeUpdate(root)
	if f.fault != nil {
		return f.fault
	}
	if !given {
		return &registry.Error{Code: codeBadMode, Message: "Invalid mode. Valid values are READWRITE, READONLY, IMPORT and FORWARD."}
	}
	if err := c.server.registry.SetMode(c.ctx, c.scope(), mode, c.query.flag("force")); err != nil {
		return asNamed(err, c.args[0])
	}
	c.out = appendMode(c.out, mode)
	return nil
}

// deleteMode is DELETE /mode and /mode/{subject}; the answer is the mode
// before, and {} where recursive found none.
func deleteMode(c *call) error {
	mode, err := c.server.registry.DeleteMode(c.ctx, c.scope(), c.query.flag("recursive"))
	if err != nil {
		return err
	}
	if mode == "" {
		c.out = append(c.out, "{}"...)
		return nil
	}
	c.out = appendMode(c.out, &mode)
	return nil
}

func appendMode(b []byte, mode *string) []byte {
	b = append(b, `{"mode":`...)
	b = appendTextOrNull(b, mode)
	return append(b, '}')
}
