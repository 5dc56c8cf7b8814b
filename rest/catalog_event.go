package rest

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/feed"
)

// appendEvent appends an event of the change stream.
func appendEvent(b []byte, e *catalog.Event) []byte {
	b = append(b, `{"cursor":`...)
	b = appendText(b, e.Cursor.Text())
	first := false
	b = appendMoment(b, "at", e.At, &first)
	b = appendNonEmpty(b, "action", string(e.Action), &first)
	b = appendNonEmpty(b, "kind", string(e.Entity.Kind), &first)
	b = appendNonEmpty(b, "entity", e.Entity.String(), &first)
	b = appendNonEmpty(b, "source", string(e.Source), &first)
	b = appendNonEmpty(b, "actor", e.Actor, &first)
	b = appendNonEmpty(b, "client", e.Client, &first)
	b = appendNonEmpty(b, "requestId", e.RequestID, &first)
	b = appendJSON(b, "before", e.Before, &first)
	b = appendJSON(b, "after", e.After, &first)
	return append(b, '}')
}

// appendJSON appends a member that is JSON already, unless there is none.
func appendJSON(b []byte, name string, value json.RawMessage, first *bool) []byte {
	if len(value) == 0 {
		return b
	}
	return append(appendName(b, name, first), value...)
}

// appendMoment appends a time (microseconds) as RFC 3339; 0 is none.
func appendMoment(b []byte, name string, at int64, first *bool) []byte {
	if at == 0 {
		return b
	}
	b = append(appendName(b, name, first), '"')
	b = appendTime(b, time.UnixMicro(at))
	return append(b, '"')
}

// The error codes of cursors and revisions. What is gone for good is a 410: a
// client begins anew, with a read of what it follows.
const (
	codeBadCursor  = 40030 // not of the form epoch:revision[:ordinal], or not yet
	codeBadFilter  = 40031
	codeTooOld     = 41001 // the log does not reach so far back
	codeWrongEpoch = 41002 // of another database, or of before a backup was restored
)

// cursor reads a place in the log; the zero value when it is absent.
func (c *call) cursor(text string) (feed.Cursor, error) {
	if text == "" {
		return feed.Cursor{}, nil
	}
	at, err := feed.ParseCursor(text)
	if err != nil {
		return at, catalogCode(codeBadCursor, "%v", err)
	}
	if epoch := c.server.catalog.View().Cursor().Epoch; at.Epoch != epoch {
		return at, catalogCode(codeWrongEpoch, "The cursor %s is of another database: this one has the epoch %s", at.Text(), epoch)
	}
	return at, c.reached(at.Revision)
}

// reached waits a moment for a revision that another node has answered with
// already; what never was is refused.
func (c *call) reached(revision feed.Revision) error {
	v := c.server.catalog.View()
	if revision <= v.Revision() {
		return nil
	}
	ctx, cancel := context.WithTimeout(c.ctx, revisionWait)
	defer cancel()
	if f := c.server.freshness; f != nil {
		head, err := f.head(ctx)
		if err != nil {
			return fmt.Errorf("%w: %w", feed.ErrUnavailable, err)
		}
		if revision <= head {
			return f.reach(ctx, revision)
		}
	}
	return catalogCode(codeBadCursor, "Revision %d is not there yet: the newest is %s", revision, v.Cursor())
}

// tooOld makes a refusal of what the log no longer reaches.
func (c *call) tooOld(at feed.Revision) error {
	oldest, err := c.oldest()
	if err != nil {
		return err
	}
	if at >= oldest.Revision {
		return nil
	}
	return catalogCode(codeTooOld, "The log does not reach back to revision %d: the oldest is %s", at, oldest)
}

// oldest is the oldest place from which changes can be read, and the oldest
// revision that asOf can answer.
func (c *call) oldest() (feed.Cursor, error) {
	at := c.server.catalog.View().Cursor()
	oldest, err := c.server.catalog.Oldest(c.ctx)
	return feed.Cursor{Epoch: at.Epoch, Revision: oldest}, err
}

// revision is GET /catalog/v1/revision: how far this node is, and how far back
// the log reaches.
func revision(c *call) error {
	oldest, err := c.oldest()
	if err != nil {
		return err
	}
	c.out = append(c.out, `{"revision":`...)
	c.out = appendText(c.out, c.server.catalog.View().Cursor().Text())
	c.out = append(c.out, `,"oldest":`...)
	c.out = append(appendText(c.out, oldest.Text()), '}')
	return nil
}

// eventFilter reads the filter of the change stream. A name may be given
// several times; lists with commas are taken where a comma is in no name.
func (c *call) eventFilter() (f catalog.EventFilter, err error) {
	for _, name := range split(c.query.all("kinds")) {
		kind := catalog.Kind(strings.ToUpper(name))
		if !knownKind(kind) {
			return f, catalogCode(codeBadFilter, "There is no kind %s", name)
		}
		f.Kinds = append(f.Kinds, kind)
	}
	if f.Actions, err = c.actions(); err != nil {
		return f, err
	}
	f.Tags = c.query.all("tags")
	if f.Entities, err = refs(c.query.all("entities")); err != nil {
		return f, err
	}
	if f.Owners, err = refs(c.query.all("owners")); err != nil {
		return f, err
	}
	for _, name := range c.query.all("domains") {
		f.Domains = append(f.Domains, catalog.Ref{Kind: catalog.KindDomain, Name: name})
	}
	return f, nil
}

func refs(texts []string) ([]catalog.Ref, error) {
	var list []catalog.Ref
	for _, text := range texts {
		ref, err := ref(text)
		if err != nil {
			return nil, err
		}
		list = append(list, ref)
	}
	return list, nil
}

// ref reads an entity as the stream names it.
func ref(text string) (catalog.Ref, error) {
	ref, err := catalog.ParseRef(text)
	if err != nil || !knownKind(ref.Kind) {
		return ref, catalogCode(codeBadFilter, "%s names no entity: want KIND/scope/name or KIND/scope/name/part, each part escaped as in a path", strconv.Quote(text))
	}
	return ref, nil
}

func knownKind(k catalog.Kind) bool {
	switch k {
	case catalog.KindContext, catalog.KindSubject, catalog.KindSchemaVersion, catalog.KindSchema, catalog.KindRecord,
		catalog.KindField, catalog.KindCluster, catalog.KindTopic, catalog.KindTag, catalog.KindBusinessMetadata,
		catalog.KindTerm, catalog.KindDomain, catalog.KindDataProduct, catalog.KindTeam, catalog.KindPerson, catalog.KindContract:
		return true
	}
	return false
}

// actions reads the actions that are asked for.
func (c *call) actions() ([]catalog.Action, error) {
	var list []catalog.Action
	for _, name := range split(c.query.all("actions")) {
		action := catalog.Action(strings.ToUpper(name))
		switch action {
		case catalog.ActionCreated, catalog.ActionUpdated, catalog.ActionDeleted, catalog.ActionRestored, catalog.ActionTagged,
			catalog.ActionUntagged, catalog.ActionOwned, catalog.ActionDisowned, catalog.ActionDeprecated, catalog.ActionRegistered,
			catalog.ActionCompatibilityChanged, catalog.ActionContractChanged, catalog.ActionLinked, catalog.ActionUnlinked:
			list = append(list, action)
		default:
			return nil, catalogCode(codeBadFilter, "There is no action %s", name)
		}
	}
	return list, nil
}
