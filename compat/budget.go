package compat

import (
	"fmt"
	"time"
)

// Budget bounds the work of a check (validation.md 9).
type Budget struct {
	// Steps is how many node comparisons one pair of versions may take.
	Steps int
	// Pair is the time for one pair of versions, Total for the whole check.
	Pair, Total time.Duration
}

// DefaultBudget is the limit of validation.md section 9.
var DefaultBudget = Budget{Steps: 2_000_000, Pair: 2 * time.Second, Total: 20 * time.Second}

// BudgetError says that a check was given up because it would have taken too
// long; callers answer it as a caller's mistake (42201), never as a verdict.
type BudgetError struct {
	// Version is the older version that was being compared.
	Version int32
	// Reason says which bound was hit, in words for the caller.
	Reason string
}

func (e *BudgetError) Error() string {
	return fmt.Sprintf("compatibility check with version %d given up: %s", e.Version, e.Reason)
}
