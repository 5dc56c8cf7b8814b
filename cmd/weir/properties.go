package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// property is one line of a properties file.
type property struct{ name, value string }

// parseProperties reads the format of java.util.Properties: name=value,
// name:value or "name value" a line; # and ! begin comments; a backslash at
// the end goes on with the next line; \t, \n, \r, \f and \uXXXX are escapes.
// Of a name given twice the last value counts. Bytes that are not UTF-8 are
// taken as Latin-1, as Java does.
func parseProperties(data []byte) ([]property, error) {
	text := string(data)
	if !utf8.ValidString(text) {
		runes := make([]rune, len(data))
		for i, b := range data {
			runes[i] = rune(b)
		}
		text = string(runes)
	}
	var list []property
	index := map[string]int{}
	for number, line := range logicalLines(text) {
		name, value := splitProperty(line)
		p := property{}
		var err error
		if p.name, err = unescapeProperty(name); err == nil {
			p.value, err = unescapeProperty(value)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if at, ok := index[p.name]; ok {
			list[at] = p
			continue
		}
		index[p.name] = len(list)
		list = append(list, p)
	}
	return list, nil
}

// logicalLines gives the lines with their numbers, continued ones joined,
// without comments and blank lines.
func logicalLines(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		lines := strings.Split(text, "\n")
		for i := 0; i < len(lines); i++ {
			start := i
			line := strings.TrimLeft(lines[i], " \t\f")
			if line == "" || line[0] == '#' || line[0] == '!' {
				continue
			}
			for goesOn(line) && i+1 < len(lines) {
				i++
				line = line[:len(line)-1] + strings.TrimLeft(lines[i], " \t\f")
			}
			if goesOn(line) {
				line = line[:len(line)-1]
			}
			if !yield(start+1, line) {
				return
			}
		}
	}
}

// goesOn says that a line ends in an odd number of backslashes.
func goesOn(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// splitProperty parts name and value at the first separator that is not
// escaped.
func splitProperty(line string) (name, value string) {
	end := 0
	for end < len(line) && !strings.ContainsRune("=: \t\f", rune(line[end])) {
		if line[end] == '\\' {
			end++
		}
		end++
	}
	end = min(end, len(line))
	name, rest := line[:end], strings.TrimLeft(line[end:], " \t\f")
	if rest != "" && (rest[0] == '=' || rest[0] == ':') {
		rest = strings.TrimLeft(rest[1:], " \t\f")
	}
	return name, rest
}

func unescapeProperty(s string) (string, error) {
	if !strings.Contains(s, `\`) {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 'f':
			b.WriteByte('\f')
		case 'u':
			if i+5 > len(s) {
				return "", fmt.Errorf("broken escape %q", s[i-1:])
			}
			unit, err := strconv.ParseUint(s[i+1:i+5], 16, 16)
			if err != nil {
				return "", fmt.Errorf("broken escape %q", s[i-1:i+5])
			}
			b.WriteRune(rune(unit))
			i += 4
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), nil
}
