package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/rest"
)

func apply(t *testing.T, text string) (*settings, propertyReport, error) {
	t.Helper()
	properties, err := parseProperties([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := defaultSettings()
	report, err := applyProperties(properties, s)
	return s, report, err
}

// The table of wire/registry-api.md 23: what is honoured.
func TestPropertiesHonoured(t *testing.T) {
	for text, holds := range map[string]func(s *settings) bool{
		"schema.compatibility.level=Full_Transitive":                                     func(s *settings) bool { return s.registry.CompatibilityLevel == compat.FullTransitive },
		"avro.compatibility.level=none\nschema.compatibility.level=full":                 func(s *settings) bool { return s.registry.CompatibilityLevel == compat.None },
		"avro.compatibility.level=\nschema.compatibility.level=full":                     func(s *settings) bool { return s.registry.CompatibilityLevel == compat.Full },
		"schema.validate.fields=TRUE":                                                    func(s *settings) bool { return s.registry.ValidateFields },
		"schema.validate.new.schemas=false":                                              func(s *settings) bool { return !s.registry.ValidateNewSchemas },
		"schema.reject.empty.subject=true":                                               func(s *settings) bool { return s.registry.RejectEmptySubject },
		"schema.providers.reference.versions.strict=true":                                func(s *settings) bool { return s.registry.ReferenceVersionsStrict },
		"schema.providers.json.fetch.remote.schemas=false":                               func(*settings) bool { return true },
		"mode.mutability=false":                                                          func(s *settings) bool { return !s.registry.ModeMutability },
		"associations.enable=false":                                                      func(s *settings) bool { return !s.registry.AssociationsEnabled && !s.rest.AssociationsEnabled },
		"schema.registry.group.id=g":                                                     func(s *settings) bool { return s.rest.GroupID == "g" },
		"schema.search.default.limit=2\nschema.search.max.limit=4":                       func(s *settings) bool { return s.rest.SchemaLimits == rest.Limits{Default: 2, Max: 4} },
		"subject.search.default.limit=2\nsubject.search.max.limit=4":                     func(s *settings) bool { return s.rest.SubjectLimits == rest.Limits{Default: 2, Max: 4} },
		"subject.version.search.default.limit=2\nsubject.version.search.max.limit=4":     func(s *settings) bool { return s.rest.VersionLimits == rest.Limits{Default: 2, Max: 4} },
		"context.search.default.limit=2\ncontext.search.max.limit=4":                     func(s *settings) bool { return s.rest.ContextLimits == rest.Limits{Default: 2, Max: 4} },
		"kek.search.default.limit=2\nkek.search.max.limit=4":                             func(s *settings) bool { return s.rest.KekLimits == rest.Limits{Default: 2, Max: 4} },
		"dek.subject.search.default.limit=2\ndek.subject.search.max.limit=4":             func(s *settings) bool { return s.rest.DekSubjectLimits == rest.Limits{Default: 2, Max: 4} },
		"dek.version.search.default.limit=2\ndek.version.search.max.limit=4":             func(s *settings) bool { return s.rest.DekVersionLimits == rest.Limits{Default: 2, Max: 4} },
		"dek.registry.max.keys=7":                                                        func(s *settings) bool { return s.maxKeys == 7 },
		"resource.extension.class=io.confluent.dekregistry.DekRegistryResourceExtension": func(*settings) bool { return true },
		"size.limit.filter.enabled=true":                                                 func(s *settings) bool { return s.rest.MaxBodyBytes == 1048576 },
		"size.limit.filter.max.request.body.size=9\nsize.limit.filter.enabled=true":      func(s *settings) bool { return s.rest.MaxBodyBytes == 9 },
		"request.timeout.ms=1500":                                                        func(s *settings) bool { return s.rest.Timeout == 1500*time.Millisecond },
		"listeners=http://0.0.0.0:8081, http://[::1]:9":                                  func(s *settings) bool { return cmp.Equal(s.addresses, []string{"0.0.0.0:8081", "[::1]:9"}) },
		"port=1234":                   func(s *settings) bool { return cmp.Equal(s.addresses, []string{"0.0.0.0:1234"}) },
		"compression.enable=false":    func(s *settings) bool { return !s.rest.Compress },
		"http2.enabled=false":         func(s *settings) bool { return !s.http2 },
		"max.request.header.size=100": func(s *settings) bool { return s.headerBytes == 100 },
		"idle.timeout.ms=30000":       func(s *settings) bool { return s.idle == 30*time.Second },
		"access.control.allow.origin=a, b\naccess.control.skip.options=false": func(s *settings) bool {
			return cmp.Equal(s.rest.CORS.Origins, []string{"a", "b"}) && s.rest.CORS.PassOptions
		},
		`response.http.headers.config="add A: b, c", setDate E: 1000`: func(s *settings) bool {
			return cmp.Equal(s.rest.Headers, []rest.AddedHeader{
				{Name: "A", Value: "b, c", Add: true}, {Name: "E", Value: "1000", Date: true, After: time.Second},
			})
		},
		"authentication.method=NONE\nssl.client.auth=false": func(s *settings) bool { return s.wantsAuth == "" },
	} {
		s, report, err := apply(t, text)
		if err != nil || !holds(s) || len(report.ignored)+len(report.unknown) > 0 || report.honoured == 0 {
			t.Errorf("%q: %+v, %v; the setting does not hold", text, report, err)
		}
	}
}

// What is not honoured is named, what nobody knows too, the rest counted.
func TestPropertiesReported(t *testing.T) {
	s, report, err := apply(t, strings.Join([]string{
		"kafkastore.bootstrap.servers=x", "kafkastore.timeout.ms=500", "leader.eligibility=true", "metric.reporters=", "debug=false",
		"dos.filter.enabled=true", "response.mediatype.default=application/json", "metadata.encoder.secret=s",
		"listeners=https://h:8081,http://h:8082", "ssl.keystore.location=/k", "schema.providers.json.fetch.remote.schemas=true",
		"resource.extension.class=com.acme.Extension", "authentication.method=BASIC", "authentication.realm=r",
		"no.such.property=1",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := propertyReport{
		without: 6,
		ignored: []string{
			"dos.filter.enabled", "response.mediatype.default", "metadata.encoder.secret", "listeners",
			"schema.providers.json.fetch.remote.schemas", "resource.extension.class", "authentication.method", "authentication.realm",
		},
		unknown: []string{"no.such.property"},
	}
	if diff := cmp.Diff(want, report, cmp.AllowUnexported(propertyReport{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !cmp.Equal(s.addresses, []string{"h:8082"}) || s.wantsAuth != "BASIC" {
		t.Errorf("addresses %q, wantsAuth %q", s.addresses, s.wantsAuth)
	}
}

// A value that does not parse stops the start.
func TestPropertiesRefused(t *testing.T) {
	for _, text := range []string{
		"schema.compatibility.level=sideways", "avro.compatibility.level=sideways", "mode.mutability=yes", "schema.search.max.limit=many",
		"request.timeout.ms=-1", "listeners=nonsense", "listeners=http://h", "port=x", "size.limit.filter.max.request.body.size=x",
		"response.http.headers.config=odd", "response.http.headers.config=remove A: b", "compression.enable=",
	} {
		if _, _, err := apply(t, text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
