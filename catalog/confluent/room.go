package confluent

import "unsafe"

// room holds texts that are put together for one schema after the other.
type room []byte

// clear makes room: what was put together before is no good any more.
func (r *room) clear() { *r = (*r)[:0] }

// join puts two texts together, into one that is good until clear.
func (r *room) join(a, b string) string {
	if need := len(a) + len(b); cap(*r)-len(*r) < need {
		*r = make([]byte, 0, max(need, 2*cap(*r), 1024)) // what is there stays as it is
	}
	begin := len(*r)
	*r = append(append(*r, a...), b...)
	text := (*r)[begin:]
	return unsafe.String(unsafe.SliceData(text), len(text))
}
