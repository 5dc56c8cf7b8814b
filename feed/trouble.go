package feed

import (
	"log/slog"
	"time"
)

// troubleEvery is how often a trouble that lasts is told again: the follower
// tries four times a second, and a database may be away for an hour.
const troubleEvery = time.Minute

// trouble tells the log that the follower cannot go on, and when it can again.
type trouble struct {
	since, told time.Time
}

func (t *trouble) tell(logger *slog.Logger, applied Revision, err error) {
	now := time.Now()
	if t.since.IsZero() {
		t.since = now
	}
	if logger == nil || now.Sub(t.told) < troubleEvery {
		return
	}
	t.told = now
	logger.Error("changes not applied, trying again until it works", "after", applied, "error", err)
}

func (t *trouble) over(logger *slog.Logger, applied Revision) {
	if logger != nil && !t.told.IsZero() {
		logger.Info("changes are applied again", "up to", applied, "away", time.Since(t.since).Round(time.Millisecond))
	}
	*t = trouble{}
}
