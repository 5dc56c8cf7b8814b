package main

import (
	"context"
	"encoding/json"
	"fmt"
)

// knownSchemas is how many different schemas R6 sends.
const knownSchemas = 10_000

// measureKnown is R6: POST of a schema that is registered already, in the
// stored spelling and in another, beside a bare handler that decodes the body.
func measureKnown(ctx context.Context, env *environment) ([]line, error) {
	weir, err := env.weirWith(ctx, 0)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	stored, other := make([][]byte, knownSchemas), make([][]byte, knownSchemas)
	for n := range knownSchemas {
		stored[n] = schemaBody(fiveFields(n))
		other[n] = schemaBody(otherSpelling(n))
	}
	if err := registerAll(ctx, weir.addr, stored); err != nil {
		return nil, err
	}
	bare, err := env.bareLike(ctx, weir.addr, "/schemas/ids/1")
	if err != nil {
		return nil, err
	}
	defer bare.stop()
	var lines []line
	for _, spelling := range []struct {
		name   string
		bodies [][]byte
		bar    bar
	}{{"stored spelling", stored, atLeast(0.5)}, {"other spelling", other, atLeast(0.25)}} {
		got, err := interleave(ctx, env.settings, "rate",
			against(bare, connections, postEach(bare.addr, spelling.bodies)), against(weir, connections, postEach(weir.addr, spelling.bodies)))
		if err != nil {
			return nil, err
		}
		lines = append(lines,
			got.judge("R6", "POST of a known schema, "+spelling.name, "rate", "1/s", spelling.bar),
			got.judge("R6", "the same, server CPU", "cpu", "µs/request", bar{reported: "the row judges requests/s"}))
	}
	return lines, nil
}

func schemaBody(text string) []byte {
	data, err := json.Marshal(map[string]string{"schema": text})
	if err != nil {
		panic(err) // a map of strings always marshals
	}
	return data
}

// postEach posts the bodies to their subjects in turn, each connection from a
// place of its own.
func postEach(addr string, bodies [][]byte) func(connection, turn int, request []byte) []byte {
	return func(connection, turn int, request []byte) []byte {
		n := (connection*len(bodies)/connections + turn) % len(bodies)
		return appendPost(request, addr, fmt.Sprintf("/subjects/known-%d-value/versions", n), bodies[n])
	}
}

// registerAll registers each body in the subject that postEach uses.
func registerAll(ctx context.Context, addr string, bodies [][]byte) error {
	return inParallel(ctx, 64, len(bodies), func(ctx context.Context, n int) error {
		return post(ctx, "http://"+addr+fmt.Sprintf("/subjects/known-%d-value/versions", n), bodies[n])
	})
}
