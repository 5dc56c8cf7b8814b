package feed_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/weir-registry/weir/feed"
)

// troubled gives a trouble and what it has told so far, in the order begun,
// over.
func troubled() (x *feed.Trouble, told func() [2]int) {
	var out bytes.Buffer
	x = &feed.Trouble{
		Logger: slog.New(slog.NewTextHandler(&out, nil)), Level: slog.LevelError,
		Message: "trying again", Over: "works again",
	}
	return x, func() [2]int {
		return [2]int{strings.Count(out.String(), "trying again"), strings.Count(out.String(), "works again")}
	}
}

// A trouble that lasts is told at growing intervals, and so is its end.
func TestTroubleIsToldNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		x := &feed.Trouble{
			Logger: slog.New(slog.NewTextHandler(&out, nil)), Level: slog.LevelError,
			Message: "trying again", Over: "applied again",
		}
		for range 4 * 150 { // 150 seconds of a follower's tries
			x.Tell(errors.New("away"), "after", 7)
			time.Sleep(250 * time.Millisecond)
		}
		if got := strings.Count(out.String(), "trying again"); got != 3 {
			t.Errorf("told %d times in 150 seconds, want 3:\n%s", got, out.String())
		}
		x.End()
		x.End()
		if got := strings.Count(out.String(), "applied again"); got != 1 || !strings.Contains(out.String(), "away=2m30s") {
			t.Errorf("the end was told %d times:\n%s", got, out.String())
		}
	})
}

// The longer it lasts, the more seldom it is told.
func TestTroubleThatLastsADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x, told := troubled()
		for range 24 * 3600 {
			x.Tell(errors.New("away"))
			time.Sleep(time.Second)
		}
		// At 0, 0.5, 1.5, 3.5 … 63.5 minutes, and then once an hour.
		if got := told(); got[0] < 24 || got[0] > 34 {
			t.Errorf("told %d times in a day", got[0])
		}
	})
}

// What comes and goes is one trouble; what comes back after it was well for a
// while is another.
func TestTroubleThatComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x, told := troubled()
		for range 100 {
			x.Tell(errors.New("away"))
			time.Sleep(50 * time.Millisecond)
			x.End()
			time.Sleep(50 * time.Millisecond)
		}
		// At 0, 1, 3 and 7 seconds.
		if got := told(); got != [2]int{4, 4} {
			t.Errorf("told %v times in ten seconds of coming and going, want four times each", got)
		}
		for range 3600 {
			x.Tell(errors.New("away"))
			time.Sleep(time.Second)
		}
		x.End()
		long := told()
		time.Sleep(40 * time.Second)
		x.Tell(errors.New("away"))
		if got := told(); got[0] != long[0]+1 {
			t.Errorf("what comes back soon after a long trouble is told %d times more, want once", got[0]-long[0])
		}
		x.End()
		time.Sleep(2 * time.Minute)
		x.Tell(errors.New("away"))
		x.End()
		if got := told(); got != [2]int{long[0] + 2, long[1] + 2} {
			t.Errorf("told %v times after it was well for two minutes, before %v", got, long)
		}
	})
}
