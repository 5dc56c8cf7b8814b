package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

// together commits commands in one transaction, and gives what became of each.
func together(t *testing.T, e Engine, database string, s *store.Store, commands []feed.Command) ([]feed.Receipt, []error) {
	t.Helper()
	lock := e.Hold(t, database)
	plug := s.Submit(Command(0, registry.Touch{Key: NewID()})) // takes the committer
	lock.Await(1)
	var waits []func(context.Context) (feed.Receipt, error)
	for _, c := range commands {
		waits = append(waits, s.Submit(c))
	}
	lock.Release()
	if _, err := plug(t.Context()); err != nil {
		t.Fatalf("plug: %v", err)
	}
	receipts, fates := make([]feed.Receipt, len(waits)), make([]error, len(waits))
	for i, wait := range waits {
		receipts[i], fates[i] = wait(t.Context())
	}
	return receipts, fates
}

// Registrations that share a transaction, and what they may have to do with
// each other.
func testMany(t *testing.T, e Engine) {
	database := e.Database(t)
	// What was committed before is another's: this store has not seen it.
	before, err := store.Open(t.Context(), store.Config{Database: database})
	if err != nil {
		t.Fatalf("Open() = %v", err)
	}
	put(t, before, Put(Subject("known"), 1, "known"))
	Commit(t, before, Command(1, Put(Subject("moved"), 1, "moved"), registry.Touch{Key: "touched before"}))
	put(t, before, Import(Subject("r"), 1, 3, "retired"))
	put(t, before, Import(Subject("r"), 1, 4, "instead"))
	Close(t, before)
	s := Open(t, store.Config{Database: database, Committers: 1})
	var commands []feed.Command
	var want []error
	add := func(err error, c feed.Command) {
		commands = append(commands, c)
		want = append(want, err)
	}
	const others = 150 // more than one statement takes
	for i := range others {
		add(nil, Command(4, Put(Subject(fmt.Sprint("s", i)), 1, fmt.Sprint("text ", i))))
	}
	add(nil, Command(4, Put(Subject("a"), 1, "known")))                     // a known content
	add(nil, Command(4, Put(Subject("b"), 1, "text 7")))                    // a content of this very transaction
	add(feed.ErrConflict, Command(1, Put(Subject("moved"), 2, "too late"))) // a key that was written before
	heard := Command(1, Put(Subject("f"), 1, "too late as well"))
	heard.Keys = append(heard.Keys, "touched before")
	add(feed.ErrConflict, heard)
	add(feed.ErrConflict, Command(4, Put(Subject("s3"), 2, "behind s3"))) // a key of this very transaction
	touching := Command(4, Put(Subject("c"), 1, "touching"), registry.Touch{Key: "touched"})
	add(nil, touching)
	reading := Command(4, Put(Subject("d"), 1, "reading"))
	reading.Keys = append(reading.Keys, "touched")
	add(feed.ErrConflict, reading)
	chained := Command(4, Put(Subject("c"), 2, "chained"))
	chained.Chain = []string{touching.ID}
	add(nil, chained)
	add(nil, touching) // again: nothing is done, and the answer is that of the first
	add(nil, Command(4, Put(registry.Subject{Context: ".other", Name: "a"}, 1, "other context")))
	add(nil, Command(4, Put(Subject("g"), 1, "retired"))) // new content: the id that had it is not given again
	add(nil, Command(4, Put(Subject("e"), 1, "last")))

	receipts, fates := together(t, e, database, s, commands)
	ids := map[int64]string{}
	for i, err := range fates {
		if !errors.Is(err, want[i]) {
			t.Errorf("command %d: %v, want %v", i, err, want[i])
		}
		if err != nil {
			continue
		}
		w := commands[i].Writes[0].(registry.PutVersion)
		got := receipts[i].Changes
		if len(got) != 1 || got[0].Key != registry.SubjectKey(w.Version.Subject) || got[0].Command != commands[i].ID {
			t.Errorf("command %d was answered %+v", i, got)
			continue
		}
		if w.Version.Subject.Context != registry.DefaultContext {
			continue
		}
		if text, taken := ids[got[0].Number]; taken && text != w.Schema.Text {
			t.Errorf("id %d is of %q and %q", got[0].Number, text, w.Schema.Text)
		}
		ids[got[0].Number] = w.Schema.Text
	}
	ids[2], ids[3], ids[4] = "moved", "retired", "instead"
	stored := map[int64]string{}
	for id, text := range texts(t, s) {
		stored[int64(id)] = text
	}
	if diff := cmp.Diff(stored, ids); diff != "" {
		t.Errorf("texts by id (-stored +answered):\n%s", diff)
	}
	if got, wantIDs := len(ids), others+8; got != wantIDs || ids[int64(wantIDs)] == "" {
		t.Errorf("%d ids, the last %q; want %d without a gap", got, ids[int64(wantIDs)], wantIDs)
	}
}

// Random commands on few keys, in one transaction and in the next: those that
// were committed could have been committed one after the other in the order of
// their revisions, and those that were not had a reason.
func testSerial(t *testing.T, e Engine) {
	database := e.Database(t)
	s := Open(t, store.Config{Database: database, Committers: 1})
	random := rand.New(rand.NewPCG(1, 2))
	type fate struct {
		command feed.Command
		written []string
		receipt feed.Receipt
		err     error
	}
	var all []fate
	for range 8 {
		read := head(t, s)
		var commands []feed.Command
		for range 40 {
			subject := Subject(fmt.Sprint("s", random.IntN(30)))
			writes := []feed.Write{Put(subject, int32(len(all)*100+len(commands)+1), fmt.Sprint(random.IntN(40)))}
			if random.IntN(3) == 0 {
				writes = append(writes, registry.Touch{Key: fmt.Sprint("t", random.IntN(20))})
			}
			if random.IntN(6) == 0 {
				writes = append(writes, registry.PutSetting{Row: registry.SettingRow{Kind: registry.ModeSetting, Subject: subject, Value: "1"}})
			}
			c := Command(read-feed.Revision(random.IntN(int(min(read, 10))+1)), writes...)
			c.Keys = append(c.Keys, fmt.Sprint("t", random.IntN(20)))
			if last := len(commands) - 1; last >= 0 && random.IntN(4) == 0 {
				c.Chain = []string{commands[last].ID}
			}
			commands = append(commands, c)
		}
		receipts, errs := together(t, e, database, s, commands)
		for i, c := range commands {
			f := fate{command: c, receipt: receipts[i], err: errs[i]}
			for _, w := range c.Writes {
				f.written = append(f.written, w.Change().Key)
			}
			all = append(all, f)
		}
	}
	ids := map[string]int64{}
	conflicts := 0
	for i, f := range all {
		end := f.receipt.Revision
		if f.err != nil {
			if !errors.Is(f.err, feed.ErrConflict) {
				t.Fatalf("command %d: %v", i, f.err)
			}
			end = 1 << 40 // any other may be the reason
			conflicts++
		}
		reason, links := false, 0
		for _, other := range all {
			if other.err != nil || other.receipt.Revision <= f.command.Read || other.receipt.Revision >= end {
				continue
			}
			if slices.Contains(f.command.Chain, other.command.ID) {
				links++
				continue
			}
			for _, key := range other.written {
				reason = reason || slices.Contains(f.command.Keys, key)
			}
		}
		reason = reason || links < len(f.command.Chain)
		if reason != (f.err != nil) {
			t.Errorf("command %d at %d, read at %d: %v, but a reason to fail is %v", i, end, f.command.Read, f.err, reason)
		}
		if f.err == nil {
			text := f.command.Writes[0].(registry.PutVersion).Schema.Text
			number := f.receipt.Changes[0].Number
			if known, ok := ids[text]; ok && known != number {
				t.Errorf("%q has ids %d and %d", text, known, number)
			}
			ids[text] = number
		}
	}
	if conflicts == 0 || conflicts == len(all) || len(ids) < 10 {
		t.Errorf("%d of %d conflict, %d contents: the test shows nothing", conflicts, len(all), len(ids))
	}
	for id := range int64(len(ids)) {
		if !slices.Contains(slices.Collect(maps.Values(ids)), id+1) {
			t.Errorf("id %d was never given", id+1)
		}
	}
}
