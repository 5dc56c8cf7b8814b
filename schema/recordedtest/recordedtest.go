// Package recordedtest reads what was recorded of Confluent Schema Registry
// 8.5.0, for tests that hold weir against it.
//
// In comes a file of testdata: JSON, packed by gzip where its name ends in .gz.
// Out comes whatever the caller has a type for, or, of a file of single schemas,
// [Text]s. The file system is the caller's ([os.DirFS]); the package itself
// opens nothing, as nothing below schema does.
//
// The package is for tests; no part of the product imports it.
package recordedtest

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"testing"
)

// Text is one schema and what the registry made of it.
type Text struct {
	Schema string
	Status int
	// Stored and Normalized are empty where it was refused.
	Stored, Normalized string
	// Dev names the page that has weir differ on purpose.
	Dev string
}

// Texts reads the single schemas of a folder.
func Texts(t testing.TB, folder fs.FS) []Text {
	t.Helper()
	var file struct{ Texts []Text }
	Read(t, folder, "texts.json.gz", &file)
	return file.Texts
}

// Read reads a file into a value, and fails the test where it cannot.
func Read(t testing.TB, folder fs.FS, name string, into any) {
	t.Helper()
	f, err := folder.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if err := json.NewDecoder(r).Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
