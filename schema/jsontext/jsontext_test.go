package jsontext_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema/jsontext"
)

// print writes a value again: names and strings by AppendQuoted, numbers as
// they are.
func print(out []byte, v jsontext.Value) []byte {
	switch v.Kind() {
	case jsontext.String:
		return jsontext.AppendQuoted(out, v.Text())
	case jsontext.Array:
		out = append(out, '[')
		for e := v.First(); e.Exists(); e = e.Next() {
			if len(out) > 0 && out[len(out)-1] != '[' {
				out = append(out, ',')
			}
			out = print(out, e)
		}
		return append(out, ']')
	case jsontext.Object:
		out = append(out, '{')
		for m := v.First(); m.Exists(); m = m.Next() {
			if out[len(out)-1] != '{' {
				out = append(out, ',')
			}
			out = jsontext.AppendQuoted(out, m.Name())
			out = append(out, ':')
			out = print(out, m)
		}
		return append(out, '}')
	default:
		return append(out, v.Raw()...)
	}
}

func TestParse(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + "1" + strings.Repeat("]", n) }
	all := jsontext.Options{Comments: true, NonFinite: true, MaxDepth: 5}
	for _, c := range []struct {
		text    string
		options jsontext.Options
		want    string
	}{
		{` {"b":1, "a":[true,false,null,{}]} `, jsontext.Options{MaxDepth: 5}, `{"b":1,"a":[true,false,null,{}]}`},
		{`{"a":1,"b":2,"a":{"c":3}}`, jsontext.Options{MaxDepth: 5}, `{"a":{"c":3},"b":2}`},
		{`[-0, 1.50, 1e3, -2E-7]`, jsontext.Options{MaxDepth: 5}, `[-0,1.50,1e3,-2E-7]`},
		{`"é\u00e9\ud83d\ude00\/\n\u001f\u007f"`, jsontext.Options{}, "\"éé😀/\\n\\u001F\u007f\""},
		{`"\ud83d \udc00\ud83d"`, jsontext.Options{}, "\"\xed\xa0\xbd \xed\xb0\x80\xed\xa0\xbd\""},
		{"\"\xed\xa0\xbd\"", jsontext.Options{}, "\"\xed\xa0\xbd\""},
		{"/* x */ // y\n [1, /**/ 2 // z\r]", all, `[1,2]`},
		{`[NaN,Infinity,-Infinity,+Infinity]`, all, `[NaN,Infinity,-Infinity,+Infinity]`},
		{"1\x00 \x1f", all, `1`},
		{deep(5), all, deep(5)},
	} {
		doc, err := jsontext.Parse(c.text, c.options)
		if err != nil {
			t.Errorf("Parse(%q): %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, string(print(nil, doc.Root()))); diff != "" {
			t.Errorf("Parse(%q): %s", c.text, diff)
		}
	}
}

func TestParseFaults(t *testing.T) {
	plain := jsontext.Options{MaxDepth: 5}
	for _, c := range []struct {
		text    string
		options jsontext.Options
		offset  int
	}{
		{"", plain, 0},
		{"  ", plain, 2},
		{`{"a" 1}`, plain, 5},
		{`{"a"= 1}`, plain, 4},
		{`{a:1}`, plain, 1},
		{`{"a":1,}`, plain, 7},
		{`[1,]`, plain, 3},
		{`[1 2]`, plain, 3},
		{`[`, plain, 1},
		{`"a`, plain, 0},
		{"\"a\nb\"", plain, 2},
		{`"\x"`, plain, 1},
		{`"\u12g4"`, plain, 1},
		{`01`, plain, 0},
		{`1.`, plain, 0},
		{`.5`, plain, 0},
		{`+1`, plain, 0},
		{`-`, plain, 0},
		{`1e`, plain, 0},
		{`truex`, plain, 0},
		{`nul`, plain, 0},
		{`NaN`, plain, 0},
		{`NaNx`, jsontext.Options{NonFinite: true}, 0},
		{`1 x`, plain, 2},
		{`1 // x`, jsontext.Options{Comments: true}, 2},
		{`/ 1`, jsontext.Options{Comments: true}, 0},
		{`/* 1`, jsontext.Options{Comments: true}, 0},
		{`/* */ 1`, plain, 0},
		{`[[[[[[1]]]]]]`, plain, 5},
		{"\"\xff\"", plain, 1},
		{"\ufeff1", plain, 0},
		{"\u00a01", plain, 0},
	} {
		_, err := jsontext.Parse(c.text, c.options)
		var fault *jsontext.SyntaxError
		if !errors.As(err, &fault) {
			t.Errorf("Parse(%q) = %v, want a SyntaxError", c.text, err)
		} else if fault.Offset != c.offset {
			t.Errorf("Parse(%q): %v, want offset %d", c.text, fault, c.offset)
		}
	}
}

func TestRepeatedNamesOfLargeObject(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 100 {
		b.WriteString(strconv.Quote(string(rune('A'+i%50))) + ":" + string(rune('0'+i/50)) + ",")
	}
	b.WriteString(`"last":2}`)
	doc, err := jsontext.Parse(b.String(), jsontext.Options{MaxDepth: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Root().Len(); got != 51 {
		t.Errorf("Len = %d, want 51", got)
	}
	for m := doc.Root().First(); m.Exists() && m.Name() != "last"; m = m.Next() {
		if m.Raw() != "1" {
			t.Errorf("member %q = %s, want the last value", m.Name(), m.Raw())
		}
	}
}

func TestAppendDouble(t *testing.T) {
	for v, want := range map[float64]string{
		1000: "1000.0", 1e7: "1.0E7", 9999999: "9999999.0", 1e-4: "1.0E-4", 1e-3: "0.001", 0.0123: "0.0123",
		1.5: "1.5", -123456.789: "-123456.789", 5e-324: "4.9E-324", math.MaxFloat64: "1.7976931348623157E308",
		1e23: "1.0E23", math.Inf(-1): "-Infinity", math.Copysign(0, -1): "-0.0", 12345678: "1.2345678E7", 2e-3: "0.002",
	} {
		if got := string(jsontext.AppendDouble(nil, v)); got != want {
			t.Errorf("AppendDouble(%g) = %s, want %s", v, got, want)
		}
	}
	for v, want := range map[float32]string{2147483648: "2.1474836E9", 0.1: "0.1", 1e10: "1.0E10"} {
		if got := string(jsontext.AppendFloat(nil, v)); got != want {
			t.Errorf("AppendFloat(%g) = %s, want %s", v, got, want)
		}
	}
}

func TestCompareUTF16(t *testing.T) {
	ordered := []string{"", "A", "Z", "a", "aa", "b", "é", "漢", "\U00010000", "😀", "\ue000", "\uffff"}
	for i, a := range ordered {
		for j, b := range ordered {
			got := jsontext.CompareUTF16(a, b)
			if got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("CompareUTF16(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{`{"a":[1,2.5e3,"x\u00e9",null,true]}`, `[{"a":1,"a":2}]`, `"\ud83d"`, ` 1 `, `{`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := jsontext.Parse(text, jsontext.Options{MaxDepth: 100})
		var fault *jsontext.SyntaxError
		if errors.As(err, &fault) {
			if fault.Offset < 0 || fault.Offset > len(text) {
				t.Fatalf("fault outside the text: %v", fault)
			}
			return
		}
		printed := string(print(nil, doc.Root()))
		if !json.Valid([]byte(printed)) {
			t.Fatalf("Parse(%q) printed as %q, which is not JSON", text, printed)
		}
		again, err := jsontext.Parse(printed, jsontext.Options{MaxDepth: 100})
		if err != nil {
			t.Fatalf("Parse(%q): %v", printed, err)
		}
		if diff := cmp.Diff(printed, string(print(nil, again.Root()))); diff != "" {
			t.Fatalf("printing is no fixed point: %s", diff)
		}
	})
}
