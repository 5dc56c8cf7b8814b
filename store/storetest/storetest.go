// Package storetest holds what every engine of package store must do, as tests
// that both engines run: Run(t, engine).
//
// Each schedule by which docs/design.md section 4 explains the write path is
// here: the register that waits behind a delete of what it refers to,
// committers that finish in any order, the poisonous command among good ones,
// the command chain, the process that is killed between commits. A schedule
// that only one engine can have stands in the tests of package store.
//
// The package is for tests; no part of the product imports it.
package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/weir-registry/weir/feed"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/store"
)

// Engine is what the suite needs to know of a database.
type Engine struct {
	// Database makes an empty database for a test and names it as
	// [store.Config] does.
	Database func(t testing.TB) string
	// Shared says that several stores may have the database open, as the
	// nodes of a cluster have.
	Shared bool
	// Hold takes the commit lock from outside, so that commands gather in
	// front of it.
	Hold func(t testing.TB, database string) Lock
}

// Lock is a commit lock that a test holds.
type Lock interface {
	// Await returns when this many transactions wait for the lock.
	Await(n int)
	Release()
}

// Run runs the suite.
func Run(t *testing.T, e Engine) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Engine)
	}{
		{"Register", testRegister},
		{"KnownContent", testKnownContent},
		{"Import", testImport},
		{"Overwrite", testOverwrite},
		{"TakenID", testTakenID},
		{"IDSpace", testIDSpace},
		{"SoftDelete", testSoftDelete},
		{"HardDelete", testHardDelete},
		{"References", testReferences},
		{"Settings", testSettings},
		{"Associations", testAssociations},
		{"Contexts", testContexts},
		{"Revisions", testRevisions},
		{"Said", testSaid},
		{"SaidLong", testSaidLong},
		{"SaidMany", testSaidMany},
		{"History", testHistory},
		{"AssociationHistory", testAssociationHistory},
		{"Bytes", testBytes},
		{"LongNames", testLongNames},
		{"Load", testLoad},
		{"ManyContexts", testManyContexts},
		{"Conflict", testConflict},
		{"Touch", testTouch},
		{"SameCommandTwice", testSameCommandTwice},
		{"Chain", testChain},
		{"ChainAcrossBatches", testChainAcrossBatches},
		{"RegisterBehindDelete", testRegisterBehindDelete},
		{"Poison", testPoison},
		{"Many", testMany},
		{"Serial", testSerial},
		{"NotACommand", testNotACommand},
		{"Order", testOrder},
		{"Log", testLog},
		{"ReadYourWrites", testReadYourWrites},
		{"CallerGoesAway", testCallerGoesAway},
		{"Close", testClose},
		{"Reopen", testReopen},
		{"Killed", testKilled},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, e) })
	}
}

// open opens a new database.
func (e Engine) open(t testing.TB) *store.Store {
	t.Helper()
	return Open(t, store.Config{Database: e.Database(t)})
}

// Open opens a store that is closed when the test ends.
func Open(t testing.TB, config store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatalf("Open(%q) = %v", config.Database, err)
	}
	t.Cleanup(func() { Close(t, s) })
	return s
}

// Close closes a store.
func Close(t testing.TB, s *store.Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		t.Errorf("Close() = %v", err)
	}
}

// NewID gives a new command ID.
func NewID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

// Subject is a subject of the default context.
func Subject(name string) registry.Subject {
	return registry.Subject{Context: registry.DefaultContext, Name: name}
}

// Put registers text as a version of a subject.
func Put(s registry.Subject, version int32, text string) registry.PutVersion {
	identity := sha256.Sum256([]byte(text))
	return registry.PutVersion{
		Schema: registry.SchemaRow{
			Context: s.Context, ID: registry.NewID, GUID: registry.GUID(identity[:16]), Identity: identity,
			Type: "AVRO", Text: text, Outline: []byte("outline of " + text),
		},
		Version: registry.VersionRow{Subject: s, Version: version, At: 1700000000000000, By: "ada", Client: "test"},
		Audit:   fmt.Appendf(nil, `{"version":%d}`, version),
	}
}

// Import is Put with an id of the client's.
func Import(s registry.Subject, version, id int32, text string) registry.PutVersion {
	w := Put(s, version, text)
	w.Schema.ID = id
	return w
}

// Command proposes writes on a revision. It has read what it writes.
func Command(read feed.Revision, writes ...feed.Write) feed.Command {
	c := feed.Command{ID: NewID(), Read: read, Writes: writes, Origin: feed.Origin{
		Actor: "ada", Client: "test/1", Address: "127.0.0.1", RequestID: "r-1",
	}}
	for _, w := range writes {
		if _, touch := w.(registry.Touch); !touch {
			c.Keys = append(c.Keys, w.Change().Key)
		}
	}
	return c
}

// Commit commits and fails the test when that fails.
func Commit(t testing.TB, s *store.Store, c feed.Command) feed.Receipt {
	t.Helper()
	r, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatalf("Commit of %d writes, the first a %T = %v", len(c.Writes), c.Writes[0], err)
	}
	return r
}

// put registers on the head, and gives the id.
func put(t testing.TB, s *store.Store, w registry.PutVersion) int32 {
	t.Helper()
	r := Commit(t, s, Command(head(t, s), w))
	return int32(r.Changes[0].Number)
}

func head(t testing.TB, s *store.Store) feed.Revision {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatalf("Head() = %v", err)
	}
	return head
}

// Versions reads all versions, as "context subject version: id", with a dash
// behind what is soft-deleted.
func Versions(t testing.TB, s *store.Store) map[string]int32 {
	t.Helper()
	found := map[string]int32{}
	mu := make(chan struct{}, 1)
	err := s.ReadVersions(t.Context(), func(v *registry.VersionRow) error {
		mu <- struct{}{}
		defer func() { <-mu }()
		key := fmt.Sprintf("%s %s %d", v.Subject.Context, v.Subject.Name, v.Version)
		if v.Deleted {
			key += " -"
		}
		found[key] = v.ID
		return nil
	})
	if err != nil {
		t.Fatalf("ReadVersions() = %v", err)
	}
	return found
}

// schemas reads all schemas.
func schemas(t testing.TB, s *store.Store) map[registry.SchemaKey]registry.SchemaRow {
	t.Helper()
	var keys []registry.SchemaKey
	mu := make(chan struct{}, 1)
	err := s.ReadSchemas(t.Context(), func(r *registry.SchemaRow) error {
		mu <- struct{}{}
		defer func() { <-mu }()
		keys = append(keys, registry.SchemaKey{Context: r.Context, ID: r.ID})
		return nil
	})
	if err != nil {
		t.Fatalf("ReadSchemas() = %v", err)
	}
	rows, err := s.Schemas(t.Context(), keys)
	if err != nil {
		t.Fatalf("Schemas(%v) = %v", keys, err)
	}
	found := map[registry.SchemaKey]registry.SchemaRow{}
	for _, r := range rows {
		found[registry.SchemaKey{Context: r.Context, ID: r.ID}] = r
	}
	return found
}

// texts gives the texts of the default context by id.
func texts(t testing.TB, s *store.Store) map[int32]string {
	t.Helper()
	found := map[int32]string{}
	for key, row := range schemas(t, s) {
		if key.Context == registry.DefaultContext {
			found[key.ID] = row.Text
		}
	}
	return found
}
