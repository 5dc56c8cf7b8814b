package search

// progress is how much a builder has had of what it was told to expect.
type progress struct{ had, all int }

const (
	// hadEnough is from how many documents on the rest is taken to be like them.
	hadEnough = 256
	// mostTimes is how many times as long a list becomes at once: what few
	// documents had is a poor guess, since later ones repeat their texts.
	mostTimes = 6
)

// sizeOf is how long to make a list that has to hold n now: as long as it will
// become where that can be told, or else twice as long, since append alone
// grows what is large by a quarter and copies it again and again.
func (p *progress) sizeOf(n int) int {
	if p == nil || p.had < hadEnough || p.had >= p.all {
		return 2 * n
	}
	guess := int(float64(n) * float64(p.all) / float64(p.had))
	return min(max(guess+guess/32, n+n/8), mostTimes*n)
}

// room makes room for more at the end of a list.
func room[T uint8 | uint32 | entity | memberPath](list []T, more int, p *progress) []T {
	if len(list)+more <= cap(list) {
		return list
	}
	grown := make([]T, len(list), p.sizeOf(len(list)+more))
	copy(grown, list)
	return grown
}
