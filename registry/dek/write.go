package dek

import (
	"encoding/json"

	"github.com/weir-registry/weir/feed"
)

// The kinds of change.
const (
	KindPutKek    = "kek.put"
	KindDeleteKek = "kek.delete"
	KindPutDek    = "dek.put"
	KindDeleteDek = "dek.delete"
)

// keyOf is the key of the change log for a KEK and everything that hangs on
// it.
func keyOf(kek string) string { return "kek " + kek }

// PutKek stores a KEK.
type PutKek struct{ Row Kek }

// Change gives the KEK whole; whoever may read the log may read KEKs.
func (w PutKek) Change() feed.Change {
	return feed.Change{Kind: KindPutKek, Key: keyOf(w.Row.Name), After: document(w.Row)}
}

// DeleteKek removes a KEK for good.
type DeleteKek struct{ Name string }

// Change names the KEK.
func (w DeleteKek) Change() feed.Change {
	return feed.Change{Kind: KindDeleteKek, Key: keyOf(w.Name), After: document(w)}
}

// PutDek stores a DEK.
type PutDek struct{ Row Dek }

// Change gives the DEK; its material is encrypted.
func (w PutDek) Change() feed.Change {
	return feed.Change{Kind: KindPutDek, Key: keyOf(w.Row.Kek), After: document(w.Row)}
}

// DeleteDek removes a DEK for good.
type DeleteDek struct{ Key Key }

// Change names the DEK.
func (w DeleteDek) Change() feed.Change {
	return feed.Change{Kind: KindDeleteDek, Key: keyOf(w.Key.Kek), After: document(w.Key)}
}

// document writes what a follower needs to apply a change.
func document(row any) []byte {
	data, err := json.Marshal(row)
	if err != nil {
		panic(err) // texts, numbers and maps of texts always marshal
	}
	return data
}
