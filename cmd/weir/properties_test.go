package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The format of java.util.Properties.
func TestParseProperties(t *testing.T) {
	got, err := parseProperties([]byte("# comment\r\n! another\n\n" +
		"a=1\n b : 2 \nc 3\nd\ne=x\\\n   y\\\\\nf\\=g = a\\tb\\u00e9\nurl=http://h:1/?a=b\na=last\n" + `end=\`))
	if err != nil {
		t.Fatal(err)
	}
	want := []property{
		{"a", "last"}, {"b", "2 "}, {"c", "3"}, {"d", ""}, {"e", `xy\`}, {"f=g", "a\tbé"}, {"url", "http://h:1/?a=b"}, {"end", ""},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(property{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	latin, err := parseProperties([]byte("a=\xe9"))
	if err != nil || len(latin) != 1 || latin[0].value != "é" {
		t.Errorf("of Latin-1 = %v, %v", latin, err)
	}
	if _, err := parseProperties([]byte(`a=\u12`)); err == nil {
		t.Error("of a broken escape = nil")
	}
}

func FuzzParseProperties(f *testing.F) {
	f.Add([]byte("a=1\nb\\\n c\\u0041"))
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = parseProperties(data) })
}
