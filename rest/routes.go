package rest

import (
	"net/http"
	"slices"
)

// routes are the paths of the wire (registry-api.md 5 to 17), and a few of
// weir's own at the end.
func (s *Server) routes() []*operation {
	list := []*operation{
		read("/", getRoot),
		check("/", postRoot),

		read("/schemas", listSchemas),
		read("/schemas/types", schemaTypes),
		read("/schemas/ids/{id}", schemaByID).withTag(),
		read("/schemas/ids/{id}/schema", schemaTextByID).withTag(),
		read("/schemas/ids/{id}/subjects", subjectsByID),
		read("/schemas/ids/{id}/versions", versionsByID),
		read("/schemas/guids/{guid}", schemaByGUID).withTag(),
		read("/schemas/guids/{guid}/ids", idsByGUID),

		read("/subjects", listSubjects),
		check("/subjects/{subject}", lookup),
		remove("/subjects/{subject}", deleteSubject),
		read("/subjects/{subject}/metadata", latestWithMetadata),
		read("/subjects/{subject}/versions", listVersions),
		write(http.MethodPost, "/subjects/{subject}/versions", register).offering(checkTypes),
		read("/subjects/{subject}/versions/{version}", getVersion),
		remove("/subjects/{subject}/versions/{version}", deleteVersion),
		read("/subjects/{subject}/versions/{version}/schema", versionText),
		read("/subjects/{subject}/versions/{version}/referencedby", referencedBy),
		write(http.MethodPost, "/subjects/{subject}/versions/{version}/tags", modifyTags),

		check("/compatibility/subjects/{subject}/versions", compatibility).offering(checkTypes),
		check("/compatibility/subjects/{subject}/versions/{version}", compatibilityWith).offering(checkTypes),

		read("/config", getConfig),
		write(http.MethodPut, "/config", setConfig),
		remove("/config", deleteConfig),
		read("/config/{subject}", getConfig),
		write(http.MethodPut, "/config/{subject}", setConfig),
		remove("/config/{subject}", deleteConfig),

		read("/mode", getMode),
		write(http.MethodPut, "/mode", setMode),
		remove("/mode", deleteMode),
		read("/mode/{subject}", getMode),
		write(http.MethodPut, "/mode/{subject}", setMode),
		remove("/mode/{subject}", deleteMode),

		read("/contexts", listContexts),
		remove("/contexts/{context}", deleteContext),

		read("/v1/metadata/id", clusterID),
		read("/v1/metadata/version", serverVersion),
		read("/v1/metadata/deployment", deployment),

		read("/validation/v1/naming-policies", listNamingPolicies),
		write(http.MethodPut, "/validation/v1/naming-policies/{scope}", setNamingPolicy),
		remove("/validation/v1/naming-policies/{scope}", deleteNamingPolicy),

		own("/master_available", masterAvailable),
		own("/health/live", live),
		own("/health/ready", ready),
		own("/metrics", s.metrics.text()),
	}
	if s.settings.AssociationsEnabled {
		list = append(
			list,
			read("/associations/subjects/{subject}", associationsBySubject),
			read("/associations/resources/{resource}", associationsByID),
			read("/associations/resources/{namespace}/{name}", associationsByName),
			write(http.MethodPost, "/associations", createAssociations),
			write(http.MethodPut, "/associations/resources/{resource}", updateAssociations),
			remove("/associations/resources/{resource}", deleteAssociations),
			check("/associations:batchGet", batchGet),
			write(http.MethodPost, "/associations:batchMutate", batchMutate),
		)
	}
	if s.keys != nil {
		list = append(list, keyRoutes()...)
	}
	if s.exporters != nil {
		list = append(list, exporterRoutes()...)
	}
	if s.catalog != nil {
		list = append(list, slices.Concat(catalogRoutes(), contractRoutes(), declareRoutes(), changeRoutes())...)
	}
	return append(list, s.mounts...)
}

// Patterns are method and path of every operation there is, whatever settings
// say; docs/wire.md has a row for each.
func Patterns() []string {
	s := &Server{settings: Settings{AssociationsEnabled: true}, metrics: &metrics{}}
	var patterns []string
	for _, op := range slices.Concat(s.routes(), keyRoutes(), exporterRoutes(), catalogRoutes(), contractRoutes(), declareRoutes(), changeRoutes()) {
		patterns = append(patterns, op.method+" "+op.pattern)
	}
	return patterns
}

// read is a GET that is answered from the node's memory.
func read(pattern string, serve endpoint) *operation {
	return &operation{method: http.MethodGet, pattern: pattern, serve: serve, offers: wireTypes, fresh: true}
}

// check is a POST that changes nothing.
func check(pattern string, serve endpoint) *operation {
	return &operation{method: http.MethodPost, pattern: pattern, serve: serve, offers: wireTypes, fresh: true}
}

// write is a request that changes something.
func write(method, pattern string, serve endpoint) *operation {
	return &operation{method: method, pattern: pattern, serve: serve, offers: wireTypes, write: true}
}

func remove(pattern string, serve endpoint) *operation {
	return write(http.MethodDelete, pattern, serve)
}

// own is a path of weir's own, for those who run it.
func own(pattern string, serve endpoint) *operation {
	return &operation{method: http.MethodGet, pattern: pattern, serve: serve, own: true}
}

// mount makes another handler answer at a path; none for nil.
func mount(pattern string, h http.Handler) []*operation {
	if h == nil {
		return nil
	}
	var list []*operation
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		list = append(list, &operation{method: method, pattern: pattern, serve: pass(h), passed: true, fresh: true})
	}
	return list
}

// withTag makes answers carry an ETag (registry-api.md 1.8).
func (o *operation) withTag() *operation {
	o.tagged = true
	return o
}

// offering adds types to what an endpoint can answer with.
func (o *operation) offering(types []string) *operation {
	o.offers = types
	return o
}
