package search

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// span is a word of a text: its place, and whether it is a word written as one
// of which the parts were given before ("orderLine" after "order" and "line").
type span struct {
	from, to int
	whole    bool
}

// class tells where a text is split.
type class uint8

const (
	punctuation class = iota
	lower
	upper
	digit
)

// classes are the classes of ASCII, which most names are.
var classes = func() (c [utf8.RuneSelf]class) {
	for i := range c {
		c[i] = classOf(rune(i))
	}
	return c
}()

// lowers are the lower cases of ASCII.
var lowers = func() (l [utf8.RuneSelf]byte) {
	for i := range l {
		l[i] = byte(unicode.ToLower(rune(i)))
	}
	return l
}()

func classOf(r rune) class {
	switch {
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r), unicode.IsMark(r):
		return lower
	case unicode.IsNumber(r):
		return digit
	}
	return punctuation
}

func decode(s string, at int) (class, int) {
	if b := s[at]; b < utf8.RuneSelf {
		return classes[b], 1
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	if r == utf8.RuneError && size <= 1 {
		return punctuation, 1
	}
	return classOf(r), size
}

// appendSpans appends the words of a text: split at punctuation, where lower
// case turns to upper, before the last capital of a run that lower case follows
// ("HTTPServer"), and where digits begin or end; a word that was split at other
// than punctuation follows its parts as a whole.
func appendSpans(dst []span, s string) []span {
	word, part, parts := -1, -1, 0 // where the current ones began
	last, lastAt := punctuation, 0
	for at := 0; at < len(s); {
		c, size := decode(s, at)
		if c == punctuation {
			dst = closeWord(dst, word, part, at, parts)
			word, part, parts = -1, -1, 0
		} else {
			cut := -1
			switch {
			case word < 0:
				word, part = at, at
			case last == lower && c == upper, (last == digit) != (c == digit):
				cut = at
			case last == upper && c == lower && lastAt > part:
				cut = lastAt
			}
			if cut > part {
				dst = append(dst, span{from: part, to: cut})
				part = cut
				parts++
			}
		}
		last, lastAt = c, at
		at += size
	}
	return closeWord(dst, word, part, len(s), parts)
}

func closeWord(dst []span, word, part, end, parts int) []span {
	if word < 0 {
		return dst
	}
	dst = append(dst, span{from: part, to: end})
	if parts > 0 {
		dst = append(dst, span{from: word, to: end, whole: true})
	}
	return dst
}

// appendLower appends a text in lower case.
func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			dst = append(dst, b)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += size
	}
	return dst
}

// appendFold appends what is compared of a name: letters and digits, in lower
// case, so that orderId, order_id and "Order ID" are one.
func appendFold(dst []byte, s string) []byte {
	for at := 0; at < len(s); {
		if b := s[at]; b < utf8.RuneSelf {
			if classes[b] != punctuation {
				dst = append(dst, lowers[b])
			}
			at++
			continue
		}
		c, size := decode(s, at)
		if c != punctuation {
			dst = appendLower(dst, s[at:at+size])
		}
		at += size
	}
	return dst
}

func fold(s string) string { return string(appendFold(nil, s)) }

// wordReader reads the words of texts.
type wordReader struct {
	spans []span
	low   []byte
}

// each calls visit with each word of a text in lower case, in a buffer that is
// valid for the call. Wholes are given too.
func (w *wordReader) each(s string, visit func(word []byte, whole bool)) {
	w.spans, w.low = w.spans[:0], w.low[:0]
	w.read(s)
	for _, sp := range w.spans {
		visit(w.low[sp.from:sp.to], sp.whole)
	}
}

// read appends the words of a text as spans of what it appends to low.
func (w *wordReader) read(s string) {
	begin := len(w.low)
	w.low = slices.Grow(w.low, len(s))[:begin+len(s)]
	low, spans, first := w.low[begin:], w.spans, len(w.spans)
	word, part, parts := -1, -1, 0
	last := punctuation
	for at := 0; at < len(s); at++ {
		b := s[at]
		if b >= utf8.RuneSelf {
			w.low = w.low[:begin]
			w.readRunes(s)
			return
		}
		c := classes[b]
		low[at] = lowers[b]
		if c == last {
			continue
		}
		switch {
		case c == punctuation:
			spans = closeWord(spans, word, part, at, parts)
			word, part, parts = -1, -1, 0
		case last == punctuation:
			word, part = at, at
		default:
			cut := at
			if last == upper && c == lower {
				cut = at - 1
			}
			if cut > part {
				spans = append(spans, span{from: part, to: cut})
				part = cut
				parts++
			}
		}
		last = c
	}
	w.spans = closeWord(spans, word, part, len(s), parts)
	for i := first; begin > 0 && i < len(w.spans); i++ {
		w.spans[i].from += begin
		w.spans[i].to += begin
	}
}

// readRunes is read for texts that are not ASCII: a letter may have more bytes
// in lower case than it has, or fewer.
func (w *wordReader) readRunes(s string) {
	first := len(w.spans)
	w.spans = appendSpans(w.spans, s)
	for i := first; i < len(w.spans); i++ {
		sp := &w.spans[i]
		from := len(w.low)
		w.low = appendLower(w.low, s[sp.from:sp.to])
		sp.from, sp.to = from, len(w.low)
	}
}

// queryWords are the different words of a query, in its order, without wholes.
func queryWords(s string) []string {
	var list []string
	seen := map[string]bool{}
	var w wordReader
	w.each(s, func(word []byte, whole bool) {
		if whole || seen[string(word)] || len(list) == maxWords {
			return
		}
		seen[string(word)] = true
		list = append(list, string(word))
	})
	return list
}

// maxWords is how many words of a query count.
const maxWords = 16
