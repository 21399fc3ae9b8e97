package bake_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// Images changed in their structure are read, baked into and removed from in bounded
// memory, whatever becomes of them; and what is given back keeps its promises.
func TestMutatedImages(t *testing.T) {
	read, baked, removed := 0, 0, 0
	total := draws(1200, 10_000)
	for n := range total {
		d := newDice(n)
		var image []byte
		if n%2 == 0 {
			image = d.mutatePNG(t)
		} else {
			image = d.mutateSVG(t)
		}
		r, b, w := checkMutated(t, image, n)
		read, baked, removed = read+r, baked+b, removed+w
	}
	t.Logf("of %d images %d are read, %d baked into, %d cleared", total, read, baked, removed)
	for _, some := range []int{read, baked, removed} {
		require.Greater(t, some, total/50, "mutations that are all refused show nothing")
		require.Less(t, some, total*49/50, "mutations that are all taken show nothing")
	}
}

func checkMutated(t *testing.T, image []byte, n int) (read, baked, removed int) {
	var got *bake.Baked
	var out, rest []byte
	var readErr, lenientErr, bakeErr, removeErr error
	bounded(t, len(image), "Extract", func() { got, readErr = bake.Extract(image) })
	bounded(t, len(image), "Extract leniently", func() {
		_, lenientErr = bake.ExtractWith(image, bake.ExtractOptions{Lenient: true})
	})
	bounded(t, len(image)+len(badgeJSON), "Bake", func() {
		out, bakeErr = bake.Bake(image, []byte(badgeJSON), 0, bake.BakeOptions{Replace: true})
	})
	bounded(t, len(image), "Remove", func() { rest, removeErr = bake.Remove(image, 0, bake.RemoveOptions{}) })
	for _, err := range []error{readErr, lenientErr, bakeErr, removeErr} {
		var p *vc.Problem
		require.True(t, err == nil || errors.As(err, &p) && p.Fix != "", "%d: %v", n, err)
	}
	if readErr == nil {
		read = 1
		require.NoError(t, lenientErr, "%d", n)
		require.NoError(t, bakeErr, "%d: what is read can be replaced", n)
		require.NoError(t, removeErr, "%d: what is read can be removed", n)
		require.NotEmpty(t, got.Credential)
	}
	if bakeErr == nil {
		baked = 1
		checkBaked(t, out, badgeJSON, bake.OpenBadge3)
	}
	if removeErr == nil {
		removed = 1
		_, err := bake.Extract(rest)
		none := errors.Is(err, &vc.Problem{Code: bake.CodeNoCredential}) || errors.Is(err, &vc.Problem{Code: bake.CodeSVGElement})
		require.True(t, none, "%d: %v", n, err)
	}
	return read, baked, removed
}

// many is how often a piece is repeated: mostly a few times, now and then as often as
// some ten or hundred kilobytes hold it.
func (d dice) many(size int) int {
	switch d.IntN(8) {
	case 0:
		return min(70_000, 1+300_000/max(1, size))
	case 1:
		return min(4000, 1+30_000/max(1, size))
	}
	return 1 + d.IntN(3)
}

// mutatePNG changes chunks, their order and their number, and then some bytes.
func (d dice) mutatePNG(t testing.TB) []byte {
	parts := d.png(t)
	credential, kind := d.credential(t)
	word := map[bake.Kind]string{bake.OpenBadge3: keyword, bake.CLR2: "clrcredential", bake.OpenBadge2: "openbadges"}[kind]
	ours := []part{itxt(word, credential), {"tEXt", word + "\x00" + credential}, {"zTXt", word + "\x00\x00x\x9c"},
		{"iTXt", word + "\x00\x00\x00en\x00\x00" + credential}, {"iTXt", word + "\x00\x01\x00\x00\x00x\x9c"}, itxt(word, "")}
	if d.often() {
		parts = insert(parts, 1+d.IntN(2), ours[0])
	}
	for range d.IntN(4) {
		i, j := d.IntN(len(parts)), d.IntN(len(parts))
		switch d.IntN(10) {
		case 0:
			parts = append(parts[:i:i], parts[i+1:]...)
		case 1:
			parts[i], parts[j] = parts[j], parts[i]
		case 2:
			parts = insert(parts, i, repeated(parts[j], d.many(len(parts[j].data)+12))...)
		case 3:
			p := pick(d, ours...)
			parts = insert(parts, i, repeated(p, d.many(len(p.data)+12))...)
		case 4:
			parts[i].data = parts[i].data[:d.IntN(len(parts[i].data)+1)]
		case 5:
			parts[i].data += string(bytes.Repeat(d.bytes(7), d.many(7)))
		case 6:
			parts[0].data = string(flipped(d, []byte(parts[0].data)))
		case 7:
			parts[i].kind = pick(d, "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iTXt", "tEXt", "CgBI", "aaaa", "abcD", "a1aa")
		case 8:
			parts[i].data = string(flipped(d, []byte(parts[i].data)))
		case 9:
			parts = insert(parts, i, part{pick(d, "PLTE", "IDAT", "teXt", "FRAM"), string(d.bytes(d.IntN(9)))})
		}
		if len(parts) == 0 {
			break
		}
	}
	image := join(parts...)
	switch d.IntN(12) {
	case 0:
		return image[:d.IntN(len(image)+1)]
	case 1:
		return append(image, d.bytes(d.IntN(40))...)
	case 2:
		return flipped(d, image)
	case 3:
		if at := 8 + d.IntN(60); at+4 < len(image) {
			binary.BigEndian.PutUint32(image[at:], d.Uint32())
		}
	}
	return image
}

func insert[T any](all []T, at int, more ...T) []T {
	at = min(at, len(all))
	return append(append(append([]T{}, all[:at]...), more...), all[at:]...)
}

func flipped(d dice, b []byte) []byte {
	if len(b) > 0 {
		b[d.IntN(len(b))] ^= 1 << d.IntN(8)
	}
	return b
}

var tokenOfXML = regexp.MustCompile(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+`)

// mutateSVG changes the tokens of a drawing, their order and their number, and then some
// bytes.
func (d dice) mutateSVG(t testing.TB) []byte {
	image := []byte(d.svg())
	if credential, _ := d.credential(t); d.often() {
		var err error
		image, err = bake.Bake(image, []byte(credential), 0, bake.BakeOptions{})
		require.NoError(t, err)
	}
	all := tokenOfXML.FindAll(image, -1)
	pool := [][]byte{
		[]byte("<!---->"), []byte("a"), []byte(" "), []byte("<g/>"), []byte("<g>"), []byte("</g>"), []byte("&#65;"), []byte("&amp;"), []byte("&x;"),
		[]byte("<![CDATA[]]>"), []byte("<![CDATA[{"), []byte("]]>"), []byte("]"), []byte(">"), []byte("<script/>"), []byte(`<g a=""/>`),
		[]byte(`<credential xmlns="https://purl.imsglobal.org/ob/v3p0">{}</credential>`), []byte(`<assertion xmlns="http://openbadges.org"/>`),
		[]byte(`<assertion xmlns="https://purl.imsglobal.org/clr/v2p0"/>`), []byte(`<g xmlns:x="u" x:y="&#1;"/>`), []byte(`<?xml version="1.0"?>`),
		[]byte(`<style>@import "a"</style>`), []byte("<!DOCTYPE svg>"), []byte(`<g xmlns="">`), []byte(`<svg>`), []byte(`</svg>`), []byte("\uFFFE"),
		[]byte(cdata(badgeJSON)), []byte(verify(badgeJWS)), []byte(`<g xmlns:openbadges="urn:x">`), []byte(`<image href="\0" style="\75rl(a)"/>`),
	}
	attributes := [][]byte{[]byte(` a=""`), []byte(` xmlns:b="u"`), []byte(` version="1.0"`), []byte(` xmlns=""`), []byte(` onload="x"`), []byte(`/`),
		[]byte(` ` + ob3), []byte(` verify="a.b.c"`), []byte(` a='&#32;'`)}
	for range d.IntN(4) {
		i, j := d.IntN(len(all)), d.IntN(len(all))
		switch d.IntN(6) {
		case 0:
			all = append(all[:i:i], all[i+1:]...)
		case 1:
			all[i], all[j] = all[j], all[i]
		case 2:
			all = insert(all, i, bytes.Repeat(all[j], d.many(len(all[j]))))
		case 3, 4:
			p := pick(d, pool...)
			all = insert(all, i, bytes.Repeat(p, d.many(len(p))))
		case 5:
			p := pick(d, attributes...)
			if n := len(all[i]); n > 1 && all[i][n-1] == '>' {
				all[i] = insert(all[i], bytes.LastIndexAny(all[i], "/?>"), bytes.Repeat(p, d.many(len(p)))...)
			}
		}
		if len(all) == 0 {
			break
		}
	}
	image = bytes.Join(all, nil)
	switch d.IntN(12) {
	case 0:
		return image[:d.IntN(len(image)+1)]
	case 1:
		return flipped(d, bytes.Clone(image))
	}
	return image
}
