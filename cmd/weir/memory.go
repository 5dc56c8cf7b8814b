package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
)

// leastHeadroom is how much may be allocated between two collections where
// Go's own rule, as much as lives, gives less: a small registry would be
// collected every few megabytes. More than 16 MiB costs more in cold memory
// than it saves (measured with the bench's row R1: 19.4 µs a request with 16,
// 20 with 32 and 64).
const leastHeadroom = 16 << 20

// tuneMemory sets the collector by that rule, again after every collection,
// and the memory limit to nine tenths of what the container has. GOGC and
// GOMEMLIMIT win where they are set.
func tuneMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		if limit := containerMemory(); limit > 0 {
			debug.SetMemoryLimit(limit / 10 * 9)
		}
	}
	if os.Getenv("GOGC") == "" {
		afterCollection(&collected{})
	}
}

// collected is garbage from the start: that it is finalised says that a
// collection has ended.
type collected struct{ _ [16]byte }

func afterCollection(c *collected) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		debug.SetGCPercent(percentFor(live[0].Value.Uint64()))
	}
	runtime.SetFinalizer(c, afterCollection)
}

// percentFor gives the GOGC that leaves the headroom over what lives.
func percentFor(live uint64) int {
	return int(max(leastHeadroom*100/max(live, 1<<20), 100))
}

// containerMemory is the limit of the control group, 0 when there is none.
func containerMemory() int64 {
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
		// The older files say "no limit" with a number near the largest.
		if err == nil && limit < math.MaxInt64/2 {
			return limit
		}
	}
	return 0
}
