package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/weir-registry/weir/catalog/search"
	"github.com/weir-registry/weir/catalog/search/searchtest"
	"github.com/weir-registry/weir/schema"
)

// company is what the search rows search: the subjects of a made-up company
// with the binary outlines of their schemas, in the order in which a catalog
// feeds them, and the index of them.
type company struct {
	docs     []search.Document
	outlines [][]byte
	common   []string
	index    *search.Index
	fts      *fts5
}

// company makes the company, once a run.
func (env *environment) company() (*company, error) {
	if env.made != nil {
		return env.made, nil
	}
	n := env.settings.subjects
	made := searchtest.NewCompany()
	c := &company{docs: make([]search.Document, n), outlines: make([][]byte, n), common: made.Common()}
	lists := map[string][]string{} // of one value: documents share them, as they share people
	one := func(value string) []string {
		if lists[value] == nil {
			lists[value] = []string{value}
		}
		return lists[value]
	}
	for i := range n {
		s := made.Subject(i)
		c.docs[i] = search.Document{
			Ref: search.Ref{Kind: "SUBJECT", ID: fmt.Sprintf("SUBJECT/./%08d", i)}, Name: s.Name,
			Context: s.Context, Format: s.Format, Compatibility: s.Compatibility,
			Attributes: search.Attributes{Domains: one(s.Domain), Owners: one(s.Owner), Status: "ACTIVE"},
			Uses:       s.Uses, LastSeen: time.Now().AddDate(0, 0, -s.DaysAgo).UnixMicro(),
		}
		data, err := made.Outline(i).AppendBinary(nil)
		if err != nil {
			return nil, err
		}
		c.outlines[i] = data
	}
	var err error
	c.index, err = c.build()
	env.made = c
	return c, err
}

// shares calls work with a part of the subjects on each core.
func (c *company) shares(work func(core, from, to int) error) error {
	cores := runtime.GOMAXPROCS(0)
	errs := make([]error, cores)
	var wait sync.WaitGroup
	for core := range cores {
		wait.Go(func() { errs[core] = work(core, core*len(c.docs)/cores, (core+1)*len(c.docs)/cores) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// decode decodes all outlines and drops them, on every core.
func (c *company) decode() error {
	return c.shares(func(_, from, to int) error {
		for _, data := range c.outlines[from:to] {
			var o schema.Outline
			if err := o.UnmarshalBinary(data); err != nil {
				return err
			}
		}
		return nil
	})
}

// build makes the index out of the outlines, on every core.
func (c *company) build() (*search.Index, error) {
	builders := make([]*search.Builder, runtime.GOMAXPROCS(0))
	err := c.shares(func(core, from, to int) error {
		b := search.NewBuilder()
		builders[core] = b
		b.Expect(to - from)
		for i := from; i < to; i++ {
			if err := b.AddOutlineBinary(&c.docs[i], c.outlines[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return search.Join("", builders...), err
}

// each calls visit with every document of the company, subjects and members.
func (c *company) each(visit func(d *search.Document, kind search.Kind, name, path, doc string, tags []string) error) error {
	for i := range c.docs {
		d := &c.docs[i]
		if err := visit(d, d.Kind, d.Name, "", "", nil); err != nil {
			return err
		}
		var o schema.Outline
		if err := o.UnmarshalBinary(c.outlines[i]); err != nil {
			return err
		}
		for _, m := range search.AppendMembers(nil, &o) {
			if err := visit(d, m.Kind, m.Name, m.Path, m.Description, m.Tags); err != nil {
				return err
			}
		}
	}
	return nil
}
