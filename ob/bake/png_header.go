package bake

import "encoding/binary"

// depths are the bit depths that a colour type may have, as a set of bits
// (PNG (Third Edition), 11.2.1).
var depths = [...]uint32{
	colourGrey:      1<<1 | 1<<2 | 1<<4 | 1<<8 | 1<<16,
	2:               1<<8 | 1<<16,
	colourIndexed:   1<<1 | 1<<2 | 1<<4 | 1<<8,
	colourGreyAlpha: 1<<8 | 1<<16,
	6:               1<<8 | 1<<16,
}

const (
	colourGrey      = 0
	colourIndexed   = 3
	colourGreyAlpha = 4

	maxPalette = 256 * 3
)

// header judges the data of IHDR (11.2.1).
func (l *pngLayout) header(data []byte) error {
	width, height := binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:])
	depth, colour := data[8], data[9]
	switch {
	case width == 0 || height == 0 || width > maxChunk || height > maxChunk:
		return problem(CodePNGDimensions, "%d by %d", width, height)
	case int(colour) >= len(depths) || depths[colour] == 0:
		return problem(CodePNGHeader, "the colour type %d", colour)
	case depth > 16 || depths[colour]&(1<<depth) == 0:
		return problem(CodePNGHeader, "the bit depth %d for the colour type %d", depth, colour)
	case data[10] != 0:
		return problem(CodePNGHeader, "the compression method %d", data[10])
	case data[11] != 0:
		return problem(CodePNGHeader, "the filter method %d", data[11])
	case data[12] > 1:
		return problem(CodePNGHeader, "the interlace method %d", data[12])
	}
	l.colour, l.colours = colour, maxPalette
	if colour == colourIndexed {
		l.colours = 3 << depth
	}
	return nil
}

// palette judges where PLTE stands and how long it is (11.2.2).
func (l *pngLayout) palette(c pngChunk) error {
	switch {
	case l.paletted:
		return problem(CodePNGPalette, "a second one at byte %d", c.offset)
	case l.idat != 0:
		return problem(CodePNGPalette, "the one at byte %d stands behind the pixels", c.offset)
	case l.colour == colourGrey || l.colour == colourGreyAlpha:
		return problem(CodePNGPalette, "one in a grey image, at byte %d", c.offset)
	case c.length == 0 || c.length%3 != 0 || c.length > l.colours:
		return problem(CodePNGPalette, "the one at byte %d has %d bytes", c.offset, c.length)
	}
	l.paletted = true
	return nil
}

// pixels judges where IDAT stands (5.6).
func (l *pngLayout) pixels(c pngChunk) error {
	switch {
	case l.idat == 0 && l.colour == colourIndexed && !l.paletted:
		return problem(CodePNGPalette, "there is none, and the pixels are numbers of its colours")
	case l.idat != 0 && l.last != typeIDAT:
		return problem(CodePNGChunk, "the IDAT chunk at byte %d does not follow the one before it", c.offset)
	case l.idat == 0:
		l.idat = c.offset
	}
	l.drawn = l.drawn || c.length > 0
	return nil
}
