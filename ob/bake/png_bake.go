package bake

import (
	"encoding/binary"
	"hash/crc32"
)

// bakePNG inserts the credential before the pixels, where readers that stop at
// the first IDAT still see it, and takes out what was baked before.
func bakePNG(image []byte, c *candidate, replace bool, r reading) ([]byte, error) {
	l, err := layoutPNG(image, r)
	if err != nil {
		return nil, err
	}
	if len(l.texts) > 0 && !replace {
		return nil, alreadyBaked(l.texts[0].of)
	}
	chunk := textChunk(c.kind.place().keyword, c.text)
	edits := append(l.removals(0), edit{int(l.idat), int(l.idat), chunk})
	return splice(image, edits), nil
}

// removePNG takes out the credentials of a kind, of all kinds for 0.
func removePNG(image []byte, kind Kind, r reading) ([]byte, error) {
	l, err := layoutPNG(image, r)
	if err != nil {
		return nil, err
	}
	edits := l.removals(kind)
	if len(edits) == 0 {
		return nil, problem(CodeNoCredential, "")
	}
	return splice(image, edits), nil
}

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
