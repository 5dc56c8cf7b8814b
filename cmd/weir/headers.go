package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/weir-registry/weir/rest"
)

// parseHeaders reads response.http.headers.config: "action name: value" after
// commas, where the action is set, add, setDate or addDate, and an entry with
// commas in its value stands in double quotes. The value of a date is in
// milliseconds from now.
func parseHeaders(text string) ([]rest.AddedHeader, error) {
	var headers []rest.AddedHeader
	for _, entry := range splitQuoted(text) {
		front, value, ok := strings.Cut(entry, ":")
		action, name, named := strings.Cut(strings.TrimSpace(front), " ")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || !named || name == "" || strings.ContainsAny(name, " \t") {
			return nil, fmt.Errorf("%q is not of the form \"action name: value\"", entry)
		}
		header := rest.AddedHeader{Name: name, Value: value}
		switch strings.ToLower(action) {
		case "set", "add":
		case "setdate", "adddate":
			ms, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%q needs milliseconds", entry)
			}
			header.Date, header.After = true, time.Duration(ms)*time.Millisecond
		default:
			return nil, fmt.Errorf("%q is none of set, add, setDate, addDate", action)
		}
		header.Add = strings.HasPrefix(strings.ToLower(action), "add")
		headers = append(headers, header)
	}
	return headers, nil
}

// splitQuoted splits at commas outside of double quotes and takes these off.
func splitQuoted(text string) []string {
	var entries []string
	var entry strings.Builder
	end := func() {
		if e := strings.TrimSpace(entry.String()); e != "" {
			entries = append(entries, e)
		}
		entry.Reset()
	}
	quoted := false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			end()
		default:
			entry.WriteRune(r)
		}
	}
	end()
	return entries
}
