package rest

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
)

// ErrTooLong is the error of a [Body] that is longer than it may be.
var ErrTooLong = errors.New("too long")

// Body is the body of an answer, bounded. It is for one goroutine.
type Body struct {
	r    io.Reader
	left int64
	owed int64 // of the announced length, negative where there is none
	err  error
}

// NewBody reads at most so many bytes of an answer, and decompresses them where the
// provider compressed without being asked and the transport did not see to it.
func NewBody(resp *http.Response, most int64) (*Body, error) {
	var r io.Reader = resp.Body
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			return nil, err
		}
		r = z
	}
	b := &Body{r: r, left: most, owed: -1}
	// 0 stands for none too, in a response that was made by hand.
	if resp.ContentLength > 0 && r == resp.Body && !resp.Uncompressed {
		b.owed = resp.ContentLength
	}
	return b, nil
}

// Err is the first error that was not the end of the body, whoever read it.
func (b *Body) Err() error { return b.err }

// Read implements io.Reader.
func (b *Body) Read(p []byte) (int, error) {
	if b.left <= 0 {
		// One byte more tells the end from more to come.
		var one [1]byte
		if n, err := b.r.Read(one[:]); n == 0 {
			return 0, b.keep(err)
		}
		return 0, b.keep(ErrTooLong)
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if b.owed -= int64(n); err == io.EOF && b.owed > 0 {
		err = io.ErrUnexpectedEOF // a transport of the caller's own may not look
	}
	return n, b.keep(err)
}

func (b *Body) keep(err error) error {
	if err != nil && err != io.EOF && b.err == nil {
		b.err = err
	}
	return err
}
