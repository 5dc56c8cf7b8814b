package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/weir-registry/weir/catalog/declare"
)

// applyCommand is `weir apply`.
type applyCommand struct {
	File     []string `short:"f" sep:"none" required:"" help:"YAML file or folder with documents, read recursively; - for standard input. May be repeated." placeholder:"PATH"`
	URL      string   `name:"url" default:"http://127.0.0.1:8081" help:"URL of the weir to apply to, http://127.0.0.1:8081 when none is given." placeholder:"URL"`
	AuthFile string   `type:"existingfile" help:"File with user:password, or a bearer token; the environment variable WEIR_AUTH may hold the same." placeholder:"FILE"`
	Set      string   `default:"default" help:"Named set that owns what is applied; the one called default when none is given." placeholder:"NAME"`
	Prune    bool     `help:"Take away what the set said before and the documents say no more."`
	DryRun   bool     `help:"Say what would change, change nothing; the exit code is 2 when something would."`
	Color    string   `enum:"auto,always,never" default:"auto" help:"Colours of the plan; auto means on a terminal."`
}

// Run applies, prints the plan, and fails when the documents have faults.
func (command *applyCommand) Run(ctx context.Context, out io.Writer) error {
	files, err := readDocuments(command.File, os.Stdin)
	if err != nil {
		return err
	}
	// What is wrong by itself is found here, with the names of the files.
	documents, err := declare.Read(files...)
	if err != nil {
		return faultsError(err)
	}
	if documents.Len() == 0 {
		return fmt.Errorf("there are no documents in %s; of a folder, the files that end in .yaml or .yml are read", strings.Join(command.File, ", "))
	}
	client, err := dialDeclarations(command.URL, command.AuthFile)
	if err != nil {
		return err
	}
	plan, err := client.apply(ctx, joinFiles(files), declare.Options{Set: command.Set, Prune: command.Prune, DryRun: command.DryRun})
	if err != nil {
		return faultsError(err)
	}
	if err := plan.Write(out, coloured(command.Color, out)); err != nil {
		return err
	}
	if command.DryRun && len(plan.Changes) > 0 {
		return &exitError{code: exitChanges}
	}
	return nil
}

// exitChanges is the exit code of a dry run that found changes.
const exitChanges = 2

// exitError ends the program with a code, and no message but that of its cause.
type exitError struct {
	code  int
	cause error
}

func (e *exitError) Error() string {
	if e.cause == nil {
		return ""
	}
	return e.cause.Error()
}

func (e *exitError) Unwrap() error { return e.cause }

// faultsError says that the documents have faults, each on a line of its own.
func faultsError(err error) error {
	if faults, ok := errors.AsType[declare.Faults](err); ok {
		return fmt.Errorf("the documents have %d faults, nothing was applied:\n%w", len(faults), faults)
	}
	return err
}

// readDocuments reads files, folders and standard input. A file keeps the name
// by which the caller finds it.
func readDocuments(paths []string, stdin io.Reader) ([]declare.File, error) {
	var files []declare.File
	for _, path := range paths {
		if path == "-" {
			text, err := io.ReadAll(stdin)
			if err != nil {
				return nil, err
			}
			files = append(files, declare.File{Name: "standard input", Text: string(text)})
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			files = append(files, declare.File{Name: path, Text: string(text)})
			continue
		}
		within, err := declare.ReadFolder(os.DirFS(path))
		if err != nil {
			return nil, inFolder(path, err)
		}
		for _, f := range within {
			f.Name = filepath.Join(path, filepath.FromSlash(f.Name))
			files = append(files, f)
		}
	}
	return files, nil
}

// inFolder makes an error name the file as the caller does.
func inFolder(folder string, err error) error {
	if within, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: within.Op, Path: filepath.Join(folder, within.Path), Err: within.Err}
	}
	return err
}

// coloured says whether to write in colour: on a terminal, unless NO_COLOR asks
// for none.
func coloured(when string, out io.Writer) bool {
	if when != "auto" {
		return when == "always"
	}
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
}
