package registry_test

import (
	"errors"
	"testing"

	"github.com/weir-registry/weir/registry"
)

func TestNamingPolicy(t *testing.T) {
	onBothEngines(t, func(t *testing.T, n *node) {
		order := `{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"}]}`
		register := func(subject, text string) error {
			_, err := n.Register(t.Context(), in(subject), body(text), false, false, "")
			return err
		}
		if err := register("anything", order); err != nil {
			t.Fatalf("Register without a policy = %v", err)
		}
		for _, p := range []registry.NamingPolicy{
			{Scope: in(":.:"), Strategies: []registry.Strategy{registry.TopicNameStrategy, registry.TopicRecordNameStrategy}},
			{Scope: in("shop.*"), Strategies: []registry.Strategy{registry.RecordNameStrategy}},
			{Scope: in(":.__GLOBAL:"), Strategies: []registry.Strategy{registry.RecordNameStrategy}},
		} {
			if err := n.SetNamingPolicy(t.Context(), p); err != nil {
				t.Fatalf("SetNamingPolicy(%v) = %v", p, err)
			}
		}
		for _, test := range []struct {
			subject string
			allowed bool
		}{
			{"orders-value", true},
			{"orders-key", true},
			{"orders-shop.Order", true},
			{"orders", false},
			{"-value", false},
			{"orders-shop.order", false},
			{"shop.Order", true}, // its own pattern asks for the record's name
			{"shop.Other", false},
			{"shop.x-value", false},
			{":.dev:shop.Order", true}, // the policy of all contexts
			{":.dev:orders-value", false},
		} {
			err := register(test.subject, order)
			if test.allowed && err != nil {
				t.Errorf("Register(%s) = %v, want it allowed", test.subject, err)
			}
			if refusal, ok := errors.AsType[*registry.Error](err); !test.allowed && (!ok || refusal.Code != registry.CodeNaming) {
				t.Errorf("Register(%s) = %v, want code %d", test.subject, err, registry.CodeNaming)
			}
		}
		next := `{"type":"record","name":"Order","namespace":"shop","fields":[{"name":"id","type":"long"},{"name":"n","type":"int","default":0}]}`
		if err := register("anything", next); err != nil {
			t.Errorf("a further version of a subject from before the policy = %v, want it allowed", err)
		}
		if got, want := len(n.loaded().Naming()), 3; got != want {
			t.Errorf("a node that starts now has %d policies, want %d", got, want)
		}
		for _, scope := range []string{":.:", "shop.*"} {
			if err := n.DeleteNamingPolicy(t.Context(), in(scope)); err != nil {
				t.Fatalf("DeleteNamingPolicy(%s) = %v", scope, err)
			}
		}
		if err := register("orders", order); err == nil {
			t.Error("without a policy of its own the context falls under that of all contexts, want a refusal")
		}
		if err := n.DeleteNamingPolicy(t.Context(), in(":.__GLOBAL:")); err != nil {
			t.Fatal(err)
		}
		if err := register("orders", order); err != nil {
			t.Errorf("Register after the last policy is gone = %v", err)
		}
	})
}

func TestNamingPolicyRefusesRubbish(t *testing.T) {
	n := newNode(t)
	for _, p := range []registry.NamingPolicy{
		{Scope: in(":.:")},
		{Scope: in(":.:"), Strategies: []registry.Strategy{"TopicName"}},
		{Scope: in("a[b"), Strategies: []registry.Strategy{registry.TopicNameStrategy}},
		{Scope: in("__GLOBAL"), Strategies: []registry.Strategy{registry.TopicNameStrategy}},
	} {
		if err := n.SetNamingPolicy(t.Context(), p); err == nil {
			t.Errorf("SetNamingPolicy(%v) = nil, want a refusal", p)
		}
	}
	if list, err := n.NamingPolicies(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("NamingPolicies = %v, %v, want none", list, err)
	}
}
