package jsonschema

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/recordedtest"
)

func parse(text string) (*Schema, error) {
	s, err := Parser{}.Parse(context.Background(), schema.Source{Type: schema.JSON, Text: text}, schema.Options{New: true})
	if err != nil {
		return nil, err
	}
	return s.(*Schema), nil
}

// TestRecordedTexts holds status, stored and normalised text of every recorded
// schema, that each fault has its place, and that the canonical text is a
// fixed point.
func TestRecordedTexts(t *testing.T) {
	texts := recordedtest.Texts(t, os.DirFS("testdata"))
	t.Attr("corpus", fmt.Sprintf("json/texts.json %d", len(texts)))
	if len(texts) < 400 {
		t.Fatalf("only %d recorded texts", len(texts))
	}
	for _, c := range texts {
		s, err := parse(c.Schema)
		if c.Status != 200 {
			var invalid *schema.InvalidError
			if !errors.As(err, &invalid) || len(invalid.Faults) == 0 || invalid.Faults[0].Position.Line == 0 {
				t.Errorf("parse(%q) = %v, want a fault with its place", c.Schema, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("parse(%q): %v", c.Schema, err)
			continue
		}
		if s.Text() != c.Stored {
			t.Errorf("text of %q\n got %s\nwant %s", c.Schema, s.Text(), c.Stored)
		}
		n, err := s.Normalize()
		if err != nil || n.Text() != c.Normalized {
			t.Errorf("normal text of %q: %v\n got %s\nwant %s", c.Schema, err, n.Text(), c.Normalized)
		}
		again, err := parse(s.Text())
		if err != nil || again.Text() != s.Text() || !again.Equal(s) {
			t.Errorf("text %q read again: %v", s.Text(), err)
		}
	}
}
