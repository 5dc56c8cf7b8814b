package search

import (
	"testing"

	"github.com/weir-registry/weir/catalog/search/searchtest"
)

// companyDocument is a subject of a made-up company, without members.
func companyDocument(c *searchtest.Company, i int) Document {
	s := c.Subject(i)
	return Document{
		Ref: Ref{"SUBJECT", s.ID}, Name: s.Name, Context: s.Context, Format: s.Format, Compatibility: s.Compatibility,
		Attributes: Attributes{Domains: []string{s.Domain}, Owners: []string{s.Owner}, Status: "ACTIVE"},
		Uses:       s.Uses, LastSeen: someNow - int64(s.DaysAgo)*secondsInDay*second,
	}
}

// small is an index of so many subjects, for tests.
func small(t testing.TB, subjects int) (*Index, []Document) {
	t.Helper()
	c := searchtest.NewCompany()
	b := NewBuilder()
	var docs []Document
	for i := range subjects {
		d := companyDocument(c, i)
		d.Members = AppendMembers(nil, c.Outline(i))
		docs = append(docs, d)
		b.Add(&d)
	}
	return Join("1:1", b), docs
}
