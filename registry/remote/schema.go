package remote

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// Schema is a version of a subject as the wire shows it.
type Schema struct {
	Subject    string          `json:"subject,omitempty"`
	Version    int32           `json:"version,omitempty"`
	ID         int32           `json:"id"`
	GUID       string          `json:"guid,omitempty"`
	SchemaType string          `json:"schemaType,omitempty"`
	References []Reference     `json:"references,omitempty"`
	Metadata   json.RawMessage `json:"metadata,omitempty"`
	RuleSet    json.RawMessage `json:"ruleSet,omitempty"`
	Schema     string          `json:"schema"`
	// Deleted says that the version is soft-deleted.
	Deleted bool `json:"deleted,omitempty"`
}

// Reference is a reference as the wire shows it.
type Reference struct {
	Name    string `json:"name"`
	Subject string `json:"subject"`
	Version int32  `json:"version"`
}

// Contexts lists the contexts, raw.
func (c *Client) Contexts(ctx context.Context) ([]string, error) {
	var list []string
	return list, c.call(ctx, http.MethodGet, "/contexts", nil, nil, &list)
}

// Subjects lists the subjects of all contexts, qualified; with deleted those
// too whose versions are all soft-deleted.
func (c *Client) Subjects(ctx context.Context, prefix string, deleted bool) ([]string, error) {
	var list []string
	query := url.Values{"subjectPrefix": {prefix}, "deleted": {strconv.FormatBool(deleted)}}
	return list, c.call(ctx, http.MethodGet, "/subjects", query, nil, &list)
}

// Versions lists the versions of a subject, ascending.
func (c *Client) Versions(ctx context.Context, subject string, deleted bool) ([]int32, error) {
	var list []int32
	query := url.Values{"deleted": {strconv.FormatBool(deleted)}}
	err := c.call(ctx, http.MethodGet, segments("subjects", subject, "versions"), query, nil, &list)
	if HasCode(err, 40401) {
		return nil, nil
	}
	return list, err
}

// Version reads one version, soft-deleted or not.
func (c *Client) Version(ctx context.Context, subject string, version int32) (Schema, error) {
	var s Schema
	query := url.Values{"deleted": {"true"}}
	return s, c.call(ctx, http.MethodGet, segments("subjects", subject, "versions", strconv.Itoa(int(version))), query, nil, &s)
}

// Import registers a version under its own id and number; the mode in scope
// must be IMPORT.
func (c *Client) Import(ctx context.Context, s Schema) error {
	body := s
	body.Subject, body.GUID, body.Deleted = "", "", false
	return c.call(ctx, http.MethodPost, segments("subjects", s.Subject, "versions"), url.Values{"normalize": {"false"}}, body, nil)
}

// SoftDelete soft-deletes a version; it is no error when it is so already.
func (c *Client) SoftDelete(ctx context.Context, subject string, version int32) error {
	err := c.call(ctx, http.MethodDelete, segments("subjects", subject, "versions", strconv.Itoa(int(version))), nil, nil, nil)
	if HasCode(err, 40406) {
		return nil
	}
	return err
}

// Purge removes a soft-deleted version for good.
func (c *Client) Purge(ctx context.Context, subject string, version int32) error {
	path := segments("subjects", subject, "versions", strconv.Itoa(int(version)))
	return c.call(ctx, http.MethodDelete, path, url.Values{"permanent": {"true"}}, nil, nil)
}

// pageSize is the largest page of GET /schemas (registry-api.md 1.4).
const pageSize = 1000

// Schemas reads all versions of all subjects of all contexts, soft-deleted
// ones included, calling each for every one in the order of subject and
// version.
func (c *Client) Schemas(ctx context.Context, each func(Schema) error) error {
	for offset := 0; ; offset += pageSize {
		query := url.Values{
			"subjectPrefix": {":*:"}, "deleted": {"true"}, "latestOnly": {"false"},
			"offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(pageSize)},
		}
		var page []Schema
		if err := c.call(ctx, http.MethodGet, "/schemas", query, nil, &page); err != nil {
			return err
		}
		for _, s := range page {
			if err := each(s); err != nil {
				return err
			}
		}
		if len(page) < pageSize {
			return nil
		}
	}
}
