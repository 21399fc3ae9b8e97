package codes_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// extracted is what is said of an image, that holds a badge or should.
func extracted(image []byte) []*vc.Problem {
	_, err := bake.Extract(image)
	return of(err)
}

// raster is a row about a PNG image.
func raster(code vc.Code, input string, make func(*desk) []byte) row {
	return row{code, "a PNG image " + input, func(d *desk) []*vc.Problem { return extracted(make(d)) }}
}

// drawn is a row about an SVG image: before is in front of the root, body within it.
func drawn(code vc.Code, input, before, body string) row {
	return row{code, "an SVG image " + input, func(*desk) []*vc.Problem {
		return extracted([]byte(before + `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">` + body + `</svg>`))
	}}
}

// drawnWarning is a row about an SVG image that is read, and of which something is told.
func drawnWarning(code vc.Code, input, attributes, body string) row {
	return row{code, "an SVG image " + input, func(d *desk) []*vc.Problem {
		b, err := bake.Extract([]byte(`<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"` + attributes + `>` + element + body + `</svg>`))
		require.NoError(d.t, err)
		return b.Warnings
	}}
}

// headed is a PNG image whose header has these five last bytes.
func headed(width byte, last string, chunks ...[]byte) []byte {
	all := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", "\x00\x00\x00"+string(width)+"\x00\x00\x00\x01"+last)...)
	for _, c := range append(chunks, plain, chunk("IDAT", "p"), chunk("IEND", "")) {
		all = append(all, c...)
	}
	return all
}

func (d *desk) artwork() []byte {
	var b bytes.Buffer
	require.NoError(d.t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

func chunk(kind, data string) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// holding is the artwork with chunks behind its header.
func (d *desk) holding(chunks ...[]byte) []byte {
	art := d.artwork()
	out := bytes.Clone(art[:33])
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, art[33:]...)
}

const (
	keyword = "openbadgecredential\x00"
	baked   = `{"type":["VerifiableCredential","OpenBadgeCredential"],"proof":{}}`
)

func itxt(rest string) []byte { return chunk("iTXt", keyword+rest) }

var (
	plain    = itxt("\x00\x00\x00\x00" + baked)
	badgeJWS = token(`{"alg":"EdDSA"}`, `{"type":["VerifiableCredential","OpenBadgeCredential"]}`)
	element  = `<o:credential verify="` + badgeJWS + `"/>`
)

// wide is an element of SVG with n attributes.
func wide(n int) string {
	text := "<g"
	for i := range n {
		text += " a" + strconv.Itoa(i) + `=""`
	}
	return text + "/>"
}

var bakeRows = []row{
	{bake.CodeNotAnImage, "a JPEG image", func(*desk) []*vc.Problem { return extracted([]byte("\xff\xd8\xff\xe0")) }},
	{bake.CodeUnsigned, "to bake a badge that nobody signed", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.artwork(), []byte(d.draft(badge)), 0, bake.BakeOptions{})
		return of(err)
	}},
	{vc.CodeNotACredential, "to bake a text", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.artwork(), []byte("\x00\x01"), 0, bake.BakeOptions{})
		return of(err)
	}},
	{bake.CodeUnknownKind, "to bake a library card", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.artwork(), []byte(d.draft(libraryCard)), 0, bake.BakeOptions{})
		return of(err)
	}},
	{bake.CodeKindMismatch, "to bake a badge as a record", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.artwork(), d.good(), bake.CLR2, bake.BakeOptions{})
		return of(err)
	}},
	{bake.CodeTooLarge, "to bake a badge of two megabytes", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.artwork(), []byte(strings.TrimSuffix(baked, "}")+strings.Repeat(" ", 2<<20)+"}"), 0, bake.BakeOptions{})
		return of(err)
	}},
	raster(bake.CodeNoCredential, "without a badge", (*desk).artwork),
	raster(bake.CodeSeveralKinds, "with a badge and a record", func(d *desk) []byte {
		return d.holding(plain, chunk("iTXt", "clrcredential\x00\x00\x00\x00\x00"+`{"type":["ClrCredential"],"proof":{}}`))
	}),
	{bake.CodeAlreadyBaked, "to bake a badge into an image that holds one", func(d *desk) []*vc.Problem {
		_, err := bake.Bake(d.holding(plain), d.good(), 0, bake.BakeOptions{})
		return of(err)
	}},
	{bake.CodeReplaced, "to bake a badge over another", func(d *desk) (told []*vc.Problem) {
		o := bake.BakeOptions{Replace: true, Warn: func(p *vc.Problem) { told = append(told, p) }}
		_, err := bake.Bake(d.holding(plain), d.good(), 0, o)
		require.NoError(d.t, err)
		return told
	}},
	raster(bake.CodeTooMany, "with three hundred badges", func(d *desk) []byte { return d.holding(bytes.Repeat(plain, 300)) }),
	raster(bake.CodePNGUnknown, "as some telephones keep them", func(d *desk) []byte { return d.holding(chunk("CgBI", "\x50\x00\x20\x02")) }),
	raster(bake.CodePNGDimensions, "without a width", func(*desk) []byte { return headed(0, "\x08\x02\x00\x00\x00") }),
	raster(bake.CodePNGHeader, "of a colour type that there is not", func(*desk) []byte { return headed(1, "\x08\x05\x00\x00\x00") }),
	raster(bake.CodePNGPalette, "of numbered colours without a palette", func(*desk) []byte { return headed(1, "\x08\x03\x00\x00\x00") }),
	raster(bake.CodePNGTruncated, "that was cut off", func(d *desk) []byte { return d.holding(plain)[:60] }),
	raster(bake.CodePNGChunk, "with a chunk of no type", func(d *desk) []byte { return d.holding(chunk("a b!", "")) }),
	raster(bake.CodePNGMissingChunk, "without its end", func(d *desk) []byte { all := d.holding(plain); return all[:len(all)-12] }),
	raster(bake.CodePNGCRC, "in which one byte was changed", func(d *desk) []byte {
		all := d.holding(plain)
		all[80] ^= 1
		return all
	}),
	raster(bake.CodePNGTrailingData, "with something behind its end", func(d *desk) []byte { return append(d.holding(plain), "PK"...) }),
	raster(bake.CodePNGTooManyChunks, "of a hundred thousand chunks", func(d *desk) []byte {
		return d.holding(bytes.Repeat(chunk("aaaa", ""), 100_000))
	}),
	raster(bake.CodePNGRepeated, "with two badges", func(d *desk) []byte { return d.holding(plain, plain) }),
	raster(bake.CodePNGMixedForms, "with a badge in an iTXt and one in a tEXt chunk", func(d *desk) []byte { return d.holding(plain, chunk("tEXt", keyword+baked)) }),
	raster(bake.CodePNGCompressed, "with a badge in a zTXt chunk", func(d *desk) []byte { return d.holding(chunk("zTXt", keyword+"\x00x\x9c")) }),
	raster(bake.CodePNGTextChunk, "with a badge in a tEXt chunk", func(d *desk) []byte { return d.holding(chunk("tEXt", keyword+baked)) }),
	raster(bake.CodePNGText, "with a badge in a broken iTXt chunk", func(d *desk) []byte { return d.holding(itxt("\x02\x00\x00\x00" + baked)) }),
	raster(bake.CodePNGLanguage, "with a badge that has a language", func(d *desk) []byte { return d.holding(itxt("\x00\x00en\x00\x00" + baked)) }),
	raster(bake.CodePNGEncoding, "with a badge that is not UTF-8", func(d *desk) []byte { return d.holding(itxt("\x00\x00\x00\x00{\"name\":\"M\xf6bius\"}")) }),

	drawn(bake.CodeSVGTooDeep, "nested 300 deep", "", element+strings.Repeat("<g>", 300)+strings.Repeat("</g>", 300)),
	drawn(bake.CodeSVGTooMany, "with 200 attributes at one element", "", element+wide(200)),
	drawn(bake.CodeSVGEncoding, "in Latin-1", `<?xml version="1.0" encoding="ISO-8859-1"?>`, element),
	drawn(bake.CodeSVGMalformed, "with crossed tags", "", element+"<a><b></a></b>"),
	drawn(bake.CodeSVGDoctype, "with declarations in its DOCTYPE", `<!DOCTYPE svg [<!ENTITY a "b">]>`, element),
	drawn(bake.CodeSVGEntity, "with a reference to an entity", "", element+"<desc>&nbsp;</desc>"),
	drawn(bake.CodeSVGInstruction, "with a style sheet", `<?xml-stylesheet href="a.css"?>`, element),
	drawn(bake.CodeSVGRepeated, "with two badges", "", element+element),
	drawn(bake.CodeSVGPosition, "with a badge further in", "", "<metadata>"+element+"</metadata>"),
	drawn(bake.CodeSVGVerifyAndBody, "with a token and a badge in one element", "", `<o:credential verify="`+badgeJWS+`">{}</o:credential>`),
	drawn(bake.CodeSVGContent, "with markup in its badge", "", `<o:credential><g/>{}</o:credential>`),
	drawn(bake.CodeSVGEmpty, "with an empty element for the badge", "", `<o:credential/>`),
	drawn(bake.CodeSVGElement, "with an assertion where a credential belongs", "", `<o:assertion verify="`+badgeJWS+`"/>`),
	drawnWarning(bake.CodeSVGScript, "with a script", "", "<script>greet()</script>"),
	drawnWarning(bake.CodeSVGExternal, "with a picture from another host", "", `<image href="https://pictures.example/seal.png"/>`),
	drawnWarning(bake.CodeSVGNoArea, "of no width", ` width="0"`, ""),
	{bake.CodeSVGTooLarge, "an SVG image of twenty megabytes", func(*desk) []*vc.Problem {
		return extracted([]byte(`<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat(" ", 20<<20) + `</svg>`))
	}},
}
