package jsonschema

import "slices"

// javaHash is String.hashCode spread as a Java hash map spreads it.
func javaHash(s string) uint32 {
	h := uint32(0)
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
		h = 31*h + uint32(s[i])
	}
	if !ascii {
		h = 0
		for _, u := range units(s) {
			h = 31*h + uint32(u)
		}
	}
	return h ^ h>>16
}

// tableSize is how many buckets a Java hash map has after n keys went in.
func tableSize(n int) int {
	size := 16
	for n > size/4*3 {
		size *= 2
	}
	return size
}

// JavaOrder gives the keys in the order in which a Java hash map that took
// them one by one gives them back (compatibility.md 7).
func JavaOrder(keys []string) []string {
	return inBuckets(slices.Clone(keys), tableSize(len(keys)))
}

// JavaUnion gives the keys of both sets in the order of a Java hash set made
// of the first and then filled with the second (compatibility.md 7). Both are
// already in the order of their own maps.
func JavaUnion(first, second []string) []string {
	size := 16
	for float64(size) < float64(len(first))/0.75+1 {
		size *= 2
	}
	keys := slices.Clone(first)
	known := make(map[string]bool, len(first))
	for _, k := range first {
		known[k] = true
	}
	for _, k := range second {
		if !known[k] {
			known[k] = true
			keys = append(keys, k)
		}
	}
	for len(keys) > size/4*3 {
		size *= 2
	}
	return inBuckets(keys, size)
}

// inBuckets sorts keys by bucket; within one they keep their order.
func inBuckets(keys []string, size int) []string {
	type entry struct {
		bucket int
		key    string
	}
	entries := make([]entry, len(keys))
	for i, k := range keys {
		entries[i] = entry{int(javaHash(k)) & (size - 1), k}
	}
	slices.SortStableFunc(entries, func(x, y entry) int { return x.bucket - y.bucket })
	for i, e := range entries {
		keys[i] = e.key
	}
	return keys
}
