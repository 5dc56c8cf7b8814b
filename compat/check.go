package compat

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/weir-registry/weir/schema"
)

// Check compares the new schema with the older versions that the level names,
// newest first (compatibility.md 1). It stops at the first version that fails
// unless the request asks for all. Its errors are those of Version.Schema,
// *BudgetError, the context's, and one for a language that is not known.
func Check(ctx context.Context, request Request) (Result, error) {
	c := checker{request: request, now: time.Now}
	return c.check(ctx)
}

// checker answers one request.
type checker struct {
	request Request
	now     func() time.Time
	budget  Budget
	end     time.Time
	seen    *memo
	// compared are the versions that were compared, one of each content, for
	// the warnings.
	compared []*compared
}

func (c *checker) check(ctx context.Context) (Result, error) {
	c.budget = c.request.Budget
	if c.budget == (Budget{}) {
		c.budget = DefaultBudget
	}
	c.end = c.now().Add(c.budget.Total)
	result, err := c.verdict(ctx)
	if err == nil && c.request.Warnings {
		err = c.warn(ctx, &result)
	}
	return result, err
}

// verdict compares, and stops where the wire stops.
func (c *checker) verdict(ctx context.Context) (Result, error) {
	r := c.request
	result := Result{Type: r.New.Type(), Compatible: true}
	directions := directionsOf(r.Level)
	if len(directions) == 0 || len(r.Old) == 0 {
		return result, nil
	}
	old := r.Old
	if !r.Level.Transitive() {
		old = old[:1]
	}
	c.seen = newMemo(len(old))
	for _, v := range old {
		report, err := c.compare(ctx, v, directions)
		if err != nil {
			return result, err
		}
		if !report.empty() {
			result.Reports = append(result.Reports, report)
		}
		if !report.Compatible() {
			result.Compatible = false
			if !r.All {
				break
			}
		}
	}
	return result, nil
}

// directionsOf gives who reads whom at a level, in the order of the wire: FULL
// lets the old schema read first.
func directionsOf(l Level) []Direction {
	switch Level(strings.TrimSuffix(string(l), "_TRANSITIVE")) {
	case Backward:
		return []Direction{NewReadsOld}
	case Forward:
		return []Direction{OldReadsNew}
	case Full:
		return []Direction{OldReadsNew, NewReadsOld}
	}
	return nil
}

// compare gives what one version has to say.
func (c *checker) compare(ctx context.Context, v Version, directions []Direction) (Report, error) {
	old, err := v.Schema()
	if err != nil {
		return Report{}, fmt.Errorf("version %d: %w", v.Number, err)
	}
	known, key := c.seen.find(old)
	if known != nil {
		known.compared.again(v.Number)
		return known.report.renumber(v.Number), nil
	}
	report := Report{Version: v.Number, OldText: old.Text()}
	if old.Type() != c.request.New.Type() {
		report.TypeChanged = true
		return report, nil
	}
	diff := differOf(old.Type())
	if diff == nil {
		return Report{}, &schema.TypeError{Type: old.Type()}
	}
	w := &work{
		ctx: ctx, now: c.now, version: v.Number, compatible: c.request.Compatible,
		left: c.budget.Steps, pair: c.now().Add(c.budget.Pair), all: c.end,
	}
	var kept *compared
	if c.request.Warnings {
		kept = &compared{schema: old, versions: []int32{v.Number}}
		c.compared = append(c.compared, kept)
	}
	for _, d := range directions {
		reader, writer := c.request.New, old
		if d == OldReadsNew {
			reader, writer = old, c.request.New
		}
		w.direction = d
		diffs, fault, err := diff(ctx, reader, writer, c.request.Policy, w)
		if err != nil {
			return Report{}, err
		}
		diffs = c.wanted(diffs, d)
		if d == NewReadsOld {
			report.Backward, report.BackwardFault = diffs, fault
		} else {
			report.Forward, report.ForwardFault = diffs, fault
		}
	}
	c.seen.keep(key, old, report, kept)
	kept.rest(w)
	return report, nil
}

// wanted marks the differences with their direction, and drops those that do
// no harm unless they were asked for.
func (c *checker) wanted(diffs []Difference, d Direction) []Difference {
	if !c.request.Compatible {
		diffs = slices.DeleteFunc(diffs, func(x Difference) bool { return x.Compatible })
	}
	for i := range diffs {
		diffs[i].Direction = d
	}
	return diffs
}
