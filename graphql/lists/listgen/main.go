// Command listgen has package lists make the lists in code that gqlgen wrote: in
// each file of the folders that are named it puts a call of lists.Marshal where
// gqlgen calls its own function. `go generate` runs it after gqlgen, which has
// no setting for it. It fails when it finds a call that it does not know, or
// none: gqlgen writes something else then. Nothing imports it.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
)

// What gqlgen writes, and what it becomes.
const (
	theirs      = "graphql.MarshalSliceConcurrently("
	theirCall   = theirs + "ctx, len(v), 0, false, "
	ourCall     = "lists.Marshal(ctx, len(v), "
	theirImport = "\t\"github.com/99designs/gqlgen/graphql\"\n"
	ourImport   = "\t\"github.com/weir-registry/weir/graphql/lists\"\n"
)

func main() {
	for _, folder := range os.Args[1:] {
		if err := run(folder); err != nil {
			fmt.Fprintln(os.Stderr, "listgen:", err)
			os.Exit(1)
		}
	}
}

func run(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	calls := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		n := bytes.Count(text, []byte(theirs))
		if n == 0 {
			continue
		}
		calls += n
		if text, err = rewrite(text); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	if calls == 0 {
		return fmt.Errorf("%s: gqlgen makes no list here", folder)
	}
	return nil
}

func rewrite(text []byte) ([]byte, error) {
	if bytes.Count(text, []byte(theirImport)) != 1 {
		return nil, errors.New("gqlgen's package is not imported as it was")
	}
	text = bytes.ReplaceAll(text, []byte(theirCall), []byte(ourCall))
	if bytes.Contains(text, []byte(theirs)) {
		return nil, errors.New("a list is not made as it was")
	}
	text = bytes.Replace(text, []byte(theirImport), []byte(theirImport+ourImport), 1)
	return format.Source(text)
}
