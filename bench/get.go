package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// connections is how many clients the HTTP rows have.
const connections = 16

// measureGet is R1: GET /schemas/ids/{id} beside a bare handler that answers
// the same bytes.
func measureGet(ctx context.Context, env *environment) ([]line, error) {
	const loaded = 1000
	weir, err := env.weirWith(ctx, loaded)
	if err != nil {
		return nil, err
	}
	defer weir.stop()
	bare, err := env.bareLike(ctx, weir.addr, "/schemas/ids/1")
	if err != nil {
		return nil, err
	}
	defer bare.stop()
	got, err := interleave(ctx, env.settings, "cpu",
		against(bare, connections, randomID(bare.addr, loaded)), against(weir, connections, randomID(weir.addr, loaded)))
	if err != nil {
		return nil, err
	}
	return []line{
		got.judge("R1", "GET /schemas/ids/{id}, server CPU", "cpu", "µs/request", atMost(1.3)),
		got.judge("R1", "GET /schemas/ids/{id}, requests", "rate", "1/s", atLeast(0.80)),
	}, nil
}

// servedBefore is how long the sides of R3 serve before they are measured.
const servedBefore = 8 * time.Second

// measureGetLarge is R3: R1 in a registry of a million versions beside one of
// a thousand, when both have served for a while. Until its collector has gone
// round for the first time, a node that has just loaded half a gigabyte writes
// its garbage to memory that it touches for the first time, 150,000 pages of it;
// after that it never does so again.
func measureGetLarge(ctx context.Context, env *environment) ([]line, error) {
	const small = 1000
	few, err := env.weirWith(ctx, small)
	if err != nil {
		return nil, err
	}
	defer few.stop()
	many, err := env.largeWeir(ctx)
	if err != nil {
		return nil, err
	}
	defer many.stop()
	fromFew := against(few, connections, randomID(few.addr, small))
	fromMany := against(many, connections, randomID(many.addr, env.settings.versions))
	for _, serve := range []side{fromFew, fromMany} {
		if _, err := serve(ctx, servedBefore); err != nil {
			return nil, err
		}
	}
	got, err := interleave(ctx, env.settings, "rate", fromFew, fromMany)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("R1 with %d versions, random ids, requests", env.settings.versions)
	return []line{got.judge("R3", what, "rate", "1/s", atLeast(0.90))}, nil
}

// randomID asks for a random id of the first n.
func randomID(addr string, n int) func(connection, turn int, request []byte) []byte {
	sources := make([]*rand.Rand, connections)
	for i := range sources {
		sources[i] = rand.New(rand.NewPCG(uint64(i), 7))
	}
	return func(connection, _ int, request []byte) []byte {
		return appendGet(request, addr, fmt.Sprintf("/schemas/ids/%d", 1+sources[connection].IntN(n)))
	}
}

// bareLike starts a bare handler that answers what weir answers at path.
func (env *environment) bareLike(ctx context.Context, weir, path string) (*process, error) {
	body, err := fetch(ctx, "http://"+weir+path)
	if err != nil {
		return nil, err
	}
	return env.bare(ctx, "bytes", body)
}

// bare starts a limit of bareHandlers that answers a body.
func (env *environment) bare(ctx context.Context, kind string, body []byte) (*process, error) {
	file := filepath.Join(env.dir, "answer.json")
	if err := os.WriteFile(file, body, 0o644); err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(ctx, filepath.Join(env.dir, "bare.log"), addr, 10*time.Second, nil, self, "bare", "-listen", addr, "-body", file, "-kind", kind)
}
