package rest

import (
	"fmt"
	"testing"

	"github.com/weir-registry/weir/catalog"
)

// An answer is kept for who asked, for what was asked, and for the view.
func TestPagesAreOfOneViewAndCaller(t *testing.T) {
	var p pages
	before, after := &catalog.View{}, &catalog.View{}
	a, b := pageKey{"ann", "/x"}, pageKey{"bob", "/x"}
	p.put(before, a, []byte("ann's"))
	for _, test := range []struct {
		view *catalog.View
		key  pageKey
		want string
	}{
		{before, a, "ann's"},
		{before, b, ""},
		{before, pageKey{"ann", "/y"}, ""},
		{after, a, ""},
	} {
		if got, ok := p.get(nil, test.view, test.key); string(got) != test.want || ok != (test.want != "") {
			t.Errorf("get(%v) = %q, %v; want %q", test.key, got, ok, test.want)
		}
	}
	p.put(after, b, []byte("bob's"))
	if _, ok := p.get(nil, before, a); ok {
		t.Error("an answer of an older view is kept")
	}
}

// What is kept has a bound, and what is too large for it is not kept at all.
func TestPagesAreBounded(t *testing.T) {
	var p pages
	view := &catalog.View{}
	answer := make([]byte, 100_000)
	for i := range 1000 {
		p.put(view, pageKey{"", fmt.Sprint(i)}, answer)
		if p.size > mostKept {
			t.Fatalf("%d bytes are kept", p.size)
		}
	}
	if _, ok := p.get(nil, view, pageKey{"", "999"}); !ok {
		t.Error("the last answer is not kept")
	}
	p.put(view, pageKey{"", "large"}, make([]byte, mostKept))
	if _, ok := p.get(nil, view, pageKey{"", "large"}); ok {
		t.Error("an answer as large as all is kept")
	}
}
