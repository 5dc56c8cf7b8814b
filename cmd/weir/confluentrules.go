package main

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/rest"
)

// propertyRule says what becomes of a property, or of all whose names begin
// so (a name that ends in *).
type propertyRule struct {
	name string
	// set applies a value; it says false for a value that weir does not honour.
	set func(s *settings, value string) (honoured bool, err error)
	// warn says that a property without set changes what Confluent's server
	// answers.
	warn bool
}

// propertyRules is the table of wire/registry-api.md 23. The first that fits
// counts.
var propertyRules = []propertyRule{
	{name: "schema.compatibility.level", set: setLevel},
	{name: "avro.compatibility.level", set: func(s *settings, v string) (bool, error) {
		s.olderLevel = v
		return true, nil
	}},
	flag("schema.validate.fields", func(s *settings) *bool { return &s.registry.ValidateFields }),
	flag("schema.validate.new.schemas", func(s *settings) *bool { return &s.registry.ValidateNewSchemas }),
	flag("schema.reject.empty.subject", func(s *settings) *bool { return &s.registry.RejectEmptySubject }),
	flag("schema.providers.reference.versions.strict", func(s *settings) *bool { return &s.registry.ReferenceVersionsStrict }),
	{name: "schema.providers.json.fetch.remote.schemas", set: setRemoteFetch},
	flag("mode.mutability", func(s *settings) *bool { return &s.registry.ModeMutability }),
	flag("associations.enable", func(s *settings) *bool { return &s.registry.AssociationsEnabled }),
	{name: "schema.registry.group.id", set: func(s *settings, v string) (bool, error) {
		s.rest.GroupID = v
		return true, nil
	}},

	limit("schema.search.default.limit", func(s *settings) *int { return &s.rest.SchemaLimits.Default }),
	limit("schema.search.max.limit", func(s *settings) *int { return &s.rest.SchemaLimits.Max }),
	limit("subject.search.default.limit", func(s *settings) *int { return &s.rest.SubjectLimits.Default }),
	limit("subject.search.max.limit", func(s *settings) *int { return &s.rest.SubjectLimits.Max }),
	limit("subject.version.search.default.limit", func(s *settings) *int { return &s.rest.VersionLimits.Default }),
	limit("subject.version.search.max.limit", func(s *settings) *int { return &s.rest.VersionLimits.Max }),
	limit("context.search.default.limit", func(s *settings) *int { return &s.rest.ContextLimits.Default }),
	limit("context.search.max.limit", func(s *settings) *int { return &s.rest.ContextLimits.Max }),
	limit("kek.search.default.limit", func(s *settings) *int { return &s.rest.KekLimits.Default }),
	limit("kek.search.max.limit", func(s *settings) *int { return &s.rest.KekLimits.Max }),
	limit("dek.subject.search.default.limit", func(s *settings) *int { return &s.rest.DekSubjectLimits.Default }),
	limit("dek.subject.search.max.limit", func(s *settings) *int { return &s.rest.DekSubjectLimits.Max }),
	limit("dek.version.search.default.limit", func(s *settings) *int { return &s.rest.DekVersionLimits.Default }),
	limit("dek.version.search.max.limit", func(s *settings) *int { return &s.rest.DekVersionLimits.Max }),
	limit("dek.registry.max.keys", func(s *settings) *int { return &s.maxKeys }),

	{name: "resource.extension.class", set: setExtensions},
	{name: "schema.registry.resource.extension.class", set: setExtensions},
	{name: "metadata.encoder.secret", warn: true},
	{name: "metadata.encoder.old.secret", warn: true},
	flag("size.limit.filter.enabled", func(s *settings) *bool { return &s.sizeFilter }),
	{name: "size.limit.filter.max.request.body.size", set: setSizeLimit},
	{name: "max.request.body.size", set: setSizeLimit},
	milliseconds("request.timeout.ms", func(s *settings) *time.Duration { return &s.rest.Timeout }),
	{name: "listeners", set: setListeners},
	{name: "port", set: setPort},
	{name: "response.mediatype.default", warn: true},
	{name: "response.mediatype.preferred", warn: true},
	{name: "response.http.headers.config", set: setHeaders},
	flag("compression.enable", func(s *settings) *bool { return &s.rest.Compress }),
	flag("http2.enabled", func(s *settings) *bool { return &s.http2 }),
	list("access.control.allow.origin", func(s *settings) *[]string { return &s.rest.CORS.Origins }),
	list("access.control.allow.methods", func(s *settings) *[]string { return &s.rest.CORS.Methods }),
	list("access.control.allow.headers", func(s *settings) *[]string { return &s.rest.CORS.Headers }),
	list("access.control.expose.headers", func(s *settings) *[]string { return &s.rest.CORS.Exposed }),
	{name: "access.control.skip.options", set: func(s *settings, v string) (bool, error) {
		skip, err := parseBool(v)
		s.rest.CORS.PassOptions = !skip
		return true, err
	}},
	{name: "reject.options.request", set: warnUnlessOff},
	fixedHeader("nosniff.prevention.enable", "X-Content-Type-Options", "nosniff"),
	fixedHeader("hsts.header.enable", "Strict-Transport-Security", "max-age=31536000"),
	{name: "csrf.prevention.*", warn: true},
	{name: "dos.filter.*", warn: true},
	{name: "network.traffic.rate.limit.*", warn: true},
	{name: "server.connection.limit", warn: true},
	{name: "connector.connection.limit", warn: true},
	{name: "max.request.header.size", set: func(s *settings, v string) (bool, error) {
		n, err := parseNumber(v)
		s.headerBytes = n
		return true, err
	}},
	{name: "max.response.header.size", warn: true},
	milliseconds("idle.timeout.ms", func(s *settings) *time.Duration { return &s.idle }),
	{name: "jetty.legacy.uri.compliance", set: warnUnlessOff},

	{name: "authentication.method", set: wantsAuth("NONE", "")},
	{name: "ssl.client.authentication", set: wantsAuth("NONE", "")},
	{name: "ssl.client.auth", set: wantsAuth("false", "")},
	{name: "authentication.*", warn: true},

	// Without an effect on the wire.
	{name: "kafkastore.*"},
	{name: "kafkagroup.*"},
	{name: "leader.*"},
	{name: "master.*"},
	{name: "schema.cache.*"},
	{name: "metric*"},
	{name: "inter.instance.*"},
	{name: "thread.pool.*"},
	{name: "request.queue.*"},
	{name: "request.logger.*"},
	{name: "ssl.*"},
	{name: "debug"},
	{name: "host.name"},
	{name: "shutdown.graceful.ms"},
	{name: "zookeeper.set.acl"},
}

var (
	errNotBoolean = errors.New("not true or false")
	errNotNumber  = errors.New("not a number")
)

func parseBool(v string) (bool, error) {
	switch {
	case strings.EqualFold(v, "true"):
		return true, nil
	case strings.EqualFold(v, "false"):
		return false, nil
	}
	return false, errNotBoolean
}

func parseNumber(v string) (int, error) {
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil {
		return 0, errNotNumber
	}
	return int(n), nil
}

func flag(name string, where func(*settings) *bool) propertyRule {
	return propertyRule{name: name, set: func(s *settings, v string) (bool, error) {
		on, err := parseBool(v)
		if err == nil {
			*where(s) = on
		}
		return true, err
	}}
}

func limit(name string, where func(*settings) *int) propertyRule {
	return propertyRule{name: name, set: func(s *settings, v string) (bool, error) {
		n, err := parseNumber(v)
		if err == nil {
			*where(s) = n
		}
		return true, err
	}}
}

func milliseconds(name string, where func(*settings) *time.Duration) propertyRule {
	return propertyRule{name: name, set: func(s *settings, v string) (bool, error) {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/int64(time.Millisecond) {
			return true, errNotNumber
		}
		*where(s) = time.Duration(n) * time.Millisecond
		return true, nil
	}}
}

func list(name string, where func(*settings) *[]string) propertyRule {
	return propertyRule{name: name, set: func(s *settings, v string) (bool, error) {
		*where(s) = splitList(v)
		return true, nil
	}}
}

// splitList reads a list; an empty text is an empty one.
func splitList(v string) []string {
	var items []string
	for item := range strings.SplitSeq(v, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func setLevel(s *settings, v string) (bool, error) {
	level, err := compat.ParseLevel(v)
	if err == nil {
		s.registry.CompatibilityLevel = level
	}
	return true, err
}

// setRemoteFetch: weir never fetches remote schemas, which is what false says.
func setRemoteFetch(_ *settings, v string) (bool, error) {
	fetch, err := parseBool(v)
	return !fetch, err
}

// warnUnlessOff is for a switch that weir does not have: off is no news.
func warnUnlessOff(_ *settings, v string) (bool, error) {
	on, err := parseBool(v)
	return !on, err
}

// dekExtension is the class behind the paths of the DEK registry, which weir
// always has.
const dekExtension = "io.confluent.dekregistry.DekRegistryResourceExtension"

func setExtensions(_ *settings, v string) (bool, error) {
	for _, class := range splitList(v) {
		if class != dekExtension {
			return false, nil
		}
	}
	return true, nil
}

func setSizeLimit(s *settings, v string) (bool, error) {
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil || n < 0 {
		return true, errNotNumber
	}
	s.sizeLimit = n
	return true, nil
}

// setListeners takes the http addresses; https is not served, and said so.
func setListeners(s *settings, v string) (honoured bool, err error) {
	honoured = true
	s.addresses = nil
	for _, item := range splitList(v) {
		u, err := url.Parse(item)
		if err != nil || u.Host == "" {
			return true, fmt.Errorf("%q is no address", item)
		}
		if u.Port() == "" {
			return true, fmt.Errorf("%q has no port", item)
		}
		// A listener may have a name before its scheme's own: "internal://".
		if strings.EqualFold(u.Scheme, "https") {
			honoured = false
			continue
		}
		s.addresses = append(s.addresses, u.Host)
	}
	return honoured, nil
}

func setPort(s *settings, v string) (bool, error) {
	n, err := parseNumber(v)
	if err == nil && len(s.addresses) == 0 {
		s.addresses = []string{fmt.Sprintf("0.0.0.0:%d", n)}
	}
	return true, err
}

func setHeaders(s *settings, v string) (bool, error) {
	headers, err := parseHeaders(v)
	s.rest.Headers = append(s.rest.Headers, headers...)
	return true, err
}

func fixedHeader(name, header, value string) propertyRule {
	return propertyRule{name: name, set: func(s *settings, v string) (bool, error) {
		on, err := parseBool(v)
		if on {
			s.rest.Headers = append(s.rest.Headers, rest.AddedHeader{Name: header, Value: value})
		}
		return true, err
	}}
}

// wantsAuth notes that the file asks who its callers are, unless the value is
// one of those that do not.
func wantsAuth(off ...string) func(s *settings, v string) (bool, error) {
	return func(s *settings, v string) (bool, error) {
		for _, o := range off {
			if strings.EqualFold(v, o) {
				return true, nil
			}
		}
		s.wantsAuth = v
		return false, nil
	}
}
