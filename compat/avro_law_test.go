package compat_test

import (
	"slices"
	"strings"
	"testing"

	hamba "github.com/hamba/avro/v2"
	"pgregory.net/rapid"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
	"github.com/weir-registry/weir/schema/avro/avrotest"
)

// drawPair draws an old schema and one that differs from it a little. A change
// that leaves no schema is drawn again, as is what others are asked to read too
// and do not.
func drawPair(t *rapid.T, others ...func(text string) bool) (old, fresh *avro.Schema) {
	readable := func(text string) bool {
		s := drawn(t, text)
		return s != nil && !slices.ContainsFunc(others, func(reads func(string) bool) bool { return !reads(s.Text()) })
	}
	oldText := avrotest.Text().Filter(readable).Draw(t, "old")
	return drawn(t, oldText), drawn(t, avrotest.Change(oldText).Filter(readable).Draw(t, "new"))
}

func drawn(t *rapid.T, text string) *avro.Schema {
	s, err := avro.Parser{}.Parse(t.Context(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{})
	if err != nil {
		return nil
	}
	return s.(*avro.Schema)
}

func checked(t *rapid.T, level compat.Level, fresh, old schema.Schema) compat.Result {
	result, err := compat.Check(t.Context(), compat.Request{Level: level, New: fresh, Old: versions(old), Compatible: true})
	if err != nil {
		t.Fatalf("Check of %s with %s at %s: %v", fresh.Text(), old.Text(), level, err)
	}
	return result
}

// TestAvroCompatibleWithItself: the recordings break this law only where an
// alias of a field is the name of another field of its record (the check then
// fails, compatibility.md 6); no schema that is drawn here has one.
func TestAvroCompatibleWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawn(t, avrotest.Text().Draw(t, "schema"))
		if result := checked(t, compat.Full, s, s); !result.Compatible {
			t.Fatalf("%s is not compatible with itself: %+v", s.Text(), result.Reports)
		}
	})
}

func TestAvroFullIsBackwardAndForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, fresh := drawPair(t)
		backward, forward, full := checked(t, compat.Backward, fresh, old), checked(t, compat.Forward, fresh, old), checked(t, compat.Full, fresh, old)
		if full.Compatible != (backward.Compatible && forward.Compatible) {
			t.Fatalf("backward %v, forward %v, full %v", backward.Compatible, forward.Compatible, full.Compatible)
		}
		if swapped := checked(t, compat.Forward, old, fresh); swapped.Compatible != backward.Compatible {
			t.Fatalf("backward is %v, forward with the two exchanged %v", backward.Compatible, swapped.Compatible)
		}
	})
}

// TestAvroRenamedFieldIsBackwardCompatible: a field that keeps its old name as
// an alias is read as before.
func TestAvroRenamedFieldIsBackwardCompatible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := drawn(t, avrotest.Record().Draw(t, "schema"))
		// Aliases that the field has already would be a second key.
		text := strings.Replace(old.Text(), `"aliases":["old0","older0"]`, `"zz":1`, -1)
		renamed := strings.Replace(text, `{"name":"f0","type":`, `{"aliases":["f0"],"name":"renamed","type":`, 1)
		if result := checked(t, compat.Backward, drawn(t, renamed), old); !result.Compatible {
			t.Fatalf("%s does not read %s: %+v", renamed, old.Text(), result.Reports)
		}
	})
}

// TestAvroDifferencesArePlaced: every difference has a place in the new text,
// both fragments where both sides have one, and, when it does harm, a hint.
func TestAvroDifferencesArePlaced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, fresh := drawPair(t)
		for _, r := range checked(t, compat.Full, fresh, old).Reports {
			for _, d := range append(r.Backward, r.Forward...) {
				if d.Position.Line < 1 || d.Position.Offset >= len(fresh.Text())+1000 || d.Old+d.New == "" {
					t.Fatalf("%+v", d)
				}
				if d.Compatible != (d.Hint == "") {
					t.Fatalf("compatible %v, hint %q", d.Compatible, d.Hint)
				}
				if d.Path == "" || d.Path[0] != '/' {
					t.Fatalf("path %q", d.Path)
				}
			}
		}
	})
}

// TestAvroVerdictsOfHamba takes a second opinion from hamba/avro, of schemas that
// it reads: it does not find a type without namespace from inside a namespace.
func TestAvroVerdictsOfHamba(t *testing.T) {
	parse := func(text string) (hamba.Schema, error) {
		return hamba.ParseWithCache(text, "", &hamba.SchemaCache{})
	}
	reads := func(text string) bool {
		_, err := parse(text)
		return err == nil
	}
	agreed, compatible := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		old, fresh := drawPair(t, reads)
		reader, err := parse(fresh.Text())
		if err != nil {
			t.Fatal(err)
		}
		writer, err := parse(old.Text())
		if err != nil {
			t.Fatal(err)
		}
		theirs := hamba.NewSchemaCompatibility().Compatible(reader, writer)
		ours := checked(t, compat.Backward, fresh, old)
		if ours.Compatible != (theirs == nil) {
			t.Fatalf("%s\nreads %s\nours %v %+v\nhamba %v", fresh.Text(), old.Text(), ours.Compatible, ours.Reports, theirs)
		}
		agreed++
		if ours.Compatible {
			compatible++
		}
	})
	t.Logf("hamba/avro agreed on %d pairs, %d of them compatible", agreed, compatible)
}
