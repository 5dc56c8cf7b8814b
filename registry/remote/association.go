package remote

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
)

// Association ties a resource, such as a topic, to a subject in a role
// (registry-api.md 16.2). Its GUID and times are the registry's own, and whether
// it is frozen follows from its lifecycle.
type Association struct {
	Subject           string
	ResourceName      string
	ResourceNamespace string
	ResourceID        string
	ResourceType      string
	AssociationType   string
	Lifecycle         string
}

// Associations reads all associations of all resources; none where the registry
// has no associations.
func (c *Client) Associations(ctx context.Context) ([]Association, error) {
	var list []Association
	for {
		query := url.Values{"offset": {strconv.Itoa(len(list))}, "limit": {strconv.Itoa(pageSize)}}
		var page []Association
		err := c.call(ctx, http.MethodGet, "/associations/resources/-/-", query, nil, &page)
		if HasCode(err, http.StatusNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, page...)
		if len(page) < pageSize {
			return list, nil
		}
	}
}

// PutAssociation creates an association; it is no error when the same is there
// already. One that is STRONG needs the mode IMPORT, for its schema is there
// before it (registry-api.md 16.4).
func (c *Client) PutAssociation(ctx context.Context, a Association) error {
	type role struct {
		Subject         string `json:"subject"`
		AssociationType string `json:"associationType"`
		Lifecycle       string `json:"lifecycle"`
	}
	return c.call(ctx, http.MethodPost, "/associations", nil, struct {
		ResourceName      string `json:"resourceName"`
		ResourceNamespace string `json:"resourceNamespace"`
		ResourceID        string `json:"resourceId"`
		ResourceType      string `json:"resourceType"`
		Associations      []role `json:"associations"`
	}{a.ResourceName, a.ResourceNamespace, a.ResourceID, a.ResourceType, []role{{a.Subject, a.AssociationType, a.Lifecycle}}}, nil)
}
