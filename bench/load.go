package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// load sends requests on some connections, each waiting for its answer before
// the next. next fills the request of a connection's turn; it must not share
// state between connections. An answer other than 200 ends the load.
type load struct {
	addr        string
	connections int
	next        func(connection, turn int, request []byte) []byte
}

// loadSample is what a load measured.
type loadSample struct {
	requests int
	elapsed  time.Duration
}

func (l load) run(ctx context.Context, slice time.Duration) (loadSample, error) {
	var stop atomic.Bool
	timer := time.AfterFunc(slice, func() { stop.Store(true) })
	defer timer.Stop()
	begin := time.Now()
	counts := make([]int, l.connections)
	errs := make([]error, l.connections)
	var group sync.WaitGroup
	for i := range l.connections {
		group.Go(func() { counts[i], errs[i] = l.connection(ctx, i, &stop) })
	}
	group.Wait()
	out := loadSample{elapsed: time.Since(begin)}
	for _, n := range counts {
		out.requests += n
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	if out.requests == 0 {
		return out, errors.New("no request was answered")
	}
	return out, ctx.Err()
}

func (l load) connection(ctx context.Context, index int, stop *atomic.Bool) (int, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", l.addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 32<<10)
	var request []byte
	turn := 0
	for ; !stop.Load() && ctx.Err() == nil; turn++ {
		request = l.next(index, turn, request[:0])
		if _, err := conn.Write(request); err != nil {
			return turn, err
		}
		if err := readAnswer(in); err != nil {
			return turn, fmt.Errorf("%w, to %.200q", err, request)
		}
	}
	return turn, nil
}

// readAnswer reads one HTTP/1.1 answer with the least work that tells whether
// it was a 200; the load generator shares the cores with what it measures.
func readAnswer(in *bufio.Reader) error {
	status, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok := bytes.HasPrefix(status, []byte("HTTP/1.1 200"))
	first := string(status)
	length, chunked := -1, false
	for {
		h, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(h) <= 2 {
			break
		}
		if v, found := bytes.CutPrefix(h, []byte("Content-Length: ")); found {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(v))); err != nil {
				return err
			}
		}
		if bytes.HasPrefix(h, []byte("Transfer-Encoding: chunked")) {
			chunked = true
		}
	}
	if chunked && ok {
		return discardChunks(in)
	}
	if length < 0 {
		return fmt.Errorf("%.40s without Content-Length", first)
	}
	if !ok {
		body := make([]byte, min(length, 500))
		io.ReadFull(in, body)
		return fmt.Errorf("%.40s%s", first, body)
	}
	_, err = in.Discard(length)
	return err
}

// discardChunks reads the body of an answer in chunks.
func discardChunks(in *bufio.Reader) error {
	for {
		head, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(string(bytes.TrimSpace(head)), 16, 31)
		if err != nil {
			return err
		}
		// The end of a chunk, and of the body: an empty line.
		if _, err := in.Discard(int(size) + 2); err != nil || size == 0 {
			return err
		}
	}
}

// appendGet appends a GET request as clients send it.
func appendGet(dst []byte, addr, path string) []byte {
	dst = append(dst, "GET "...)
	dst = append(dst, path...)
	dst = append(dst, " HTTP/1.1\r\nHost: "...)
	dst = append(dst, addr...)
	return append(dst, "\r\nAccept: application/vnd.schemaregistry.v1+json\r\nUser-Agent: bench\r\n\r\n"...)
}

// appendPost appends a POST request.
func appendPost(dst []byte, addr, path string, body []byte) []byte {
	dst = append(dst, "POST "...)
	dst = append(dst, path...)
	dst = append(dst, " HTTP/1.1\r\nHost: "...)
	dst = append(dst, addr...)
	dst = append(dst, "\r\nContent-Type: application/vnd.schemaregistry.v1+json\r\nUser-Agent: bench\r\nContent-Length: "...)
	dst = strconv.AppendInt(dst, int64(len(body)), 10)
	dst = append(dst, "\r\n\r\n"...)
	return append(dst, body...)
}

// against is a side that loads a server and reads its processor time.
func against(p *process, connections int, next func(connection, turn int, request []byte) []byte) side {
	return func(ctx context.Context, slice time.Duration) (sample, error) {
		before, err := p.cpu()
		if err != nil {
			return nil, err
		}
		got, err := load{addr: p.addr, connections: connections, next: next}.run(ctx, slice)
		if err != nil {
			return nil, err
		}
		after, err := p.cpu()
		if err != nil {
			return nil, err
		}
		return sample{
			"cpu":  float64((after - before).Nanoseconds()) / float64(got.requests) / 1000,
			"rate": float64(got.requests) / got.elapsed.Seconds(),
		}, nil
	}
}
