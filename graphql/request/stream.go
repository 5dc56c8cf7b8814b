package request

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Stream answers an operation with server-sent events ("distinct connections
// mode" of the GraphQL over SSE protocol): each answer an event "next", then an
// event "complete". What cannot run is answered like a POST. It stands in for
// gqlgen's transport, which logs bodies, and pings beside the answers without
// waiting for them.
type Stream struct {
	// MaxBytes is the longest body; zero is no limit.
	MaxBytes int64
	// Ping is how often a quiet stream says that it is there; zero is never.
	Ping time.Duration
}

var _ graphql.Transport = Stream{}

// Supports takes a POST that accepts events.
func (Stream) Supports(r *http.Request) bool {
	return Post{}.Supports(r) && strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

type streamed struct{}

// Streamed says whether the answers of an operation go out as events, so that
// there may be several.
func Streamed(ctx context.Context) bool {
	is, _ := ctx.Value(streamed{}).(bool)
	return is
}

// Do implements [graphql.Transport].
func (s Stream) Do(w http.ResponseWriter, r *http.Request, executor graphql.GraphExecutor) {
	params, status, err := read(w, r, s.MaxBytes)
	if err != nil {
		refuse(w, r, executor, status, err)
		return
	}
	ctx, cancel := context.WithCancel(context.WithValue(r.Context(), streamed{}, true))
	defer cancel()
	operation, refused := executor.CreateOperationContext(ctx, params)
	if refused != nil {
		refuseOperation(w, r.WithContext(ctx), executor, operation, refused)
		return
	}
	next, running := executor.DispatchOperation(ctx, operation)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Accel-Buffering", "no")
	h.Set("X-Content-Type-Options", "nosniff")
	e := events{w: w, control: http.NewResponseController(w)}
	e.send(":\n\n")

	// Bytes and not answers: gqlgen writes the next answer where the last one is.
	answers := make(chan []byte)
	go func() {
		defer close(answers)
		for {
			answer := next(running)
			if answer == nil {
				return
			}
			body, err := json.Marshal(answer)
			if err != nil {
				return
			}
			select {
			case answers <- body:
			case <-ctx.Done():
				return
			}
			if operation.Operation.Operation != "subscription" {
				return
			}
		}
	}()
	e.follow(answers, s.Ping)
	// The goroutine ends with the operation: nothing of it outlives the request.
	cancel()
	for range answers {
	}
}

// events writes a stream.
type events struct {
	w       http.ResponseWriter
	control *http.ResponseController
	gone    bool
}

func (e *events) send(text string) {
	if e.gone {
		return
	}
	if _, err := e.w.Write([]byte(text)); err != nil || e.control.Flush() != nil {
		e.gone = true // nobody reads any more
	}
}

// follow writes answers until there are no more, or the client is gone.
func (e *events) follow(answers <-chan []byte, ping time.Duration) {
	var quiet <-chan time.Time
	if ping > 0 {
		ticker := time.NewTicker(ping)
		defer ticker.Stop()
		quiet = ticker.C
	}
	for !e.gone {
		select {
		case body, ok := <-answers:
			if !ok {
				e.send("event: complete\ndata:\n\n")
				return
			}
			e.send("event: next\ndata: " + string(body) + "\n\n")
		case <-quiet:
			e.send(":\n\n")
		}
	}
}
