package schema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func drawOutline(t *rapid.T) Outline {
	text := rapid.String()
	texts := rapid.SliceOfN(text, 0, 3)
	var o Outline
	holds := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Hold {
		return Hold{Name: text.Draw(t, "held"), Lists: rapid.IntRange(0, 9).Draw(t, "lists")}
	}), 0, 2)
	o.Doc, o.RecordName, o.Holds = text.Draw(t, "doc"), text.Draw(t, "recordname"), holds.Draw(t, "holds")
	for range rapid.IntRange(0, 3).Draw(t, "records") {
		r := Record{
			Name: text.Draw(t, "name"), TagPath: text.Draw(t, "path"), Doc: text.Draw(t, "doc"),
			Tags: texts.Draw(t, "tags"), Kind: text.Draw(t, "kind"), Symbols: texts.Draw(t, "symbols"),
			Aliases: texts.Draw(t, "aliases"), Holds: holds.Draw(t, "holds"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "fields") {
			name := text.Draw(t, "field")
			f := Field{
				Name: name, RuntimeName: name, TagPath: r.TagPath + "." + name, Type: text.Draw(t, "type"),
				Ref: text.Draw(t, "ref"), Doc: text.Draw(t, "doc"), Tags: texts.Draw(t, "tags"),
				Default: text.Draw(t, "default"), Required: rapid.Bool().Draw(t, "required"), Number: rapid.Int32().Draw(t, "number"),
				Aliases: texts.Draw(t, "aliases"), Holds: holds.Draw(t, "holds"),
			}
			if rapid.Bool().Draw(t, "own") {
				f.RuntimeName, f.TagPath = text.Draw(t, "runtime"), text.Draw(t, "tagpath")
			}
			r.Fields = append(r.Fields, f)
		}
		o.Records = append(o.Records, r)
	}
	return o
}

func TestOutlineBinaryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawOutline(t)
		data, err := want.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got Outline
		if err := got.UnmarshalBinary(data); err != nil {
			t.Fatalf("UnmarshalBinary(%x) = %v", data, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("round trip (-want +got):\n%s", diff)
		}
		if name := OutlineName(data); name != want.RecordName {
			t.Fatalf("OutlineName = %q, want %q", name, want.RecordName)
		}
		if doc := OutlineDoc(data); doc != want.Doc {
			t.Fatalf("OutlineDoc = %q, want %q", doc, want.Doc)
		}
		for cut := range data {
			var part Outline
			if err := part.UnmarshalBinary(data[:cut]); err == nil {
				t.Fatalf("UnmarshalBinary of %d of %d bytes = nil, want an error", cut, len(data))
			}
		}
	})
}

func FuzzOutlineBinary(f *testing.F) {
	f.Add([]byte{outlineVersion, 0, 0})
	f.Add([]byte{outlineVersion, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, data []byte) {
		var o Outline
		if o.UnmarshalBinary(data) != nil {
			return
		}
		again, err := o.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		var back Outline
		if err := back.UnmarshalBinary(again); err != nil {
			t.Fatalf("own bytes do not read: %v", err)
		}
	})
}

func TestPositionAt(t *testing.T) {
	for _, test := range []struct {
		text   string
		offset int
		want   Position
	}{
		{"abc", 0, Position{0, 1, 1}},
		{"a\nbc", 3, Position{3, 2, 2}},
		{"ü\n", 2, Position{2, 1, 2}},
		{"ab", 9, Position{2, 1, 3}},
	} {
		if got := PositionAt(test.text, test.offset); got != test.want {
			t.Errorf("PositionAt(%q, %d) = %+v, want %+v", test.text, test.offset, got, test.want)
		}
	}
}

// TestOutlineFirstForm reads what the first form holds.
func TestOutlineFirstForm(t *testing.T) {
	data := []byte{
		1, 3, 'd', 'o', 'c', 1, // version, doc, one record
		3, 'a', '.', 'R', 3, 'a', '.', 'R', 0, 1, 1, 'T', 6, 'r', 'e', 'c', 'o', 'r', 'd', 0, // name, path, doc, tags, kind, symbols
		1, fieldRequired, 1, 'f', 3, 'i', 'n', 't', // one field
	}
	var got Outline
	if err := got.UnmarshalBinary(data); err != nil {
		t.Fatalf("UnmarshalBinary = %v", err)
	}
	want := Outline{Doc: "doc", Records: []Record{{
		Name: "a.R", TagPath: "a.R", Tags: []string{"T"}, Kind: "record",
		Fields: []Field{{Name: "f", RuntimeName: "f", TagPath: "a.R.f", Type: "int", Required: true}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the first form (-want +got):\n%s", diff)
	}
	if name := OutlineName(data); name != "a.R" {
		t.Errorf("OutlineName = %q", name)
	}
}
