package declare_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/weir-registry/weir/catalog/declare"
)

// FuzzRead: whatever is sent, it is read or its faults are named, and what is
// read is written in a form that reads as the same.
func FuzzRead(f *testing.F) {
	inputs, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, input := range inputs {
		data, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("apiVersion: weir/v1\nkind: Tag\nmetadata: {name: ' a'}\nspec:\n  description: >-\n    a\n\n    b\n")
	f.Add("--- {apiVersion: weir/v1, kind: Person, metadata: {name: \"\\u00e9\\x00\"}}\n...\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := declare.Read(declare.File{Name: "f", Text: text})
		if err != nil {
			faults, ok := errors.AsType[declare.Faults](err)
			if !ok || len(faults) == 0 {
				t.Fatalf("Read gives %v, want Faults", err)
			}
			for _, fault := range faults {
				if fault.Line < 1 || fault.Column < 1 || fault.Code == "" || fault.Message == "" {
					t.Fatalf("a fault without its place or reason: %+v", fault)
				}
			}
			return
		}
		written := d.Text()
		again, err := declare.Read(declare.File{Text: written})
		if err != nil {
			t.Fatalf("what was read as\n%s\ndoes not read: %v", written, err)
		}
		if twice := again.Text(); twice != written {
			t.Fatalf("wrote\n%s\nand then\n%s", written, twice)
		}
	})
}
