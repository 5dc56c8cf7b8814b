package jsontext

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// nonFinite are the words that Options.NonFinite takes as numbers.
var nonFinite = [...]string{"NaN", "Infinity", "+Infinity", "-Infinity"}

func (r *reader) number(id int32) {
	start := r.at
	if r.options.NonFinite {
		for _, word := range nonFinite {
			if strings.HasPrefix(r.text[start:], word) && !r.wordGoesOn(start+len(word)) {
				r.at += len(word)
				r.nodes[id].kind = Number
				return
			}
		}
	}
	if r.text[r.at] == '-' {
		r.at++
	}
	switch {
	case r.at < len(r.text) && r.text[r.at] == '0':
		r.at++
	case !r.digits():
		r.fail(start, "a number needs digits")
		return
	}
	if r.at < len(r.text) && r.text[r.at] == '.' {
		r.at++
		if !r.digits() {
			r.fail(start, "a number needs digits after its point")
			return
		}
	}
	if r.at < len(r.text) && r.text[r.at]|0x20 == 'e' {
		r.at++
		if r.at < len(r.text) && (r.text[r.at] == '+' || r.text[r.at] == '-') {
			r.at++
		}
		if !r.digits() {
			r.fail(start, "a number needs digits in its exponent")
			return
		}
	}
	if r.wordGoesOn(r.at) || r.at < len(r.text) && r.text[r.at] == '.' {
		r.fail(start, "not a number as JSON writes it")
		return
	}
	r.nodes[id].kind = Number
}

// digits reads one or more digits.
func (r *reader) digits() bool {
	start := r.at
	for r.at < len(r.text) && '0' <= r.text[r.at] && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > start
}

// AppendDouble appends a double as the JVM prints it: 1e3 as 1000.0, 1e7 as
// 1.0E7, 1e-4 as 1.0E-4 (compatibility.md 3.1). The digits are the fewest
// that read back as the same double, as in JDK 19 and later.
func AppendDouble(out []byte, v float64) []byte { return appendFloating(out, v, 64) }

// AppendFloat is AppendDouble for a 32-bit float.
func AppendFloat(out []byte, v float32) []byte { return appendFloating(out, float64(v), 32) }

func appendFloating(out []byte, v float64, bits int) []byte {
	switch {
	case math.IsNaN(v):
		return append(out, "NaN"...)
	case math.IsInf(v, 1):
		return append(out, "Infinity"...)
	case math.IsInf(v, -1):
		return append(out, "-Infinity"...)
	case v == 0:
		if math.Signbit(v) {
			out = append(out, '-')
		}
		return append(out, "0.0"...)
	}
	digits, exponent := shortest(v, bits)
	if v < 0 {
		out = append(out, '-')
	}
	switch {
	case exponent >= 7 || exponent < -3:
		out = append(out, digits[0], '.')
		out = appendFraction(out, digits[1:])
		out = append(out, 'E')
		return strconv.AppendInt(out, int64(exponent), 10)
	case exponent < 0:
		out = append(out, "0."...)
		out = append(out, "000"[:-exponent-1]...)
		return append(out, digits...)
	}
	for len(digits) <= exponent {
		digits += "0"
	}
	out = append(out, digits[:exponent+1]...)
	out = append(out, '.')
	return appendFraction(out, digits[exponent+1:])
}

func appendFraction(out []byte, digits string) []byte {
	if digits == "" {
		digits = "0"
	}
	return append(out, digits...)
}

// shortest gives the digits of |v| and the exponent of the first. Where one
// digit would do, the JVM looks for the best two: 4.9E-324, not 5.0E-324.
func shortest(v float64, bits int) (string, int) {
	v = math.Abs(v)
	text := strconv.FormatFloat(v, 'e', -1, bits)
	if text[1] == 'e' {
		two := strconv.FormatFloat(v, 'e', 1, bits)
		if back, err := strconv.ParseFloat(two, bits); err == nil && back == v {
			text = two
		}
	}
	mantissa, exp, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(exp)
	digits := strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0")
	return digits, exponent
}

// errScale says that a decimal's exponent does not fit.
var errScale = errors.New("the exponent of a number is out of range")

// AppendDecimal appends a JSON number as the JVM prints the BigDecimal that it
// reads from it: 1.50 stays, 1e3 is 1E+3, 12e2 is 1.2E+3, 1e-7 is 1E-7, -0.0
// is 0.0 (compatibility.md 3, row JSON). An integer stays as it is, but -0 is
// 0. It fails when the exponent exceeds 32 bits.
func AppendDecimal(out []byte, raw string) ([]byte, error) {
	negative := strings.HasPrefix(raw, "-")
	mantissa, exp := strings.TrimPrefix(raw, "-"), ""
	if i := strings.IndexAny(mantissa, "eE"); i >= 0 {
		mantissa, exp = mantissa[:i], mantissa[i+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	exponent := int64(0)
	if exp != "" {
		var err error
		if exponent, err = strconv.ParseInt(exp, 10, 32); err != nil {
			return out, errScale
		}
	}
	scale := int64(len(fraction)) - exponent
	if scale > math.MaxInt32 || scale < math.MinInt32 {
		return out, errScale
	}
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		digits, negative = "0", false
	}
	if negative {
		out = append(out, '-')
	}
	adjusted := int64(len(digits)) - 1 - scale
	switch {
	case scale == 0:
		return append(out, digits...), nil
	case scale > 0 && adjusted >= -6:
		return appendPlain(out, digits, int(scale)), nil
	}
	out = append(out, digits[0])
	if len(digits) > 1 {
		out = append(out, '.')
		out = append(out, digits[1:]...)
	}
	if adjusted != 0 {
		out = append(out, 'E')
		if adjusted > 0 {
			out = append(out, '+')
		}
		out = strconv.AppendInt(out, adjusted, 10)
	}
	return out, nil
}

// appendPlain puts the point before the last scale digits.
func appendPlain(out []byte, digits string, scale int) []byte {
	if len(digits) > scale {
		out = append(out, digits[:len(digits)-scale]...)
		out = append(out, '.')
		return append(out, digits[len(digits)-scale:]...)
	}
	out = append(out, "0."...)
	for range scale - len(digits) {
		out = append(out, '0')
	}
	return append(out, digits...)
}
