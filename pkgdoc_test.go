package weir_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// A package comment says what the package is for, in whole sentences: it begins
// with the package's name as go doc wants it, and one line is not enough to say
// what comes in, what goes out and who may know it.
func TestPackageDocs(t *testing.T) {
	const fewest = 20 // words
	for _, p := range packages(t) {
		name, _ := short(p.ImportPath)
		begin := "Package " + p.Name + " "
		if p.Name == "main" {
			begin = "Command " + filepath.Base(p.Dir) + " "
		}
		var docs []string
		for _, file := range p.GoFiles {
			if doc := packageComment(t, filepath.Join(p.Dir, file)); doc != "" {
				docs = append(docs, doc)
			}
		}
		switch {
		case len(docs) == 0:
			t.Errorf("%s has no package comment", name)
		case len(docs) > 1:
			t.Errorf("%s has %d package comments; one file should hold it", name, len(docs))
		case !strings.HasPrefix(docs[0], begin):
			t.Errorf("the comment of %s begins %.40q, want %q", name, docs[0], begin)
		case len(strings.Fields(docs[0])) < fewest:
			t.Errorf("the comment of %s has %d words; %d say what it is for, what it takes and what it gives", name, len(strings.Fields(docs[0])), fewest)
		}
	}
}

func packageComment(t *testing.T, file string) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		t.Errorf("%v", err)
		return ""
	}
	if ast.IsGenerated(f) {
		return ""
	}
	return f.Doc.Text()
}
