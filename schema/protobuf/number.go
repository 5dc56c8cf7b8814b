package protobuf

import (
	"math/big"
	"strings"
)

// maxPlaces bounds how many zeros the exponent of a number may add when it is
// written out, maxAdded how many all numbers of a text may; a number beyond
// it stays as it is.
const (
	maxPlaces = 1 << 16
	maxAdded  = 1 << 16
)

// exact writes a number as its exact value in decimal, without exponent and
// without zeros at the end (compatibility.md 9.3). What counts as a number is
// what the recorded normaliser reads as one: 0x, a leading 0 for octal, the
// suffixes f, d and l (compatibility.md 4); anything else is left alone.
func exact(text string) (string, bool) {
	digits, negative := strings.CutPrefix(text, "-")
	if digits == "" {
		return "", false
	}
	if hex, ok := cutHex(digits); ok {
		n, ok := new(big.Int).SetString(hex, 16)
		if !ok || hex[0] == '-' {
			return "", false
		}
		return signed(negative, n.String()), true
	}
	last := digits[len(digits)-1]
	suffix := byte(0)
	if strings.IndexByte("fFdDlL", last) >= 0 {
		suffix = last | 0x20
		digits = digits[:len(digits)-1]
	}
	mantissa, exponent, ok := split(digits)
	if !ok {
		return "", false
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	if !allDigits(whole) || !allDigits(fraction) || whole+fraction == "" {
		return "", false
	}
	if !point && mantissa == digits && suffix != 'f' && suffix != 'd' {
		return integerText(whole, negative)
	}
	if suffix == 'l' {
		return "", false
	}
	return decimal(whole, fraction, exponent, negative)
}

func cutHex(s string) (string, bool) {
	if len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		return s[2:], true
	}
	return "", false
}

// split takes the exponent off.
func split(digits string) (mantissa string, exponent int, ok bool) {
	at := strings.IndexAny(digits, "eE")
	if at < 0 {
		return digits, 0, true
	}
	text, negative := strings.CutPrefix(digits[at+1:], "-")
	if text == "" || !allDigits(text) {
		return "", 0, false
	}
	for i := range len(text) {
		if exponent = exponent*10 + int(text[i]-'0'); exponent > maxPlaces {
			return "", 0, false
		}
	}
	if negative {
		exponent = -exponent
	}
	return digits[:at], exponent, true
}

func integerText(digits string, negative bool) (string, bool) {
	base := 10
	if len(digits) > 1 && digits[0] == '0' {
		base = 8
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return "", false
	}
	return signed(negative, n.String()), true
}

// decimal moves the point by the exponent.
func decimal(whole, fraction string, exponent int, negative bool) (string, bool) {
	digits := whole + fraction
	place := len(whole) + exponent
	if place < 0 {
		digits = strings.Repeat("0", -place) + digits
		place = 0
	}
	if place > len(digits) {
		digits += strings.Repeat("0", place-len(digits))
	}
	whole = strings.TrimLeft(digits[:place], "0")
	fraction = strings.TrimRight(digits[place:], "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	// A floating point zero has a sign, an integer has none.
	if negative {
		whole = "-" + whole
	}
	return whole, true
}

func signed(negative bool, digits string) string {
	if negative && digits != "0" {
		return "-" + digits
	}
	return digits
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return true
}
