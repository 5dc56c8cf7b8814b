package search

import "unicode/utf8"

// dictionary numbers the words of texts. A name that is one word made of
// several is not in it as a whole: the sorted names are searched for it.
type dictionary struct {
	interner
	found     [sorts]forward
	nameWords []uint8 // how many words a name has, wholes left out

	reader wordReader
	list   [][]byte // of words to number
	upTo   []int    // of the texts that were read: where their words end
	// stamps tell by word which text had it last, as its number plus one,
	// doubled; the lowest bit says that it was a word of its own there.
	stamps []uint32
	buf    []uint32
}

// forward are the words of texts, each word of a text once.
type forward struct {
	words pieces
	ends  []uint32 // by text
}

func newDictionary() *dictionary {
	return &dictionary{interner: newInterner(), stamps: make([]uint32, 1)}
}

// begin prepares for the texts of a sort.
func (d *dictionary) begin(sort, texts int) {
	clear(d.stamps)
	d.found[sort].ends = make([]uint32, 0, texts)
	if sort == inName {
		d.nameWords = make([]uint8, texts)
	}
}

// read finds the words of all texts of a sort.
func (d *dictionary) read(sort, texts int, text func(uint32) string) {
	d.begin(sort, texts)
	for i := range uint32(texts) {
		d.readText(sort, text(i))
	}
	d.flush(sort)
}

// readPaths is read for paths. One that is another and a name of the index at
// its end has the words of both, which are read already.
func (d *dictionary) readPaths(paths *texts, tails, parents []uint32) {
	d.begin(inPath, paths.len())
	for path := range uint32(paths.len()) {
		if int(path) >= len(tails) || tails[path] == 0 {
			d.readText(inPath, paths.at(path))
			continue
		}
		d.flush(inPath)
		d.addWords(path, &d.found[inPath], parents[path])
		d.addWords(path, &d.found[inName], tails[path])
		l := &d.found[inPath]
		l.ends = append(l.ends, l.words.n)
	}
	d.flush(inPath)
}

// addWords adds to a path the words of a text that were found.
func (d *dictionary) addWords(path uint32, from *forward, text uint32) {
	begin := uint32(0)
	if text > 0 {
		begin = from.ends[text-1]
	}
	d.buf = from.words.between(begin, from.ends[text], d.buf)
	for _, id := range d.buf {
		if d.stamps[id]>>1 != path+1 {
			d.stamps[id] = (path + 1) << 1
			d.found[inPath].words.append(id)
		}
	}
}

// wordsAtOnce is of how many words the numbers are asked for at once.
const wordsAtOnce = 128

func (d *dictionary) readText(sort int, text string) {
	r := &d.reader
	first := len(r.spans)
	r.read(text)
	if n := len(r.spans) - 1; sort == inName && n >= first && r.spans[n].whole {
		parts := 0
		for _, sp := range r.spans[first:n] {
			if !sp.whole {
				parts += sp.to - sp.from
			}
		}
		if r.spans[n].to-r.spans[n].from == parts {
			r.spans = r.spans[:n]
		}
	}
	if d.upTo = append(d.upTo, len(r.spans)); len(r.spans) >= wordsAtOnce {
		d.flush(sort)
	}
}

// flush numbers the words of the texts that were read.
func (d *dictionary) flush(sort int) {
	const ofItsOwn = 1
	r := &d.reader
	d.list = d.list[:0]
	for _, sp := range r.spans {
		d.list = append(d.list, r.low[sp.from:sp.to])
	}
	ids := d.ids(d.list)
	for len(d.stamps) < d.len() {
		d.stamps = append(d.stamps, 0)
	}
	l := &d.found[sort]
	from := 0
	for _, to := range d.upTo {
		text := uint32(len(l.ends))
		for i := from; i < to; i++ {
			id := ids[i]
			stamp := d.stamps[id]
			if stamp>>1 != text+1 {
				l.words.append(id)
				stamp = (text + 1) << 1
			}
			if sort == inName && !r.spans[i].whole && stamp&ofItsOwn == 0 {
				stamp |= ofItsOwn
				if d.nameWords[text] < 255 {
					d.nameWords[text]++
				}
			}
			d.stamps[id] = stamp
		}
		l.ends = append(l.ends, l.words.n)
		from = to
	}
	r.spans, r.low, d.upTo = r.spans[:0], r.low[:0], d.upTo[:0]
}

// texts gives for each word the texts of a sort that have it; number gives
// other numbers of texts, nil for their own.
func (d *dictionary) texts(sort int, number []uint32) lists {
	f := &d.found[sort]
	starts := make([]uint32, d.len()+1)
	all := append(f.words.full, f.words.last)
	for _, piece := range all {
		for _, k := range piece {
			starts[k+1]++
		}
	}
	of := make([]uint32, sum(starts))
	fill := starts[:d.len():d.len()]
	at := uint32(0)
	for text, end := range f.ends {
		place := uint32(text)
		if number != nil {
			place = number[text]
		}
		for ; at < end; at++ {
			k := all[at/inPiece][at%inPiece]
			of[fill[k]] = place
			fill[k]++
		}
	}
	return lists{fill, of}
}

// vocabulary makes the words as a segment keeps them.
func (d *dictionary) vocabulary() vocabulary {
	v := vocabulary{interner: d.interner, letters: make([]uint32, d.len())}
	for i := 1; i < len(v.letters); i++ {
		v.letters[i] = letters(v.at(uint32(i)))
	}
	return v
}

// vocabulary are the words of a segment by number, from 1.
type vocabulary struct {
	interner
	letters []uint32 // which letters they hold, as bits
}

// letters are the letters of a word as bits: two words that one edit parts
// differ in at most two of them.
func letters[T string | []byte](word T) uint32 {
	var bits uint32
	for i := 0; i < len(word); {
		if word[i] < utf8.RuneSelf {
			bits |= 1 << (word[i] % 32)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(word[i:]))
		bits |= 1 << (uint32(r) % 32)
		i += size
	}
	return bits
}
