package registry

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/weir-registry/weir/auth"
	"github.com/weir-registry/weir/feed"
)

// plan is what a command will write, and the keys whose state it was decided
// on.
type plan struct {
	writes []feed.Write
	keys   []string
}

func (p *plan) write(w feed.Write)  { p.writes = append(p.writes, w) }
func (p *plan) read(keys ...string) { p.keys = append(p.keys, keys...) }
func (p *plan) touch(keys ...string) {
	for _, k := range keys {
		p.write(Touch{Key: k})
	}
}

// readScope notes the settings that decide about a subject.
func (p *plan) readScope(s Subject) {
	for _, kind := range []SettingKind{ConfigSetting, ModeSetting} {
		for _, at := range scopes(s) {
			p.read(SettingKey(kind, at))
		}
	}
}

// scopes are the places where a setting of a subject may stand.
func scopes(s Subject) []Subject {
	list := []Subject{s}
	for _, at := range []Subject{{s.Context, ""}, {DefaultContext, ""}, {GlobalContext, ""}} {
		if !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return list
}

// proposal is a command of this node on its way.
type proposal struct {
	command feed.Command
	// revision is where it was applied, zero until then.
	revision atomic.Int64
	// settled is closed when its fate is known: a receipt, or an error.
	settled chan struct{}
	receipt feed.Receipt
	err     error
}

// proposals are the commands of this node that the applier may meet. Their
// contents need no reading back from the database.
type proposals struct {
	mu   sync.Mutex
	byID map[string]*proposal
}

func (p *proposals) add(x *proposal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byID[x.command.ID] = x
}

func (p *proposals) drop(x *proposal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.byID, x.command.ID)
}

func (p *proposals) get(id string) *proposal {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.byID[id]
}

// applied notes that the applier has met a command.
func (p *proposals) applied(id string, at feed.Revision) {
	if x := p.get(id); x != nil {
		x.revision.Store(int64(at))
	}
}

// content gives the content that a command of this node put under a version.
func (p *proposals) content(id string, v versionAudit) *SchemaRow {
	x := p.get(id)
	if x == nil {
		return nil
	}
	for _, w := range x.command.Writes {
		if put, ok := w.(PutVersion); ok && put.Version.Version == v.Version && put.Version.Subject == (Subject{v.Context, v.Subject}) {
			return &put.Schema
		}
	}
	return nil
}

// propose makes a command out of a plan.
func (r *Registry) propose(ctx context.Context, p *plan, read feed.Revision, chain []string) (*proposal, error) {
	var id [16]byte
	if _, err := io.ReadFull(r.opts.Random, id[:]); err != nil {
		return nil, fmt.Errorf("make a command id: %w", err)
	}
	origin := OriginOf(ctx)
	if origin.Actor == "" {
		origin.Actor = auth.From(ctx).Name
	}
	for _, w := range p.writes {
		p.keys = append(p.keys, keyRead(w)...)
	}
	slices.Sort(p.keys)
	return &proposal{
		command: feed.Command{
			ID: hex.EncodeToString(id[:]), Read: read, Keys: slices.Compact(p.keys), Chain: slices.Clone(chain),
			Origin: origin, Writes: p.writes,
		},
		settled: make(chan struct{}),
	}, nil
}

// keyRead gives the key of what a write changes: whoever writes a thing has
// read it. A Touch tells others and reads nothing itself.
func keyRead(w feed.Write) []string {
	if _, ok := w.(Touch); ok {
		return nil
	}
	return []string{w.Change().Key}
}

// submit queues a command, behind those submitted before, and follows it until
// this node has applied it. When it fails, failed is called first.
func (r *Registry) submit(x *proposal, failed func()) {
	r.proposals.add(x)
	var wait func(ctx context.Context) (feed.Receipt, error)
	if s, ok := r.opts.Store.(Submitter); ok {
		wait = s.Submit(x.command)
	} else {
		wait = func(ctx context.Context) (feed.Receipt, error) { return r.opts.Store.Commit(ctx, x.command) }
	}
	go func() {
		// A caller that goes away does not take back what is on its way: the
		// commands behind it need to know how it ended.
		x.receipt, x.err = wait(context.Background())
		if x.err == nil {
			x.err = feed.Unapplied(r.opts.Follower.Advance(context.Background(), x.receipt.Revision))
		}
		if x.err != nil {
			failed()
		}
		r.proposals.drop(x)
		close(x.settled)
	}()
}

// await gives the fate of a command that was submitted. A caller whose time is
// up does not learn it.
func (r *Registry) await(ctx context.Context, x *proposal) (feed.Receipt, error) {
	select {
	case <-x.settled:
	case <-ctx.Done():
		return feed.Receipt{}, ctx.Err()
	}
	if x.err == nil {
		ReportRevision(ctx, feed.Cursor{Epoch: r.epoch, Revision: x.receipt.Revision})
	}
	return x.receipt, x.err
}

// catchUp brings the node to the head of the log, after a conflict or before
// it says that something is not there.
func (r *Registry) catchUp(ctx context.Context) error {
	head, err := r.opts.Log.Head(ctx)
	if err == nil && head > r.Snapshot().Revision() {
		err = r.opts.Follower.Advance(ctx, head)
	}
	return err
}

// maxAttempts bounds how often a command is decided again after conflicts.
const maxAttempts = 1000

// errBusy says that others were quicker all the time.
var errBusy = fmt.Errorf("%w: the command met changes of others at every attempt", feed.ErrUnavailable)
