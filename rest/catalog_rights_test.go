package rest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/confluent"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/format"
	"github.com/weir-registry/weir/store"
	"github.com/weir-registry/weir/store/storetest"
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
	s := storetest.Open(t, store.Config{Database: filepath.Join(t.TempDir(), "weir.db")})
	follower := feed.NewFollower(s, feed.FollowerOptions{})
	r, err := registry.New(t.Context(), registry.Options{Store: s, Log: s, Follower: follower, Formats: format.All(), Settings: registry.DefaultSettings()})
	if err != nil {
		t.Fatal(err)
	}
	ids := 0
	proposer := feed.Proposer{
		Committer: s, Log: s, Advance: follower.Advance, Origin: registry.OriginOf,
		NewID: func() string { ids++; return fmt.Sprintf("%032x", ids) },
	}
	c, err := catalog.New(t.Context(), catalog.Options{Store: s, Registry: r, Proposer: proposer, Auth: secrets{}})
	if err != nil {
		t.Fatal(err)
	}
	s.Follow(follower)
	follower.Attach(r)
	follower.Attach(c)
	follower.Start(context.WithoutCancel(t.Context()), r.Snapshot().Revision())
	t.Cleanup(func() { _ = follower.Stop() })
	for _, subject := range []string{"open-value", "secret-value", "readonly-value"} {
		text := `"string"`
		if _, err := r.Register(t.Context(), registry.ParseSubject(subject), registry.SchemaBody{Schema: &text, Type: schema.Avro}, false, false, ""); err != nil {
			t.Fatal(err)
		}
	}
	server := New(Config{
		Registry: r, Catalog: c, Settings: DefaultSettings(),
		Names: confluent.Names{Registry: s.ClusterID(), Cluster: func(registry.Context) string { return catalog.DefaultCluster }},
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
