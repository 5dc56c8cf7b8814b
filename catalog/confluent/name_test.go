package confluent

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/registry"
)

// testNames are of a weir whose contexts are bound to clusters of their own.
var testNames = Names{
	Registry: "lsrc-abc",
	Cluster: func(c registry.Context) string {
		if c == registry.DefaultContext {
			return "lkc-1"
		}
		return "lkc" + string(c)
	},
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		of        Type
		text      string
		want      Name
		canonical string // empty for the text itself
	}{
		{Schema, "lsrc-abc:.:7", Name{Context: ".", ID: 7}, ""},
		{Schema, "lsrc-abc:.prod:7", Name{Context: ".prod", ID: 7}, ""},
		{Schema, "7", Name{Context: ".", ID: 7}, "lsrc-abc:.:7"},
		{Record, "lsrc-abc:.:7:com.acme.Order", Name{Context: ".", ID: 7, Path: "com.acme.Order"}, ""},
		{Field, "lsrc-abc:.prod:7:com.acme.Order.id", Name{Context: ".prod", ID: 7, Path: "com.acme.Order.id"}, ""},
		{Field, "lsrc-abc:.:7:object.a:b", Name{Context: ".", ID: 7, Path: "object.a:b"}, ""},
		{SubjectVersion, "lsrc-abc:.:orders-value:3", Name{Context: ".", Subject: "orders-value", Version: 3}, ""},
		{SubjectVersion, "lsrc-abc:.prod:a:b:c:12", Name{Context: ".prod", Subject: "a:b:c", Version: 12}, ""},
		{SubjectVersion, "lsrc-abc:.::a:12", Name{Context: ".", Subject: ":a", Version: 12}, ""},
		{Topic, "lsrc-abc:lkc-9:orders", Name{Cluster: "lkc-9", Topic: "orders"}, ""},
		{Topic, "lkc-9:orders", Name{Cluster: "lkc-9", Topic: "orders"}, "lsrc-abc:lkc-9:orders"},
		{Topic, "lsrc-abc:orders", Name{Cluster: "lkc-1", Topic: "orders"}, "lsrc-abc:lkc-1:orders"},
		{Topic, "lsrc-abc:.:orders", Name{Cluster: "lkc-1", Topic: "orders"}, "lsrc-abc:lkc-1:orders"},
		{Topic, "lsrc-abc:.prod:orders", Name{Cluster: "lkc.prod", Topic: "orders"}, "lsrc-abc:lkc.prod:orders"},
		{Cluster, "lkc-9", Name{Cluster: "lkc-9"}, ""},
		{Environment, "env-abc", Name{Environment: "env-abc"}, ""},
		{Connector, "lsrc-abc:connect:sink", Name{Cluster: "connect", Connector: "sink"}, ""},
	} {
		test.want.Type = test.of
		got, err := testNames.Parse(test.of, test.text)
		if err != nil {
			t.Errorf("Parse(%s, %q) = %v", test.of, test.text, err)
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("Parse(%s, %q) (-want +got):\n%s", test.of, test.text, diff)
		}
		if test.canonical == "" {
			test.canonical = test.text
		}
		if canonical := testNames.Format(got); canonical != test.canonical {
			t.Errorf("Format(%+v) = %q, want %q", got, canonical, test.canonical)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		of   Type
		text string
	}{
		{Schema, ""},
		{Schema, "x"},
		{Schema, "-1"},
		{Schema, "0"},
		{Schema, "007"},
		{Schema, "2147483648"},
		{Schema, "lsrc-abc:7"},
		{Schema, "lsrc-abc:prod:7"},
		{Schema, "lsrc-other:.:7"},
		{Schema, "lsrc-abc:.:7:x"},
		{Record, "lsrc-abc:.:7"},
		{Record, "lsrc-abc:.:7:"},
		{Record, "7:com.acme.Order"},
		{Record, ".:7:com.acme.Order"},
		{Field, "lsrc-other:.:7:a.b"},
		{SubjectVersion, "lsrc-abc:.:orders-value"},
		{SubjectVersion, "lsrc-abc:.:orders-value:"},
		{SubjectVersion, "lsrc-abc:.:orders-value:latest"},
		{SubjectVersion, "lsrc-abc:.::1"},
		{SubjectVersion, "orders-value:1"},
		{Topic, "orders"},
		{Topic, ""},
		{Topic, ":orders"},
		{Topic, "lkc-9:"},
		{Topic, "lsrc-abc:"},
		{Cluster, ""},
		{Cluster, "lsrc-abc:lkc-9"},
		{Environment, ""},
		{Connector, "connect:sink"},
		{Connector, "lsrc-abc:sink"},
	} {
		var bad *NameError
		if got, err := testNames.Parse(test.of, test.text); !errors.As(err, &bad) {
			t.Errorf("Parse(%s, %q) = %+v, %v; want a NameError", test.of, test.text, got, err)
		}
	}
	var unknown *TypeError
	for _, of := range []Type{"", Any, "kafka_queue"} {
		if _, err := testNames.Parse(of, "7"); !errors.As(err, &unknown) {
			t.Errorf("Parse(%q) = %v; want a TypeError", of, err)
		}
	}
}

// What Format writes, Parse reads, whatever a subject or a path is called.
func TestNamesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, 20, -1)
		part := rapid.StringMatching(`[a-z0-9._-]{1,12}`)
		number := rapid.Int32Range(1, 1<<31-1)
		context := registry.Context(rapid.SampledFrom([]string{".", ".prod", ".a b"}).Draw(t, "context"))
		name := Name{Type: rapid.SampledFrom(Types()).Draw(t, "type")}
		switch name.Type {
		case Schema:
			name.Context, name.ID = context, number.Draw(t, "id")
		case Record, Field:
			name.Context, name.ID, name.Path = context, number.Draw(t, "id"), text.Draw(t, "path")
		case SubjectVersion:
			name.Context, name.Subject, name.Version = context, text.Draw(t, "subject"), number.Draw(t, "version")
		case Topic:
			name.Cluster, name.Topic = "lkc-"+part.Draw(t, "cluster"), part.Draw(t, "topic")
		case Cluster:
			name.Cluster = part.Draw(t, "cluster")
		case Environment:
			name.Environment = text.Draw(t, "environment")
		case Connector:
			name.Cluster, name.Connector = part.Draw(t, "cluster"), text.Draw(t, "connector")
		}
		written := testNames.Format(name)
		got, err := testNames.Parse(name.Type, written)
		if err != nil {
			t.Fatalf("Parse(%s, %q) = %v", name.Type, written, err)
		}
		if diff := cmp.Diff(name, got); diff != "" {
			t.Fatalf("Parse(Format) (-want +got):\n%s", diff)
		}
	})
}

// A name has one canonical form: reading any text and writing it again gives a
// text that reads as the same.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"lsrc-abc:.:1", "lsrc-abc:.x:1:a.b", "lkc:t", "lsrc-abc:t", "lsrc-abc:.:a:b:1", "::", "1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, of := range Types() {
			name, err := testNames.Parse(of, text)
			if err != nil {
				continue
			}
			again, err := testNames.Parse(of, testNames.Format(name))
			if err != nil || again != name {
				t.Errorf("Parse(%s, Format(Parse(%q))) = %+v, %v; want %+v", of, text, again, err, name)
			}
		}
	})
}

// The guid of an entity is part of what clients keep: it must never change.
func TestGUID(t *testing.T) {
	const want = "21986ebc-8109-52d8-a207-d25391812c9b"
	if got := GUID(Topic, "lsrc-abc:lkc-1:orders"); got != want {
		t.Errorf("GUID = %q, want %q", got, want)
	}
	if GUID(Cluster, "lkc-1") == GUID(Topic, "lkc-1") {
		t.Error("two types share a guid")
	}
}
