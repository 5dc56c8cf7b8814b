package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// Kek is a key encryption key as the wire shows it.
type Kek struct {
	Name     string          `json:"name"`
	KMSType  string          `json:"kmsType"`
	KMSKeyID string          `json:"kmsKeyId"`
	KMSProps json.RawMessage `json:"kmsProps,omitempty"`
	Doc      *string         `json:"doc,omitempty"`
	Shared   bool            `json:"shared"`
	Deleted  bool            `json:"deleted,omitempty"`
}

// Dek is a data encryption key as the wire shows it, without its clear form.
type Dek struct {
	KekName              string `json:"kekName"`
	Subject              string `json:"subject"`
	Version              int32  `json:"version"`
	Algorithm            string `json:"algorithm"`
	EncryptedKeyMaterial string `json:"encryptedKeyMaterial"`
	Deleted              bool   `json:"deleted,omitempty"`
}

// algorithms are the names that the wire knows.
var algorithms = [...]string{"AES128_GCM", "AES256_GCM", "AES256_SIV"}

const keks = "/dek-registry/v1/keks"

// Keks reads all KEKs, soft-deleted ones included; none where the registry has
// no DEK registry.
func (c *Client) Keks(ctx context.Context) ([]Kek, error) {
	var names []string
	err := c.call(ctx, http.MethodGet, keks, url.Values{"deleted": {"true"}}, nil, &names)
	if HasCode(err, http.StatusNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list := make([]Kek, len(names))
	for i, name := range names {
		if err := c.call(ctx, http.MethodGet, keks+segments(name), url.Values{"deleted": {"true"}}, nil, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Deks reads all DEKs of a KEK, soft-deleted ones included. A DEK that the
// registry does not show (its KMS is out of reach) does not hide the others:
// they are given beside an error that names it.
func (c *Client) Deks(ctx context.Context, kek string) ([]Dek, error) {
	var subjects []string
	deleted := url.Values{"deleted": {"true"}}
	if err := c.call(ctx, http.MethodGet, keks+segments(kek, "deks"), deleted, nil, &subjects); err != nil {
		return nil, err
	}
	var list []Dek
	var faults []error
	for _, s := range subjects {
		read, failed := len(list), len(faults)
		for _, a := range algorithms {
			path := keks + segments(kek, "deks", s, "versions")
			query := url.Values{"deleted": {"true"}, "algorithm": {a}}
			var versions []int32
			if err := c.call(ctx, http.MethodGet, path, query, nil, &versions); err != nil {
				return nil, err
			}
			for _, v := range versions {
				var d Dek
				if err := c.call(ctx, http.MethodGet, path+segments(strconv.Itoa(int(v))), query, nil, &d); err != nil {
					faults = append(faults, fmt.Errorf("DEK of %q under %q, %s version %d: %w", s, kek, a, v, err))
					continue
				}
				list = append(list, d)
			}
		}
		// The path of an aliased subject leads to another one's keys
		// (registry-api.md 22.1).
		if read == len(list) && failed == len(faults) {
			faults = append(faults, fmt.Errorf("DEKs of %q under %q: the registry names the subject and shows none of its keys; it may have an alias", s, kek))
		}
	}
	return list, errors.Join(faults...)
}

// PutKek creates a KEK; it is no error when the same is there already.
func (c *Client) PutKek(ctx context.Context, k Kek) error {
	var there Kek
	err := c.call(ctx, http.MethodGet, keks+segments(k.Name), url.Values{"deleted": {"true"}}, nil, &there)
	if err == nil && there.Deleted == k.Deleted {
		return nil
	}
	return c.call(ctx, http.MethodPost, keks, nil, k, nil)
}

// PutDek creates a DEK; it is no error when the same is there already.
func (c *Client) PutDek(ctx context.Context, d Dek) error {
	path := keks + segments(d.KekName, "deks", d.Subject)
	var there Dek
	query := url.Values{"deleted": {"true"}, "algorithm": {d.Algorithm}}
	err := c.call(ctx, http.MethodGet, path+segments("versions", strconv.Itoa(int(d.Version))), query, nil, &there)
	if err == nil && there == d {
		return nil
	}
	return c.call(ctx, http.MethodPost, path, nil, d, nil)
}
