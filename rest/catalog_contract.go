package rest

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// What weir says of subjects and contexts beside Confluent's catalog: the diff
// of two versions, data contracts (Open Data Contract Standard), and AsyncAPI.

// codeContract is the error_code of a contract with faults.
const codeContract = 42251

// The types of AsyncAPI documents, beside those of YAML and JSON.
const (
	typeAsyncYAML = "application/vnd.aai.asyncapi+yaml"
	typeAsyncJSON = "application/vnd.aai.asyncapi+json"
)

// yamlAnswers are the types that a YAML document is answered as.
var yamlAnswers = []string{typeYAML, "text/yaml", "application/x-yaml"}

// contractRoutes are the paths of diffs, contracts and AsyncAPI.
func contractRoutes() []*operation {
	const (
		subject = "/catalog/v1/subjects/{subject}"
		context = "/catalog/v1/contexts/{context}"
	)
	put := write(http.MethodPut, subject+"/contract", putContract).offering(catalogTypes)
	put.takes = yamlTypes
	return []*operation{
		read(subject+"/diff", versionDiff).offering(catalogTypes),
		read(subject+"/contract", getContract).offering(yamlAnswers),
		put,
		read(context+"/asyncapi", asyncAPI).offering(slices.Concat(yamlAnswers, []string{typeJSON, typeAsyncYAML, typeAsyncJSON})),
	}
}

// catalogSubject is the subject that the path names, in the context of its
// prefix.
func (c *call) catalogSubject() registry.Subject {
	name := c.args[0]
	if c.prefix != "" {
		name = inContext(c.prefix, name)
	}
	return registry.ParseSubject(name)
}

// ofSubject turns the refusal of a subject or a version that is not there into
// the words that the registry's own paths have for it.
func ofSubject(err error) error {
	var missing *catalog.NotFoundError
	if !errors.As(err, &missing) {
		return err
	}
	name := registry.Subject{Context: registry.Context(missing.Ref.Scope), Name: missing.Ref.Name}
	switch missing.Ref.Kind {
	case catalog.KindSubject:
		return &registry.Error{Code: registry.CodeSubjectNotFound, Message: "Subject '" + name.String() + "' not found."}
	case catalog.KindSchemaVersion:
		return &registry.Error{Code: registry.CodeVersionNotFound, Message: "Version " + missing.Ref.Part + " not found."}
	}
	return err
}

// contractFormat refuses formats of contracts other than the one that there is.
func (c *call) contractFormat() error {
	if format := c.query.text("format"); format != "" && !strings.EqualFold(format, "odcs") {
		return catalogCode(http.StatusBadRequest, "There is no format %s of contracts; the format is odcs", format)
	}
	return nil
}

// getContract is GET /catalog/v1/subjects/{subject}/contract: what was put, or
// what the catalog knows.
func getContract(c *call) error {
	if err := c.contractFormat(); err != nil {
		return err
	}
	text, err := contract.Export(c.ctx, c.server.catalog.View(), c.catalogSubject(), contract.Options{})
	if err != nil {
		return ofSubject(err)
	}
	c.out = append(c.out, text...)
	return nil
}

// putContract is PUT /catalog/v1/subjects/{subject}/contract: an ODCS document.
// With dryRun nothing is changed.
//
//	{"contractId":"orders","version":"1.0.0","status":"active","targets":["orders-value"],"changes":3,
//	 "notes":[{"path":"schema[0].properties[2]","line":12,"column":9,"message":"…"}]}
func putContract(c *call) error {
	if err := c.contractFormat(); err != nil {
		return err
	}
	dry, err := c.query.decision("dryRun")
	if err != nil {
		return err
	}
	text, err := c.readBody()
	if err != nil {
		return err
	}
	put, err := contract.PutText(c.ctx, c.server.catalog, contract.Request{
		Text: text, Subjects: []registry.Subject{c.catalogSubject()}, DryRun: dry,
	})
	var invalid *contract.InvalidError
	if errors.As(err, &invalid) {
		c.status = http.StatusUnprocessableEntity
		return c.marshal(struct {
			Code    int         `json:"error_code"`
			Message string      `json:"message"`
			Faults  []placeJSON `json:"faults"`
		}{codeContract, invalid.Error(), places(invalid.Faults)})
	}
	if err != nil {
		return ofSubject(err)
	}
	var targets []string
	for _, t := range put.Contract.Targets {
		if ref, err := catalog.ParseRef(t.Subject); err == nil {
			targets = append(targets, ref.Subject().String())
		}
	}
	return c.marshal(struct {
		ContractID string      `json:"contractId"`
		Version    string      `json:"version"`
		Status     string      `json:"status"`
		Targets    []string    `json:"targets"`
		Changes    int         `json:"changes"`
		Notes      []placeJSON `json:"notes"`
	}{put.Contract.ContractID, put.Contract.Release, put.Contract.Status, targets, len(put.Outcome.Events), places(put.Notes)})
}

// placeJSON is something to say of a place in a document.
type placeJSON struct {
	Path    string `json:"path"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

func places(list []schema.Fault) []placeJSON {
	out := make([]placeJSON, len(list))
	for i, f := range list {
		out[i] = placeJSON{f.Path, f.Position.Line, f.Position.Column, f.Message}
	}
	return out
}

// asyncAPI is GET /catalog/v1/contexts/{context}/asyncapi, in YAML or JSON.
func asyncAPI(c *call) error {
	in, err := contextName(c.args[0])
	if err != nil {
		return err
	}
	view := c.server.catalog.View()
	if _, err := view.Entity(c.ctx, catalog.Ref{Kind: catalog.KindContext, Name: string(in)}); err != nil {
		return err
	}
	document, err := contract.NewAsyncAPI(c.ctx, view, c.server.registry, in, contract.Options{})
	if err != nil {
		return err
	}
	if media, _, _ := strings.Cut(c.media, ";"); media != typeJSON && media != typeAsyncJSON {
		c.out = append(c.out, document.YAML()...)
		return nil
	}
	data, err := document.JSON()
	c.out = append(c.out, data...)
	return err
}
