package jsonschema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCanonicalText holds how values are printed (compatibility.md 3).
func TestCanonicalText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`{ } x`, `{}`},
		{"{\n\"a\" :\t[ 1 , 2 ] }", `{"a":[1,2]}`},
		{`{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`},
		{`{"n":-0}`, `{"n":0}`},
		{`{"n":1.50}`, `{"n":1.50}`},
		{`{"n":1.00}`, `{"n":1.00}`},
		{`{"n":1e3}`, `{"n":1E+3}`},
		{`{"n":12e2}`, `{"n":1.2E+3}`},
		{`{"n":1e0}`, `{"n":1}`},
		{`{"n":100e-2}`, `{"n":1.00}`},
		{`{"n":-0.0}`, `{"n":0.0}`},
		{`{"n":0.000001}`, `{"n":0.000001}`},
		{`{"n":1e-7}`, `{"n":1E-7}`},
		{`{"n":0.0000001}`, `{"n":1E-7}`},
		{`{"n":0e5}`, `{"n":0E+5}`},
		{`{"n":10.00e1}`, `{"n":100.0}`},
		{`{"n":-1.5e-10}`, `{"n":-1.5E-10}`},
		{`{"n":1E400}`, `{"n":1E+400}`},
		{`{"n":123456789012345678901234567890}`, `{"n":123456789012345678901234567890}`},
		{`{"n":[NaN,Infinity,-Infinity,+Infinity]}`, `{"n":["NaN","Infinity","-Infinity","Infinity"]}`},
		{`{"s":"\u00e9\/\b\f\n\r\t\"\\"}`, `{"s":"é/\b\f\n\r\t\"\\"}`},
		{`{"s":"\u001f\u007f\u2028\ud83d\ude00"}`, `{"s":"\u001F` + "\x7f\u2028😀\"}"},
		{`{"s":"\ud83d!"}`, `{"s":"\uD83D!"}`},
		{`{"\ude00":1}`, `{"\uDE00":1}`},
	} {
		if got := mustParse(t, c.in).Text(); got != c.want {
			t.Errorf("text of %s = %s, want %s", c.in, got, c.want)
		}
	}
}

func TestNotJSON(t *testing.T) {
	for _, text := range []string{
		"", " ", "{", "tru", "-", "nul", `{"a":1,}`, `{"a":1.}`, `{"a":.5}`, `{"a":01}`, `{"a":+1}`, `{"a":1e}`, `{"a":1x}`, `{"a":truex}`,
		`{"a":"\x"}`, `{"a":"\u12g4"}`, "{\"a\":\"line\nbreak\"}", `{a:1}`, `{'a':1}`, `{"a"=1}`, `{"a":1 "b":2}`, `{,}`, `[1,]`, `[1`, `{"a"`,
		`/* c */ {}`, `{"a":-NaN}`, `{"a":1e99999999999}`, `{"a":` + strings.Repeat("1", 1001) + `}`, "{\"a\":\"\xff\"}", "\ufeff{}",
	} {
		if s, err := parse(text); err == nil {
			t.Errorf("%q is read as %s", text, s.Text())
		}
	}
}

// TestNormalText holds that keys are sorted by UTF-16 units and nothing else
// changes (compatibility.md 4).
func TestNormalText(t *testing.T) {
	s := mustParse(t, `{"b":{"d":1.50,"c":[{"y":1,"x":2},"z","a"]},"\ud83d\ude00":1,"\ufb00":2,"a":1e3}`)
	n, err := s.Normalize()
	want := `{"a":1E+3,"b":{"c":[{"x":2,"y":1},"z","a"],"d":1.50},"😀":1,"ﬀ":2}`
	if err != nil || n.Text() != want {
		t.Errorf("normal text %s, %v, want %s", n.Text(), err, want)
	}
	if n.Equal(s) || !s.Equal(mustParse(t, s.Text())) {
		t.Error("schemas are equal when their texts are")
	}
}

// TestJavaOrder holds orders that were seen on the wire.
func TestJavaOrder(t *testing.T) {
	for _, c := range []struct{ keys, want []string }{
		{[]string{"name", "address"}, []string{"address", "name"}},
		{[]string{"gone", "lost"}, []string{"lost", "gone"}},
		{[]string{"r1", "r2"}, []string{"r2", "r1"}},
		{[]string{"z", "y"}, []string{"y", "z"}},
	} {
		if diff := cmp.Diff(c.want, JavaOrder(c.keys)); diff != "" {
			t.Errorf("JavaOrder(%q): %s", c.keys, diff)
		}
	}
	if got := javaHash("polygenelubricants"); got != 1<<31^1<<15 {
		// Its hash is the least integer.
		t.Errorf("javaHash = %x", got)
	}
}

func TestCutInt32(t *testing.T) {
	for text, want := range map[string]int32{
		"1": 1, "1.9": 1, "-1.9": -1, "0.5": 0, "4294967297": 1, "-4294967297": -1, "1E+2": 100, "1E+400": 0, "1.25E+1": 12, "2147483648": -2147483648,
		"1E-7": 0, "123456789012345678901234567890": 1312754386,
	} {
		if got := cutInt32(text); got != want {
			t.Errorf("cutInt32(%s) = %d, want %d", text, got, want)
		}
	}
}

func TestURI(t *testing.T) {
	for _, c := range []struct{ base, ref, want string }{
		{"http://h/x.json", "a.json", "http://h/a.json"},
		{"http://h/d/x.json", "a.json", "http://h/d/a.json"},
		{"http://h/d/x.json", "/a.json", "http://h/a.json"},
		{"http://h/d/x.json", "../a.json", "http://h/a.json"},
		{"http://h/d/x.json", "./a.json#f", "http://h/d/a.json#f"},
		{"http://h/d/x.json", "#/f", "http://h/d/x.json#/f"},
		{"http://h/d/x.json", "//g/y", "http://g/y"},
		{"http://h/d/x.json", "urn:x:y", "urn:x:y"},
		{"mem://input", "a.json", "mem://input/a.json"},
		{"mem://input", "#", "mem://input#"},
		{"urn:x:b", "#/f", "#/f"},
		{"a.json", "b.json", "b.json"},
	} {
		base, err := parseURI(c.base)
		if err != nil {
			t.Fatal(err)
		}
		ref, err := parseURI(c.ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := base.resolve(ref).text; got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.base, c.ref, got, c.want)
		}
	}
	for text, ok := range map[string]bool{
		"": true, "a b": false, "a%20b": true, "a%2": false, "адрес": true, "http:": false, ":x": false, "1:x": false, "#a#b": false,
		"a{b}": false, "a|b": false, "http://h:80/p?q=[1]#f": true, "//": false, `a\b`: false, "a\u00a0b": false,
	} {
		if _, err := parseURI(text); (err == nil) != ok {
			t.Errorf("parseURI(%q) = %v", text, err)
		}
	}
}
