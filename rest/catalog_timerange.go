package rest

import (
	"strconv"
	"strings"
	"time"

	"github.com/weir-registry/weir/catalog/confluent"
)

// timeRange is when an attribute of an entity must be: from start on, before
// end, in milliseconds since the epoch.
type timeRange struct {
	attribute  string
	start, end int64
}

// timeRange reads timeRangeAttr, timeRangeStart, timeRangeEnd and timeRangeType
// (catalog-api.md 5); nil without an attribute. Days begin in UTC.
func (c *call) timeRange() (*timeRange, error) {
	attribute := c.query.text("timeRangeAttr")
	if attribute == "" {
		return nil, nil
	}
	if a, ok := confluent.Any.Attribute(attribute); !ok || a.Kind != confluent.Time {
		return nil, badBody("timeRangeAttr is createTime or updateTime, not " + attribute)
	}
	r := &timeRange{attribute: attribute}
	kind := strings.ToUpper(c.query.text("timeRangeType"))
	if kind == "" || kind == "CUSTOM" {
		return r, c.customRange(r)
	}
	from, to, ok := namedRange(kind, c.server.now().UTC())
	if !ok {
		return nil, badBody("timeRangeType " + kind + " is none that there is")
	}
	r.start, r.end = from.UnixMilli(), to.UnixMilli()
	return r, nil
}

// customRange reads both ends; one that is missing is open.
func (c *call) customRange(r *timeRange) error {
	const forever = 1<<63 - 1
	r.end = forever
	for name, to := range map[string]*int64{"timeRangeStart": &r.start, "timeRangeEnd": &r.end} {
		text := c.query.text(name)
		if text == "" {
			continue
		}
		ms, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return badBody(name + " needs milliseconds since the epoch, not " + text)
		}
		*to = ms
	}
	return nil
}

// namedRange gives the range of a name, seen from a moment. LAST_MONTH and its
// kin are the whole calendar unit before this one. LAST_7_DAYS and LAST_3_MONTHS
// and their kin are so many days or months with the one that is.
func namedRange(name string, now time.Time) (from, to time.Time, ok bool) {
	day := func(n int) time.Time { return time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, time.UTC) }
	month := func(n int) time.Time {
		return time.Date(now.Year(), now.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	}
	year := func(n int) time.Time { return time.Date(now.Year()+n, time.January, 1, 0, 0, 0, 0, time.UTC) }
	quarter := func(n int) time.Time { return month(-(int(now.Month())-1)%3 + 3*n) }
	switch name {
	case "TODAY":
		return day(0), day(1), true
	case "YESTERDAY":
		return day(-1), day(0), true
	case "LAST_7_DAYS":
		return day(-6), day(1), true
	case "LAST_30_DAYS":
		return day(-29), day(1), true
	case "THIS_MONTH":
		return month(0), month(1), true
	case "LAST_MONTH":
		return month(-1), month(0), true
	case "THIS_QUARTER":
		return quarter(0), quarter(1), true
	case "LAST_QUARTER":
		return quarter(-1), quarter(0), true
	case "THIS_YEAR":
		return year(0), year(1), true
	case "LAST_YEAR":
		return year(-1), year(0), true
	case "LAST_3_MONTHS":
		return month(-2), day(1), true
	case "LAST_6_MONTHS":
		return month(-5), day(1), true
	case "LAST_12_MONTHS":
		return month(-11), day(1), true
	}
	return from, to, false
}

// holds says whether an entity's attribute is in the range.
func (r *timeRange) holds(e *confluent.Entity) bool {
	at, ok := e.Attribute(r.attribute).(int64)
	return ok && r.start <= at && at < r.end
}
