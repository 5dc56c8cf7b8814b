package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/weir-registry/weir/catalog/declare"
)

// declarations is the part of a running weir that `weir apply` and `weir
// export` speak to.
type declarations struct {
	root, authorization string
	http                *http.Client
}

// authVariable may hold what an authorization file does.
const authVariable = "WEIR_AUTH"

// dialDeclarations makes a client. Credentials come from a file or the
// environment, never from the command line, where every user of the machine
// can read them.
func dialDeclarations(text, authFile string) (*declarations, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("--url %s: want http:// or https:// and a host", text)
	case u.User != nil:
		return nil, fmt.Errorf("--url: credentials belong into %s or --auth-file", authVariable)
	}
	d := &declarations{root: strings.TrimSuffix(u.String(), "/"), http: &http.Client{Timeout: time.Minute}}
	secret := os.Getenv(authVariable)
	if authFile != "" {
		data, err := os.ReadFile(authFile)
		if err != nil {
			return nil, err
		}
		secret = string(data)
	}
	if secret = strings.TrimSpace(secret); secret == "" {
		return d, nil
	}
	if user, password, ok := strings.Cut(secret, ":"); ok {
		r := &http.Request{Header: http.Header{}}
		r.SetBasicAuth(user, password)
		d.authorization = r.Header.Get("Authorization")
	} else {
		d.authorization = "Bearer " + secret
	}
	return d, nil
}

// apply sends documents and gives the plan; faults come as declare.Faults, with
// the places of the files.
func (d *declarations) apply(ctx context.Context, documents joined, o declare.Options) (*declare.Plan, error) {
	query := url.Values{
		"set": {o.Set}, "prune": {strconv.FormatBool(o.Prune)}, "dryRun": {strconv.FormatBool(o.DryRun)},
	}
	answer, err := d.call(ctx, http.MethodPost, query, documents.text)
	if refused, ok := errors.AsType[*declarationsError](err); ok && len(refused.Faults) > 0 {
		return nil, documents.located(refused.Faults)
	}
	if err != nil {
		return nil, err
	}
	plan := &declare.Plan{}
	if err := json.Unmarshal(answer, plan); err != nil {
		return nil, fmt.Errorf("weir's answer: %w", err)
	}
	return plan, nil
}

func (d *declarations) export(ctx context.Context, set string) (string, error) {
	query := url.Values{}
	if set != "" {
		query.Set("set", set)
	}
	answer, err := d.call(ctx, http.MethodGet, query, "")
	return string(answer), err
}

// declarationsError is an answer other than a success.
type declarationsError struct {
	Status  int            `json:"-"`
	Code    int            `json:"error_code"`
	Message string         `json:"message"`
	Faults  declare.Faults `json:"faults"`
}

func (e *declarationsError) Error() string {
	return fmt.Sprintf("weir answers %d, error_code %d: %s", e.Status, e.Code, e.Message)
}

// mostAnswer bounds what is read of an answer.
const mostAnswer = 256 << 20

func (d *declarations) call(ctx context.Context, method string, query url.Values, body string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, d.root+"/catalog/v1/declarations?"+query.Encode(), strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/yaml")
		r.Header.Set("Accept", "application/json")
	}
	r.Header.Set("User-Agent", "weir/"+version())
	if d.authorization != "" {
		r.Header.Set("Authorization", d.authorization)
	}
	answer, err := d.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		refused := &declarationsError{Status: answer.StatusCode}
		if json.Unmarshal(data, refused) != nil || refused.Message == "" {
			refused.Message = http.StatusText(answer.StatusCode)
		}
		return nil, refused
	}
	return data, nil
}

// joined are files as one text of documents, and where each begins in it.
type joined struct {
	text  string
	parts []joinedPart
}

type joinedPart struct {
	name  string
	lines int // lines before it
}

func joinFiles(files []declare.File) joined {
	var j joined
	var b strings.Builder
	lines := 0
	for _, f := range files {
		// A file may end within a line, and need not begin with a marker.
		text := "---\n" + strings.TrimPrefix(f.Text, "\ufeff")
		if !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		j.parts = append(j.parts, joinedPart{f.Name, lines + 1})
		b.WriteString(text)
		lines += strings.Count(text, "\n")
	}
	j.text = b.String()
	return j
}

// located gives faults the names and lines of the files.
func (j joined) located(faults declare.Faults) declare.Faults {
	for i := range faults {
		faults[i].Place = j.place(faults[i].Place)
	}
	return faults
}

func (j joined) place(p declare.Place) declare.Place {
	for i := len(j.parts) - 1; i >= 0; i-- {
		if part := j.parts[i]; p.Line > part.lines {
			return declare.Place{File: part.name, Line: p.Line - part.lines, Column: p.Column}
		}
	}
	return p
}
