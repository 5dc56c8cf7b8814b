//go:build !amd64

package escape

// spread is spreadPlain where nothing quicker is at hand.
func spread(dst []byte, text string) (read, wrote int) { return spreadPlain(dst, text) }
