package remote

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// settingPath is /config or /mode of a scope; the empty scope is the global
// one.
func settingPath(kind, scope string) string {
	if scope == "" {
		return segments(kind)
	}
	return segments(kind, scope)
}

// Config reads a scope's own config, as the wire shows it; nil when it has
// none.
func (c *Client) Config(ctx context.Context, scope string) (json.RawMessage, error) {
	return c.setting(ctx, "config", scope, 40408)
}

// Mode reads a scope's own mode, empty when it has none.
func (c *Client) Mode(ctx context.Context, scope string) (string, error) {
	data, err := c.setting(ctx, "mode", scope, 40409)
	if err != nil || data == nil {
		return "", err
	}
	var m struct {
		Mode string `json:"mode"`
	}
	return m.Mode, json.Unmarshal(data, &m)
}

func (c *Client) setting(ctx context.Context, kind, scope string, none int) (json.RawMessage, error) {
	var data json.RawMessage
	err := c.call(ctx, http.MethodGet, settingPath(kind, scope), nil, nil, &data)
	if HasCode(err, none) {
		return nil, nil
	}
	return data, err
}

// PutConfig stores a config that Config has read: what reads call
// compatibilityLevel, writes call compatibility (registry-api.md 10.1).
func (c *Client) PutConfig(ctx context.Context, scope string, config json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(config, &fields); err != nil {
		return err
	}
	if level, ok := fields["compatibilityLevel"]; ok {
		fields["compatibility"] = level
		delete(fields, "compatibilityLevel")
	}
	return c.call(ctx, http.MethodPut, settingPath("config", scope), nil, fields, nil)
}

// PutMode stores a mode, without the check for existing subjects.
func (c *Client) PutMode(ctx context.Context, scope, mode string) error {
	return c.call(ctx, http.MethodPut, settingPath("mode", scope), url.Values{"force": {"true"}}, map[string]string{"mode": mode}, nil)
}

// DeleteMode removes a scope's own mode; it is no error when it has none.
func (c *Client) DeleteMode(ctx context.Context, scope string) error {
	err := c.call(ctx, http.MethodDelete, settingPath("mode", scope), nil, nil, nil)
	if HasCode(err, 40401) {
		return nil
	}
	return err
}
