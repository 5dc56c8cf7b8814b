package replay

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// A script is the conversation of one client, read from a file like this:
//
//	# A comment.
//	> POST /subjects/a/versions HTTP/1.1
//	> Host: {host}
//	> Content-Length: {length}
//	>
//	> {"schema":"\"string\""}
//	< 200 application/vnd.schemaregistry.v1+json
//	< {"id":"{id}"}
//
// The lines behind ">" are the request, up to the empty one with CR and LF at
// their ends. {host} and {length} stand for what only the run knows. The
// lines behind "<" are the status, the media type and the body of the answer.
// Objects of the answer may have more members than those given; everything
// else is to be equal. A string that is only a name in braces takes any value
// at its first use, and the same value later, in requests too.
type script []step

type step struct {
	line    int
	comment string
	head    []string
	body    string
	status  int
	media   string
	answer  any
}

func readScript(path string) (script, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var s script
	var current step
	var answer []string
	inBody := false
	finish := func() error {
		if len(current.head) == 0 {
			current = step{}
			return nil
		}
		if current.status == 0 {
			return fmt.Errorf("%s:%d: a request without an answer", path, current.line)
		}
		if len(answer) > 0 {
			var err error
			if current.answer, err = decode([]byte(strings.Join(answer, "\n"))); err != nil {
				return fmt.Errorf("%s:%d: %w", path, current.line, err)
			}
		}
		s = append(s, current)
		current, answer, inBody = step{}, nil, false
		return nil
	}
	scanner := bufio.NewScanner(f)
	for number := 1; scanner.Scan(); number++ {
		mark, rest, _ := strings.Cut(scanner.Text(), " ")
		switch {
		case mark == "":
			err = finish()
		case mark == "#":
			current.comment += " " + rest
		case mark == ">" && inBody:
			current.body += rest
		case mark == ">" && rest == "":
			inBody = true
		case mark == ">":
			if current.line == 0 {
				current.line = number
			}
			current.head = append(current.head, rest)
		case mark == "<" && current.status == 0:
			status, media, _ := strings.Cut(rest, " ")
			current.media = media
			current.status, err = strconv.Atoi(status)
		case mark == "<":
			answer = append(answer, rest)
		default:
			err = fmt.Errorf("not a line of a script: %q", scanner.Text())
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, number, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	return s, finish()
}
