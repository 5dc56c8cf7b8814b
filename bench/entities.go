package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// measureEntities is G2: a page of a hundred entities out of the REST search
// beside a handler written by hand that encodes the same values.
func measureEntities(ctx context.Context, env *environment) ([]line, error) {
	weir, err := env.weirWith(ctx, 2*objects)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	var lines []line
	for _, page := range []struct {
		what, path string
		bar        bar
	}{
		{"schemas", "?type=sr_schema", atLeast(0.8)},
		{"fields by a word", "?type=sr_field&query=field", bar{reported: "this one searches, its limit does not"}},
	} {
		path := fmt.Sprintf("/catalog/v1/search/basic%s&limit=%d", page.path, objects)
		answer, err := fetch(ctx, "http://"+weir.addr+path)
		if err != nil {
			return lines, err
		}
		limit, err := env.bare(ctx, "entities", answer)
		if err != nil {
			return lines, err
		}
		got, err := env.besideEntities(ctx, limit, weir, path, answer)
		limit.stop()
		if err != nil {
			return lines, err
		}
		what := fmt.Sprintf("GET search/basic, %d entities, %s, beside a hand-written handler", objects, page.what)
		lines = append(lines,
			got.judge("G2", what, "rate", "1/s", page.bar),
			got.judge("G2", "the same, server CPU", "cpu", "µs/request", bar{reported: "the row judges requests/s"}))
	}
	return lines, nil
}

// besideEntities asks for a page again and again.
func (env *environment) besideEntities(ctx context.Context, limit, weir *process, path string, answer []byte) (sides, error) {
	theirs, err := fetch(ctx, "http://"+limit.addr+path)
	if err != nil {
		return sides{}, err
	}
	ours, err := fetch(ctx, "http://"+weir.addr+path)
	if err != nil {
		return sides{}, err
	}
	if string(theirs) != string(answer) || string(ours) != string(answer) {
		return sides{}, fmt.Errorf("weir and its limit answer differently: %.500s, %.500s", ours, theirs)
	}
	ask := func(addr string) func(int, int, []byte) []byte {
		return func(_, _ int, request []byte) []byte { return appendGet(request, addr, path) }
	}
	return interleave(ctx, env.settings, "rate",
		against(limit, connections, ask(limit.addr)), against(weir, connections, ask(weir.addr)))
}

// entityPage is the answer of GET /catalog/v1/search/basic, as who writes a
// handler for it would write it down.
type entityPage struct {
	SearchParameters struct {
		IncludeDeleted bool   `json:"includeDeleted"`
		Limit          int    `json:"limit"`
		Offset         int    `json:"offset"`
		Query          string `json:"query,omitempty"`
	} `json:"searchParameters"`
	Types            []string       `json:"types"`
	Entities         []entityHeader `json:"entities"`
	ReferredEntities struct{}       `json:"referredEntities"`
}

type entityHeader struct {
	TypeName   string `json:"typeName"`
	Attributes struct {
		Name          string  `json:"name"`
		QualifiedName string  `json:"qualifiedName"`
		Description   *string `json:"description"`
		Version       int     `json:"version"`
	} `json:"attributes"`
	GUID                string   `json:"guid"`
	Status              string   `json:"status"`
	DisplayText         string   `json:"displayText"`
	ClassificationNames []string `json:"classificationNames"`
	Classifications     []string `json:"classifications"`
	MeaningNames        []string `json:"meaningNames"`
	Meanings            []string `json:"meanings"`
	IsIncomplete        bool     `json:"isIncomplete"`
	Labels              []string `json:"labels"`
}

// bareEntities is the limit of G2: it reads limit and offset, cuts the page out
// of what it holds and encodes it with encoding/json.
func bareEntities(answer []byte) (http.Handler, error) {
	var held entityPage
	if err := json.Unmarshal(answer, &held); err != nil {
		return nil, err
	}
	if n := len(held.Entities); n != objects {
		return nil, fmt.Errorf("an answer with %d entities: %.300s", n, answer)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		values := r.URL.Query()
		limit, err := strconv.Atoi(values.Get("limit"))
		if err != nil || limit < 0 {
			http.Error(w, "bad limit", http.StatusBadRequest)
			return
		}
		page := held
		page.Entities = held.Entities[:min(limit, len(held.Entities))]
		body, err := json.Marshal(&page)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	}), nil
}
