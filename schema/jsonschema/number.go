package jsonschema

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// maxNumberLength is how many characters a number may have; the real
// registry's JSON reader stops there too.
const maxNumberLength = 1000

// canonicalNumber prints a JSON number as Java prints it (compatibility.md 3):
// an integer as it is, -0 as 0, all else as a BigDecimal. It answers false when
// the exponent is beyond what a BigDecimal holds.
func canonicalNumber(token string) (text string, integer, ok bool) {
	mantissa, exponent, scientific := cutExponent(token)
	whole, fraction, point := strings.Cut(mantissa, ".")
	if !scientific && !point {
		if token == "-0" {
			return "0", true, true
		}
		return token, true, true
	}
	negative := strings.HasPrefix(whole, "-")
	digits := strings.TrimLeft(strings.TrimPrefix(whole, "-")+fraction, "0")
	if digits == "" {
		digits, negative = "0", false
	}
	scale := int64(len(fraction))
	if scientific {
		e, err := strconv.ParseInt(exponent, 10, 64)
		if err != nil || e > math.MaxInt32 || e < math.MinInt32 {
			return "", false, false
		}
		scale -= e
	}
	if scale > math.MaxInt32 || scale < math.MinInt32 {
		return "", false, false
	}
	text = decimalText(digits, scale)
	if negative {
		text = "-" + text
	}
	return text, false, true
}

func cutExponent(token string) (mantissa, exponent string, scientific bool) {
	i := strings.IndexAny(token, "eE")
	if i < 0 {
		return token, "", false
	}
	return token[:i], strings.TrimPrefix(token[i+1:], "+"), true
}

// decimalText is BigDecimal.toString for an unscaled value without sign.
func decimalText(digits string, scale int64) string {
	adjusted := int64(len(digits)) - 1 - scale
	switch {
	case scale == 0:
		return digits
	case scale > 0 && adjusted >= -6:
		if n := int(scale) - len(digits) + 1; n > 0 {
			digits = strings.Repeat("0", n) + digits
		}
		cut := len(digits) - int(scale)
		return digits[:cut] + "." + digits[cut:]
	}
	var b strings.Builder
	b.WriteByte(digits[0])
	if len(digits) > 1 {
		b.WriteByte('.')
		b.WriteString(digits[1:])
	}
	b.WriteByte('E')
	if adjusted >= 0 {
		b.WriteByte('+')
	}
	b.WriteString(strconv.FormatInt(adjusted, 10))
	return b.String()
}

// floatOf gives the double nearest to a number, infinite beyond its range.
func floatOf(text string) float64 {
	f, _ := strconv.ParseFloat(text, 64)
	return f
}

// maxRatExponent bounds what is worked out exactly: a division of numbers with
// larger exponents would take memory without end.
const maxRatExponent = 2000

func ratOf(text string) *big.Rat {
	if _, exponent, scientific := cutExponent(text); scientific {
		e, err := strconv.ParseInt(exponent, 10, 64)
		if err != nil || e > maxRatExponent || e < -maxRatExponent {
			return nil
		}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}

// int32Of gives an integer that Java's reader holds as an Integer.
func int32Of(v *Value) (int32, bool) {
	if v.kind != NumberValue || !v.integer {
		return 0, false
	}
	n, err := strconv.ParseInt(v.text, 10, 32)
	return int32(n), err == nil
}

// cutInt32 is Number.intValue: the fraction is dropped and the lowest 32 bits
// are kept (compatibility.md 7.2, strings).
func cutInt32(text string) int32 {
	mantissa, exponent, scientific := cutExponent(text)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	scale := int64(len(fraction))
	if scientific {
		e, err := strconv.ParseInt(exponent, 10, 64)
		if err != nil {
			return 0
		}
		scale -= e
	}
	negative := strings.HasPrefix(digits, "-")
	digits = strings.TrimPrefix(digits, "-")
	switch {
	case scale <= -64, scale >= int64(len(digits)):
		// 2^64 divides 10^64, so nothing is left of the lowest bits; and a
		// number below 1 is cut to 0.
		return 0
	case scale < 0:
		digits += strings.Repeat("0", int(-scale))
	default:
		digits = digits[:int64(len(digits))-scale]
	}
	n := uint32(0)
	for i := range len(digits) {
		n = n*10 + uint32(digits[i]-'0')
	}
	if negative {
		n = -n
	}
	return int32(n)
}
