package weir_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// skippedFolders are made by builds and tools, or are other people's.
var skippedFolders = []string{".git", ".cache", "node_modules", "dist", "target", "vendor", "bin", "__pycache__", ".venv"}

// walk calls visit with every file that a person of this project wrote.
func walk(t *testing.T, visit func(path string, content []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(skippedFolders, d.Name()):
			return filepath.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		visit(path, content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A file holds one noun. One that needs more than 600 lines holds several.
func TestFileLength(t *testing.T) {
	const most = 600
	written := []string{".go", ".sql", ".ts", ".tsx", ".js", ".mjs", ".py", ".rs", ".java", ".sh", ".graphqls"}
	seen := 0
	walk(t, func(path string, content []byte) {
		parts := strings.Split(filepath.ToSlash(path), "/")
		if !slices.Contains(written, filepath.Ext(path)) || slices.Contains(parts, "testdata") || slices.Contains(parts, "generated") {
			return
		}
		seen++
		if lines := bytes.Count(content, []byte("\n")); lines > most {
			t.Errorf("%s has %d lines; the most is %d: split it by noun", path, lines, most)
		}
	})
	if seen < 10 {
		t.Errorf("looked at %d files only: the walk is wrong", seen)
	}
}

// What is committed is true on every machine: no file names the folder that
// this checkout happens to be in, nor its neighbours, nor anyone's home.
func TestNoFileNamesThisMachine(t *testing.T) {
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	places := []string{root + "/"}
	// A folder that every system has, such as /tmp, may be named.
	if parent := filepath.Dir(root); !slices.Contains(systemFolders, parent) {
		places = append(places, parent+"/")
	}
	if home, err := os.UserHomeDir(); err == nil && !slices.Contains(systemFolders, home) {
		places = append(places, home+"/")
	}
	walk(t, func(path string, content []byte) {
		for _, place := range places {
			if i := bytes.Index(content, []byte(place)); i >= 0 {
				line := 1 + bytes.Count(content[:i], []byte("\n"))
				t.Errorf("%s:%d names %s, a path of this machine", path, line, place)
			}
		}
	})
}

var systemFolders = []string{"/", "/tmp", "/var", "/usr", "/opt", "/srv", "/home", "/root", "/src", "/build"}
