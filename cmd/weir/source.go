package main

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/remote"
	"github.com/weir-registry/weir/rest"
)

// source shows this node's registry to its exporters.
type source struct{ registry *registry.Registry }

// everything is a page without an end.
var everything = registry.Page{Limit: math.MaxInt}

// Subjects implements exporter.Source.
func (s source) Subjects(ctx context.Context) ([]registry.Subject, error) {
	names, err := s.registry.Subjects(ctx, registry.SubjectFilter{Prefix: ":*:", Deleted: true, Page: everything})
	subjects := make([]registry.Subject, len(names))
	for i, name := range names {
		subjects[i] = registry.ParseSubject(name)
	}
	return subjects, err
}

// Versions implements exporter.Source.
func (s source) Versions(ctx context.Context, subject registry.Subject) ([]int32, error) {
	versions, err := s.registry.Versions(ctx, subject, registry.VersionFilter{Deleted: true, Page: everything})
	if gone(err) {
		return nil, nil
	}
	return versions, err
}

// Version implements exporter.Source: the version as the wire shows it.
func (s source) Version(ctx context.Context, subject registry.Subject, v int32) (out remote.Schema, found bool, err error) {
	stored, err := s.registry.Version(ctx, subject, registry.VersionArg(v), true, registry.ReadOptions{})
	if gone(err) || err == nil && stored.Subject != subject { // a namesake's of another context
		return out, false, nil
	}
	if err != nil {
		return out, false, err
	}
	return out, true, json.Unmarshal(rest.AppendSchema(nil, &stored), &out)
}

// gone says that the registry has no such version.
func gone(err error) bool {
	refusal, ok := errors.AsType[*registry.Error](err)
	return ok && (refusal.Code == 40401 || refusal.Code == 40402)
}
