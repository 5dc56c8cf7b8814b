package search

import "encoding/binary"

// postings are ascending lists of numbers, one for each of a range of keys, in
// one block. A list is a sequence of runs: the gap after the last run's end,
// shifted by one; the lowest bit says that the length of the run less two
// follows, otherwise it is a single number.
type postings struct {
	data []byte
	ends []uint32
}

// list is where the postings of a key begin and end.
func (p *postings) list(key uint32) runs {
	from := uint32(0)
	if key > 0 {
		from = p.ends[key-1]
	}
	return runs{data: p.data[from:p.ends[key]]}
}

// runs reads a list. from and to are the run that next found, to not included.
type runs struct {
	data     []byte
	from, to uint32
}

func (r *runs) next() bool {
	if len(r.data) == 0 {
		return false
	}
	var v uint64
	if b := r.data[0]; b < 0x80 {
		v, r.data = uint64(b), r.data[1:]
	} else {
		var n int
		v, n = binary.Uvarint(r.data)
		r.data = r.data[n:]
	}
	r.from = r.to + uint32(v>>1)
	r.to = r.from + 1
	if v&1 != 0 {
		length, n := binary.Uvarint(r.data)
		r.data = r.data[n:]
		r.to = r.from + uint32(length) + 2
	}
	return true
}

// invert turns a column into postings: for each key, the places that have it.
// skip is a key without a list, keys where none is.
func invert(column []uint32, keys, skip uint32) postings {
	starts := make([]uint32, keys+1)
	for _, k := range column {
		if k != skip {
			starts[k+1]++
		}
	}
	for k := range keys {
		starts[k+1] += starts[k]
	}
	places := make([]uint32, starts[keys])
	fill := starts[:keys:keys]
	for i, k := range column {
		if k != skip {
			places[fill[k]] = uint32(i)
			fill[k]++
		}
	}
	// fill[k] is now the end of k's places.
	return encode(places, fill)
}

// pairs are keys with a place each, the places of a key in ascending order.
type pairs struct{ keys, places []uint32 }

func (p *pairs) invert(keys uint32) postings {
	starts := make([]uint32, keys+1)
	for _, k := range p.keys {
		starts[k+1]++
	}
	for k := range keys {
		starts[k+1] += starts[k]
	}
	places := make([]uint32, len(p.keys))
	fill := starts[:keys:keys]
	for i, k := range p.keys {
		places[fill[k]] = p.places[i]
		fill[k]++
	}
	return encode(places, fill)
}

func encode(places, ends []uint32) postings {
	p := postings{data: make([]byte, 0, len(places)*2), ends: make([]uint32, len(ends))}
	from := uint32(0)
	for k, end := range ends {
		last := uint32(0)
		for list := places[from:end]; len(list) > 0; {
			n := 1
			for n < len(list) && list[n] == list[n-1]+1 {
				n++
			}
			gap := uint64(list[0]-last) << 1
			if n == 1 {
				p.data = binary.AppendUvarint(p.data, gap)
			} else {
				p.data = binary.AppendUvarint(p.data, gap|1)
				p.data = binary.AppendUvarint(p.data, uint64(n-2))
			}
			last = list[n-1] + 1
			list = list[n:]
		}
		p.ends[k] = uint32(len(p.data))
		from = end
	}
	p.data = append(make([]byte, 0, len(p.data)), p.data...)
	return p
}
