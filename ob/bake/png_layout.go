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

func (t chunkType) isText() bool { return t == typeITXT || t == typeTEXT || t == typeZTXT }

// pngChunk is where a chunk stands: offset is that of its length field.
type pngChunk struct {
	kind   chunkType
	offset int64
	length int64 // of the data
}

func (c pngChunk) data() int64 { return c.offset + 8 }
func (c pngChunk) end() int64  { return c.offset + c.length + chunkOverhead }

// pngLayout is what a walk over the chunk headers learns. It judges order and
// lengths; whoever feeds it the headers checks the CRCs of what was read.
type pngLayout struct {
	reading
	size   int64 // of the file
	next   int64 // where the next chunk begins
	chunks int
	idat   int64 // where the first IDAT begins, 0 before
	ended  bool  // IEND was seen
	texts  []pngText
}

func newPNGLayout(r reading, size int64) pngLayout {
	return pngLayout{reading: r, size: size, next: int64(len(pngSignature))}
}

// layoutPNG walks an image in memory and checks the CRC of every chunk.
func layoutPNG(b []byte, r reading) (pngLayout, error) {
	l := newPNGLayout(r, int64(len(b)))
	for !l.ended {
		c, err := l.admit(b[l.next:])
		if err != nil {
			return l, err
		}
		data := b[c.data() : c.data()+c.length]
		intact := crc32.ChecksumIEEE(b[c.offset+4:c.data()+c.length]) == binary.BigEndian.Uint32(b[c.end()-4:])
		ours := c.kind.isText() && l.keep(c, data)
		if !intact {
			if err := l.damaged(c, ours); err != nil {
				return l, err
			}
		}
	}
	return l, l.finish()
}

// admit reads the header of the chunk at l.next, which b begins with, and moves
// on to the chunk that follows.
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
	l.next = c.end()
	return c, l.order(c)
}

// order checks the places that PNG fixes and that baking relies on (5.6).
func (l *pngLayout) order(c pngChunk) error {
	first := l.chunks == 1
	switch {
	case first && c.kind != typeIHDR:
		return problem(CodePNGMissingChunk, "its first chunk is %s and not IHDR", c.kind)
	case !first && c.kind == typeIHDR:
		return problem(CodePNGChunk, "a second IHDR chunk at byte %d", c.offset)
	case first && c.length != headerLength:
		return problem(CodePNGChunk, "the IHDR chunk has %d bytes and not %d", c.length, headerLength)
	case c.kind == typeIEND && c.length != 0:
		return problem(CodePNGChunk, "the IEND chunk has %d bytes and not none", c.length)
	case c.kind == typeIEND && l.idat == 0:
		return problem(CodePNGMissingChunk, "its pixels, the chunk IDAT")
	}
	if c.kind == typeIDAT && l.idat == 0 {
		l.idat = c.offset
	}
	l.ended = c.kind == typeIEND
	return nil
}

// keep remembers a text chunk that carries one of our keywords.
func (l *pngLayout) keep(c pngChunk, data []byte) bool {
	kind, rest := kindOfKeyword(data)
	if kind != 0 {
		l.texts = append(l.texts, pngText{pngChunk: c, of: kind, rest: rest})
	}
	return kind != 0
}

// damaged judges a wrong CRC. That of a credential is never forgiven.
func (l *pngLayout) damaged(c pngChunk, ours bool) error {
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
