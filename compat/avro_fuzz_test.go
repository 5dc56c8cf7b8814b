package compat_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// FuzzAvroDiff: any two schemas get a verdict or a reason why not; FULL is what
// its two directions are, and the places of differences are in the text.
func FuzzAvroDiff(f *testing.F) {
	var c corpus
	readJSON(f, filepath.Join("testdata", "avro-pairs.json.gz"), &c)
	for i := range c.Pairs {
		if i%8 == 0 {
			f.Add(c.Pairs[i].New, c.Pairs[i].Old)
		}
	}
	f.Fuzz(func(t *testing.T, freshText, oldText string) {
		fresh, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: freshText}, schema.Options{})
		if err != nil {
			return
		}
		old, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: oldText}, schema.Options{})
		if err != nil {
			return
		}
		verdicts := make(map[compat.Level]bool)
		for _, level := range []compat.Level{compat.Backward, compat.Forward, compat.Full} {
			result, err := compat.Check(t.Context(), compat.Request{Level: level, New: fresh, Old: versions(old), Compatible: true})
			var exceeded *compat.BudgetError
			if errors.As(err, &exceeded) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			verdicts[level] = result.Compatible
			if messages := compat.Messages(result, level, false); result.Compatible != (len(messages) == 0) {
				t.Errorf("compatible %v with the messages %q", result.Compatible, messages)
			}
			for _, r := range result.Reports {
				for _, d := range append(r.Backward, r.Forward...) {
					if d.Position.Offset >= len(freshText) || d.Compatible != (d.Hint == "") {
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
