package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/weir-registry/weir/schema"
)

// company makes the subjects of a made-up company: few field names in many
// subjects, some only in one, records named for their subject, a third of the
// fields described, mostly by the words that others use too. The word "amount"
// is in the names of a tenth of the fields.
type company struct {
	*rand.Rand
	common []string // field names, the frequent ones first
	docs   []string // of common names
}

var (
	nouns    = strings.Fields("customer order invoice payment shipment product account session device user item address contract claim policy ticket batch sensor vehicle route store basket refund ledger booking supplier partner campaign")
	aspects  = strings.Fields("id name type status code date time count price currency quantity reference version source region country channel reason flag group level score rate unit limit state key value label note")
	domains  = strings.Fields("sales billing logistics risk identity marketing support platform finance inventory")
	suffixes = strings.Fields("created updated requested failed settled opened closed moved")
)

func newCompany() *company {
	c := &company{Rand: rand.New(rand.NewPCG(7, 42))}
	for i := range 12000 {
		name := nouns[c.IntN(len(nouns))] + "_" + aspects[c.IntN(len(aspects))]
		switch {
		case i%10 == 3:
			name = nouns[c.IntN(len(nouns))] + "_amount"
			if i >= 300 {
				name += fmt.Sprintf("_%d", i%700)
			}
		case i >= 400:
			name += "_" + aspects[c.IntN(len(aspects))] + fmt.Sprint(i%400)
		}
		if i%3 == 0 {
			name = camel(name)
		}
		c.common = append(c.common, name)
		c.docs = append(c.docs, fmt.Sprintf("The %s of the %s, as %s last saw it in the %s system.",
			aspects[c.IntN(len(aspects))], nouns[c.IntN(len(nouns))], domains[c.IntN(len(domains))], domains[c.IntN(len(domains))]))
	}
	return c
}

func camel(name string) string {
	parts := strings.Split(name, "_")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToUpper(parts[i][:1]) + parts[i][1:]
	}
	return strings.Join(parts, "")
}

// outline is the schema of subject i, about twenty fields.
func (c *company) outline(i int) *schema.Outline {
	o := &schema.Outline{}
	record := fmt.Sprintf("com.acme.%s.%s%s%d", domains[i%len(domains)], camel("x_" + nouns[i%len(nouns)])[1:], camel("x_" + suffixes[i/7%len(suffixes)])[1:], i)
	for _, part := range []string{"", "Line"} {
		r := schema.Record{Name: record + part, TagPath: record + part, Kind: "record"}
		for j := range 6 + c.IntN(9) {
			// Low numbers are far more frequent than high ones.
			n := int(float64(len(c.common)) * c.Float64() * c.Float64() * c.Float64())
			f := schema.Field{Name: c.common[n], Type: []string{"string", "long", "string?", "double", "int"}[n%5]}
			if c.IntN(40) == 0 {
				f.Name = fmt.Sprintf("legacy%d_%s", i, f.Name)
			}
			for k := range r.Fields {
				if r.Fields[k].Name == f.Name {
					f.Name += fmt.Sprint(j)
					break
				}
			}
			switch c.IntN(10) {
			case 0, 1, 2:
				f.Doc = c.docs[n]
			case 3:
				f.Doc = fmt.Sprintf("The %s of subject %d.", f.Name, i)
			}
			if n%50 == 0 {
				f.Tags = []string{"PII"}
			}
			f.RuntimeName, f.TagPath = f.Name, r.TagPath+"."+f.Name
			r.Fields = append(r.Fields, f)
		}
		o.Records = append(o.Records, r)
	}
	return o
}

// document is subject i without members.
func (c *company) document(i int) Document {
	domain := domains[i%len(domains)]
	return Document{
		Ref:     Ref{"SUBJECT", fmt.Sprintf("lsrc-abc:.:%s.%d-value", domain, i)},
		Name:    fmt.Sprintf("%s.%s-%s-%d-value", domain, nouns[i%len(nouns)], suffixes[i/7%len(suffixes)], i),
		Context: ".", Format: []string{"AVRO", "AVRO", "PROTOBUF", "JSON"}[i%4], Compatibility: []string{"BACKWARD", "FULL"}[i%3/2],
		Attributes: Attributes{Domains: []string{domain}, Owners: []string{fmt.Sprintf("team-%d", i%200)}, Status: "ACTIVE"},
		Uses:       uint32(i * 7919 % 1000),
		LastSeen:   someNow - int64(i%40)*secondsInDay*second,
	}
}

// small is an index of so many subjects, for tests.
func small(t testing.TB, subjects int) (*Index, []Document) {
	t.Helper()
	c := newCompany()
	b := NewBuilder()
	var docs []Document
	for i := range subjects {
		d := c.document(i)
		d.Members = AppendMembers(nil, c.outline(i))
		docs = append(docs, d)
		b.Add(&d)
	}
	return b.Index("1:1"), docs
}
