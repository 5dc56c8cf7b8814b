package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const head = "package generated\n\nimport (\n\t\"context\"\n\n\t\"github.com/99designs/gqlgen/graphql\"\n\t\"github.com/vektah/gqlparser/v2/ast\"\n)\n\n"

func TestRun(t *testing.T) {
	for name, c := range map[string]struct{ text, want, err string }{
		"a list":            {head + "var x = graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, f)\n", "var x = lists.Marshal(ctx, len(v), f)\n", ""},
		"other settings":    {head + "var x = graphql.MarshalSliceConcurrently(ctx, len(v), 8, false, f)\n", "", "not made as it was"},
		"another import":    {strings.Replace(head, "\t\"github.com/99", "\tg \"github.com/99", 1) + "var x = graphql.MarshalSliceConcurrently(ctx, len(v), 0, false, f)\n", "", "not imported as it was"},
		"no list":           {head + "var x = graphql.Null\n", "", "makes no list"},
		"rewritten already": {head + "var x = lists.Marshal(ctx, len(v), f)\n", "", "makes no list"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, "a.go")
			if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			err := run(folder)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Fatalf("error %v, want %q", err, c.err)
			}
			text, readErr := os.ReadFile(file)
			if readErr != nil {
				t.Fatal(readErr)
			}
			if err != nil {
				if string(text) != c.text {
					t.Errorf("the file was changed: %s", text)
				}
				return
			}
			if !strings.HasSuffix(string(text), c.want) || !strings.Contains(string(text), ourImport) {
				t.Errorf("became %s", text)
			}
		})
	}
}
