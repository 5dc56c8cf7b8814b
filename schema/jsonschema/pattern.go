package jsonschema

import (
	"regexp"
	"sync"
	"time"

	"github.com/dlclark/regexp2"
)

// Limits of patterns (validation.md 9).
const (
	maxPatternBytes = 4 << 10
	maxPatterns     = 10_000
	patternTimeout  = 10 * time.Millisecond
)

// Pattern is a regular expression in Java's syntax: that is what decides
// whether a schema is accepted (compatibility.md 2.3). It is translated when a
// name is first looked for.
type Pattern struct {
	Text string
	// translated is the same expression for our engines.
	translated string
	once       sync.Once
	linear     *regexp.Regexp
	full       *regexp2.Regexp
}

// parsePattern checks a pattern. Its error is a *patternError.
func parsePattern(text string) (*Pattern, error) {
	p := &patternParser{in: []rune(text)}
	translated, err := p.parse()
	if err != nil {
		return nil, err
	}
	return &Pattern{Text: text, translated: translated}, nil
}

// Find says whether the pattern is found in a name. A search that takes too
// long finds nothing.
func (p *Pattern) Find(name string) bool {
	p.once.Do(p.compile)
	if p.linear != nil {
		return p.linear.MatchString(name)
	}
	if p.full == nil {
		return false
	}
	found, err := p.full.MatchString(name)
	return err == nil && found
}

// Backtracks says that a search may take its whole time limit.
func (p *Pattern) Backtracks() bool {
	p.once.Do(p.compile)
	return p.linear == nil
}

// compile prefers the engine whose time is linear.
func (p *Pattern) compile() {
	var err error
	if p.linear, err = regexp.Compile(p.translated); err == nil {
		return
	}
	p.linear = nil
	if p.full, err = regexp2.Compile(p.translated, regexp2.None); err != nil {
		p.full = nil
		return
	}
	p.full.MatchTimeout = patternTimeout
}
