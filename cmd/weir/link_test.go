package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/registry/remote"
	"github.com/weir-registry/weir/transfer"
)

// demand sends a request and decodes the answer; it fails the test on any status
// but 200 and 204.
func demand(t *testing.T, address, method, path, body string) (answer any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusNoContent {
		t.Fatalf("%s %s = %s: %s", method, path, response.Status, data)
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &answer); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, data)
		}
	}
	return answer
}

func registration(text, more string) string {
	return fmt.Sprintf(`{"schema":%q%s}`, text, more)
}

// fill puts a registry's worth of odd corners into a weir.
func fill(t *testing.T, address string) {
	t.Helper()
	post := func(subject, text, more string) {
		demand(t, address, "POST", "/subjects/"+subject+"/versions", registration(text, more))
	}
	field := func(name, fields string) string {
		return `{"type":"record","name":"` + name + `","fields":[` + fields + `]}`
	}
	one, two := `{"name":"a","type":"int"}`, `{"name":"a","type":"int"},{"name":"b","type":"int","default":0}`
	post("address-value", field("Address", one), "")
	post("address-value", field("Address", two), "")
	post("person-value", field("Person", `{"name":"at","type":"Address"}`),
		`,"references":[{"name":"Address","subject":"address-value","version":1}],"metadata":{"properties":{"owner":"people"}}`)
	post("gone-value", field("Gone", one), "")
	post("gone-value", field("Gone", two), "")
	demand(t, address, "DELETE", "/subjects/gone-value/versions/1", "")
	post(":.dev:a%2Fb", field("Dev", one), `,"ruleSet":{"domainRules":[{"name":"check","kind":"CONDITION","mode":"WRITE","type":"CEL","expr":"message.a > 0"}]}`)
	demand(t, address, "PUT", "/config/person-value", `{"compatibility":"FULL"}`)
	demand(t, address, "PUT", "/mode/gone-value", `{"mode":"READONLY"}`)
	demand(t, address, "POST", "/dek-registry/v1/keks", `{"name":"k","kmsType":"local-kms","kmsKeyId":"x","kmsProps":{"secret":"s"}}`)
	demand(t, address, "POST", "/dek-registry/v1/keks/k/deks/person-value", `{"encryptedKeyMaterial":"AAEC"}`)
}

// tie associates topics: one weakly with a subject, one strongly with a subject
// of its own.
func tie(t *testing.T, address string) {
	t.Helper()
	demand(t, address, "POST", "/associations", `{"resourceName":"people","resourceNamespace":"lkc-1","resourceId":"p",`+
		`"associations":[{"subject":"person-value","lifecycle":"WEAK"},{"subject":":.dev:a/b","associationType":"key","lifecycle":"WEAK"}]}`)
	demand(t, address, "POST", "/associations", `{"resourceName":"own","resourceNamespace":"lkc-1","resourceId":"o",`+
		`"associations":[{"lifecycle":"STRONG","schema":{"schema":"\"int\""}}]}`)
}

func client(t *testing.T, address string) *remote.Client {
	t.Helper()
	c, err := remote.New(remote.Options{URL: "http://" + address, Patience: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestImportCopiesARegistry(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		from := startWeir(t, engines["sqlite"](t), nil)
		to := startWeir(t, database, nil)
		fill(t, from)
		tie(t, from)
		o := transfer.Options{From: client(t, from), To: client(t, to)}

		dry := o
		dry.DryRun = true
		plan, err := transfer.Import(t.Context(), dry)
		if err != nil {
			t.Fatal(err)
		}
		if plan.Copied != 0 || plan.Differences < plan.Versions {
			t.Errorf("dry run = %+v, want nothing copied and every version missing", plan)
		}
		if list := demand(t, to, "GET", "/subjects?deleted=true", ""); len(list.([]any)) != 0 {
			t.Errorf("after a dry run the target has %v", list)
		}

		got, err := transfer.Import(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		got.Took = 0
		want := transfer.Summary{
			Contexts: 3, Subjects: 5, Versions: 7, Deleted: 1, Configs: 3, Modes: 3, Associations: 3, Keks: 1, Deks: 1, Copied: 7,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Import (-want +got):\n%s", diff)
		}

		again, err := transfer.Import(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if again.Copied != 0 || again.Present != 7 || again.Differences != 0 {
			t.Errorf("a second import = %+v, want nothing left to do", again)
		}
		demand(t, to, "POST", "/subjects/new-value/versions", registration(`"string"`, ""))
		tied := demand(t, to, "GET", "/associations/resources/-/-", "").([]any)
		if len(tied) != 3 || tied[0].(map[string]any)["subject"] != ":.lkc-1:own-value" || tied[0].(map[string]any)["lifecycle"] != "STRONG" {
			t.Errorf("the target has the associations %v", tied)
		}
	})
}

// TestImportIsNotLedAway: an alias that the target has already, from an import
// that stopped midway for one, leads no version to another subject. What an
// alias hides at the source is named.
func TestImportIsNotLedAway(t *testing.T) {
	from := startWeir(t, engines["sqlite"](t), nil)
	to := startWeir(t, engines["sqlite"](t), nil)
	fill(t, from)
	demand(t, from, "PUT", "/config/:.dev:a%2Fb", `{"alias":"other"}`)
	demand(t, to, "PUT", "/config/:.dev:a%2Fb", `{"alias":"other"}`)
	demand(t, from, "PUT", "/config/person-value", `{"alias":"address-value"}`)
	o := transfer.Options{From: client(t, from), To: client(t, to)}
	got, err := transfer.Import(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if got.Copied != 6 || got.Differences != 0 || got.Failures != 1 || !strings.Contains(got.Refused[0], `DEKs of "person-value"`) {
		t.Errorf("Import = %+v, want every version copied, and the key that cannot be seen named", got)
	}
	if config := demand(t, to, "GET", "/config/:.dev:a%2Fb", "").(map[string]any); config["alias"] != "other" {
		t.Errorf("the target has the config %v, want the alias again", config)
	}
}

// TestImportNamesOtherAssociations: where the target has tied a topic
// otherwise, that is told and left alone.
func TestImportNamesOtherAssociations(t *testing.T) {
	from := startWeir(t, engines["sqlite"](t), nil)
	to := startWeir(t, engines["sqlite"](t), nil)
	fill(t, from)
	tie(t, from)
	demand(t, to, "POST", "/subjects/address-value/versions", registration(`{"type":"record","name":"Address","fields":[{"name":"a","type":"int"}]}`, ""))
	demand(t, to, "POST", "/associations", `{"resourceName":"people","resourceNamespace":"lkc-1","resourceId":"p","associations":[{"subject":"address-value"}]}`)

	got, err := transfer.Import(t.Context(), transfer.Options{From: client(t, from), To: client(t, to)})
	if err != nil {
		t.Fatal(err)
	}
	if got.Copied != 6 || got.Failures != 1 || !strings.Contains(got.Refused[0], "40903") || got.Differences != 1 {
		t.Errorf("Import = %+v, want the one association that is another refused and told", got)
	}
	list := demand(t, to, "GET", "/associations/subjects/address-value", "").([]any)
	if len(list) != 1 {
		t.Errorf("the target's own association is gone: %v", list)
	}
}

// TestImportPassesOverWhatIsRefused: a key that its KMS does not open is named
// and keeps nothing else back.
func TestImportPassesOverWhatIsRefused(t *testing.T) {
	from := startWeir(t, engines["sqlite"](t), nil)
	to := startWeir(t, engines["sqlite"](t), nil)
	fill(t, from)
	demand(t, from, "POST", "/dek-registry/v1/keks", `{"name":"shut","kmsType":"nowhere","kmsKeyId":"x"}`)
	demand(t, from, "POST", "/dek-registry/v1/keks/shut/deks/s", `{"encryptedKeyMaterial":"AAEC"}`)
	demand(t, from, "PUT", "/dek-registry/v1/keks/shut", `{"shared":true}`)
	// The target has another schema under an id of the source's.
	demand(t, to, "PUT", "/mode?force=true", `{"mode":"IMPORT"}`)
	demand(t, to, "POST", "/subjects/other-value/versions", `{"schema":"\"double\"","id":3}`)

	got, err := transfer.Import(t.Context(), transfer.Options{From: client(t, from), To: client(t, to)})
	if err != nil {
		t.Fatal(err)
	}
	if got.Copied != 5 || got.Failures != 2 || len(got.Refused) != 2 || got.Keks != 2 || got.Deks != 1 {
		t.Errorf("Import = %+v, want 5 of 6 versions, both KEKs, one DEK, and two failures named", got)
	}
	if got.Differences != 1 {
		t.Errorf("Import found the differences %v, want the one version that was refused", got.Described)
	}
}

// eventually waits until a condition holds; what describes it.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("it never came about that %s", what)
		case <-tick.C:
		}
	}
}

func TestExporterCopiesAndFollows(t *testing.T) {
	onEveryEngine(t, func(t *testing.T, database string) {
		from := startWeir(t, database, nil)
		to := startWeir(t, engines["sqlite"](t), nil)
		fill(t, from)
		demand(t, from, "POST", "/exporters", fmt.Sprintf(
			`{"name":"link","subjects":["*-value",":.dev:*"],"contextType":"CUSTOM","context":"copy","subjectRenameFormat":"dc1_${subject}","config":{"schema.registry.url":"http://%s"}}`, to))
		there := func(subject string, want ...int32) func() bool {
			return func() bool {
				got, err := client(t, to).Versions(t.Context(), subject, true)
				return err == nil && cmp.Equal(got, want)
			}
		}
		eventually(t, "the dev context is copied", there(":.copy.dev:dc1_a/b", 1))
		eventually(t, "the deleted version is copied", there(":.copy:dc1_gone-value", 1, 2))
		eventually(t, "the referrer is copied", there(":.copy:dc1_person-value", 1))
		person, err := client(t, to).Version(t.Context(), ":.copy:dc1_person-value", 1)
		if err != nil {
			t.Fatal(err)
		}
		original, err := client(t, from).Version(t.Context(), "person-value", 1)
		if err != nil {
			t.Fatal(err)
		}
		if person.ID != original.ID || person.References[0].Subject != "dc1_address-value" {
			t.Errorf("the copy is %+v, want id %d and the reference renamed", person, original.ID)
		}

		demand(t, from, "POST", "/subjects/later-value/versions", registration(`"long"`, ""))
		eventually(t, "a version registered later is copied", there(":.copy:dc1_later-value", 1))
		demand(t, from, "DELETE", "/subjects/later-value", "")
		demand(t, from, "DELETE", "/subjects/later-value?permanent=true", "")
		eventually(t, "a deletion is copied", there(":.copy:dc1_later-value"))

		status := func() map[string]any { return demand(t, from, "GET", "/exporters/link/status", "").(map[string]any) }
		eventually(t, "the exporter runs", func() bool { return status()["state"] == "RUNNING" })
		demand(t, from, "PUT", "/exporters/link/pause", "")
		if got := status()["state"]; got != "PAUSED" {
			t.Errorf("state after pause = %v", got)
		}
		demand(t, from, "POST", "/subjects/paused-value/versions", registration(`"float"`, ""))
		demand(t, from, "PUT", "/exporters/link/resume", "")
		eventually(t, "what came during the pause is copied", there(":.copy:dc1_paused-value", 1))
		demand(t, from, "PUT", "/exporters/link/pause", "")
		demand(t, from, "PUT", "/exporters/link/reset", "")
		demand(t, from, "DELETE", "/exporters/link", "")
		if list := demand(t, from, "GET", "/exporters", ""); len(list.([]any)) != 0 {
			t.Errorf("exporters after deletion = %v", list)
		}
	})
}

// TestExporterTakesUpAfterARestart stops the node while its target is away,
// and starts another on the same database.
func TestExporterTakesUpAfterARestart(t *testing.T) {
	database := engines["sqlite"](t)
	to := startWeir(t, engines["sqlite"](t), nil)
	t.Run("before", func(t *testing.T) {
		from := startWeir(t, database, nil)
		fill(t, from)
		demand(t, from, "POST", "/exporters", `{"name":"link","contextType":"NONE","config":{"schema.registry.url":"http://127.0.0.1:9"}}`)
		demand(t, from, "PUT", "/exporters/link/pause", "")
		demand(t, from, "PUT", "/exporters/link", fmt.Sprintf(`{"config":{"schema.registry.url":"http://%s"}}`, to))
		demand(t, from, "PUT", "/exporters/link/resume", "")
	})
	from := startWeir(t, database, nil)
	eventually(t, "everything is copied", func() bool {
		list, err := client(t, to).Subjects(t.Context(), ":*:", true)
		return err == nil && len(list) == 4
	})
	demand(t, from, "POST", "/subjects/after-value/versions", registration(`"bytes"`, ""))
	eventually(t, "the new node follows", func() bool {
		list, err := client(t, to).Subjects(t.Context(), "after", false)
		return err == nil && len(list) == 1
	})
}
