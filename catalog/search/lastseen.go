package search

// Times are in microseconds since the epoch outside and in seconds inside.
const second = 1_000_000

// seconds is a time as a segment keeps it; what is not after the epoch is
// never, what does not fit is as late as can be.
func seconds(micros int64) uint32 {
	if micros <= 0 {
		return 0
	}
	return uint32(min(max(micros/second, 1), 1<<32-1))
}

func micros(seconds uint32) int64 { return int64(seconds) * second }
