package compat

import (
	"context"
	"time"

	"github.com/weir-registry/weir/schema"
)

// differ compares one reader with one writer in one language. It gives every
// difference in the order of the wire, or a fault when the comparison itself
// failed (compatibility.md 5), or an error when it was given up. It asks
// work.step before each comparison of two nodes, and remembers nothing
// between calls.
type differ func(ctx context.Context, reader, writer schema.Schema, policy Policy, w *work) (diffs []Difference, fault string, err error)

// differOf gives the differ of a language, nil for one that is not known.
func differOf(t schema.Type) differ {
	switch t {
	case schema.Avro:
		return diffAvro
	case schema.JSON:
		return diffJSON
	case schema.Protobuf:
		return diffProtobuf
	}
	return nil
}

// stepsPerLook is how many steps are taken between two looks at the clock.
const stepsPerLook = 1024

// work counts what the comparison of one pair of versions costs. A pair has
// one work for both directions.
type work struct {
	// direction says which side the new schema is on in this comparison, so
	// that a differ can give positions and hints in terms of the new schema.
	direction Direction
	// compatible asks for the differences that do no harm, too.
	compatible bool

	ctx     context.Context
	now     func() time.Time
	version int32
	// left is how many steps remain, look how many until the next look at
	// the clock.
	left, look int
	pair, all  time.Time
}

// step accounts for one comparison of two nodes. It answers *BudgetError when
// a bound is reached, or the context's error when that ended.
func (w *work) step() error {
	if w.left--; w.left < 0 {
		return &BudgetError{Version: w.version, Reason: "too many comparisons"}
	}
	if w.look--; w.look < 0 {
		w.look = stepsPerLook
		return w.lookAtClock()
	}
	return nil
}

// steps accounts for n comparisons at once, for work in one piece.
func (w *work) steps(n int) error {
	if n <= 0 {
		return nil
	}
	w.left -= n - 1
	w.look -= n - 1
	return w.step()
}

// lookAtClock says whether the time is up.
func (w *work) lookAtClock() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	now := w.now()
	if now.After(w.pair) {
		return &BudgetError{Version: w.version, Reason: "the comparison took too long"}
	}
	if now.After(w.all) {
		return &BudgetError{Version: w.version, Reason: "the comparison with all versions took too long"}
	}
	return nil
}
