package feed_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"pgregory.net/rapid"
)

// A tail answers what the log would, or says that it cannot.
func TestTailIsTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log []feed.Change
		first := feed.Revision(rapid.IntRange(0, 5).Draw(t, "first"))
		tail, last := feed.NewTail(first, rapid.IntRange(1, 4000).Draw(t, "limit")), first
		for range rapid.IntRange(1, 30).Draw(t, "batches") {
			var batch []feed.Change
			for range rapid.IntRange(0, 4).Draw(t, "revisions") {
				last++
				for ordinal := range rapid.Int32Range(1, 4).Draw(t, "changes") {
					batch = append(batch, feed.Change{Revision: last, Ordinal: ordinal, Key: rapid.StringN(0, 40, 200).Draw(t, "key")})
				}
			}
			again := rapid.IntRange(0, len(log)).Draw(t, "again") // a follower that tries again brings them twice
			for again > 0 && again < len(log) && log[again].Revision == log[again-1].Revision {
				again--
			}
			tail.Note(append(log[again:len(log):len(log)], batch...))
			log = append(log, batch...)

			after := first + feed.Revision(rapid.Int64Range(0, int64(last-first)).Draw(t, "after"))
			limit := rapid.IntRange(1, 10).Draw(t, "limit")
			got, ok := tail.After(after, limit)
			if ok {
				if diff := cmp.Diff(pageOf(log, after, limit), append([]feed.Change(nil), got...)); diff != "" {
					t.Fatalf("After(%d, %d), -log +tail:\n%s", after, limit, diff)
				}
			}
		}
		if _, ok := tail.After(last, 1); !ok {
			t.Fatalf("the tail has not even what follows the end")
		}
	})
}

// pageOf is what a log answers: whole revisions until there are limit changes.
func pageOf(log []feed.Change, after feed.Revision, limit int) (page []feed.Change) {
	for _, c := range log {
		if c.Revision > after && (len(page) < limit || page[len(page)-1].Revision == c.Revision) {
			page = append(page, c)
		}
	}
	return page
}

// What is missing between two batches is not passed over.
func TestTailBeginsAnewBehindAGap(t *testing.T) {
	tail := feed.NewTail(0, 1<<20)
	tail.Note([]feed.Change{{Revision: 1}})
	tail.Note([]feed.Change{{Revision: 3}})
	if _, ok := tail.After(1, 10); ok {
		t.Error("After(1) answers without revision 2")
	}
	if got, ok := tail.After(2, 10); !ok || len(got) != 1 {
		t.Errorf("After(2) = %v, %v", got, ok)
	}
}
