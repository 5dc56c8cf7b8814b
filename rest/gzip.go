package rest

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// gzipPool keeps compressors with the buffers that they fill.
type gzipPool struct{ pool sync.Pool }

type compressor struct {
	writer *gzip.Writer
	buffer bytes.Buffer
}

// compress gives the answer compressed. Its bytes are copied into the call, so
// that they live as long as it does.
func (p *gzipPool) compress(c *call) []byte {
	z, ok := p.pool.Get().(*compressor)
	if !ok {
		z = &compressor{}
		z.writer = gzip.NewWriter(&z.buffer)
	}
	defer p.pool.Put(z)
	z.buffer.Reset()
	z.writer.Reset(&z.buffer)
	// Neither can fail: the buffer takes everything.
	_, _ = z.writer.Write(c.out)
	_ = z.writer.Close()
	c.in = append(c.in[:0], z.buffer.Bytes()...)
	return c.in
}

// acceptsGzip says that a client wants gzip: it is named, or a wildcard is,
// and not with a weight of 0 (RFC 9110 12.5.3).
func acceptsGzip(header []string) bool {
	wildcard := false
	for _, line := range header {
		for coding := range strings.SplitSeq(line, ",") {
			name, weight, weighted := strings.Cut(coding, ";")
			name = strings.TrimSpace(name)
			wanted := true
			if weighted {
				_, q, _ := strings.Cut(weight, "=")
				value, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
				wanted = err != nil || value > 0
			}
			switch {
			case strings.EqualFold(name, "gzip"):
				return wanted
			case name == "*":
				wildcard = wanted
			}
		}
	}
	return wildcard
}
