package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
	"pgregory.net/rapid"
)

func TestRecentTellsFromWhereAClaimMustLook(t *testing.T) {
	r := &recent{}
	row := func(revision feed.Revision, key, touch uint64) committed {
		return committed{revision: revision, command: commandID{byte(revision)}, key: key, touch: touch}
	}
	r.note([]committed{row(4, 40, 0), row(5, 50, 55)})
	r.note([]committed{row(5, 50, 55), row(6, 60, 0)}) // once more, and on
	proposed := func(read feed.Revision, reads ...uint64) *proposal {
		return &proposal{command: feed.Command{Read: read}, reads: reads}
	}
	own := proposed(3)
	own.id = commandID{5}
	chained := proposed(3)
	chained.chain = []commandID{{4}}
	for _, test := range []struct {
		name   string
		p      *proposal
		since  feed.Revision
		failed bool
	}{
		{"nothing read was touched", proposed(3, 1, 2), 6, false},
		{"a key was", proposed(3, 60), 5, true},
		{"but before it was read", proposed(5, 50), 6, false},
		{"a touch", proposed(4, 55), 4, true},
		{"zero is no touch", proposed(3, 0), 6, false},
		{"read before what is remembered", proposed(2, 60), 2, false},
		{"read at the end", proposed(6, 60), 6, false},
		{"read beyond it", proposed(9, 60), 9, false},
		{"it is there itself", own, 4, false},
		{"a chain looks for itself", chained, 3, false},
	} {
		if since, failed := r.since(test.p); since != test.since || failed != test.failed {
			t.Errorf("%s: since() = %d, %v; want %d, %v", test.name, since, failed, test.since, test.failed)
		}
	}
	r.note([]committed{row(9, 90, 0)}) // a gap: what is before it is forgotten
	if since, failed := r.since(proposed(3, 60)); since != 3 || failed {
		t.Errorf("after a gap: since() = %d, %v; want 3, false", since, failed)
	}
	if since, failed := r.since(proposed(8, 1)); since != 9 || failed {
		t.Errorf("behind the gap: since() = %d, %v; want 9, false", since, failed)
	}
}

func TestRecentForgets(t *testing.T) {
	r := &recent{}
	for i := range feed.Revision(5 * remembered) {
		r.note([]committed{{revision: i + 1, key: uint64(i + 1)}, {revision: i + 1, key: uint64(i + 1)}})
		if len(r.changes) > 2*remembered {
			t.Fatalf("%d changes are remembered", len(r.changes))
		}
	}
	if r.from == 0 || r.changes[0].revision != r.from+1 {
		t.Errorf("remembers from %d on, the first is %d", r.from, r.changes[0].revision)
	}
}

// One command may have more changes than are remembered.
func TestRecentBearsALargeCommand(t *testing.T) {
	r := &recent{}
	large := make([]committed, 3*remembered)
	for i := range large {
		large[i] = committed{revision: 1, key: uint64(i + 1), command: commandID{1}}
	}
	r.note(large)
	if since, failed := r.since(&proposal{command: feed.Command{Read: 0}, reads: []uint64{7}}); since != 0 || failed {
		t.Errorf("before it: since() = %d, %v; want a look at the log", since, failed)
	}
	r.note([]committed{{revision: 2, key: 7, command: commandID{2}}})
	if since, failed := r.since(&proposal{command: feed.Command{Read: 1}, reads: []uint64{7}}); since != 1 || !failed {
		t.Errorf("behind it: since() = %d, %v; want 1, true", since, failed)
	}
}

func TestFoldKeepsEveryTouch(t *testing.T) {
	setting := registry.DeleteSetting{Kind: registry.ModeSetting}
	touch := func(n int) feed.Write { return registry.Touch{Key: fmt.Sprint(n)} }
	for _, test := range []struct {
		in      []feed.Write
		writes  []feed.Write
		touches []string
	}{
		{[]feed.Write{setting}, []feed.Write{setting}, []string{""}},
		{[]feed.Write{touch(1), setting}, []feed.Write{setting}, []string{"1"}},
		{[]feed.Write{setting, touch(1), touch(2)}, []feed.Write{setting, touch(2)}, []string{"1", ""}},
		{[]feed.Write{setting, touch(1), setting}, []feed.Write{setting, setting}, []string{"1", ""}},
		{[]feed.Write{touch(1)}, []feed.Write{touch(1)}, []string{""}},
	} {
		writes, touches := fold(test.in)
		if diff := cmp.Diff(test.writes, writes); diff != "" {
			t.Errorf("fold(%v) writes (-want +got):\n%s", test.in, diff)
		}
		if diff := cmp.Diff(test.touches, touches); diff != "" {
			t.Errorf("fold(%v) touches (-want +got):\n%s", test.in, diff)
		}
	}
}

func TestReferencesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []schema.Reference
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			want = append(want, schema.Reference{
				Name:    string(rapid.SliceOf(rapid.Byte()).Draw(t, "name")),
				Subject: string(rapid.SliceOf(rapid.Byte()).Draw(t, "subject")),
				Version: rapid.Int32().Draw(t, "version"),
			})
		}
		got, err := readReferences(nil, appendReferences(nil, want))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("%v (-want +got):\n%s", err, diff)
		}
	})
}

func FuzzReadReferences(f *testing.F) {
	f.Add(appendReferences(nil, []schema.Reference{{Name: "a", Subject: "b", Version: -1}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		references, err := readReferences(nil, data)
		if err != nil {
			return
		}
		again, err := readReferences(nil, appendReferences(nil, references))
		if diff := cmp.Diff(references, again); err != nil || diff != "" {
			t.Errorf("%v (-read +again):\n%s", err, diff)
		}
	})
}

func TestNamesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := string(rapid.SliceOfN(rapid.Byte(), 0, 2*longest).Draw(t, "name"))
		k := nameKey(name)
		whole, _ := k.whole.([]byte)
		if got := string(readName(k.key, whole)); got != name {
			t.Fatalf("readName = %q, want %q", got, name)
		}
		if len(k.key) > longest {
			t.Fatalf("a key of %d bytes", len(k.key))
		}
	})
}
