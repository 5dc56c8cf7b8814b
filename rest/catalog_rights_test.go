package rest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// secrets denies everybody what has "secret" in its name, and writing to
// "readonly".
type secrets struct{}

func (secrets) Authorize(_ context.Context, action auth.Action, on auth.Resource) error {
	if strings.Contains(on.Name, "secret") || action != auth.Read && strings.Contains(on.Name, "readonly") {
		return &auth.DeniedError{Action: action, Resource: on}
	}
	return nil
}

// A caller who may not gets 403 where all that he asks for is denied, and the
// element's error where others are done (catalog-api.md 1).
func TestCatalogRights(t *testing.T) {
	n := catalogtest.Open(t, catalogtest.Auth(secrets{}))
	for _, subject := range []string{"open-value", "secret-value", "readonly-value"} {
		n.Register(subject, schema.Avro, `"string"`)
	}
	server := New(Config{
		Registry: n.Registry, Catalog: n.Catalog, Settings: DefaultSettings(),
		Names: confluent.Names{Registry: n.Store.ClusterID(), Cluster: func(registry.Context) string { return catalog.DefaultCluster }},
	})
	const (
		tags    = "/catalog/v1/entity/tags"
		denied  = `{"error_code":403,"message":"Forbidden"}`
		binding = `{"typeName":"Gold","entityType":"kafka_topic","entityName":"default:%s"}`
	)
	on := func(topics ...string) string {
		list := make([]string, len(topics))
		for i, topic := range topics {
			list[i] = fmt.Sprintf(binding, topic)
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	for _, test := range []struct {
		method, target, body string
		status               int
		has, hasNot          string
	}{
		{http.MethodPost, "/catalog/v1/types/tagdefs", `[{"name":"Gold"}]`, 200, `"name":"Gold"`, "error"},
		{http.MethodPost, "/catalog/v1/types/tagdefs", `[{"name":"secret"}]`, 403, denied, ""},
		{http.MethodPost, "/catalog/v1/types/tagdefs", `[{"name":"secret"},{"name":"Silver"}]`, 200, `"error":` + denied, ""},
		{http.MethodGet, "/catalog/v1/types/tagdefs/Silver", "", 200, `"Silver"`, ""},
		{http.MethodPost, tags, on("secret"), 403, denied, ""},
		{http.MethodPost, tags, on("readonly"), 403, denied, ""},
		{http.MethodPost, tags, on("open", "secret", "readonly"), 200, `"error":` + denied, ""},
		{http.MethodGet, "/catalog/v1/entity/type/kafka_topic/name/default:open/tags", "", 200, `"Gold"`, ""},
		{http.MethodGet, "/catalog/v1/entity/type/kafka_topic/name/default:readonly/tags", "", 200, "[]", "Gold"},
		{http.MethodGet, "/catalog/v1/entity/type/kafka_topic/name/default:secret/tags", "", 403, denied, ""},
		{http.MethodDelete, "/catalog/v1/entity/type/kafka_topic/name/default:secret/tags/Gold", "", 403, denied, ""},
		{http.MethodPut, "/catalog/v1/entity", `{"entity":{"typeName":"kafka_topic","attributes":{"qualifiedName":"default:readonly","description":"x"}}}`, 403, denied, ""},
		{http.MethodGet, "/catalog/v1/search/basic?type=kafka_topic", "", 200, "default:readonly", "secret"},
		{http.MethodGet, "/catalog/v1/search/basic?query=secret", "", 200, `"entities":[]`, "value"},
		{http.MethodGet, "/catalog/v1/entity/type/sr_schema/name/1", "", 200, `"open-value"`, "secret"},
	} {
		w := httptest.NewRecorder()
		request := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
		request.Header.Set("Content-Type", typeJSON)
		server.ServeHTTP(w, request)
		got := w.Body.String()
		if w.Code != test.status || !strings.Contains(got, test.has) || test.hasNot != "" && strings.Contains(got, test.hasNot) {
			t.Errorf("%s %s %s = %d %s", test.method, test.target, test.body, w.Code, got)
		}
	}
}
