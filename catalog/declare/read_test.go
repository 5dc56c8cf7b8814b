package declare_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/declare"
)

// golden compares with the file beside an input; with WEIR_REFRESH=1 it writes
// that anew, and the diff is read before it is committed.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("WEIR_REFRESH") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-file +got):\n%s", file, diff)
	}
}

// TestRead reads each file of testdata/read. The file beside it has what was
// read in its canonical form, or all faults.
func TestRead(t *testing.T) {
	inputs, err := filepath.Glob("testdata/read/*.yaml")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	for _, input := range inputs {
		name := strings.TrimSuffix(filepath.Base(input), ".yaml")
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			d, err := declare.Read(declare.File{Name: name + ".yaml", Text: string(data)})
			beside := strings.TrimSuffix(input, ".yaml")
			if faults, bad := errors.AsType[declare.Faults](err); bad {
				golden(t, beside+".faults", faults.Error()+"\n")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			text := d.Text()
			golden(t, beside+".canonical", text)
			again, err := declare.Read(declare.File{Text: text})
			if err != nil {
				t.Fatalf("the canonical form does not read: %v", err)
			}
			if diff := cmp.Diff(text, again.Text()); diff != "" {
				t.Errorf("the canonical form is none (-once +twice):\n%s", diff)
			}
		})
	}
}
