package registry

// pieceSize is how many values a piece has.
const pieceSize = 1024

// pieces is a list that grows without moving what it has: one that doubles
// writes four times as much memory as it needs in the end, and memory that is
// written for the first time is most of what a load costs.
type pieces[T any] struct {
	full [][]T
	last []T
}

func (p *pieces[T]) add(x T) {
	if len(p.last) == cap(p.last) {
		if p.last != nil {
			p.full = append(p.full, p.last)
		}
		p.last = make([]T, 0, pieceSize)
	}
	p.last = append(p.last, x)
}

func (p *pieces[T]) len() int { return len(p.full)*pieceSize + len(p.last) }

// all calls each with every value, which stays where it is.
func (p *pieces[T]) all(each func(*T)) {
	for _, piece := range append(p.full[:len(p.full):len(p.full)], p.last) {
		for i := range piece {
			each(&piece[i])
		}
	}
}
