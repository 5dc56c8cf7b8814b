package rest

import (
	"net/http"

	"github.com/weir-registry/weir/registry/dek"
)

// keyRoutes are the paths of the DEK registry (registry-api.md 22.1).
func keyRoutes() []*operation {
	const keks = "/dek-registry/v1/keks"
	const subject = keks + "/{kek}/deks/{subject}"
	const version = subject + "/versions/{version}"
	return []*operation{
		read(keks, listKeks),
		write(http.MethodPost, keks, createKek),
		read(keks+"/{kek}", getKek),
		write(http.MethodPut, keks+"/{kek}", updateKek),
		remove(keks+"/{kek}", deleteKek),
		write(http.MethodPost, keks+"/{kek}/undelete", undeleteKek),
		check(keks+"/{kek}/test", testKek),
		read(keks+"/{kek}/deks", listDekSubjects),
		write(http.MethodPost, keks+"/{kek}/deks", createDekInBody),
		read(subject, getFirstDek),
		write(http.MethodPost, subject, createDek),
		remove(subject, deleteDeks),
		write(http.MethodPost, subject+"/undelete", undeleteDeks),
		read(subject+"/versions", listDekVersions),
		read(version, getDek),
		remove(version, deleteDek),
		write(http.MethodPost, version+"/undelete", undeleteDek),
	}
}

func listKeks(c *call) error {
	page, err := c.query.page(c.server.settings.KekLimits)
	if err != nil {
		return err
	}
	names, err := c.server.keys.Keks(c.ctx, c.query.all("subjectPrefix"), c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendTexts(c.out, names)
	return nil
}

func createKek(c *call) error {
	v, f, err := c.document("createKek")
	if err != nil {
		return err
	}
	body := f.createKek(v)
	if f.fault != nil {
		return f.fault
	}
	return c.kek(c.server.keys.CreateKek(c.ctx, body, c.query.flag("testSharing")))
}

func getKek(c *call) error {
	return c.kek(c.server.keys.Kek(c.ctx, c.args[0], c.query.flag("deleted")))
}

func updateKek(c *call) error {
	v, f, err := c.document("putKek")
	if err != nil {
		return err
	}
	body := f.updateKek(v)
	if f.fault != nil {
		return f.fault
	}
	return c.kek(c.server.keys.UpdateKek(c.ctx, c.args[0], body, c.query.flag("testSharing")))
}

func testKek(c *call) error {
	k, err := c.server.keys.TestKek(c.ctx, c.args[0])
	if err != nil {
		return err
	}
	c.out = appendKek(c.out, &k, true)
	return nil
}

func deleteKek(c *call) error {
	return c.noContent(c.server.keys.DeleteKek(c.ctx, c.args[0], c.query.flag("permanent")))
}

func undeleteKek(c *call) error { return c.noContent(c.server.keys.UndeleteKek(c.ctx, c.args[0])) }

// kek answers with a KEK.
func (c *call) kek(k dek.Kek, err error) error {
	if err != nil {
		return err
	}
	c.out = appendKek(c.out, &k, false)
	return nil
}

// noContent answers 204.
func (c *call) noContent(err error) error {
	if err == nil {
		c.status = http.StatusNoContent
	}
	return err
}
