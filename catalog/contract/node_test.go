package contract_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/catalogtest"
	"github.com/weir-registry/weir/feed"
)

// node is a node whose catalog says that the importer has done it.
type node struct{ *catalogtest.Node }

func newNode(t *testing.T) *node {
	t.Helper()
	return &node{catalogtest.Open(t, func(s *catalogtest.Setup) {
		s.Catalog.Proposer.Origin = func(context.Context) feed.Origin { return feed.Origin{Actor: "importer"} }
	})}
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// golden compares with a file of testdata; WEIR_REFRESH=1 writes it anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if os.Getenv("WEIR_REFRESH") != "" {
		if err := os.WriteFile(filepath.Join("testdata", name), []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(read(t, name), got); d != "" {
		t.Errorf("%s: -want +got:\n%s", name, d)
	}
}
