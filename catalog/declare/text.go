package declare

import (
	"fmt"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// Text writes the documents in their order as one YAML text, in the form that
// [Read] reads. What is said of records and fields stands in their subject's
// document.
func (d *Documents) Text() string {
	var b []byte
	for _, f := range d.Files() {
		b = append(b, "---\n"...)
		b = append(b, f.Text...)
	}
	return string(b)
}

// Files writes each document to a file of its own, in a folder for its kind.
func (d *Documents) Files() []File {
	parts := map[catalog.Ref][]*Document{}
	var whole []*Document
	known := map[catalog.Ref]bool{}
	for _, one := range d.list {
		subject := one.Ref
		if one.Ref.Kind == catalog.KindRecord || one.Ref.Kind == catalog.KindField {
			subject = catalog.Ref{Kind: catalog.KindSubject, Scope: one.Ref.Scope, Name: one.Ref.Name}
			parts[subject] = append(parts[subject], one)
		}
		switch {
		case !known[subject] && subject == one.Ref:
			whole = append(whole, one)
		case !known[subject]:
			whole = append(whole, &Document{Ref: subject})
		case subject == one.Ref:
			// Its fields came first.
			for i := range whole {
				if whole[i].Ref == subject {
					whole[i] = one
				}
			}
		}
		known[subject] = true
	}
	var files []File
	taken := map[string]bool{}
	for _, one := range whole {
		base := fileName(one.Ref)
		name := base
		// File systems that do not tell capitals apart must hold both.
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s~%d", base, n)
		}
		taken[strings.ToLower(name)] = true
		files = append(files, File{Name: name + ".yaml", Text: string(appendYAML(nil, one.value(parts[one.Ref])))})
	}
	return files
}

// fileName is the folder and name of a document, whatever its name consists of:
// what not every file system takes is written as %XX.
func fileName(ref catalog.Ref) string {
	v := refValue(ref)
	var names []string
	for _, m := range v.members {
		names = append(names, m.value.text)
	}
	name := strings.Join(names, "@")
	var b strings.Builder
	for i, c := range []byte(name) {
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_@", c) >= 0 || c == '.' && i > 0
		if plain {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
		if b.Len() > longestName {
			b.WriteString("~")
			break
		}
	}
	folder := "others"
	if at := kindIndex(ref.Kind); at >= 0 {
		folder = kindWords[at].folder
	}
	return folder + "/" + b.String()
}

// longestName keeps a file's name within what file systems take.
const longestName = 180
