package compat

import (
	"context"
	"errors"
	"time"

	"github.com/weir-registry/weir/schema"
)

// compared is a version that the verdict was reached with, and others of the
// same content.
type compared struct {
	schema   schema.Schema
	versions []int32
	// left and time are what the verdict left of the pair's budget.
	left int
	time time.Duration
}

// again notes a further version of the content.
func (c *compared) again(version int32) {
	if c != nil {
		c.versions = append(c.versions, version)
	}
}

// rest notes what the verdict left.
func (c *compared) rest(w *work) {
	if c != nil {
		c.left, c.time = max(w.left, 0), w.pair.Sub(w.now())
	}
}

// warner finds what is worth a warning in one language (compatibility.md 9.2).
// Its methods ask work.step as a differ does; what they found before an error
// counts.
type warner interface {
	// alone finds the faults of a schema by itself.
	alone(s schema.Schema, w *work, out *warnings) error
	// pair finds what a reader makes of what a writer wrote.
	pair(reader, writer schema.Schema, policy Policy, w *work, out *warnings) error
	// history finds what the versions, newest first, show only together.
	history(s schema.Schema, old []*compared, w *work, out *warnings) error
}

// warnerOf gives the warner of a language, nil for one without.
func warnerOf(t schema.Type) warner {
	switch t {
	case schema.Avro:
		return avroWarner{}
	case schema.JSON:
		return jsonWarner{}
	case schema.Protobuf:
		return protoWarner{}
	}
	return nil
}

// warn fills in the warnings of a result. The end of a budget cuts the list
// and is no error.
func (c *checker) warn(ctx context.Context, result *Result) error {
	rules := warnerOf(c.request.New.Type())
	if rules == nil {
		return nil
	}
	out := &warnings{}
	err := c.warnings(ctx, rules, out)
	result.Warnings, result.WarningsCut = out.list, out.cut
	return err
}

func (c *checker) warnings(ctx context.Context, rules warner, out *warnings) error {
	fresh := c.request.New
	// All warnings together are worth the time of one pair.
	end := c.now().Add(c.budget.Pair)
	if end.After(c.end) {
		end = c.end
	}
	whole := func() *work {
		return &work{ctx: ctx, now: c.now, left: c.budget.Steps, pair: end, all: end}
	}
	if err := out.within(rules.alone(fresh, whole(), out)); err != nil {
		return err
	}
	out.directed = true
	for _, old := range c.compared {
		w := whole()
		w.left, w.pair = old.left, c.now().Add(old.time)
		out.versions = old.versions
		for _, d := range directionsOf(c.request.Level) {
			reader, writer := fresh, old.schema
			if d == OldReadsNew {
				reader, writer = writer, reader
			}
			w.direction, out.direction = d, d
			if err := out.within(rules.pair(reader, writer, c.request.Policy, w, out)); err != nil {
				return err
			}
		}
	}
	out.versions, out.directed = nil, false
	if len(c.compared) == 0 {
		return nil
	}
	return out.within(rules.history(fresh, c.compared, whole(), out))
}

// within lets the end of a budget cut the list.
func (o *warnings) within(err error) error {
	if budget := (*BudgetError)(nil); errors.As(err, &budget) {
		o.cut = true
		return nil
	}
	return err
}
