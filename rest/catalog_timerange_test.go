package rest

import (
	"testing"
	"time"
)

// The ranges of catalog-api.md section 5, seen from a moment in the second
// quarter of a leap year.
func TestNamedRanges(t *testing.T) {
	now := time.Date(2028, time.May, 31, 17, 30, 0, 0, time.UTC)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	tomorrow := day(2028, time.June, 1)
	for _, test := range []struct {
		name     string
		from, to time.Time
	}{
		{"TODAY", day(2028, time.May, 31), tomorrow},
		{"YESTERDAY", day(2028, time.May, 30), day(2028, time.May, 31)},
		{"LAST_7_DAYS", day(2028, time.May, 25), tomorrow},
		{"LAST_30_DAYS", day(2028, time.May, 2), tomorrow},
		{"THIS_MONTH", day(2028, time.May, 1), tomorrow},
		{"LAST_MONTH", day(2028, time.April, 1), day(2028, time.May, 1)},
		{"THIS_QUARTER", day(2028, time.April, 1), day(2028, time.July, 1)},
		{"LAST_QUARTER", day(2028, time.January, 1), day(2028, time.April, 1)},
		{"THIS_YEAR", day(2028, time.January, 1), day(2029, time.January, 1)},
		{"LAST_YEAR", day(2027, time.January, 1), day(2028, time.January, 1)},
		{"LAST_3_MONTHS", day(2028, time.March, 1), tomorrow},
		{"LAST_6_MONTHS", day(2027, time.December, 1), tomorrow},
		{"LAST_12_MONTHS", day(2027, time.June, 1), tomorrow},
	} {
		from, to, ok := namedRange(test.name, now)
		if !ok || !from.Equal(test.from) || !to.Equal(test.to) {
			t.Errorf("namedRange(%s) = %v to %v, %v; want %v to %v", test.name, from, to, ok, test.from, test.to)
		}
	}
	if _, _, ok := namedRange("NEVER", now); ok {
		t.Error("namedRange(NEVER) is a range")
	}
}
