package bake_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

const keyword = "openbadgecredential"

// damagedPNG is an image with one fault.
type damagedPNG struct {
	name    string
	image   []byte
	code    vc.Code   // of a strict reading
	lenient []vc.Code // warnings of a lenient reading, nil where it refuses too
	header  bool      // seen too where only the chunk headers are read
}

func damagedPNGs(t *testing.T) []damagedPNG {
	sound := withParts(t, itxt(keyword, badgeJSON))
	parts := split(t, sound) // IHDR, iTXt, IDAT, IEND
	require.Len(t, parts, 4)
	without := func(i int) []byte {
		return join(append(append([]part{}, parts[:i]...), parts[i+1:]...)...)
	}
	flip := func(at int) []byte {
		b := bytes.Clone(sound)
		b[at] ^= 1
		return b
	}
	huge := bytes.Clone(sound)
	binary.BigEndian.PutUint32(huge[8+25:], 1<<31)
	long := bytes.Clone(sound)
	binary.BigEndian.PutUint32(long[8+25:], 1<<31-1)
	raw := func(data string) []byte { return withParts(t, part{"iTXt", keyword + "\x00" + data}) }
	return []damagedPNG{
		{"no IHDR", without(0), bake.CodePNGMissingChunk, nil, true},
		{"no IDAT", without(2), bake.CodePNGMissingChunk, nil, true},
		{"no IEND", without(3), bake.CodePNGMissingChunk, nil, true},
		{"signature alone", sound[:8], bake.CodePNGMissingChunk, nil, true},
		{"cut in a header", sound[:40], bake.CodePNGTruncated, nil, true},
		{"cut in a chunk", sound[:80], bake.CodePNGTruncated, nil, true},
		{"cut in the last check sum", sound[:len(sound)-1], bake.CodePNGTruncated, nil, true},
		{"a length beyond the end", long, bake.CodePNGTruncated, nil, true},
		{"a length that PNG forbids", huge, bake.CodePNGChunk, nil, true},
		{"a type that is not letters", join(parts[0], part{"a b!", ""}, parts[2], parts[3]), bake.CodePNGChunk, nil, true},
		{"two IHDR", join(parts[0], parts[0], parts[2], parts[3]), bake.CodePNGChunk, nil, true},
		{"a short IHDR", join(part{"IHDR", "123"}, parts[2], parts[3]), bake.CodePNGChunk, nil, true},
		{"an IEND with data", join(parts[0], parts[1], parts[2], part{"IEND", "x"}), bake.CodePNGChunk, nil, true},
		{"an unknown critical chunk", withParts(t, part{"CgBI", ""}, itxt(keyword, badgeJSON)), bake.CodePNGUnknown, nil, true},
		{"an unknown critical chunk behind the pixels", join(parts[0], parts[1], parts[2], part{"FRAM", "x"}, parts[3]),
			bake.CodePNGUnknown, nil, true},
		{"no pixels in IDAT", join(parts[0], parts[1], part{"IDAT", ""}, part{"IDAT", ""}, parts[3]), bake.CodePNGMissingChunk, nil, true},
		{"pixels in two places", join(parts[0], parts[2], parts[1], parts[2], parts[3]), bake.CodePNGChunk, nil, true},
		{"data after IEND", append(bytes.Clone(sound), "PK"...), bake.CodePNGTrailingData, []vc.Code{bake.CodePNGTrailingData}, true},
		{"a changed pixel", flip(len(sound) - 12 - 6), bake.CodePNGCRC, []vc.Code{bake.CodePNGCRC}, false},
		{"a changed IHDR", flip(8 + 8 + 3), bake.CodePNGCRC, []vc.Code{bake.CodePNGCRC}, false},
		{"a changed credential", flip(8 + 25 + 8 + 60), bake.CodePNGCRC, nil, true},
		{"twice", withParts(t, itxt(keyword, badgeJSON), itxt(keyword, badgeJWS)),
			bake.CodePNGRepeated, []vc.Code{bake.CodePNGRepeated}, true},
		{"twice, the second after the pixels", join(parts[0], parts[1], parts[2], parts[1], parts[3]),
			bake.CodePNGRepeated, []vc.Code{bake.CodePNGRepeated}, true},
		{"tEXt and iTXt", withParts(t, part{"tEXt", keyword + "\x00" + badgeJWS}, itxt(keyword, badgeJSON)),
			bake.CodePNGMixedForms, []vc.Code{bake.CodePNGMixedForms}, true},
		{"zTXt and iTXt", withParts(t, itxt(keyword, badgeJSON), part{"zTXt", keyword + "\x00\x00x"}),
			bake.CodePNGMixedForms, []vc.Code{bake.CodePNGMixedForms}, true},
		{"tEXt", withParts(t, part{"tEXt", keyword + "\x00" + badgeJSON}), bake.CodePNGTextChunk, []vc.Code{bake.CodePNGTextChunk}, true},
		{"zTXt", withParts(t, part{"zTXt", keyword + "\x00\x00x\x9c"}), bake.CodePNGCompressed, nil, true},
		{"compressed iTXt", raw("\x01\x00\x00\x00x\x9c"), bake.CodePNGCompressed, nil, true},
		{"a wrong compression flag", raw("\x02\x00\x00\x00" + badgeJSON), bake.CodePNGText, nil, true},
		{"a wrong compression method", raw("\x00\x01\x00\x00" + badgeJSON), bake.CodePNGText, nil, true},
		{"no compression method", raw("\x00"), bake.CodePNGText, nil, true},
		{"no end of the language", raw("\x00\x00en"), bake.CodePNGText, nil, true},
		{"no end of the translated keyword", raw("\x00\x00\x00Abzeichen"), bake.CodePNGText, nil, true},
		{"a language", raw("\x00\x00en\x00\x00" + badgeJSON), bake.CodePNGLanguage, []vc.Code{bake.CodePNGLanguage}, true},
		{"a translated keyword", raw("\x00\x00\x00Abzeichen\x00" + badgeJSON), bake.CodePNGLanguage, []vc.Code{bake.CodePNGLanguage}, true},
		{"bad UTF-8", raw("\x00\x00\x00\x00{\"a\":\"\xff\"}"), bake.CodePNGEncoding, nil, true},
		{"empty", raw("\x00\x00\x00\x00 \n"), "format-empty", nil, true},
		{"text", raw("\x00\x00\x00\x00Hello"), "format-text", nil, true},
		{"an address", raw("\x00\x00\x00\x00https://badges.example/1"), "format-url", nil, true},
		{"too large", raw("\x00\x00\x00\x00{" + strings.Repeat(" ", 1<<20) + "}"), bake.CodeTooLarge, nil, true},
		{"far too large", raw("\x00\x00\x00\x00{" + strings.Repeat(" ", 3<<20) + "}"), bake.CodeTooLarge, nil, true},
		{"nothing", artwork(t), bake.CodeNoCredential, nil, true},
		{"a keyword that only begins like ours", withParts(t, itxt(keyword+"s", badgeJSON)), bake.CodeNoCredential, nil, true},
		{"a keyword in other case", withParts(t, itxt("OpenBadgeCredential", badgeJSON)), bake.CodeNoCredential, nil, true},
		{"a keyword without its end", withParts(t, part{"iTXt", keyword}), bake.CodeNoCredential, nil, true},
	}
}

func TestDamagedPNG(t *testing.T) {
	for _, c := range damagedPNGs(t) {
		t.Run(c.name, func(t *testing.T) {
			_, err := bake.Extract(c.image)
			refused(t, c.code, err)

			_, err = bake.ExtractFrom(bytes.NewReader(c.image), int64(len(c.image)), bake.ExtractOptions{})
			if c.header {
				refused(t, c.code, err)
			} else {
				require.NoError(t, err)
			}

			got, err := bake.ExtractWith(c.image, bake.ExtractOptions{Lenient: true})
			if c.lenient == nil {
				refused(t, c.code, err)
				return
			}
			require.NoError(t, err)
			warned(t, got, c.lenient...)
			require.Equal(t, badgeJSON, string(got.Credential))
		})
	}
}

// What a strict reading refuses about the image, baking into it refuses too.
func TestBakeRefusesDamagedPNG(t *testing.T) {
	for _, c := range damagedPNGs(t) {
		_, err := bake.Bake(c.image, []byte(badgeJSON), 0, bake.BakeOptions{Replace: true})
		switch c.code {
		case bake.CodePNGUnknown, bake.CodePNGMissingChunk, bake.CodePNGTruncated, bake.CodePNGChunk,
			bake.CodePNGTrailingData, bake.CodePNGCRC:
			refused(t, c.code, err)
			_, err = bake.Remove(c.image, 0, bake.RemoveOptions{})
			refused(t, c.code, err)
		default:
			require.NoError(t, err, c.name)
		}
	}
}

// header is the data of IHDR.
func header(width, height uint32, rest ...byte) part {
	b := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return part{"IHDR", string(append(b, rest...))}
}

// The combinations of PNG (Third Edition), table 11.1, are read, and no others.
func TestPNGHeader(t *testing.T) {
	allowed := map[byte][]byte{0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
	palette := part{"PLTE", "abcdef"}
	image := func(ihdr part, more ...part) []byte {
		all := append([]part{ihdr, itxt(keyword, badgeJWS)}, more...)
		return join(append(all, part{"IDAT", "p"}, part{"IEND", ""})...)
	}
	read := func(b []byte) error {
		_, err := bake.Extract(b)
		_, from := bake.ExtractFrom(bytes.NewReader(b), int64(len(b)), bake.ExtractOptions{})
		require.Equal(t, err, from)
		return err
	}
	for colour := range 256 {
		for depth := range 256 {
			var more []part
			if colour == 3 {
				more = append(more, palette)
			}
			err := read(image(header(1, 1, byte(depth), byte(colour), 0, 0, 0), more...))
			if bytes.IndexByte(allowed[byte(colour)], byte(depth)) >= 0 {
				require.NoError(t, err, "colour type %d, bit depth %d", colour, depth)
				continue
			}
			refused(t, bake.CodePNGHeader, err)
		}
	}
	for _, c := range []struct {
		name  string
		image []byte
		code  vc.Code
	}{
		{"no width", image(header(0, 1, 8, 2, 0, 0, 0)), bake.CodePNGDimensions},
		{"no height", image(header(1, 0, 8, 2, 0, 0, 0)), bake.CodePNGDimensions},
		{"a width beyond PNG", image(header(1<<31, 1, 8, 2, 0, 0, 0)), bake.CodePNGDimensions},
		{"a height beyond PNG", image(header(1, 1<<32-1, 8, 2, 0, 0, 0)), bake.CodePNGDimensions},
		{"the largest", image(header(1<<31-1, 1<<31-1, 8, 2, 0, 0, 0)), ""},
		{"a compression method", image(header(1, 1, 8, 2, 1, 0, 0)), bake.CodePNGHeader},
		{"a filter method", image(header(1, 1, 8, 2, 0, 1, 0)), bake.CodePNGHeader},
		{"interlaced", image(header(1, 1, 8, 2, 0, 0, 1)), ""},
		{"an interlace method", image(header(1, 1, 8, 2, 0, 0, 2)), bake.CodePNGHeader},
		{"no palette", image(header(1, 1, 8, 3, 0, 0, 0)), bake.CodePNGPalette},
		{"an empty palette", image(header(1, 1, 8, 3, 0, 0, 0), part{"PLTE", ""}), bake.CodePNGPalette},
		{"a palette of four bytes", image(header(1, 1, 8, 2, 0, 0, 0), part{"PLTE", "abcd"}), bake.CodePNGPalette},
		{"two palettes", image(header(1, 1, 8, 3, 0, 0, 0), palette, palette), bake.CodePNGPalette},
		{"a palette in grey", image(header(1, 1, 8, 0, 0, 0, 0), palette), bake.CodePNGPalette},
		{"a palette in grey with alpha", image(header(1, 1, 8, 4, 0, 0, 0), palette), bake.CodePNGPalette},
		{"a palette for true colours", image(header(1, 1, 8, 2, 0, 0, 0), palette), ""},
		{"a palette behind the pixels", image(header(1, 1, 8, 2, 0, 0, 0), part{"IDAT", "p"}, palette), bake.CodePNGPalette},
		{"more colours than one bit has", image(header(1, 1, 1, 3, 0, 0, 0), part{"PLTE", "abcdefghi"}), bake.CodePNGPalette},
		{"all colours", image(header(1, 1, 8, 3, 0, 0, 0), part{"PLTE", strings.Repeat("abc", 256)}), ""},
		{"a colour more", image(header(1, 1, 8, 3, 0, 0, 0), part{"PLTE", strings.Repeat("abc", 257)}), bake.CodePNGPalette},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := read(c.image)
			_, baking := bake.Bake(c.image, []byte(badgeJWS), 0, bake.BakeOptions{Replace: true})
			if c.code == "" {
				require.NoError(t, err)
				require.NoError(t, baking)
				return
			}
			refused(t, c.code, err)
			refused(t, c.code, baking)
		})
	}
}

func TestTooManyChunks(t *testing.T) {
	image := withParts(t, part{"tEXt", "a\x00b"}, itxt(keyword, badgeJWS))
	for n, ok := range map[int]bool{4: false, 5: true} {
		_, err := bake.ExtractWith(image, bake.ExtractOptions{Limits: bake.Limits{Chunks: n}})
		if ok {
			require.NoError(t, err)
			continue
		}
		refused(t, bake.CodePNGTooManyChunks, err)
	}
}

func TestTextLimit(t *testing.T) {
	image := withParts(t, itxt(keyword, badgeJWS))
	for n, ok := range map[int]bool{len(badgeJWS) - 1: false, len(badgeJWS): true} {
		limits := bake.Limits{Text: n}
		_, whole := bake.ExtractWith(image, bake.ExtractOptions{Limits: limits})
		_, parts := bake.ExtractFrom(bytes.NewReader(image), int64(len(image)), bake.ExtractOptions{Limits: limits})
		_, baking := bake.Bake(artwork(t), []byte(badgeJWS), 0, bake.BakeOptions{Limits: limits})
		for _, err := range []error{whole, parts, baking} {
			if ok {
				require.NoError(t, err)
				continue
			}
			refused(t, bake.CodeTooLarge, err)
		}
	}
}

// OB 2.0 Baking, Legacy PNGs.
func TestLegacyAddress(t *testing.T) {
	image := withParts(t, part{"tEXt", "openbadges\x00https://badges.example/1?a=b"})
	got, err := bake.Extract(image)
	require.NoError(t, err)
	require.Equal(t, bake.URL, got.Content)
	require.Equal(t, bake.OpenBadge2, got.Kind)
	require.Equal(t, "https://badges.example/1?a=b", string(got.Credential))
	require.Equal(t, "https://badges.example/1?a=b", got.HostedURL)
	require.False(t, got.JWT())
	warned(t, got, bake.CodePNGTextChunk)

	_, err = bake.Extract(withParts(t, part{"tEXt", "openbadges\x00" + oldJWS}))
	refused(t, bake.CodePNGTextChunk, err)
	_, err = bake.Extract(withParts(t, part{"tEXt", "openbadges\x00ftp://badges.example/1"}))
	refused(t, bake.CodePNGTextChunk, err)
	_, err = bake.ExtractWith(withParts(t, part{"tEXt", "openbadgecredential\x00https://badges.example/1"}), bake.ExtractOptions{Lenient: true})
	refused(t, "format-url", err)

	address := withParts(t, itxt("openbadges", "https://badges.example/1"))
	_, err = bake.Extract(address)
	refused(t, "format-url", err)
	got, err = bake.ExtractWith(address, bake.ExtractOptions{Lenient: true})
	require.NoError(t, err)
	require.Equal(t, bake.URL, got.Content)
}

func TestLatinText(t *testing.T) {
	lenient := bake.ExtractOptions{Lenient: true}
	latin := withParts(t, part{"tEXt", keyword + "\x00{\"name\":\"M\xf6bius\"}"})
	got, err := bake.ExtractWith(latin, lenient)
	require.NoError(t, err)
	require.Equal(t, `{"name":"Möbius"}`, string(got.Credential))

	utf8 := withParts(t, part{"tEXt", keyword + "\x00{\"name\":\"Möbius\"}"})
	got, err = bake.ExtractWith(utf8, lenient)
	require.NoError(t, err)
	require.Equal(t, `{"name":"Möbius"}`, string(got.Credential))

	lenient.Limits.Text = 10
	_, err = bake.ExtractWith(latin, lenient)
	refused(t, bake.CodeTooLarge, err)
}

func TestWarningsAreBounded(t *testing.T) {
	image := withParts(t, itxt(keyword, badgeJWS))
	bad := append([]byte{}, part{"tEXt", "a\x00b"}.bytes()...)
	bad[len(bad)-1] ^= 1
	image = append(image[:33:33], append(bytes.Repeat(bad, 1000), image[33:]...)...)
	got, err := bake.ExtractWith(image, bake.ExtractOptions{Lenient: true})
	require.NoError(t, err)
	warned(t, got, bake.CodePNGCRC)
	require.Equal(t, "1000 in all", got.Warnings[0].Found)
}

// reads counts what is asked of a file.
type reads struct {
	io.ReaderAt
	bytes int
}

func (r *reads) ReadAt(b []byte, at int64) (int, error) {
	r.bytes += len(b)
	return r.ReaderAt.ReadAt(b, at)
}

func TestExtractFromReadsNoPixels(t *testing.T) {
	parts := split(t, withParts(t, itxt(keyword, badgeJWS)))
	pixels := part{"IDAT", strings.Repeat("p", 1<<20)}
	image := join(parts[0], pixels, pixels, parts[1], parts[3])
	r := &reads{ReaderAt: bytes.NewReader(image)}
	got, err := bake.ExtractFrom(r, int64(len(image)), bake.ExtractOptions{})
	require.NoError(t, err)
	require.Equal(t, badgeJWS, string(got.Credential))
	require.Less(t, r.bytes, 1000)
}

// broken fails at every read from a place on.
type broken struct{ at int64 }

var errDisk = errors.New("disk on fire")

func (r broken) ReadAt(b []byte, at int64) (int, error) {
	if at >= r.at {
		return 0, errDisk
	}
	return copy(b, "\x89PNG\r\n\x1a\n"), nil
}

func TestExtractFromPassesOnErrors(t *testing.T) {
	for _, at := range []int64{0, 8} {
		_, err := bake.ExtractFrom(broken{at}, 5000, bake.ExtractOptions{})
		require.ErrorIs(t, err, errDisk)
	}
	image := withParts(t, itxt(keyword, badgeJWS))
	for _, size := range []int{4, 20, 50, len(image) - 20} {
		_, err := bake.ExtractFrom(bytes.NewReader(image[:size]), int64(len(image)), bake.ExtractOptions{})
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
	_, err := bake.ExtractFrom(bytes.NewReader(nil), -1, bake.ExtractOptions{})
	refused(t, bake.CodeNotAnImage, err)
}

func TestExtractFromSVG(t *testing.T) {
	long := drawing + strings.Repeat(" ", 5<<20)
	_, err := bake.ExtractFrom(strings.NewReader(long), int64(len(long)), bake.ExtractOptions{})
	refused(t, bake.CodeSVGTooLarge, err)
	_, err = bake.Extract([]byte(long))
	refused(t, bake.CodeSVGTooLarge, err)
	video := strings.Repeat("\x00\x00\x00\x18ftypmp42", 1<<20)
	_, err = bake.ExtractFrom(strings.NewReader(video), int64(len(video)), bake.ExtractOptions{})
	refused(t, bake.CodeNotAnImage, err)
}
