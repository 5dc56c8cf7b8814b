package search

import (
	"math/bits"
	"unicode/utf8"
)

func onesCount(w uint32) int { return bits.OnesCount32(w) }

// distance measures how many edits part a word from others: a letter put in,
// left out or changed, or two neighbours swapped (optimal string alignment).
type distance struct {
	word   []rune
	other  []rune
	before []int // the row before the last
	last   []int
	row    []int
}

func newDistance(word string) *distance {
	n := utf8.RuneCountInString(word) + 1
	return &distance{word: []rune(word), before: make([]int, n), last: make([]int, n), row: make([]int, n)}
}

// near notes a word that is not the same and at most so far off.
func (d *distance) near(found map[string]int, word string, most int) {
	if n := d.to(word, most); n > 0 && n <= most {
		found[word] = n
	}
}

// to is the distance to another word, or some number over most.
func (d *distance) to(other string, most int) int {
	if gap := utf8.RuneCountInString(other) - len(d.word); gap > most || -gap > most {
		return most + 1
	}
	d.other = d.other[:0]
	for _, r := range other {
		d.other = append(d.other, r)
	}
	for j := range d.last {
		d.last[j] = j
	}
	for i, r := range d.other {
		d.row[0] = i + 1
		least := d.row[0]
		for j, w := range d.word {
			cost := 1
			if r == w {
				cost = 0
			}
			n := min(d.last[j]+cost, d.last[j+1]+1, d.row[j]+1)
			if i > 0 && j > 0 && r == d.word[j-1] && d.other[i-1] == w {
				n = min(n, d.before[j-1]+1)
			}
			d.row[j+1] = n
			least = min(least, n)
		}
		if least > most {
			return most + 1
		}
		d.before, d.last, d.row = d.last, d.row, d.before
	}
	return d.last[len(d.word)]
}
