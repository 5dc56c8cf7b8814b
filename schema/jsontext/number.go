package jsontext

import (
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
