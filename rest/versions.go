package rest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/registry"
)

// register is POST /subjects/{subject}/versions (registry-api.md 5).
func register(c *call) error {
	root, f, err := c.document("register")
	if err != nil {
		return err
	}
	body := f.schemaBody(root)
	if f.fault != nil {
		return f.fault
	}
	if err := tagsFault(body.TagsToAdd, body.TagsToRemove); err != nil {
		return err
	}
	registered, err := c.server.registry.Register(c.ctx, c.subject(0), body, c.query.flag("normalize"), c.query.flag("force"), c.query.text("format"))
	if err != nil {
		return c.asDifferences(asNamed(err, c.args[0]), body)
	}
	c.answerPlain()
	c.out = appendRegistered(c.out, &registered)
	return nil
}

// listVersions is GET /subjects/{subject}/versions (6.2).
func listVersions(c *call) error {
	page, err := c.query.page(c.server.settings.VersionLimits)
	if err != nil {
		return err
	}
	versions, err := c.server.registry.Versions(c.ctx, c.subject(0), registry.VersionFilter{
		Deleted:           c.query.flag("deleted"),
		DeletedOnly:       c.query.flag("deletedOnly"),
		DeletedAsNegative: c.query.flag("deletedAsNegative"),
		Page:              page,
	})
	if err != nil {
		return err
	}
	c.out = appendInts(c.out, versions)
	return nil
}

// getVersion is GET /subjects/{subject}/versions/{version} (6.3).
func getVersion(c *call) error {
	stored, err := c.storedVersion()
	if err != nil {
		return err
	}
	c.out = appendSchema(c.out, &stored)
	return nil
}

// versionText is GET .../versions/{version}/schema: the bare text (6.3).
func versionText(c *call) error {
	stored, err := c.storedVersion()
	if err != nil {
		return err
	}
	c.out = append(c.out, stored.Text()...)
	return nil
}

func (c *call) storedVersion() (registry.Stored, error) {
	v, err := c.version(1)
	if err != nil {
		return registry.Stored{}, err
	}
	return c.server.registry.Version(c.ctx, c.subject(0), v, c.query.flag("deleted"), c.readOptions())
}

// deleteVersion is DELETE .../versions/{version} (9.1).
func deleteVersion(c *call) error {
	v, err := c.version(1)
	if err != nil {
		return err
	}
	number, err := c.server.registry.DeleteVersion(c.ctx, c.subject(0), v, c.query.flag("permanent"))
	if err != nil {
		return err
	}
	c.out = appendInt(c.out, number)
	return nil
}

// referencedBy is GET .../versions/{version}/referencedby (6.3).
func referencedBy(c *call) error {
	page, err := c.query.page(c.server.settings.SchemaLimits)
	if err != nil {
		return err
	}
	v, err := c.version(1)
	if err != nil {
		return err
	}
	ids, err := c.server.registry.ReferencedBy(c.ctx, c.subject(0), v, c.query.flag("deleted"), page)
	if err != nil {
		return err
	}
	c.out = appendInts(c.out, ids)
	return nil
}

// modifyTags is POST .../versions/{version}/tags (14.3).
func modifyTags(c *call) error {
	root, f, err := c.document("modifyTags")
	if err != nil {
		return err
	}
	request := f.tagRequest(root)
	if f.fault != nil {
		return f.fault
	}
	v, err := c.version(1)
	if err != nil {
		return err
	}
	if err := tagsFault(request.Add, request.Remove); err != nil {
		return err
	}
	registered, err := c.server.registry.Tag(c.ctx, c.subject(0), v, request)
	if err != nil {
		return asNamed(err, c.args[0])
	}
	c.out = appendRegistered(c.out, &registered)
	return nil
}

// parseVersion reads a version of a path (registry-api.md 4.1).
func parseVersion(text string) (registry.VersionArg, error) {
	trimmed := javaTrim(text)
	if strings.EqualFold(trimmed, "latest") {
		return registry.LatestVersion, nil
	}
	n, err := strconv.ParseInt(trimmed, 10, 32)
	if err != nil {
		return 0, badVersion(text)
	}
	if n < 1 && n != int64(registry.LatestVersion) {
		return 0, badVersion(strconv.FormatInt(n, 10))
	}
	return registry.VersionArg(n), nil
}

func badVersion(text string) error {
	return &registry.Error{Code: codeBadVersion, Message: fmt.Sprintf(
		"The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"", text,
	)}
}
