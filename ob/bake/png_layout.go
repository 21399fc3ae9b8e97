package bake

import (
	"encoding/binary"
	"hash/crc32"
)

const (
	pngSignature  = "\x89PNG\r\n\x1a\n"
	chunkOverhead = 12        // length, type and CRC
	maxChunk      = 1<<31 - 1 // PNG (Third Edition), 5.3
	headerLength  = 13        // of IHDR, PNG (Third Edition), 11.2.1
)

// chunkType is the four letters of a chunk's type, read as a number.
type chunkType uint32

const (
	typeIHDR chunkType = 'I'<<24 | 'H'<<16 | 'D'<<8 | 'R'
	typePLTE chunkType = 'P'<<24 | 'L'<<16 | 'T'<<8 | 'E'
	typeIDAT chunkType = 'I'<<24 | 'D'<<16 | 'A'<<8 | 'T'
	typeIEND chunkType = 'I'<<24 | 'E'<<16 | 'N'<<8 | 'D'
	typeITXT chunkType = 'i'<<24 | 'T'<<16 | 'X'<<8 | 't'
	typeTEXT chunkType = 't'<<24 | 'E'<<16 | 'X'<<8 | 't'
	typeZTXT chunkType = 'z'<<24 | 'T'<<16 | 'X'<<8 | 't'
)

func (t chunkType) String() string { return string(binary.BigEndian.AppendUint32(nil, uint32(t))) }

// letters reports whether the type consists of ASCII letters (5.4).
func (t chunkType) letters() bool {
	return isLetter(byte(t>>24)) && isLetter(byte(t>>16)) && isLetter(byte(t>>8)) && isLetter(byte(t))
}

// critical reports whether the first letter is a capital (5.4).
func (t chunkType) critical() bool { return t>>24&0x20 == 0 }

func (t chunkType) isText() bool { return t == typeITXT || t == typeTEXT || t == typeZTXT }

// pngChunk is where a chunk stands: offset is that of its length field.
type pngChunk struct {
	kind   chunkType
	offset int64
	length int64 // of the data
}

func (c pngChunk) data() int64 { return c.offset + 8 }
func (c pngChunk) end() int64  { return c.offset + c.length + chunkOverhead }

// pngLayout is what a walk over the chunk headers learns. It judges order, lengths
// and the image's header; whoever feeds it checks the CRCs of what was read.
type pngLayout struct {
	reading
	src    []byte // of an image in memory
	size   int64  // of the file
	next   int64  // where the next chunk begins
	chunks int
	last   chunkType // of the chunk before
	idat   int64     // where the first IDAT begins, 0 before
	drawn  bool      // an IDAT that is not empty was seen
	ended  bool      // IEND was seen
	texts  []pngText

	colour   byte  // type, of IHDR
	colours  int64 // the longest palette in bytes
	paletted bool  // PLTE was seen
}

func newPNGLayout(r reading, size int64) *pngLayout {
	return &pngLayout{reading: r, size: size, next: int64(len(pngSignature))}
}

// layoutPNG walks an image in memory and checks the CRC of every chunk.
func layoutPNG(b []byte, r reading) (*pngLayout, error) {
	l := newPNGLayout(r, int64(len(b)))
	l.src = b
	for !l.ended {
		c, err := l.admit(b[l.next:])
		if err != nil {
			return nil, err
		}
		ours, err := l.keep(c, b[c.data():c.data()+c.length])
		if err != nil {
			return nil, err
		}
		if crc32.ChecksumIEEE(b[c.offset+4:c.data()+c.length]) == binary.BigEndian.Uint32(b[c.end()-4:]) {
			continue
		}
		if err := l.damaged(c, ours); err != nil {
			return nil, err
		}
	}
	return l, l.finish()
}

// admit reads the header of the chunk at l.next, which b begins with, and moves
// on to the chunk that follows. Of IHDR b holds the data too.
func (l *pngLayout) admit(b []byte) (pngChunk, error) {
	left := l.size - l.next
	if left == 0 {
		return pngChunk{}, problem(CodePNGMissingChunk, "its end, the chunk IEND")
	}
	if left < chunkOverhead {
		return pngChunk{}, problem(CodePNGTruncated, "the %d bytes at byte %d are too few for a chunk", left, l.next)
	}
	c := pngChunk{chunkType(binary.BigEndian.Uint32(b[4:])), l.next, int64(binary.BigEndian.Uint32(b))}
	switch {
	case !c.kind.letters():
		return c, problem(CodePNGChunk, "the chunk at byte %d has the type %q, which is not four letters", c.offset, c.kind.String())
	case c.length > maxChunk:
		return c, problem(CodePNGChunk, "the %s chunk at byte %d claims %d bytes, more than PNG allows", c.kind, c.offset, c.length)
	case c.end() > l.size:
		return c, problem(CodePNGTruncated, "the %s chunk at byte %d claims %d bytes, the image ends before", c.kind, c.offset, c.length)
	}
	if l.chunks++; l.chunks > l.limits.Chunks {
		return c, problem(CodePNGTooManyChunks, "more than %d chunks", l.limits.Chunks)
	}
	if err := l.order(c, b[8:]); err != nil {
		return c, err
	}
	l.next, l.last = c.end(), c.kind
	return c, nil
}

// order checks the places that PNG fixes (5.6), and the critical chunks: without
// knowing each of them nobody can show the image (5.4).
func (l *pngLayout) order(c pngChunk, data []byte) error {
	if l.chunks == 1 {
		return l.begin(c, data)
	}
	switch {
	case c.kind == typeIHDR:
		return problem(CodePNGChunk, "a second IHDR chunk at byte %d", c.offset)
	case c.kind == typePLTE:
		return l.palette(c)
	case c.kind == typeIDAT:
		return l.pixels(c)
	case c.kind == typeIEND:
		return l.end(c)
	case c.kind.critical():
		return problem(CodePNGUnknown, "the %s chunk at byte %d", c.kind, c.offset)
	}
	return nil
}

func (l *pngLayout) begin(c pngChunk, data []byte) error {
	switch {
	case c.kind != typeIHDR:
		return problem(CodePNGMissingChunk, "its first chunk is %s and not IHDR", c.kind)
	case c.length != headerLength:
		return problem(CodePNGChunk, "the IHDR chunk has %d bytes and not %d", c.length, headerLength)
	}
	return l.header(data[:headerLength])
}

func (l *pngLayout) end(c pngChunk) error {
	switch {
	case c.length != 0:
		return problem(CodePNGChunk, "the IEND chunk has %d bytes and not none", c.length)
	case l.idat == 0:
		return problem(CodePNGMissingChunk, "its pixels, the chunk IDAT")
	case !l.drawn:
		return problem(CodePNGMissingChunk, "its pixels, the chunk IDAT is empty")
	}
	l.ended = true
	return nil
}

// keep remembers a text chunk that carries one of our keywords.
func (l *pngLayout) keep(c pngChunk, data []byte) (ours bool, err error) {
	if !c.kind.isText() {
		return false, nil
	}
	kind, rest := kindOfKeyword(data)
	switch {
	case kind == 0:
		return false, nil
	case len(l.texts) == l.limits.Credentials:
		return true, tooMany(l.limits.Credentials)
	}
	l.texts = append(l.texts, pngText{pngChunk: c, of: kind, rest: rest})
	return true, nil
}

// damaged judges a wrong CRC. That of a credential is never forgiven.
func (l *pngLayout) damaged(c pngChunk, ours bool) error {
	if !ours && l.again(CodePNGCRC) {
		return nil
	}
	p := problem(CodePNGCRC, "the check sum of the %s chunk at byte %d is wrong", c.kind, c.offset)
	if ours {
		return p
	}
	return l.soft(p)
}

// finish judges what follows IEND.
func (l *pngLayout) finish() error {
	if l.next == l.size {
		return nil
	}
	return l.soft(problem(CodePNGTrailingData, "%d bytes, at byte %d", l.size-l.next, l.next))
}
