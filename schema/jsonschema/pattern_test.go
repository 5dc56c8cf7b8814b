package jsonschema

import "testing"

// TestPatternSyntax holds what Java's Pattern.compile takes and refuses.
func TestPatternSyntax(t *testing.T) {
	for _, c := range []struct {
		pattern string
		ok      bool
	}{
		{"", true},
		{"a|b", true},
		{"|", true},
		{"()", true},
		{"^$", true},
		{`\d{5}`, true},
		{"(?<=a)b", true},
		{"(?<!ab|c)d", true},
		{"(?<=a*)b", true},
		{"(?<=a*?)b", false},
		{"(?<=(a)*)b", false},
		{"(?<=(?:a|b){2})c", false},
		{"(?<=a{1,5})b", true},
		{"(?<=a+)b", true},
		{"(?i)abc", true},
		{"(?i)*", false},
		{`\p{IsAlpha}`, true},
		{`\N{1}`, false},
		{`\Q\E{1,2}`, true},
		{"(?x)[#]", false},
		{"(?i:abc)d", true},
		{"(?-i)a", true},
		{"(?y)a", false},
		{"(?#c)a", false},
		{"(?P<n>a)", false},
		{"(?<n>a)\\k<n>", true},
		{"\\k<n>(?<n>a)", false},
		{"(?<n>a)(?<n>b)", false},
		{"(?<1>a)", false},
		{"(?>a+)b", true},
		{"a*+b", true},
		{"a**", false},
		{"a+?", true},
		{"*", false},
		{"+a", false},
		{"?", false},
		{"a{2}", true},
		{"a{2,}", true},
		{"a{1,2}", true},
		{"a{2,1}", false},
		{"a{", false},
		{"a{x}", false},
		{"a{1", false},
		{"a{1,x}", false},
		{"a{99999999999}", false},
		{"}", true},
		{"]", true},
		{"a{,3}", false},
		{"[a-z&&[^aeiou]]", true},
		{"[a&&b]", true},
		{"[", false},
		{"[]", false},
		{"[]a]", true},
		{"[^]", false},
		{"[^]a]", true},
		{"[z-a]", false},
		{"[a-]", true},
		{"[-a]", true},
		{`[\d-z]`, true},
		{`[a-\d]`, false},
		{"[a[bc]d]", true},
		{"[&&]", false},
		{"[a&&]", true},
		{`[\b]`, false},
		{`[\1]`, false},
		{`[\p{L}\s]`, true},
		{"[[:alpha:]]", true},
		{`\`, false},
		{`\p{Nope}`, false},
		{`\p{IsAlphabetic}`, true},
		{`\pL`, true},
		{`\p{L}`, true},
		{`\p{Lu}`, true},
		{`\p{IsLatin}`, true},
		{`\p{isLatin}`, false},
		{`\p{InGreek}`, true},
		{`\p{InNope}`, false},
		{`\p{InGreekandCoptic}`, true},
		{`\p{InBasicLatin}`, true},
		{`\p{Alpha}`, true},
		{`\p{javaLowerCase}`, true},
		{`\p{sc=Latin}`, true},
		{`\p{gc=Lu}`, true},
		{`\p`, false},
		{`\p{L`, false},
		{`\Q[\E`, true},
		{`\Q[`, true},
		{`\E`, false},
		{`\u0041`, true},
		{`\u00g1`, false},
		{`\x41`, true},
		{`\x{1F600}`, true},
		{`\x{110000}`, false},
		{`\x4`, false},
		{`\0101`, true},
		{`\08`, false},
		{`\cA`, true},
		{`\c`, false},
		{`\y`, false},
		{`\_`, true},
		{`\1`, true},
		{`(a)\1`, true},
		{`\R\X\h\v\H\V`, true},
		{`\A\b\B\G\z\Z`, true},
		{"(", false},
		{"(a", false},
		{")", false},
		{"a)", false},
		{"(?x) a # b\n c", true},
		{"(?=a)*", true},
		{"^*", true},
		{"(?", false},
		{"(?:", false},
	} {
		_, err := parsePattern(c.pattern)
		if (err == nil) != c.ok {
			t.Errorf("parsePattern(%q) = %v, want ok %v", c.pattern, err, c.ok)
		}
	}
}

// TestPatternFind holds that a translated pattern finds what Java finds.
func TestPatternFind(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		found         bool
	}{
		{"b", "abc", true},
		{"^b", "abc", false},
		{"c$", "abc", true},
		{"c$", "abc\n", true},
		{"^I_", "I_x", true},
		{"[a-z&&[^aeiou]]", "ae", false},
		{"[a-z&&[^aeiou]]", "ab", true},
		{"[^a[bc]]", "abc", false},
		{"[^a[bc]]", "abcd", true},
		{`\d`, "٣", false},
		{`\w+$`, "ü", false},
		{`\p{L}`, "ü", true},
		{`\p{Alpha}`, "ü", false},
		{`\p{InGreekAndCoptic}`, "α", true},
		{`(?<=a)b`, "ab", true},
		{`(?<=a)b`, "cb", false},
		{`(?i)ABC`, "xabcx", true},
		{`\Qa.b\E`, "a.b", true},
		{`\Qa.b\E`, "axb", false},
		{`a++b`, "aab", true},
		{`a++a`, "aaa", false},
		{`(a)\1`, "aa", true},
		{`\x{1F600}`, "😀", true},
		{`[a-c-]`, "-", true},
		{`.`, "\n", false},
		{`(?s).`, "\n", true},
		{`(?x) a b `, "ab", true},
		{`_id$`, "user_id", true},
		{`\P{L}`, "a", false},
		{`[\D]`, "5", false},
		{`[\Dx]`, "5", false},
		{`[#~&]`, "&", true},
		{`(?=a)*b`, "b", true},
		{"a{2}", "aa", true},
	} {
		p, err := parsePattern(c.pattern)
		if err != nil {
			t.Errorf("parsePattern(%q): %v", c.pattern, err)
			continue
		}
		if got := p.Find(c.name); got != c.found {
			t.Errorf("pattern %q (%q) in %q: %v", c.pattern, p.translated, c.name, got)
		}
		if p.linear == nil && p.full == nil {
			t.Errorf("pattern %q: %q does not compile", c.pattern, p.translated)
		}
	}
}
