package rest

import (
	"bytes"
	"iter"
	"strings"

	"github.com/weir-registry/weir/catalog/confluent"
)

// The pages of searches (catalog-api.md 1).
const (
	searchPage     = 100
	mostSearchPage = 500
)

// searchBasic is GET /search/basic (catalog-api.md 5).
func searchBasic(c *call) error {
	return c.search(func(q *searchQuery) { q.text = c.query.text("query") })
}

// searchAttribute is GET /search/attribute: attributes begin with texts, paired
// by their position.
func searchAttribute(c *call) error {
	names, prefixes := c.query.all("attrName"), c.query.all("attrValuePrefix")
	if len(names) != len(prefixes) {
		return badBody("Each attrName needs an attrValuePrefix, and each attrValuePrefix its attrName")
	}
	return c.search(func(q *searchQuery) { q.attributes, q.prefixes = names, prefixes })
}

// searchQuery is what a search asks for.
type searchQuery struct {
	text       string
	types      []string
	asked      []string // attributes to show
	attributes []string // attributes that begin with prefixes
	prefixes   []string
	tags       []string
	deleted    bool
	sort       *confluent.Order
	times      *timeRange
	limit      int
	offset     int
}

// searchQuery reads the parameters that both searches have.
func (c *call) searchQuery() (q searchQuery, err error) {
	q.types = append(c.query.all("type"), split(c.query.all("types"))...)
	for _, t := range q.types {
		if !confluent.Type(t).Known() {
			return q, unknownEntityType(t)
		}
	}
	q.asked = append(c.query.all("attr"), split(c.query.all("attrs"))...)
	for _, tag := range c.query.all("tag") {
		if tag != "" {
			q.tags = append(q.tags, tag)
		}
	}
	q.deleted = c.query.flag("deleted")
	if by := c.query.text("sortBy"); by != "" {
		q.sort = &confluent.Order{Attribute: by}
		switch order := c.query.text("sortOrder"); strings.ToUpper(order) {
		case "", "ASCENDING":
		case "DESCENDING":
			q.sort.Descending = true
		default:
			return q, badBody("sortOrder is ASCENDING or DESCENDING, not " + order)
		}
	}
	if q.times, err = c.timeRange(); err != nil {
		return q, err
	}
	q.limit, err = c.pageNumber("limit", searchPage)
	if err != nil {
		return q, err
	}
	q.limit = min(q.limit, mostSearchPage)
	q.offset, err = c.pageNumber("offset", 0)
	return q, err
}

// pageNumber reads limit or offset.
func (c *call) pageNumber(name string, missing int32) (int, error) {
	n, err := c.query.number(name, missing)
	if err != nil || n < 0 {
		return 0, badBody(name + " needs a number that is not negative")
	}
	return int(n), nil
}

// search answers a search.
func (c *call) search(more func(*searchQuery)) error {
	q, err := c.searchQuery()
	if err != nil {
		return err
	}
	more(&q)
	sel := confluent.Selection{Tags: q.tags, Deleted: q.deleted}
	q.narrow(&sel)
	for _, t := range q.types {
		sel.Types = append(sel.Types, confluent.Type(t))
	}
	if sel.Found, err = confluent.Search(c.ctx, c.server.catalog, q.text, sel.Types); err != nil {
		return err
	}
	c.out = q.appendParameters(append(c.out, `{"searchParameters":`...))
	c.out = appendTexts(append(c.out, `,"types":`...), q.types)
	c.out = append(c.out, `,"entities":[`...)
	for e, err := range q.page(c, sel) {
		if err != nil {
			return err
		}
		c.out = append(appendHeader(c.out, e, q.asked), ',')
	}
	c.out = append(bytes.TrimSuffix(c.out, []byte(",")), `],"referredEntities":{}}`...)
	return nil
}

// narrow tells a selection what else is asked for.
func (q *searchQuery) narrow(sel *confluent.Selection) {
	for i, name := range q.attributes {
		if name == "qualifiedName" && len(q.prefixes[i]) > len(sel.Prefix) {
			sel.Prefix = q.prefixes[i]
		}
	}
	if len(q.attributes) > 0 || q.times != nil {
		sel.Where = q.keeps
	}
}

// keeps says whether an entity answers the parameters that are not the index's.
func (q *searchQuery) keeps(e *confluent.Entity) bool {
	for i, name := range q.attributes {
		value := e.Attribute(name)
		if value == nil || !strings.HasPrefix(plainText(value), q.prefixes[i]) {
			return false
		}
	}
	return q.times == nil || q.times.holds(e)
}

// plainText is the value of an attribute as a text.
func plainText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return string(appendValue(nil, value))
}

// page gives the page that is asked for, each entity until the next. Without an
// order of its own it is read from its beginning to its end.
func (q *searchQuery) page(c *call, sel confluent.Selection) iter.Seq2[*confluent.Entity, error] {
	return func(yield func(*confluent.Entity, error) bool) {
		left := q.limit
		if left == 0 {
			return
		}
		if q.sort != nil {
			first, err := c.reader().First(c.ctx, sel, []confluent.Order{*q.sort}, q.offset, left)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, e := range first {
				if !yield(e, nil) {
					return
				}
			}
			return
		}
		sel.Skip = q.offset
		for e, err := range c.reader().Each(c.ctx, sel) {
			if !yield(e, err) || err != nil {
				return
			}
			if left--; left == 0 {
				return
			}
		}
	}
}

func (q *searchQuery) appendParameters(b []byte) []byte {
	first := true
	b = appendBool(appendName(append(b, '{'), "includeDeleted", &first), q.deleted)
	b = appendInt(appendName(b, "limit", &first), q.limit)
	b = appendInt(appendName(b, "offset", &first), q.offset)
	b = appendNonEmpty(b, "query", q.text, &first)
	if q.sort != nil {
		b = appendText(appendName(b, "sortBy", &first), q.sort.Attribute)
		order := "ASCENDING"
		if q.sort.Descending {
			order = "DESCENDING"
		}
		b = appendText(appendName(b, "sortOrder", &first), order)
	}
	return append(b, '}')
}
