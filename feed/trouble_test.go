package feed

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A trouble that lasts is told once a minute, and so is its end.
func TestTroubleIsToldNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		logger := slog.New(slog.NewTextHandler(&out, nil))
		var x trouble
		for range 4 * 150 { // 150 seconds of a follower's tries
			x.tell(logger, 7, errors.New("away"))
			time.Sleep(250 * time.Millisecond)
		}
		if got := strings.Count(out.String(), "trying again"); got != 3 {
			t.Errorf("told %d times in 150 seconds, want 3:\n%s", got, out.String())
		}
		x.over(logger, 9)
		x.over(logger, 9)
		if got := strings.Count(out.String(), "applied again"); got != 1 || !strings.Contains(out.String(), "away=2m30s") {
			t.Errorf("the end was told %d times:\n%s", got, out.String())
		}
	})
}
