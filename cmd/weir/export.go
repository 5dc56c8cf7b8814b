package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/weir-registry/weir/catalog/declare"
)

// exportCommand is `weir export`.
type exportCommand struct {
	As       string `enum:"metadata" default:"metadata" help:"What to export: metadata, the documents that weir apply takes."`
	URL      string `name:"url" default:"http://127.0.0.1:8081" help:"URL of the weir to read, http://127.0.0.1:8081 when none is given." placeholder:"URL"`
	AuthFile string `type:"existingfile" help:"File with user:password, or a bearer token; the environment variable WEIR_AUTH may hold the same." placeholder:"FILE"`
	Set      string `help:"What this named set says; without it, what everybody does." placeholder:"NAME"`
	Output   string `short:"o" help:"Folder to write a file for each thing into; standard output without it." placeholder:"DIR"`
}

// Run reads the documents and writes them.
func (command *exportCommand) Run(ctx context.Context, out io.Writer) error {
	client, err := dialDeclarations(command.URL, command.AuthFile)
	if err != nil {
		return err
	}
	text, err := client.export(ctx, command.Set)
	if err != nil {
		return err
	}
	if command.Output == "" {
		_, err := io.WriteString(out, text)
		return err
	}
	documents, err := declare.Read(declare.File{Text: text})
	if err != nil {
		return fmt.Errorf("weir's answer has faults: %w", err)
	}
	files := documents.Files()
	if err := writeFiles(command.Output, files); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d files written into %s\n", len(files), command.Output)
	return err
}

// writeFiles writes files into a folder. One that is there and says something
// else is not overwritten, for somebody may have worked on it; then none is
// written.
func writeFiles(folder string, files []declare.File) error {
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		old, err := os.ReadFile(path)
		switch {
		case err == nil && string(old) != f.Text:
			return fmt.Errorf("%s is there already and says something else: export into an empty folder", path)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(f.Text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
