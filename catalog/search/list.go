package search

// lists are ascending numbers for each of a range of keys, one list after the
// other. Keys past the last have none.
type lists struct{ ends, of []uint32 }

func (l *lists) at(key uint32) []uint32 { return l.between(key, key+1) }

// between are the lists of the keys from one to another, that not included.
func (l *lists) between(from, to uint32) []uint32 {
	if from >= uint32(len(l.ends)) {
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

// invert gives for each key the lists that hold it.
func (l *lists) invert(keys int) lists {
	starts := make([]uint32, keys+1)
	for _, k := range l.of {
		starts[k+1]++
	}
	of := make([]uint32, sum(starts))
	fill := starts[:keys:keys]
	from := uint32(0)
	for i, end := range l.ends {
		for _, k := range l.of[from:end] {
			of[fill[k]] = uint32(i)
			fill[k]++
		}
		from = end
	}
	return lists{fill, of}
}

// invertRuns is invert for a column in which equal keys follow each other: of
// each run where it begins and where it ends, that not included. Only wanted
// keys get lists.
func invertRuns(column []uint32, wanted []bool) lists {
	starts := make([]uint32, len(wanted)+1)
	n := 0
	for i, k := range column {
		if (i == 0 || k != column[i-1]) && wanted[k] {
			starts[k+1] += 2
			n++
		}
	}
	sorted := make([]uint32, sum(starts))
	fill := starts[:len(wanted):len(wanted)]
	for i := 0; n > 0; n-- {
		for !wanted[column[i]] {
			i++
		}
		k, from := column[i], i
		for i++; i < len(column) && column[i] == k; i++ {
		}
		at := fill[k]
		sorted[at], sorted[at+1] = uint32(from), uint32(i)
		fill[k] += 2
	}
	return lists{fill, sorted}
}
