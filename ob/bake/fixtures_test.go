package bake_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// Credentials to bake. Their proofs are made up: baking does not look at them.
const (
	badgeJSON = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","OpenBadgeCredential"],` +
		`"name":"Möbius \u0026 <Klein> ]] ✓","proof":{"type":"DataIntegrityProof"}}`
	recordJSON = `{"type":["VerifiableCredential","ClrCredential"],"proof":[{"type":"DataIntegrityProof"}]}`
	hostedJSON = `{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://badges.example/a?x=1&y=2",` +
		`"verification":{"type":"hosted"}}`
	unhostedJSON = `{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"urn:uuid:0b1b","verification":{"type":"signed"}}`
)

var (
	badgeJWS  = token(`{"alg":"EdDSA"}`, `{"type":["VerifiableCredential","OpenBadgeCredential"]}`)
	recordJWS = token(`{"alg":"RS256"}`, `{"vc":{"type":["VerifiableCredential","ClrCredential"]}}`)
	oldJWS    = token(`{"alg":"RS256"}`, `{"type":"Assertion"}`)
)

// token builds a compact JWS with a signature that nobody made.
func token(header, payload string) string {
	e := base64.RawURLEncoding.EncodeToString
	return e([]byte(header)) + "." + e([]byte(payload)) + "." + e([]byte("signature"))
}

// artwork is a small PNG image.
func artwork(t testing.TB) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 24, 24))
	for i := range 24 {
		m.Set(i, (i*7)%24, color.NRGBA{uint8(i * 10), 200, 40, 255})
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, m))
	return b.Bytes()
}

const drawing = `<?xml version="1.0" encoding="UTF-8"?>
<!-- Generator: none -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink='http://www.w3.org/1999/xlink'
	viewBox="0 0 512 512" >
  <title>A &amp; B&#x21;</title>
  <circle r = "5"	/><use xlink:href="#a"/>
</svg>
`

// part is one PNG chunk.
type part struct {
	kind string
	data string
}

func split(t testing.TB, b []byte) []part {
	t.Helper()
	var parts []part
	for b = b[8:]; len(b) > 0; {
		n := binary.BigEndian.Uint32(b)
		parts = append(parts, part{string(b[4:8]), string(b[8 : 8+n])})
		b = b[12+n:]
	}
	return parts
}

func join(parts ...part) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	for _, p := range parts {
		b = append(b, p.bytes()...)
	}
	return b
}

func (p part) bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(p.data)))
	b = append(append(b, p.kind...), p.data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// withParts puts chunks before the pixels of the artwork.
func withParts(t testing.TB, extra ...part) []byte {
	t.Helper()
	var out []part
	for _, p := range split(t, artwork(t)) {
		if p.kind == "IDAT" {
			out = append(out, extra...)
			extra = nil
		}
		out = append(out, p)
	}
	return join(out...)
}

func itxt(keyword, text string) part {
	return part{"iTXt", keyword + "\x00\x00\x00\x00\x00" + text}
}

// refused requires an error of the code that tells how it is mended.
func refused(t testing.TB, code vc.Code, err error) *vc.Problem {
	t.Helper()
	var p *vc.Problem
	require.True(t, errors.As(err, &p), "want a problem of code %s, got %v", code, err)
	require.Equal(t, code, p.Code, p.Error())
	require.NotEmpty(t, p.Fix, p.Error())
	require.NotEmpty(t, p.Message)
	return p
}

func warned(t testing.TB, b *bake.Baked, codes ...vc.Code) {
	t.Helper()
	var got []vc.Code
	for _, w := range b.Warnings {
		require.Equal(t, vc.SeverityWarning, w.Severity)
		require.NotEmpty(t, w.Fix)
		got = append(got, w.Code)
	}
	require.Equal(t, codes, got)
}
