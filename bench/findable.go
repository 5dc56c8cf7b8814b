package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// findRegistrations is how many fields G4 registers and looks for.
const findRegistrations = 200

// measureFindable is G4: registers fields on one node and looks for each at
// once there, and on another node until it is found. A miss is an answer
// without the field from the node that registered it, or from the other one at
// the registration's revision or later. The lag is beside that of the list of
// subjects there.
func measureFindable(ctx context.Context, env *environment) ([]line, error) {
	one, other, err := env.twoNodes(ctx)
	if err != nil {
		return nil, err
	}
	defer one.stop()
	defer other.stop()
	for _, node := range []*process{one, other} { // the first search makes the index
		if _, _, err := findField(ctx, node.addr, "warm"); err != nil {
			return nil, err
		}
	}
	missed := 0
	var listed, searched []float64
	for i := range findRegistrations {
		name := fmt.Sprintf("probe%dx%dvalue", i*7919%findRegistrations, i)
		subject := "find-" + name
		revision, err := registerAt(ctx, one.addr, subject, name)
		if err != nil {
			return nil, err
		}
		begin := time.Now()
		found, _, err := findField(ctx, one.addr, name)
		if err != nil {
			return nil, err
		}
		if !found {
			missed++
		}
		if i%2 == 0 {
			if err := untilListed(ctx, other.addr, subject); err != nil {
				return nil, err
			}
			listed = append(listed, float64(time.Since(begin).Microseconds())/1000)
			continue
		}
		early, err := untilFound(ctx, other.addr, name, revision)
		if err != nil {
			return nil, err
		}
		missed += early
		searched = append(searched, float64(time.Since(begin).Microseconds())/1000)
	}
	misses := line{
		Row: "G4", What: fmt.Sprintf("registered fields that a search misses, of %d, on two nodes", findRegistrations),
		Limit: findRegistrations, Weir: float64(missed), Unit: "fields", Ratio: float64(missed) / findRegistrations, Bar: "none", Verdict: "reached",
	}
	if missed > 0 {
		misses.Verdict = "missed"
	}
	lag := func(figure string, of func([]float64) float64) line {
		s := sides{limit: sample{"ms": of(listed)}, weir: sample{"ms": of(searched)}}
		return s.judge("G4", figure+" until the other node finds one, beside its list of subjects", "ms", "ms", bar{reported: "the misses are judged"})
	}
	return []line{misses, lag("median", median), lag("longest", slices.Max[[]float64])}, nil
}

// registerAt registers a subject with one field and gives the revision.
func registerAt(ctx context.Context, addr, subject, field string) (int64, error) {
	body := schemaBody(fmt.Sprintf(`{"type":"record","name":"R","fields":[{"name":%q,"type":"long"}]}`, field))
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/subjects/"+subject+"/versions", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("register %s: %s", subject, answer.Status)
	}
	return revisionNumber(answer.Header.Get("Weir-Revision"))
}

// revisionNumber is the number of "epoch:revision".
func revisionNumber(text string) (int64, error) {
	_, number, _ := strings.Cut(text, ":")
	number, _, _ = strings.Cut(number, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no revision", text)
	}
	return n, nil
}

// findField says whether a search finds a field by its name, and at which
// revision.
func findField(ctx context.Context, addr, name string) (found bool, revision int64, err error) {
	var data struct {
		Search struct {
			Revision string
			Edges    []struct{ Kind, Name string }
		}
	}
	_, err = askGraphQL(ctx, addr, `query Find($name: String!) { search(query: $name, first: 1) { revision edges { kind name } } }`, map[string]any{"name": name}, &data)
	if err != nil {
		return false, 0, err
	}
	revision, err = revisionNumber(data.Search.Revision)
	edges := data.Search.Edges
	return len(edges) > 0 && edges[0].Kind == "FIELD" && edges[0].Name == name, revision, err
}

// untilFound asks until a field is found, and counts the answers without it
// that had its revision.
func untilFound(ctx context.Context, addr, name string, registered int64) (missed int, err error) {
	for {
		found, revision, err := findField(ctx, addr, name)
		switch {
		case err != nil:
			return missed, err
		case found:
			return missed, nil
		case revision >= registered:
			if missed++; missed > 100 {
				return missed, fmt.Errorf("%s is not found on the other node", name)
			}
		}
	}
}

// untilListed asks until a subject is in the list of subjects.
func untilListed(ctx context.Context, addr, subject string) error {
	for {
		answer, err := fetch(ctx, "http://"+addr+"/subjects?subjectPrefix="+subject)
		if err != nil {
			return err
		}
		var subjects []string
		if err := json.Unmarshal(answer, &subjects); err != nil {
			return err
		}
		if slices.Contains(subjects, subject) {
			return nil
		}
	}
}
