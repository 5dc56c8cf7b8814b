package rest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/weir-registry/weir/catalog/declare"
)

// typeYAML is what documents of metadata are sent and answered as (RFC 9512).
const typeYAML = "application/yaml"

// yamlTypes are the names under which YAML is sent.
var yamlTypes = []string{typeYAML, "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"}

// codeDeclaration is the error_code of documents with faults.
const codeDeclaration = 42250

// declareRoutes are the paths of metadata as code.
func declareRoutes() []*operation {
	const path = "/catalog/v1/declarations"
	apply := write(http.MethodPost, path, applyDeclarations).offering(catalogTypes)
	apply.takes = yamlTypes
	return []*operation{
		read(path, exportDeclarations).offering([]string{typeYAML, "text/yaml", "application/x-yaml"}),
		apply,
	}
}

// applyDeclarations is POST /catalog/v1/declarations: the YAML documents of a
// set, all of them. It answers with the plan; with dryRun nothing is changed.
func applyDeclarations(c *call) error {
	dry, err := c.query.decision("dryRun")
	if err != nil {
		return err
	}
	prune, err := c.query.decision("prune")
	if err != nil {
		return err
	}
	text, err := c.readBody()
	if err != nil {
		return err
	}
	documents, err := declare.Read(declare.File{Text: text})
	if err != nil {
		return c.faults(err)
	}
	plan, err := declare.Apply(c.ctx, c.server.catalog, documents, declare.Options{
		Set: c.query.text("set"), Prune: prune, DryRun: dry,
	})
	if err != nil {
		return c.faults(err)
	}
	return c.marshal(plan)
}

// faults answers with all that is wrong with documents; any other error goes
// its way.
func (c *call) faults(err error) error {
	faults, ok := errors.AsType[declare.Faults](err)
	if !ok {
		return err
	}
	c.status = http.StatusUnprocessableEntity
	return c.marshal(struct {
		Code    int            `json:"error_code"`
		Message string         `json:"message"`
		Faults  declare.Faults `json:"faults"`
	}{codeDeclaration, faults.Error(), faults})
}

// marshal appends an answer that is no hot path.
func (c *call) marshal(answer any) error {
	data, err := json.Marshal(answer)
	c.out = append(c.out, data...)
	return err
}

// exportDeclarations is GET /catalog/v1/declarations: what a set says, or
// without one what everybody does, as documents.
func exportDeclarations(c *call) error {
	documents, err := declare.Export(c.ctx, c.server.catalog.View(), c.query.text("set"))
	if err != nil {
		return err
	}
	c.out = append(c.out, documents.Text()...)
	return nil
}

// decision reads a boolean that decides what is changed: what is neither true
// nor false is refused and not taken for false.
func (q query) decision(name string) (bool, error) {
	value, _ := q.get(name)
	switch strings.ToLower(value) {
	case "true":
		return true, nil
	case "", "false":
		return false, nil
	}
	return false, badBody(name + " is true or false")
}
