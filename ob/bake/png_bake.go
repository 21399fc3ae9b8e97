package bake

import (
	"encoding/binary"
	"hash/crc32"
)

// with inserts the credential before the pixels, where readers that stop at
// the first IDAT still see it.
func (l *pngLayout) with(c *candidate) []byte {
	chunk := textChunk(c.kind.place().keyword, c.text)
	return splice(l.src, append(l.removals(0), edit{int(l.idat), int(l.idat), chunk}))
}

func (l *pngLayout) without(kind Kind) []byte { return splice(l.src, l.removals(kind)) }

func (l *pngLayout) removals(kind Kind) []edit {
	var edits []edit
	for _, t := range l.texts {
		if kind == 0 || t.of == kind {
			edits = append(edits, edit{int(t.offset), int(t.end()), nil})
		}
	}
	return edits
}

// textChunk writes an iTXt chunk: no compression, no language, no translation.
func textChunk(keyword string, text []byte) []byte {
	length := len(keyword) + 5 + len(text)
	b := make([]byte, 0, length+chunkOverhead)
	b = binary.BigEndian.AppendUint32(b, uint32(length))
	b = binary.BigEndian.AppendUint32(b, uint32(typeITXT))
	b = append(b, keyword...)
	b = append(b, 0, 0, 0, 0, 0) // end of keyword, flag, method, empty tag, empty translation
	b = append(b, text...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}
