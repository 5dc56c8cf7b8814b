package avro

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A default of a float or double may be a string that the JVM reads as a
// double (compatibility.md 2.2):
//
//	double = [sign] ( "NaN" | "Infinity" | decimal [suffix] | hexadecimal [suffix] )
//
// with characters up to U+0020 around it, and f, F, d or D as a suffix.
var (
	decimalDouble = regexp.MustCompile(`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fFdD]?$`)
	hexDouble     = regexp.MustCompile(`^[+-]?0[xX](?:[0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][+-]?[0-9]+[fFdD]?$`)
)

// parseJavaDouble reads such a string.
func parseJavaDouble(text string) (float64, bool) {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	word := strings.TrimLeft(text, "+-")
	if len(text)-len(word) <= 1 {
		switch word {
		case "NaN":
			return math.NaN(), true
		case "Infinity":
			if text[0] == '-' {
				return math.Inf(-1), true
			}
			return math.Inf(1), true
		}
	}
	if !decimalDouble.MatchString(text) && !hexDouble.MatchString(text) {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.TrimRight(text, "fFdD"), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, false
	}
	return f, true
}
