package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// What one node has just registered can be tagged and described through
// another, and untagged through the first: a write of the catalog is decided by
// what any node has committed (docs/design.md 4.1). Only PostgreSQL has several
// nodes.
func TestCatalogOnTwoNodes(t *testing.T) {
	database := engines["postgres"](t)
	a, b := startWeir(t, database, nil), startWeir(t, database, nil)
	send := func(to, method, target, body string) answer {
		t.Helper()
		got := ask(t, to, method, target, map[string]string{"Content-Type": "application/json"}, []byte(body), body != "")
		if got.status >= 300 || strings.Contains(string(got.body), "error_code") {
			t.Fatalf("%s %s %s = %d %s", method, target, body, got.status, got.body)
		}
		return got
	}
	for i := range 20 {
		tag, subject := fmt.Sprintf("T%d", i), fmt.Sprintf("s%d", i)
		send(a, http.MethodPost, "/subjects/"+subject+"-value/versions", `{"schema":"\"string\""}`)
		send(b, http.MethodPost, "/catalog/v1/types/tagdefs", `[{"name":"`+tag+`"}]`)
		send(a, http.MethodPost, "/catalog/v1/entity/tags", `[{"typeName":"`+tag+`","entityType":"kafka_topic","entityName":"default:`+subject+`"}]`)
		send(b, http.MethodPut, "/catalog/v1/entity", `{"entity":{"typeName":"kafka_topic","attributes":{"qualifiedName":"default:`+subject+`","description":"x"}}}`)
		done := send(b, http.MethodDelete, "/catalog/v1/entity/type/kafka_topic/name/default:"+subject+"/tags/"+tag, "")
		read := ask(t, a, http.MethodGet, "/catalog/v1/entity/type/kafka_topic/name/default:"+subject,
			map[string]string{"Weir-Min-Revision": done.header.Get("Weir-Revision")}, nil, false)
		if read.status != http.StatusOK || !strings.Contains(string(read.body), `"description":"x"`) || strings.Contains(string(read.body), tag) {
			t.Fatalf("the topic on the first node is %d %s", read.status, read.body)
		}
		send(a, http.MethodDelete, "/catalog/v1/types/tagdefs/"+tag, "")
	}
}

// Of many who make the same tag at the same time, on either node, one does.
func TestOneMakesATag(t *testing.T) {
	database := engines["postgres"](t)
	nodes := []string{startWeir(t, database, nil), startWeir(t, database, nil)}
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		made int
	)
	const callers = 16
	for i := range callers {
		wait.Go(func() {
			got := ask(t, nodes[i%2], http.MethodPost, "/catalog/v1/types/tagdefs", nil, []byte(`[{"name":"T"}]`), true)
			var list []struct {
				Error struct {
					Code int `json:"error_code"`
				}
			}
			err := json.Unmarshal(got.body, &list)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil || got.status != http.StatusOK || len(list) != 1:
				t.Errorf("POST = %d %s", got.status, got.body)
			case list[0].Error.Code == 0:
				made++
			case list[0].Error.Code != 4090001:
				t.Errorf("POST = %s", got.body)
			}
		})
	}
	wait.Wait()
	if made != 1 {
		t.Errorf("%d of %d made the tag", made, callers)
	}
}
