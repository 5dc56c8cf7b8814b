package search

import (
	"slices"
	"time"
)

// SeenRange is how long ago something was last seen, counted back from a
// query's Now. The ranges do not overlap: what was seen an hour ago is in
// SeenDay only. What is never seen, such as a tag, is in none.
type SeenRange string

// The ranges: 24 hours, 7 and 30 days, and all before.
const (
	SeenDay   SeenRange = "DAY"
	SeenWeek  SeenRange = "WEEK"
	SeenMonth SeenRange = "MONTH"
	SeenOlder SeenRange = "OLDER"
)

var seenRanges = [...]SeenRange{SeenDay, SeenWeek, SeenMonth, SeenOlder}

// Times are in microseconds since the epoch outside and in seconds inside.
const (
	second       = 1_000_000
	secondsInDay = 24 * 60 * 60
)

// seconds is a time as a segment keeps it; what is not after the epoch is
// never, what does not fit is as late as can be.
func seconds(micros int64) uint32 {
	if micros <= 0 {
		return 0
	}
	return uint32(min(max(micros/second, 1), 1<<32-1))
}

func micros(seconds uint32) int64 { return int64(seconds) * second }

// seenSince are the times from which on something is in the first ranges.
type seenSince [len(seenRanges) - 1]uint32

// seenSince counts back from the query's clock.
func (q *Query) seenSince() seenSince {
	now := q.Now
	if now == 0 {
		now = time.Now().UnixMicro()
	}
	var since seenSince
	for i, days := range [...]int64{1, 7, 30} {
		since[i] = max(1, seconds(now-days*secondsInDay*second))
	}
	return since
}

// of is the number of the range that a time is in, and whether it is in one.
func (s *seenSince) of(at uint32) (int, bool) {
	for i, since := range s {
		if at >= since {
			return i, true
		}
	}
	return len(s), at > 0
}

// seenFilter says by range whether an entity passes; the last one is for what
// is in no range.
type seenFilter [len(seenRanges) + 1]bool

// narrowSeen takes out the ranges for which a condition does not hold.
func (c *Condition) narrowSeen(passing *seenFilter) *seenFilter {
	if passing == nil {
		passing = &seenFilter{true, true, true, true, true}
	}
	for i := range passing {
		has := i < len(seenRanges) && slices.Contains(c.AnyOf, string(seenRanges[i]))
		passing[i] = passing[i] && has != c.Not
	}
	return passing
}

// seenRange is the number of the range that an entity is in, that of none
// behind them.
func (v *visible) seenRange(entity uint32) int {
	if i, ok := v.since.of(v.seenAt(entity)); ok {
		return i
	}
	return len(seenRanges)
}
