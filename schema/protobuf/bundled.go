package protobuf

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/bufbuild/protocompile"
	"google.golang.org/protobuf/reflect/protodesc"
)

// bundledTexts are the bundled imports that protocompile does not carry: the
// google/type files and Confluent's own, with the messages, names and numbers
// of the public ones. Maps are written as their entry messages, so that the
// entry types can be named as in descriptors.
//
//go:embed bundled
var bundledTexts embed.FS

// standardImports are the google/protobuf files of the bundle
// (compatibility.md 2.4), taken from protocompile.
func standardImports() []string {
	return []string{
		"any", "api", "descriptor", "duration", "empty", "field_mask",
		"source_context", "struct", "timestamp", "type", "wrappers",
	}
}

// bundle reads the imports that every text may use without a reference.
func bundle() ([]*unit, error) {
	var units []*unit
	standard := protocompile.WithStandardImports(protocompile.ResolverFunc(
		func(path string) (protocompile.SearchResult, error) {
			return protocompile.SearchResult{}, fmt.Errorf("no standard import %s", path)
		}))
	for _, name := range standardImports() {
		path := "google/protobuf/" + name + ".proto"
		found, err := standard.FindFileByPath(path)
		if err != nil {
			return nil, fmt.Errorf("protobuf: bundled import: %w", err)
		}
		proto := protodesc.ToFileDescriptorProto(found.Desc)
		file, err := fromDescriptor(proto, nil)
		if err != nil {
			return nil, fmt.Errorf("protobuf: bundled import %s: %w", path, err)
		}
		units = append(units, &unit{file: file, path: path, place: Place{Kind: Bundled}, proto: proto})
	}
	err := fs.WalkDir(bundledTexts, "bundled", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(bundledTexts, name)
		if err != nil {
			return err
		}
		file, p := parse(string(text))
		if len(p.faults) > 0 {
			return fmt.Errorf("protobuf: bundled import %s: %s", name, p.faults[0])
		}
		units = append(units, &unit{file: file, path: strings.TrimPrefix(name, "bundled/"), place: Place{Kind: Bundled}})
		return nil
	})
	return units, err
}
