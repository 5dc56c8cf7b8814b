package compat_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

// doublingProtobuf is a file of n messages, each with two fields of the next;
// the last has one field of a type.
func doublingProtobuf(n int, last string) string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\"; package c; ")
	for i := range n {
		fmt.Fprintf(&b, "message D%d { D%d a = 1; D%d b = 2; } ", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "message D%d { %s a = 1; } ", n, last)
	return b.String()
}

// circleOfProtobuf is a file of n messages, each with a field of each other.
func circleOfProtobuf(n int, typ string) string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\"; package c; ")
	for i := range n {
		fmt.Fprintf(&b, "message D%d { ", i)
		for j := range n {
			fmt.Fprintf(&b, "D%d f%d = %d; ", j, j, j+1)
		}
		fmt.Fprintf(&b, "%s last = %d; } ", typ, n+1)
	}
	return b.String()
}

// A hostile pair ends with a verdict or a reason within the time of a pair.
func TestProtobufHostilePairs(t *testing.T) {
	use := "syntax = \"proto3\"; message M { c.D0 a = 1; }"
	for name, texts := range map[string][2]string{
		"doubling, the same":  {doublingProtobuf(100, "int32"), doublingProtobuf(100, "int64")},
		"doubling, different": {doublingProtobuf(60, "int32"), doublingProtobuf(60, "sint32")},
		"circle, the same":    {circleOfProtobuf(40, "int32"), circleOfProtobuf(40, "int64")},
		"circle, different":   {circleOfProtobuf(40, "int32"), circleOfProtobuf(40, "sint32")},
	} {
		t.Run(name, func(t *testing.T) {
			old := parseProtobuf(t, use, protobufFile("d", "d", 1, texts[0]))
			fresh := parseProtobuf(t, use, protobufFile("d", "d", 2, texts[1]))
			start := time.Now()
			_, err := compat.Check(t.Context(), compat.Request{Level: compat.Full, New: fresh, Old: versions(old)})
			var exceeded *compat.BudgetError
			if err != nil && !errors.As(err, &exceeded) {
				t.Error(err)
			}
			if took := time.Since(start); took > 2*compat.DefaultBudget.Pair {
				t.Errorf("took %v", took)
			}
		})
	}
}

// plainProtobuf is a message of n fields.
func plainProtobuf(n int, more string) string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\"; message M { ")
	for i := range n {
		fmt.Fprintf(&b, "string field_%03d = %d; ", i, i+1)
	}
	return b.String() + more + "}"
}

// TestProtobufCheckGrowth holds that the cost of plain messages grows no worse
// than n log n: 500 fields cost at most 15 times as much as 50. What is counted
// is steps, which do not depend on the machine, and memory taken.
func TestProtobufCheckGrowth(t *testing.T) {
	steps := func(n int) int {
		old, fresh := parseProtobuf(t, plainProtobuf(n, "")), parseProtobuf(t, plainProtobuf(n, "int32 last = 1000;"))
		least := 0
		for budget := 1; ; budget *= 2 {
			request := compat.Request{Level: compat.Full, New: fresh, Old: versions(old)}
			request.Budget = compat.Budget{Steps: budget, Pair: time.Hour, Total: time.Hour}
			if _, err := compat.Check(t.Context(), request); err == nil {
				return budget
			}
			if least++; least > 30 {
				t.Fatal("no budget is enough")
			}
		}
	}
	if few, many := steps(50), steps(500); many > 15*few {
		t.Errorf("500 fields take %d steps, 50 take %d", many, few)
	}
	cost := func(n int) float64 {
		old, fresh := parseProtobuf(t, plainProtobuf(n, "")), parseProtobuf(t, plainProtobuf(n, "int32 last = 1000;"))
		return testing.AllocsPerRun(20, func() { checkProtobuf(t, compat.Full, fresh, old) })
	}
	if few, many := cost(50), cost(500); many > 15*few {
		t.Errorf("500 fields take %v allocations, 50 take %v", many, few)
	}
}

func BenchmarkProtobufCheck(b *testing.B) {
	for _, n := range []int{50, 500} {
		b.Run(fmt.Sprintf("%d fields", n), func(b *testing.B) {
			old, fresh := parseProtobuf(b, plainProtobuf(n, "")), parseProtobuf(b, plainProtobuf(n, "int32 last = 1000;"))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := compat.Check(b.Context(), compat.Request{Level: compat.Full, New: fresh, Old: versions(old)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkProtobufParse(b *testing.B) {
	parser, text := &protobuf.Parser{}, plainProtobuf(50, "")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parser.Parse(b.Context(), schema.Source{Type: schema.Protobuf, Text: text}, schema.Options{New: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzProtobufDiff: any two schemas get a verdict or a reason why not; FULL is
// what its two directions are, and the places of differences are in the text.
func FuzzProtobufDiff(f *testing.F) {
	var c corpus
	readJSON(f, filepath.Join("testdata", "protobuf-pairs.json.gz"), &c)
	for i := range c.Pairs {
		if i%8 == 0 {
			f.Add(c.Pairs[i].New, c.Pairs[i].Old)
		}
	}
	parser := &protobuf.Parser{}
	f.Fuzz(func(t *testing.T, freshText, oldText string) {
		fresh, err := parser.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: freshText}, schema.Options{Stored: true})
		if err != nil {
			return
		}
		old, err := parser.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: oldText}, schema.Options{Stored: true})
		if err != nil {
			return
		}
		verdicts := make(map[compat.Level]bool)
		for _, level := range []compat.Level{compat.Backward, compat.Forward, compat.Full} {
			result, err := compat.Check(t.Context(), compat.Request{Level: level, New: fresh, Old: versions(old), Compatible: true})
			if err != nil {
				t.Fatal(err)
			}
			verdicts[level] = result.Compatible
			for _, r := range result.Reports {
				for _, d := range append(r.Backward, r.Forward...) {
					if d.Position.Offset > max(len(freshText), len(fresh.Text())) || d.Compatible != (d.Hint == "") {
						t.Errorf("%+v", d)
					}
				}
			}
		}
		if verdicts[compat.Full] != (verdicts[compat.Backward] && verdicts[compat.Forward]) {
			t.Errorf("verdicts %v", verdicts)
		}
	})
}
