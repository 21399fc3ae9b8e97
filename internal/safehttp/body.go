package safehttp

import (
	"io"
	"strconv"
)

// limitedBody fails when a body is longer than it may be, instead of ending
// early as io.LimitReader does: half a document must not look like a whole one.
type limitedBody struct {
	io.ReadCloser
	left int64
	most int64
}

// Read implements io.Reader.
func (b *limitedBody) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1] // one byte more than allowed tells a long body from a full one
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		n, b.left = int(b.left), 0
		return n, tooLarge(b.most)
	}
	b.left -= int64(n)
	return n, err
}

func tooLarge(most int64) error {
	return &Error{CodeTooLarge, "the body is longer than " + strconv.FormatInt(most, 10) + " bytes"}
}
