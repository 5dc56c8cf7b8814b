package compat_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
)

// hostileJSON are pairs whose comparison would take for ever, or would fill
// the memory with differences, without a budget.
func hostileJSON() map[string][2]string {
	return map[string][2]string{
		"choices of choices":    {choices("oneOf", 40, "integer"), choices("oneOf", 40, "number")},
		"wide choices":          {wideChoice(700, 0), wideChoice(700, 1)},
		"shared differences":    {doublingJSON(12, "string"), doublingJSON(12, "integer")},
		"circles of references": {circleOfJSON(601, "string"), circleOfJSON(599, "string")},
		"recursive choices":     {recursiveChoices(60, "maxLength"), recursiveChoices(61, "minLength")},
		"further choices":       {choices("oneOf", 20, "integer"), choices("oneOf", 21, "integer")},
		"unread differences":    {doublingPatterns(6, "string"), doublingPatterns(6, "integer")},
		"many patterns":         {manyPatterns(600, "a"), manyPatterns(600, "b")},
	}
}

// choices defines types of which each is a choice among all.
func choices(keyword string, n int, leaf string) string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/t0","definitions":{`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"t%d":{"%s":[`, i, keyword)
		for j := range n {
			fmt.Fprintf(&b, `{"type":"object","properties":{"p%d":{"$ref":"#/definitions/t%d"}}},`, i, j)
		}
		fmt.Fprintf(&b, `{"type":%q,"title":"%d"}]}`, leaf, i)
	}
	b.WriteString("}}")
	return b.String()
}

// wideChoice is one choice among very many branches of which none fits another.
func wideChoice(n, shift int) string {
	branches := make([]string, n)
	for i := range branches {
		branches[i] = fmt.Sprintf(`{"const":%d}`, 2*i+shift)
	}
	return `{"anyOf":[` + strings.Join(branches, ",") + `]}`
}

// doublingJSON names the next type twice in each type, so that a difference at
// the end shows along every path.
func doublingJSON(n int, leaf string) string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/t0","definitions":{`)
	for i := range n {
		fmt.Fprintf(&b, `"t%d":{"properties":{"a":{"$ref":"#/definitions/t%d"},"b":{"$ref":"#/definitions/t%d"}}},`, i, i+1, i+1)
	}
	fmt.Fprintf(&b, `"t%d":{"type":%q}}}`, n, leaf)
	return b.String()
}

// doublingPatterns does so where the wire does not look.
func doublingPatterns(n int, leaf string) string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/t0","definitions":{`)
	for i := range n {
		fmt.Fprintf(&b, `"t%d":{"patternProperties":{"a":{"$ref":"#/definitions/t%d"}},"propertyNames":{"$ref":"#/definitions/t%d"},"if":{"$ref":"#/definitions/t%d"},"then":{"$ref":"#/definitions/t%d"}},`, i, i+1, i+1, i+1, i+1)
	}
	fmt.Fprintf(&b, `"t%d":{"type":%q}}}`, n, leaf)
	return b.String()
}

// manyPatterns has patterns that no other schema has, beside properties.
func manyPatterns(n int, prefix string) string {
	patterns, properties := make([]string, n), make([]string, n)
	for i := range n {
		patterns[i] = fmt.Sprintf(`"^(?!x)%s%d":{"type":"string"}`, prefix, i)
		properties[i] = fmt.Sprintf(`"%s%d":{"type":"string"}`, prefix, i)
	}
	return `{"patternProperties":{` + strings.Join(patterns, ",") + `},"properties":{` + strings.Join(properties, ",") + `}}`
}

// circleOfJSON is a list whose type has a circle of n names.
func circleOfJSON(n int, leaf string) string {
	var b strings.Builder
	b.WriteString(`{"$ref":"#/definitions/t0","definitions":{`)
	for i := range n {
		fmt.Fprintf(&b, `"t%d":{"properties":{"next":{"$ref":"#/definitions/t%d"}}},`, i, (i+1)%n)
	}
	fmt.Fprintf(&b, `"leaf":{"type":%q}}}`, leaf)
	return b.String()
}

// recursiveChoices nests oneOf and anyOf around references to the root.
func recursiveChoices(n int, limit string) string {
	text := `{"type":"string","` + limit + `":3}`
	for i := range n {
		keyword := [...]string{"oneOf", "anyOf"}[i%2]
		text = fmt.Sprintf(`{%q:[%s,{"$ref":"#"},{"type":"array","items":{"$ref":"#"}},{"type":"object","properties":{"p%d":{"$ref":"#"}}}]}`, keyword, text, i)
	}
	return text
}

// TestJSONHostilePairs holds that every pair ends within its time, with a
// verdict or with a stated reason.
func TestJSONHostilePairs(t *testing.T) {
	for name, texts := range hostileJSON() {
		t.Run(name, func(t *testing.T) {
			old, fresh := parseJSON(t, texts[0]), parseJSON(t, texts[1])
			start := time.Now()
			result, err := compat.Check(t.Context(), compat.Request{
				Level: compat.Full, New: fresh, Compatible: true, Warnings: true,
				Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return old, nil }}},
			})
			took := time.Since(start)
			var given *compat.BudgetError
			if err != nil && (!errors.As(err, &given) || given.Reason == "" || given.Version != 1) {
				t.Errorf("Check = %v", err)
			}
			// The bound is 2 s; the rest is for a busy machine.
			if took > 3*time.Second {
				t.Errorf("Check took %v", took)
			}
			t.Logf("compatible %v, %v, %v", result.Compatible, err, took)
		})
	}
}

// TestJSONBudget holds that a budget that is used up is an error and no
// verdict.
func TestJSONBudget(t *testing.T) {
	old, fresh := parseJSON(t, choices("oneOf", 40, "integer")), parseJSON(t, choices("oneOf", 40, "number"))
	_, err := compat.Check(t.Context(), compat.Request{
		Level: compat.Backward, New: fresh, Budget: compat.Budget{Steps: 1000, Pair: time.Minute, Total: time.Minute},
		Old: []compat.Version{{Number: 7, Schema: func() (schema.Schema, error) { return old, nil }}},
	})
	var given *compat.BudgetError
	if !errors.As(err, &given) || given.Version != 7 {
		t.Errorf("Check = %v, want *BudgetError for version 7", err)
	}
}
