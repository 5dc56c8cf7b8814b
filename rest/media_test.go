package rest

import "testing"

// The rows of registry-api.md 1.1 about Accept.
func TestNegotiate(t *testing.T) {
	const java = "text/html, image/gif, image/jpeg, */*; q=0.2"
	for accept, want := range map[string]string{
		"":                              typeV1,
		" ":                             typeV1,
		"*/*":                           typeV1,
		"*":                             typeV1,
		"application/*":                 typeV1,
		"*/json":                        typeJSON,
		"application/json":              typeJSON,
		"APPLICATION/Json":              typeJSON,
		typeRegistry:                    typeRegistry,
		typeV1:                          typeV1,
		java:                            typeV1,
		"text/html, *; q=.2":            typeV1,
		"text/html, */*;q=.2,":          typeV1,
		typeV1 + ";q=0.1, " + typeJSON:  typeJSON,
		typeV1 + "; q=0.1, " + typeJSON: typeJSON,
		"application/json;q=0.5, application/vnd.schemaregistry+json;q=0.8": typeRegistry,
		typeJSON + ", " + typeV1:                 typeV1,
		"application/json; charset=utf-8":        "application/json;charset=utf-8",
		"application/json;b=2;A=1;q=0.3":         "application/json;a=1;b=2",
		"application/json;q=0, " + typeRegistry:  typeRegistry,
		"application/json;q=odd":                 typeJSON,
		"text/plain, garbage, application/json ": typeJSON,
	} {
		got, err := negotiate([]string{accept}, wireTypes)
		if err != nil || got != want {
			t.Errorf("negotiate(%q) = %q, %v; want %q", accept, got, err, want)
		}
	}
	for _, accept := range []string{"text/html", "garbage", "application/octet-stream", "application/json;q=0", typeDifferences} {
		if got, err := negotiate([]string{accept}, wireTypes); err != errNotAcceptable {
			t.Errorf("negotiate(%q) = %q, %v; want 406", accept, got, err)
		}
	}
	if got, err := negotiate(nil, wireTypes); err != nil || got != typeV1 {
		t.Errorf("negotiate without a header = %q, %v; want %q", got, err, typeV1)
	}
	if got, err := negotiate([]string{"text/html", typeJSON}, wireTypes); err != nil || got != typeJSON {
		t.Errorf("negotiate of two lines = %q, %v; want %q", got, err, typeJSON)
	}
	if got, err := negotiate([]string{typeDifferences}, checkTypes); err != nil || got != typeDifferences {
		t.Errorf("negotiate of differences = %q, %v; want %q", got, err, typeDifferences)
	}
	if got, err := negotiate([]string{java}, checkTypes); err != nil || got != typeV1 {
		t.Errorf("negotiate of a wildcard where differences are offered = %q, %v; want %q", got, err, typeV1)
	}
}

// The rows of registry-api.md 1.1 about Content-Type.
func TestAccepts(t *testing.T) {
	for _, header := range [][]string{
		nil,
		{typeV1},
		{typeRegistry},
		{typeJSON},
		{typeOctets},
		{"APPLICATION/JSON"},
		{typeV1 + "; charset=UTF-8"},
		{"application/json;charset=iso-8859-1"},
		{"application/json;"},
	} {
		if err := accepts(header); err != nil {
			t.Errorf("accepts(%q) = %v", header, err)
		}
	}
	for _, text := range []string{"text/plain", "application/*", "application/x-www-form-urlencoded", "multipart/form-data", "application/vnd.schemaregistry.v2+json"} {
		if err := accepts([]string{text}); err != errUnsupportedMedia {
			t.Errorf("accepts(%q) = %v, want 415", text, err)
		}
	}
	for _, header := range [][]string{{"garbage"}, {""}, {typeJSON + ", text/plain"}, {typeJSON, typeJSON}, {"a/b/c"}, {"/json"}} {
		if err := accepts(header); err != errBadContentType {
			t.Errorf("accepts(%q) = %v, want 400", header, err)
		}
	}
}
