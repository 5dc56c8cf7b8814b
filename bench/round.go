package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"
)

// defaultSlice is how long one side of one round runs: long enough that the
// kernel's accounting is exact to a percent, short enough that a neighbour's
// burst hits both sides.
const defaultSlice = 1500 * time.Millisecond

// maxSpread is how far the limit's own rounds may lie apart, as a part of
// their median.
const maxSpread = 0.25

// attempts is how often a row is measured before it is refused.
const attempts = 4

type settings struct {
	rounds   int
	versions int
	subjects int
	slice    time.Duration
}

// sample is what one side of one round measured, by the name of the figure.
type sample map[string]float64

// side runs one side for a slice of time.
type side func(ctx context.Context, slice time.Duration) (sample, error)

// sides are the medians of two sides measured in turns.
type sides struct {
	limit, weir sample
	// spread is that of the limit's samples of the judged figure.
	spread float64
}

// interleave measures limit and weir in turns and answers the medians. judged
// names the figure whose spread decides.
func interleave(ctx context.Context, s settings, judged string, limit, weir side) (sides, error) {
	var last sides
	for attempt := range attempts {
		all, err := interleaveOnce(ctx, s, limit, weir)
		if err != nil {
			return sides{}, err
		}
		last = sides{limit: medians(all[0]), weir: medians(all[1]), spread: spread(all[0], judged)}
		if last.spread <= maxSpread {
			return last, nil
		}
		fmt.Fprintf(os.Stderr, "  attempt %d refused: the limit's %s spread by %.0f %%\n", attempt+1, judged, 100*last.spread)
	}
	return last, nil
}

func interleaveOnce(ctx context.Context, s settings, limit, weir side) ([2][]sample, error) {
	var all [2][]sample
	for round := range s.rounds + 1 {
		for i, run := range []side{limit, weir} {
			got, err := run(ctx, s.slice)
			if err != nil {
				return all, err
			}
			if round > 0 { // the first round warms up
				all[i] = append(all[i], got)
			}
		}
	}
	return all, nil
}

func medians(list []sample) sample {
	out := sample{}
	if len(list) == 0 {
		return out
	}
	for name := range list[0] {
		out[name] = median(values(list, name))
	}
	return out
}

func values(list []sample, name string) []float64 {
	v := make([]float64, len(list))
	for i, s := range list {
		v[i] = s[name]
	}
	return v
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	if n := len(v); n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[len(v)/2]
}

// spread is the distance between the smallest and the largest sample over the
// median.
func spread(list []sample, name string) float64 {
	v := values(list, name)
	return (slices.Max(v) - slices.Min(v)) / median(v)
}
