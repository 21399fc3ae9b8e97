package rest

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3): gzip by name, else by "*".
func acceptsGzip(head http.Header) bool {
	any := false
	for _, list := range head.Values("Accept-Encoding") {
		for coding := range strings.SplitSeq(list, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				return wanted(parameters)
			case name == "*":
				any = wanted(parameters)
			}
		}
	}
	return any
}

// wanted reports whether a weight is more than 0; one that cannot be read is not.
func wanted(parameters string) bool {
	name, value, found := strings.Cut(strings.TrimSpace(parameters), "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return true
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && q > 0
}

var gzips = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // a level of its own package is no error
	return z
}}

// leastGzip is below what compression does not save a packet.
const leastGzip = 1400

// compress returns a text compressed; writing to memory cannot fail.
func compress(b *bytes.Buffer, body []byte) {
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(b)
	_, _ = z.Write(body)
	_ = z.Close()
}

// compressedWell takes more time over it, for what is compressed once.
func compressedWell(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body)
	_ = z.Close()
	return bytes.Clone(b.Bytes())
}

// buffers are used again from answer to answer. Those that grew very large are left
// to the collector.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const largestPooled = 1 << 20

// Buffer returns an empty buffer, for [PutBuffer] to take back.
func Buffer() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

// PutBuffer takes a buffer back. Its bytes must not be used any more.
func PutBuffer(b *bytes.Buffer) {
	if b.Cap() <= largestPooled {
		b.Reset()
		buffers.Put(b)
	}
}
