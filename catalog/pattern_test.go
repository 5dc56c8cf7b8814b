package catalog

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"a.b", "a.b", true},
		{"a.b", "a.B", false},
		{"a.b", "a.b.c", false},
		{"a.?", "a.b", true},
		{"a.?", "a.", false},
		{"a?b", "a.b", false},
		{"a.?", "a.é", true},
		{"a.*", "a.bcd", true},
		{"a.*", "a.", true},
		{"a.*", "a.b.c", false},
		{"*.c", "a.b.c", false},
		{"**.c", "a.b.c", true},
		{"**c", "a.b.c", true},
		{"**", "", true},
		{"**.*", "plain", true},
		{"a.**.*", "a.b", true},
		{"a.**.*", "a.b.c", true},
		{"a.**.*", "b.c", false},
		{"com.*.Order.*", "com.acme.Order.id", true},
		{"$.lines[*].sku", "$.lines[i].sku", true},
		{"$.lines[0].sku", "$.lines[i].sku", true},
		{"$.lines[0]", "$.lines[i].sku", false},
		{"$.lines[x].sku", "$.lines[i].sku", false},
		{"a[12", "a[12", true},
		{"", "", true},
		{"", "a", false},
	} {
		if p := newPattern(c.pattern); p.matches(c.name) != c.want {
			t.Errorf("%q matches %q = %v", c.pattern, c.name, !c.want)
		}
	}
}

// TestPatternLaw compares with the regular expression that the rule reads as.
func TestPatternLaw(t *testing.T) {
	words := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", ".", "*", "?", "**", "**.*", "é"}))
	names := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", ".", "é"}))
	rapid.Check(t, func(t *rapid.T) {
		text, name := strings.Join(words.Draw(t, "pattern"), ""), strings.Join(names.Draw(t, "name"), "")
		rule := regexp.QuoteMeta(strings.ReplaceAll(text, "**.*", "**"))
		rule = strings.NewReplacer(`\*\*`, `(?s:.*)`, `\*`, `[^.]*`, `\?`, `[^.]`).Replace(rule)
		want := regexp.MustCompile(`\A(?:` + rule + `)\z`).MatchString(name)
		if p := newPattern(text); p.matches(name) != want {
			t.Fatalf("%q matches %q = %v", text, name, !want)
		}
	})
}

// TestHostilePattern holds that no pattern takes long.
func TestHostilePattern(t *testing.T) {
	begin := time.Now()
	p := newPattern(strings.Repeat("**a*", 500))
	if p.matches(strings.Repeat("a", 5000)) != true || p.matches(strings.Repeat("a", 400)) {
		t.Error("wrong")
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
