package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

// line is one judged figure.
type line struct {
	Row     string  `json:"row"`
	What    string  `json:"what"`
	Limit   float64 `json:"limit"`
	Weir    float64 `json:"weir"`
	Unit    string  `json:"unit"`
	Ratio   float64 `json:"ratio"`
	Bar     string  `json:"bar"`
	Verdict string  `json:"verdict"` // reached, missed, refused, reported
	Spread  float64 `json:"spread"`
}

func (l line) String() string {
	return fmt.Sprintf("%-4s %-46s limit %.4g %s, weir %.4g, ratio %.3f (%s): %s", l.Row, l.What, l.Limit, l.Unit, l.Weir, l.Ratio, l.Bar, l.Verdict)
}

// bar is a bound on a ratio.
type bar struct {
	most, least float64 // one of them is 0
	reported    string  // a reason not to judge
}

func atMost(x float64) bar  { return bar{most: x} }
func atLeast(x float64) bar { return bar{least: x} }

func (b bar) String() string {
	switch {
	case b.most > 0:
		return fmt.Sprintf("at most %.2f", b.most)
	case b.least > 0:
		return fmt.Sprintf("at least %.2f", b.least)
	}
	return "reported"
}

// judge makes the line of a figure of two sides.
func (s sides) judge(row, what, figure, unit string, b bar) line {
	l := line{Row: row, What: what, Limit: s.limit[figure], Weir: s.weir[figure], Unit: unit, Bar: b.String(), Spread: s.spread}
	l.Ratio = l.Weir / l.Limit
	switch {
	case s.spread > maxSpread:
		l.Verdict = fmt.Sprintf("refused: the limit spread by %.0f %%", 100*s.spread)
	case b.reported != "":
		l.Verdict = "reported: " + b.reported
	case b.most > 0 && l.Ratio > b.most, b.least > 0 && l.Ratio < b.least:
		l.Verdict = "missed"
	default:
		l.Verdict = "reached"
	}
	return l
}

type report struct {
	Lines []line `json:"lines"`
}

func (r report) print(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "row\twhat\tlimit\tweir\tunit\tratio\tbar\tverdict")
	for _, l := range r.Lines {
		fmt.Fprintf(t, "%s\t%s\t%.4g\t%.4g\t%s\t%.3f\t%s\t%s\n", l.Row, l.What, l.Limit, l.Weir, l.Unit, l.Ratio, l.Bar, l.Verdict)
	}
	t.Flush()
}

func (r report) write(path string) error {
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}
