// Package replay sends weir the requests of clients that cannot be installed
// here, Confluent's for Java and for .NET, byte for byte: the headers that
// they and their platforms write, in their order, on one connection that is
// kept alive. What they send and read is in wire/registry-api.md sections
// 1.1, 18 and 19; the files in testdata say it again as conversations.
package replay

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/weir-registry/weir/clients/world"
)

func TestReplay(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.http")
	if err != nil || len(paths) == 0 {
		t.Fatalf("Glob = %q, %v", paths, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".http"), func(t *testing.T) {
			s, err := readScript(path)
			if err != nil {
				t.Fatal(err)
			}
			s.play(t, world.Open(t).URL)
		})
	}
}

// play sends the requests one after another. It goes on after an answer that
// is not the expected one, and stops where the connection breaks.
func (s script) play(t *testing.T, root string) {
	t.Helper()
	address, err := url.Parse(root)
	if err != nil {
		t.Fatal(err)
	}
	connection, err := net.DialTimeout("tcp", address.Host, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	reader := bufio.NewReader(connection)
	known := values{"host": address.Host}
	for _, st := range s {
		t.Run(fmt.Sprintf("line-%03d", st.line), func(t *testing.T) {
			t.Log(strings.TrimSpace(st.comment))
			if err := connection.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(connection, st.request(known)); err != nil {
				t.Fatalf("%s: %v", st.head[0], err)
			}
			st.check(t, reader, known)
		})
	}
}

// request returns the bytes of the request.
func (st step) request(known values) string {
	body := known.fill(st.body)
	known["length"] = strconv.Itoa(len(body))
	return known.fill(strings.Join(st.head, "\r\n")) + "\r\n\r\n" + body
}

// check reads the answer and compares it.
func (st step) check(t *testing.T, reader *bufio.Reader, known values) {
	t.Helper()
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatalf("%s: %v", st.head[0], err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s: %v", st.head[0], err)
	}
	media := response.Header.Get("Content-Type")
	if response.StatusCode != st.status || media != st.media {
		t.Errorf("%s\nanswered %d %q, want %d %q: %s",
			st.head[0], response.StatusCode, media, st.status, st.media, body)
	}
	if response.Close {
		t.Errorf("%s\nended the connection", st.head[0])
	}
	got, err := decode(body)
	if err != nil {
		t.Errorf("%s\nanswered %q: %v", st.head[0], body, err)
		return
	}
	if fault := refusal(response.StatusCode, got); fault != "" {
		t.Errorf("%s\nanswered %s\n%s", st.head[0], body, fault)
	}
	if fault := known.compare("", st.answer, got); fault != "" {
		t.Errorf("%s\nanswered %s\n%s", st.head[0], body, fault)
	}
}

// refusal says what is wrong with the body of an error: clients read a number
// and a text and nothing else (registry-api.md 2.1).
func refusal(status int, body any) string {
	if status < 400 {
		return ""
	}
	object, _ := body.(map[string]any)
	_, number := object["error_code"].(json.Number)
	message, _ := object["message"].(string)
	if len(object) != 2 || !number || strings.TrimSpace(message) == "" {
		return "want an object with a number error_code, a text message and nothing else"
	}
	return ""
}

// decode reads a JSON value with its numbers as they are written, because an
// id is put into paths again.
func decode(b []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// values are what the names in braces stand for.
type values map[string]string

// fill puts the known values into a text.
func (v values) fill(text string) string {
	for name, value := range v {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// compare says where got is not what is wanted, and learns values that it
// meets for the first time.
func (v values) compare(place string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return fmt.Sprintf("%s: %v is not an object", place, got)
		}
		for name, member := range want {
			if fault := v.compare(place+"/"+name, member, object[name]); fault != "" {
				return fault
			}
		}
		return ""
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Sprintf("%s: %v is not %v", place, got, want)
		}
		for i := range want {
			if fault := v.compare(fmt.Sprintf("%s/%d", place, i), want[i], list[i]); fault != "" {
				return fault
			}
		}
		return ""
	case string:
		name, rest, ok := strings.Cut(strings.TrimPrefix(want, "{"), "}")
		if ok && rest == "" && strings.HasPrefix(want, "{") {
			return v.learn(place, name, got)
		}
	}
	if want != got {
		return fmt.Sprintf("%s: %v, want %v", place, got, want)
	}
	return ""
}

func (v values) learn(place, name string, got any) string {
	if got == nil {
		return fmt.Sprintf("%s is missing", place)
	}
	// GUIDs are texts; all else that a registry gives away are numbers.
	if _, number := got.(json.Number); number == (name == "guid") {
		return fmt.Sprintf("%s: %T %v is of another type", place, got, got)
	}
	value := fmt.Sprint(got)
	if known, ok := v[name]; ok && known != value {
		return fmt.Sprintf("%s: %s, want %s", place, value, known)
	}
	v[name] = value
	return ""
}
