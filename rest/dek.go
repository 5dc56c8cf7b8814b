package rest

import (
	"slices"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/registry/dek"
)

// algorithm reads the query parameter; another text than a name is 404, an
// empty one the default (registry-api.md 22.1).
func (c *call) algorithm() (dek.Algorithm, error) {
	text := c.query.text("algorithm")
	if text == "" {
		return dek.AES256GCM, nil
	}
	if a := dek.Algorithm(text); slices.Contains(dek.Algorithms[:], a) {
		return a, nil
	}
	return "", errBadParameter
}

func listDekSubjects(c *call) error {
	page, err := c.query.page(c.server.settings.DekSubjectLimits)
	if err != nil {
		return err
	}
	names, err := c.server.keys.Subjects(c.ctx, c.args[0], c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, names)
	return nil
}

func listDekVersions(c *call) error {
	a, err := c.algorithm()
	if err != nil {
		return err
	}
	page, err := c.query.page(c.server.settings.DekVersionLimits)
	if err != nil {
		return err
	}
	versions, err := c.server.keys.Versions(c.ctx, c.args[0], c.subject(1), a, c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendInts(c.out, versions)
	return nil
}

func createDek(c *call) error {
	return c.createDek("createDekWithSubject", c.args[1], c.query.flag("rewrap"))
}

// createDekInBody is the older form, whose subject stands in the body; it has
// no rewrap.
func createDekInBody(c *call) error { return c.createDek("createDek", "", false) }

func (c *call) createDek(method, subject string, rewrap bool) error {
	v, f, err := c.document(method)
	if err != nil {
		return err
	}
	body := f.createDek(v)
	if f.fault != nil {
		return f.fault
	}
	return c.dek(c.server.keys.CreateDek(c.ctx, c.args[0], subject, body, rewrap))
}

// getFirstDek is the path without a version: version 1.
func getFirstDek(c *call) error {
	a, err := c.algorithm()
	if err != nil {
		return err
	}
	return c.dek(c.server.keys.Dek(c.ctx, c.args[0], c.args[1], a, 1, c.query.flag("deleted")))
}

func getDek(c *call) error {
	v, a, err := c.dekVersion()
	if err != nil {
		return err
	}
	return c.dek(c.server.keys.Dek(c.ctx, c.args[0], c.args[1], a, v, c.query.flag("deleted")))
}

func deleteDeks(c *call) error {
	a, err := c.algorithm()
	if err != nil {
		return err
	}
	return c.noContent(c.server.keys.DeleteDeks(c.ctx, c.args[0], c.args[1], a, c.query.flag("permanent")))
}

func undeleteDeks(c *call) error {
	a, err := c.algorithm()
	if err != nil {
		return err
	}
	return c.noContent(c.server.keys.UndeleteDeks(c.ctx, c.args[0], c.args[1], a))
}

func deleteDek(c *call) error {
	v, a, err := c.dekVersion()
	if err != nil {
		return err
	}
	return c.noContent(c.server.keys.DeleteDek(c.ctx, c.args[0], c.args[1], a, v, c.query.flag("permanent")))
}

func undeleteDek(c *call) error {
	v, a, err := c.dekVersion()
	if err != nil {
		return err
	}
	return c.noContent(c.server.keys.UndeleteDek(c.ctx, c.args[0], c.args[1], a, v))
}

// dekVersion reads the version of the path and the algorithm of the query.
func (c *call) dekVersion() (registry.VersionArg, dek.Algorithm, error) {
	a, err := c.algorithm()
	if err != nil {
		return 0, "", err
	}
	v, err := c.version(2)
	return v, a, err
}

// dek answers with a DEK.
func (c *call) dek(d dek.Dek, err error) error {
	if err != nil {
		return err
	}
	c.out = appendDek(c.out, &d)
	return nil
}
