// Package searchtest makes up what a search index is measured and tested with:
// the subjects of a company, as many as asked for. In comes the number of a
// subject, out go its schema's outline and what is known of it. It knows schema
// outlines only, so that the tests inside package search can use it as package
// bench does.
package searchtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/weir-registry/weir/schema"
)

// Company makes the subjects of a made-up company: few field names in many
// subjects, some only in one, records named for their subject, a third of the
// fields described, mostly by the words that others use too. The word "amount"
// is in the names of a tenth of the fields.
type Company struct {
	random *rand.Rand
	common []string // field names, the frequent ones first
	docs   []string // of common names
}

var (
	nouns    = strings.Fields("customer order invoice payment shipment product account session device user item address contract claim policy ticket batch sensor vehicle route store basket refund ledger booking supplier partner campaign")
	aspects  = strings.Fields("id name type status code date time count price currency quantity reference version source region country channel reason flag group level score rate unit limit state key value label note")
	domains  = strings.Fields("sales billing logistics risk identity marketing support platform finance inventory")
	suffixes = strings.Fields("created updated requested failed settled opened closed moved")
)

// NewCompany makes a company. Two of them have the same subjects.
func NewCompany() *Company {
	c := &Company{random: rand.New(rand.NewPCG(7, 42))}
	for i := range 12000 {
		name := nouns[c.random.IntN(len(nouns))] + "_" + aspects[c.random.IntN(len(aspects))]
		switch {
		case i%10 == 3:
			name = nouns[c.random.IntN(len(nouns))] + "_amount"
			if i >= 300 {
				name += fmt.Sprintf("_%d", i%700)
			}
		case i >= 400:
			name += "_" + aspects[c.random.IntN(len(aspects))] + fmt.Sprint(i%400)
		}
		if i%3 == 0 {
			name = camel(name)
		}
		c.common = append(c.common, name)
		c.docs = append(c.docs, fmt.Sprintf("The %s of the %s, as %s last saw it in the %s system.",
			aspects[c.random.IntN(len(aspects))], nouns[c.random.IntN(len(nouns))], domains[c.random.IntN(len(domains))], domains[c.random.IntN(len(domains))]))
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

// Common are the names that fields of many subjects have, the frequent ones
// first.
func (c *Company) Common() []string { return c.common }

// Outline is the schema of a subject, about twenty fields. Subjects are asked
// for in their order, once each.
func (c *Company) Outline(i int) *schema.Outline {
	o := &schema.Outline{}
	record := fmt.Sprintf("com.acme.%s.%s%s%d", domains[i%len(domains)], camel("x_" + nouns[i%len(nouns)])[1:], camel("x_" + suffixes[i/7%len(suffixes)])[1:], i)
	for _, part := range []string{"", "Line"} {
		r := schema.Record{Name: record + part, TagPath: record + part, Kind: "record"}
		for j := range 6 + c.random.IntN(9) {
			// Low numbers are far more frequent than high ones.
			n := int(float64(len(c.common)) * c.random.Float64() * c.random.Float64() * c.random.Float64())
			f := schema.Field{Name: c.common[n], Type: []string{"string", "long", "string?", "double", "int"}[n%5]}
			if c.random.IntN(40) == 0 {
				f.Name = fmt.Sprintf("legacy%d_%s", i, f.Name)
			}
			for k := range r.Fields {
				if r.Fields[k].Name == f.Name {
					f.Name += fmt.Sprint(j)
					break
				}
			}
			switch c.random.IntN(10) {
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

// Subject is what is known of a subject beside its schema.
type Subject struct {
	ID, Name                       string
	Context, Format, Compatibility string
	Domain, Owner                  string
	Uses                           uint32
	// DaysAgo is when it was last seen.
	DaysAgo int
}

// Subject gives a subject by its number.
func (c *Company) Subject(i int) Subject {
	domain := domains[i%len(domains)]
	return Subject{
		ID:      fmt.Sprintf("lsrc-abc:.:%s.%d-value", domain, i),
		Name:    fmt.Sprintf("%s.%s-%s-%d-value", domain, nouns[i%len(nouns)], suffixes[i/7%len(suffixes)], i),
		Context: ".", Format: []string{"AVRO", "AVRO", "PROTOBUF", "JSON"}[i%4], Compatibility: []string{"BACKWARD", "FULL"}[i%3/2],
		Domain: domain, Owner: fmt.Sprintf("team-%d", i%200),
		Uses: uint32(i * 7919 % 1000), DaysAgo: i % 40,
	}
}
