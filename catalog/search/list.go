package search

import "slices"

// lists are ascending numbers for each of a range of keys, one list after the
// other. Keys past the last have none.
type lists struct{ ends, of []uint32 }

func (l *lists) at(key uint32) []uint32 { return l.between(key, key+1) }

// between are the lists of the keys from one to another, that not included.
func (l *lists) between(from, to uint32) []uint32 {
	if from >= to || from >= uint32(len(l.ends)) {
		return nil
	}
	begin := uint32(0)
	if from > 0 {
		begin = l.ends[from-1]
	}
	return l.of[begin:l.ends[min(int(to), len(l.ends))-1]]
}

// invert turns a column into lists: for each key, the places that have it.
func invert(column []uint32, keys int, first uint32) lists {
	starts := make([]uint32, keys+1)
	for _, k := range column {
		starts[k+1]++
	}
	for k := range first {
		starts[k+1] = 0
	}
	of := make([]uint32, sum(starts))
	fill := starts[:keys:keys]
	for i, k := range column {
		if k >= first {
			of[fill[k]] = uint32(i)
			fill[k]++
		}
	}
	// fill[k] is now the end of k's places.
	return lists{fill, of}
}

// sum turns counts, each one place behind its own, into where lists start.
func sum(starts []uint32) int {
	total := uint32(0)
	for i, n := range starts {
		total += n
		starts[i] = total
	}
	return int(total)
}

// runs are a column in which equal keys follow each other.
type runs struct {
	from, keys []uint32 // of runs: where they begin, and their keys
	size       uint32
}

// append adds a number of places with a key.
func (r *runs) append(key uint32, n int) {
	if last := len(r.keys) - 1; n > 0 && (last < 0 || r.keys[last] != key) {
		r.from, r.keys = append(room(r.from, 1, nil), r.size), append(room(r.keys, 1, nil), key)
	}
	r.size += uint32(n)
}

// at is the key of a place.
func (r *runs) at(place uint32) uint32 {
	i, found := slices.BinarySearch(r.from, place)
	if !found {
		i--
	}
	return r.keys[i]
}

// invert gives for each key above 0 where its runs begin and end, that not
// included.
func (r *runs) invert(keys int) lists {
	starts := make([]uint32, keys+1)
	for _, k := range r.keys {
		if k > 0 {
			starts[k+1] += 2
		}
	}
	of := make([]uint32, sum(starts))
	fill := starts[:keys:keys]
	for i, k := range r.keys {
		if k == 0 {
			continue
		}
		end := r.size
		if i+1 < len(r.from) {
			end = r.from[i+1]
		}
		at := fill[k]
		of[at], of[at+1] = r.from[i], end
		fill[k] += 2
	}
	return lists{fill, of}
}

// pieces are long lists of numbers in pieces, which never move.
type pieces struct {
	full [][]uint32
	last []uint32
	n    uint32
}

const inPiece = 1 << 16

func (p *pieces) append(k uint32) {
	if len(p.last) == inPiece {
		p.full, p.last = append(p.full, p.last), make([]uint32, 0, inPiece)
	}
	p.last = append(p.last, k)
	p.n++
}

// between are the numbers from one place to another. They are copied to buf
// where they stand in two pieces.
func (p *pieces) between(from, to uint32, buf []uint32) []uint32 {
	piece := func(at uint32) []uint32 {
		if i := int(at / inPiece); i < len(p.full) {
			return p.full[i]
		}
		return p.last
	}
	if from/inPiece == (to-1)/inPiece || from == to {
		if from == to {
			return nil
		}
		return piece(from)[from%inPiece:][:to-from]
	}
	buf = buf[:0]
	for ; from < to; from++ {
		buf = append(buf, piece(from)[from%inPiece])
	}
	return buf
}
