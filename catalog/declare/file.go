package declare

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// File is a text with YAML documents. Name is what faults call it.
type File struct {
	Name string
	Text string
}

// ReadFolder reads all files of a folder and the folders below it that end in
// .yaml or .yml, in the order of their paths. Hidden files and folders are left
// out. Two that are given by one name, a folder and what it links to, are not
// told apart: fs.WalkDir follows no links.
func ReadFolder(folder fs.FS) ([]File, error) {
	var files []File
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || !slices.Contains([]string{".yaml", ".yml"}, path.Ext(name)):
			return nil
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		files = append(files, File{Name: name, Text: string(data)})
		return nil
	})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, err
}
