package model

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// DateTime is the scalar of that name: microseconds since the epoch, as the
// catalog has them, written as RFC 3339.
type DateTime int64

// MarshalGQL writes a time to the microsecond, in UTC.
func (d DateTime) MarshalGQL(w io.Writer) {
	var room [40]byte
	text := append(room[:0], '"')
	// There are no nanoseconds to write; package time writes this layout fastest.
	text = time.UnixMicro(int64(d)).UTC().AppendFormat(text, time.RFC3339Nano)
	_, _ = w.Write(append(text, '"'))
}

// UnmarshalGQL reads an RFC 3339 time of any zone.
func (d *DateTime) UnmarshalGQL(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a DateTime is text such as 2026-11-21T10:00:00Z")
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return fmt.Errorf("a DateTime is text such as 2026-11-21T10:00:00Z")
	}
	*d = DateTime(t.UnixMicro())
	return nil
}

// dateTime gives nil for what is not known.
func dateTime(micros int64) *DateTime {
	if micros == 0 {
		return nil
	}
	d := DateTime(micros)
	return &d
}

// Long is the scalar of that name: 64 bits, written as text.
type Long int64

// MarshalGQL writes the number as text.
func (l Long) MarshalGQL(w io.Writer) {
	var room [24]byte
	text := strconv.AppendInt(append(room[:0], '"'), int64(l), 10)
	_, _ = w.Write(append(text, '"'))
}

// UnmarshalGQL reads a number or the text of one.
func (l *Long) UnmarshalGQL(v any) error {
	switch v := v.(type) {
	case int64:
		*l = Long(v)
		return nil
	case int:
		*l = Long(v)
		return nil
	case json.Number:
		return l.parse(v.String())
	case string:
		return l.parse(v)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			*l = Long(v)
			return nil
		}
	}
	return fmt.Errorf("a Long is a whole number of 64 bits, or its text")
}

func (l *Long) parse(text string) error {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("a Long is a whole number of 64 bits, or its text")
	}
	*l = Long(n)
	return nil
}

// JSON is the scalar of that name: a document as it is.
type JSON []byte

// MarshalGQL writes the document; what is none becomes null.
func (j JSON) MarshalGQL(w io.Writer) {
	if !json.Valid(j) {
		_, _ = io.WriteString(w, "null")
		return
	}
	_, _ = w.Write(j)
}

// UnmarshalGQL takes what a variable or a literal holds.
func (j *JSON) UnmarshalGQL(v any) error {
	text, err := json.Marshal(v)
	*j = text
	return err
}

// document gives what can be written as JSON; nil for what cannot.
func document(v any) JSON {
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return text
}

// text gives nil for the empty text: what a nullable field shows.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
