package rest

import (
	"github.com/weir-registry/weir/registry"
)

// The naming policies are weir's own: which subject-name strategies new
// subjects must follow. A scope is written as in /config: ":.ctx:" a context,
// ":.:" the default one, ":.__GLOBAL:" all of them, anything else a pattern of
// names ("orders-*", ":.ctx:*").

func listNamingPolicies(c *call) error {
	policies, err := c.server.registry.NamingPolicies(c.ctx)
	if err != nil {
		return err
	}
	c.out = appendList(c.out, policies, appendNamingPolicy)
	return nil
}

func setNamingPolicy(c *call) error {
	v, f, err := c.document("setNamingPolicy")
	if err != nil {
		return err
	}
	policy := registry.NamingPolicy{Scope: c.subject(0)}
	if f.object(v) && f.list(v.Get("strategies")) {
		for _, name := range f.texts(v.Get("strategies")) {
			policy.Strategies = append(policy.Strategies, registry.Strategy(name))
		}
	}
	if f.fault != nil {
		return f.fault
	}
	if err := c.server.registry.SetNamingPolicy(c.ctx, policy); err != nil {
		return asNamed(err, c.args[0])
	}
	c.out = appendNamingPolicy(c.out, policy)
	return nil
}

func deleteNamingPolicy(c *call) error {
	return c.noContent(c.server.registry.DeleteNamingPolicy(c.ctx, c.subject(0)))
}

func appendNamingPolicy(b []byte, p registry.NamingPolicy) []byte {
	scope := p.Scope.String()
	if scope == "" {
		scope = ":.:"
	}
	b = appendText(append(b, `{"scope":`...), scope)
	b = append(b, `,"strategies":`...)
	b = appendList(b, p.Strategies, func(b []byte, s registry.Strategy) []byte { return appendText(b, string(s)) })
	return append(b, '}')
}
