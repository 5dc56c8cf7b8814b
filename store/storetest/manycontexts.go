package storetest

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
)

// Contexts of every kind beside each other: a load gives each row once, in its
// own context, whether contexts are read together or by parts.
func testManyContexts(t *testing.T, e Engine) {
	s := e.open(t)
	versions, marks := map[string]int32{}, map[registry.Context]int32{}
	ids := map[registry.SchemaKey]string{}
	var writes []feed.Write
	add := func(c registry.Context, name string, id int32) {
		text := fmt.Sprint("text ", len(writes))
		writes = append(writes, Import(registry.Subject{Context: c, Name: name}, 1, id, text))
		versions[fmt.Sprintf("%s %s 1", c, name)] = id
		ids[registry.SchemaKey{Context: c, ID: id}] = text
		marks[c] = max(marks[c], id)
	}
	for i := range 60 {
		small := registry.Context(fmt.Sprintf(".c%02d", i))
		for k := range int32(i % 4) { // some have nothing but their name
			add(small, fmt.Sprint("s", k), k+1)
		}
		wide := small + "w"
		switch i % 10 {
		case 3: // ids far apart
			for _, id := range []int32{-2000000000, -1, 1, 5000, 5001, 2000000000} {
				add(wide, fmt.Sprint("s", id), id)
			}
		case 5: // just below and above what goes together
			add(wide, "first", 1)
			add(wide, "last", 4096)
			add(wide+"x", "first", 1)
			add(wide+"x", "last", 4097)
		case 7: // a name that is a digest in its key
			add(registry.Context("."+strings.Repeat(fmt.Sprint("long", i), 100)), "s", 1)
		}
		if i%4 == 0 {
			writes = append(writes, Put(registry.Subject{Context: small, Name: "gone"}, 1, "gone "+fmt.Sprint(i)))
		}
	}
	for read := feed.Revision(0); len(writes) > 0; read++ {
		n := min(len(writes), 50)
		Commit(t, s, Command(read, writes[:n]...))
		writes = writes[n:]
	}
	for i := 0; i < 60; i += 4 {
		gone := registry.Subject{Context: registry.Context(fmt.Sprintf(".c%02d", i)), Name: "gone"}
		Commit(t, s, Command(head(t, s), registry.HardDelete{Subject: gone, Versions: []int32{1}, Audit: []byte("{}")}))
		marks[gone.Context] = max(marks[gone.Context], 1)
	}
	if diff := cmp.Diff(versions, Versions(t, s)); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	got := map[registry.SchemaKey]string{}
	for key, row := range schemas(t, s) {
		got[key] = row.Text
	}
	if diff := cmp.Diff(ids, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	highest, err := s.ReadMarks(t.Context())
	if err != nil {
		t.Fatalf("ReadMarks() = %v", err)
	}
	maps.DeleteFunc(marks, func(_ registry.Context, id int32) bool { return id <= 0 })
	if diff := cmp.Diff(marks, highest); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
}
