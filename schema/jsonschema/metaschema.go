package jsonschema

import (
	"embed"
	"strings"
)

// metaSchemas are the public meta-schemas of json-schema.org, written without
// blanks. A schema may refer to them without a reference (compatibility.md
// 2.3, bundled).
//
//go:embed metaschema/*.json
var metaSchemas embed.FS

// metaSchemaFile gives the file of a meta-schema: http or https, with or
// without a # at the end. Those of the modern dialects are there for schemas
// of a modern dialect only.
func metaSchemaFile(url string, modern bool) string {
	rest, ok := strings.CutPrefix(strings.TrimSuffix(url, "#"), "http")
	if !ok {
		return ""
	}
	rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, "s"), "://json-schema.org/")
	if !ok {
		return ""
	}
	switch rest {
	case "draft-04/schema", "draft-06/schema", "draft-07/schema":
		return strings.TrimSuffix(rest, "/schema") + ".json"
	case "schema":
		return "draft-04.json"
	}
	rest, ok = strings.CutPrefix(rest, "draft/")
	if !ok || !modern {
		return ""
	}
	year, name, ok := strings.Cut(rest, "/")
	if !ok || year != "2019-09" && year != "2020-12" {
		return ""
	}
	name, meta := strings.CutPrefix(name, "meta/")
	if !meta && name != "schema" || strings.Contains(name, "/") {
		return ""
	}
	return year + "-" + name + ".json"
}

// bundled gives the meta-schema of a URL, nil when there is none.
func (l *loader) bundled(url string, modern bool) *Document {
	if d, ok := l.metas[url]; ok {
		return d
	}
	file := metaSchemaFile(url, modern)
	if file == "" {
		return nil
	}
	text, err := metaSchemas.ReadFile("metaschema/" + file)
	if err != nil {
		return nil
	}
	d, syntax := newDocument(url, strings.TrimSpace(string(text)), false)
	if syntax != nil {
		return nil
	}
	if l.metas == nil {
		l.metas = make(map[string]*Document)
	}
	l.metas[url] = d
	return d
}
