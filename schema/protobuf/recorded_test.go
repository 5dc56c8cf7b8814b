package protobuf

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// ours are the recorded texts for which compatibility.md 9.3 wants another
// answer although the recording does not say so: what weir's text must hold
// instead.
var ours = map[int]string{
	252: "  required group Result = 22 {\n    optional string x = 1 [json_name = \"x\"];\n  }\n", // a descriptor with groups
	301: "    [p.xi]: 6\n",                                                                       // (opt).(xi)
	345: "    sub: {\n      x: \"p\",\n      y: \"q\"\n    }\n",                                  // a singular message merged
}

func TestRecordedTexts(t *testing.T) {
	texts := recordedtest.Texts(t, os.DirFS("testdata"))
	t.Attr("corpus", fmt.Sprintf("protobuf/texts.json %d", len(texts)))
	p := &Parser{}
	for i, c := range texts {
		// A blank text is the registry's business.
		if strings.TrimSpace(c.Schema) == "" {
			continue
		}
		s, err := p.Parse(t.Context(), schema.Source{Type: schema.Protobuf, Text: c.Schema}, schema.Options{New: true})
		if c.Status != 200 {
			invalid, ok := err.(*schema.InvalidError)
			if !ok || len(invalid.Faults) == 0 {
				t.Errorf("text %d: Parse(%q) = %v, want *InvalidError", i, c.Schema, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("text %d: Parse(%q): %v", i, c.Schema, err)
			continue
		}
		n, err := s.Normalize()
		if err != nil {
			t.Errorf("text %d: Normalize: %v", i, err)
			continue
		}
		if part, ok := ours[i]; ok {
			if !strings.Contains(n.Text(), part) {
				t.Errorf("text %d: Normalize() = %s\nwant in it:\n%s", i, n.Text(), part)
			}
			continue
		}
		if diff := cmp.Diff(c.Stored, s.Text()); diff != "" {
			t.Errorf("text %d: Text() (-want +got):\n%s", i, diff)
		}
		if c.Dev == "" {
			if diff := cmp.Diff(c.Normalized, n.Text()); diff != "" {
				t.Errorf("text %d: Normalize() (-want +got):\n%s", i, diff)
			}
		}
	}
	t.Logf("%d texts, %d of them answered otherwise by 9.3", len(texts), len(ours))
}
