// Command schemagen writes the schema of /catalog/graphql. Types and attributes
// come from catalog/confluent, what is said of them and how they hang together
// from types.go; each type becomes an object, its criteria and its order, which
// repeat the attributes, and a root field. Out go schema.graphqls and
// criteria.graphqls into the folder that it is run in; `go generate` of
// graphql/confluent runs it before gqlgen reads what it wrote. Nothing imports
// it.
package main

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/template"

	"github.com/weir-registry/weir/catalog/confluent"
)

//go:embed *.tmpl
var texts embed.FS

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

// Comparison is the input type that compares values of the attribute.
func (a attribute) Comparison() string { return strings.ToLower(a.Scalar) + "_comparison" }

// run writes a file for each template.
func run() error {
	templates, err := template.ParseFS(texts, "*.tmpl")
	if err != nil {
		return err
	}
	entity, objects := describe(confluent.Any), describeAll()
	data := map[string]any{
		"Entity":  entity,
		"Objects": objects,
		"Roots":   append(slices.Clone(objects), entity),
	}
	for _, t := range templates.Templates() {
		name, ok := strings.CutSuffix(t.Name(), ".tmpl")
		if !ok { // a part that others use
			continue
		}
		var out bytes.Buffer
		if err := t.Execute(&out, data); err != nil {
			return err
		}
		if err := os.WriteFile(name+".graphqls", out.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
