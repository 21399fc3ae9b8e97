package bake

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	// peek is how much of each chunk is read: its header and the longest keyword,
	// or the data of IHDR.
	peek = 8 + 32
	// textFields is how much an iTXt chunk may hold beside keyword and text:
	// language tag and translated keyword of a chunk that only a lenient reading
	// accepts.
	textFields = 1024
)

// layoutPNGFrom walks an image through r, reading chunk headers and the chunks
// that carry our keywords. Only the CRCs of those are checked: the point is not
// to read the pixels.
func layoutPNGFrom(r io.ReaderAt, size int64, run reading) (*pngLayout, error) {
	l := newPNGLayout(run, size)
	head := make([]byte, peek)
	for !l.ended {
		h := head[:max(0, min(peek, size-l.next))]
		if err := readAt(r, h, l.next); err != nil {
			return nil, err
		}
		c, err := l.admit(h)
		if err != nil {
			return nil, err
		}
		if err := l.keepFrom(r, c, h[8:]); err != nil {
			return nil, err
		}
	}
	return l, l.finish()
}

// keepFrom reads a chunk whole if it carries one of our keywords.
func (l *pngLayout) keepFrom(r io.ReaderAt, c pngChunk, start []byte) error {
	if !c.kind.isText() {
		return nil
	}
	kind, _ := kindOfKeyword(start[:min(int64(len(start)), c.length)])
	if kind == 0 {
		return nil
	}
	if c.length > int64(l.limits.Text)+textFields {
		return tooLarge(c.length, l.limits.Text)
	}
	b := make([]byte, c.length+8) // type, data and CRC
	if err := readAt(r, b, c.offset+4); err != nil {
		return err
	}
	if crc32.ChecksumIEEE(b[:len(b)-4]) != binary.BigEndian.Uint32(b[len(b)-4:]) {
		return l.damaged(c, true)
	}
	_, err := l.keep(c, b[4:len(b)-4:len(b)-4])
	return err
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("bake: reading the image at byte %d: %w", at, err)
}
