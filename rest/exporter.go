package rest

import (
	"net/http"

	"github.com/weir-registry/weir/registry/exporter"
	"github.com/weir-registry/weir/schema/jsontext"
)

// exporterRoutes are the paths of schema linking (registry-api.md 22.2).
func exporterRoutes() []*operation {
	const one = "/exporters/{name}"
	return []*operation{
		read("/exporters", listExporters),
		write(http.MethodPost, "/exporters", createExporter),
		read(one, getExporter),
		write(http.MethodPut, one, updateExporter),
		remove(one, deleteExporter),
		read(one+"/status", exporterStatus),
		read(one+"/config", exporterConfig),
		write(http.MethodPut, one+"/config", updateExporterConfig),
		read(one+"/config/clusterlink", exporterConfig),
		write(http.MethodPut, one+"/pause", pauseExporter),
		write(http.MethodPut, one+"/resume", resumeExporter),
		write(http.MethodPut, one+"/reset", resetExporter),
	}
}

func listExporters(c *call) error {
	names, err := c.server.exporters.Names(c.ctx)
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, names)
	return nil
}

func createExporter(c *call) error {
	v, f, err := c.document("createExporter")
	if err != nil {
		return err
	}
	var e exporter.Exporter
	f.exporter(v, &e)
	if f.fault != nil {
		return f.fault
	}
	return c.exporterName(e.Name, c.server.exporters.Create(c.ctx, e))
}

func getExporter(c *call) error {
	e, err := c.server.exporters.Exporter(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	b, first := append(c.out, '{'), true
	b = appendText(appendName(b, "name", &first), e.Name)
	b = appendTexts(appendName(b, "subjects", &first), e.Subjects)
	b = appendText(appendName(b, "contextType", &first), string(e.ContextType))
	b = appendText(appendName(b, "context", &first), e.Context)
	b = appendNonEmpty(b, "kekRenameFormat", e.KekRenameFormat, &first)
	b = appendNonEmpty(b, "subjectRenameFormat", e.SubjectRenameFormat, &first)
	b = appendStrings(appendName(b, "config", &first), e.Config)
	c.out = append(b, '}')
	return nil
}

func updateExporter(c *call) error {
	v, f, err := c.document("updateExporter")
	if err != nil {
		return err
	}
	err = c.server.exporters.Update(c.ctx, c.args[0], func(e *exporter.Exporter) { f.exporter(v, e) })
	if f.fault != nil {
		return f.fault
	}
	return c.exporterName(c.args[0], err)
}

func deleteExporter(c *call) error {
	return c.noContent(c.server.exporters.Delete(c.ctx, c.args[0]))
}

func exporterStatus(c *call) error {
	s, err := c.server.exporters.Status(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	b, first := append(c.out, '{'), true
	b = appendText(appendName(b, "name", &first), s.Name)
	b = appendText(appendName(b, "state", &first), string(s.State))
	b = appendInt(appendName(b, "offset", &first), s.Offset)
	b = appendInt(appendName(b, "ts", &first), s.At/1000)
	b = appendNonEmpty(b, "trace", s.Trace, &first)
	c.out = append(b, '}')
	return nil
}

func exporterConfig(c *call) error {
	e, err := c.server.exporters.Exporter(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	c.out = appendStrings(c.out, e.Config)
	return nil
}

// updateExporterConfig takes the map of settings alone.
func updateExporterConfig(c *call) error {
	v, f, err := c.document("updateExporterConfig")
	if err != nil {
		return err
	}
	config := f.settings(v)
	if f.fault != nil {
		return f.fault
	}
	err = c.server.exporters.Update(c.ctx, c.args[0], func(e *exporter.Exporter) { e.Config = config })
	return c.exporterName(c.args[0], err)
}

func pauseExporter(c *call) error {
	return c.exporterName(c.args[0], c.server.exporters.Pause(c.ctx, c.args[0]))
}

func resumeExporter(c *call) error {
	return c.exporterName(c.args[0], c.server.exporters.Resume(c.ctx, c.args[0]))
}

func resetExporter(c *call) error {
	return c.exporterName(c.args[0], c.server.exporters.Reset(c.ctx, c.args[0]))
}

// exporterName answers with the name alone.
func (c *call) exporterName(name string, err error) error {
	if err != nil {
		return err
	}
	c.out = append(appendText(append(c.out, `{"name":`...), name), '}')
	return nil
}

// exporter reads the fields that a body has into e; absent and null ones keep
// what is there.
func (f *fields) exporter(v jsontext.Value, e *exporter.Exporter) {
	if !f.object(v) {
		return
	}
	for member := range items(v) {
		if absent(member) {
			continue
		}
		switch member.Name() {
		case "name":
			f.into(member, &e.Name)
		case "subjects":
			if f.list(member) {
				e.Subjects = f.texts(member)
			}
		case "contextType":
			var kind string
			f.into(member, &kind)
			e.ContextType = exporter.ContextType(kind)
		case "context":
			f.into(member, &e.Context)
		case "subjectRenameFormat":
			f.into(member, &e.SubjectRenameFormat)
		case "kekRenameFormat":
			f.into(member, &e.KekRenameFormat)
		case "config":
			e.Config = f.settings(member)
		}
	}
}

func (f *fields) into(v jsontext.Value, to *string) {
	if s := f.str(v); s != nil {
		*to = *s
	}
}

// settings reads a map of texts, empty where there is none; null values are left
// out.
func (f *fields) settings(v jsontext.Value) map[string]string {
	if settings := f.strings(v, true); settings != nil {
		return settings
	}
	return map[string]string{}
}
