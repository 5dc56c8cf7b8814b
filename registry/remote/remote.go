// Package remote speaks the registry's wire to another registry, by its URL.
//
// In goes the address of a Confluent-compatible registry, out come its
// contexts, subjects, versions, settings and keys ([Client]); and the same
// things can be written to it, versions with their ids in mode IMPORT.
// Exporters copy to a remote registry, imports copy from one. Documents whose
// inside does not matter here (metadata, rule sets, configs) stay raw JSON, so
// that nothing is lost on the way. The package knows no snapshot and no store.
//
// The requests are those of wire/registry-api.md sections 5 to 12 and 22.
package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// mediaType is what requests with a body carry (registry-api.md 1.1).
const mediaType = "application/vnd.schemaregistry.v1+json"

// maxAnswer bounds what is read of one answer.
const maxAnswer = 256 << 20

// codeKMS is the error_code of a key that the registry's KMS could not open
// (registry-api.md 22.1).
const codeKMS = 50070

// Options shape a Client; only URL is required.
type Options struct {
	// URL is the registry's root, or a context's ("https://host/contexts/.c").
	URL string
	// Username and Password are sent as Basic credentials, Token as a bearer
	// token, where they are set.
	Username, Password, Token string
	// Headers are added to each request.
	Headers map[string]string
	// HTTP is the client to use; http.DefaultClient when nil.
	HTTP *http.Client
	// Patience is how long one request is tried again while the registry does
	// not answer, or answers 429 or 5xx; 0 means 30 seconds.
	Patience time.Duration
	// Retrying hears of each fault after which a request is tried again; nil
	// means nobody does. Requests under way at a time call it at a time.
	Retrying func(error)
}

// Client is a registry at a URL.
type Client struct {
	options Options
	root    string
}

// New checks the options and gives a client. It sends nothing.
func New(o Options) (*Client, error) {
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, fmt.Errorf("registry URL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("registry URL %q: want http:// or https:// and a host", o.URL)
	}
	if u.User != nil {
		o.Username = u.User.Username()
		o.Password, _ = u.User.Password()
		u.User = nil
	}
	if o.HTTP == nil {
		o.HTTP = http.DefaultClient
	}
	if o.Patience == 0 {
		o.Patience = 30 * time.Second
	}
	if o.Retrying == nil {
		o.Retrying = func(error) {}
	}
	return &Client{options: o, root: strings.TrimSuffix(u.String(), "/")}, nil
}

// URL is the registry's root without credentials.
func (c *Client) URL() string { return c.root }

// Error is an answer other than a success.
type Error struct {
	Method, Path string
	Status       int
	// Code and Message are those of the body, when it has them.
	Code    int    `json:"error_code"`
	Message string `json:"message"`
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s %s: %d, error_code %d: %s", e.Method, e.Path, e.Status, e.Code, e.Message)
}

// HasCode says whether err is an answer with one of these error codes.
func HasCode(err error, codes ...int) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && slices.Contains(codes, e.Code)
}

// segments joins path segments, each encoded.
func segments(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	return b.String()
}

// call sends a request, again while the fault may pass, and decodes the answer
// into out unless that is nil.
func (c *Client) call(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	data, err := backoff.Retry(ctx, func() ([]byte, error) { return c.once(ctx, method, path, body) },
		backoff.WithMaxElapsedTime(c.options.Patience), backoff.WithNotify(func(err error, _ time.Duration) { c.options.Retrying(err) }))
	if err != nil || out == nil {
		return err
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("%s %s: the answer is not what a registry sends: %w", method, path, err)
	}
	return nil
}

func (c *Client) once(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.root+path, bytes.NewReader(body))
	if err != nil {
		return nil, backoff.Permanent(err)
	}
	request.Header.Set("Accept", mediaType+", application/json")
	if body != nil {
		request.Header.Set("Content-Type", mediaType)
	}
	switch o := c.options; {
	case o.Token != "":
		request.Header.Set("Authorization", "Bearer "+o.Token)
	case o.Username != "":
		request.SetBasicAuth(o.Username, o.Password)
	}
	for name, value := range c.options.Headers {
		request.Header.Set(name, value)
	}
	answer, err := c.options.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusOK || answer.StatusCode == http.StatusNoContent {
		return data, nil
	}
	e := &Error{Method: method, Path: path, Status: answer.StatusCode, Code: answer.StatusCode}
	if json.Unmarshal(data, e) != nil {
		e.Message = strconv.Quote(string(data[:min(len(data), 200)]))
	}
	// A KMS that does not answer (50070) will not answer the next time either.
	if e.Status == http.StatusTooManyRequests || e.Status >= 500 && e.Code != codeKMS {
		return nil, e
	}
	return nil, backoff.Permanent(e)
}
