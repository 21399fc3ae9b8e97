package bake_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/bake"
)

func benchExtract(b *testing.B, image []byte) {
	b.SetBytes(int64(len(image)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bake.Extract(image); err != nil {
			b.Fatal(err)
		}
	}
}

// The sample of the 1EdTech validator, 84 KB.
func BenchmarkExtractPNG(b *testing.B) {
	benchExtract(b, testkit.ReadShared(b, official+"simple-json.png"))
}

func BenchmarkExtractSVG(b *testing.B) {
	benchExtract(b, testkit.ReadShared(b, official+"simple-json.svg"))
}

// An image of 84 KB that needs no shared data.
func BenchmarkExtractOwnPNG(b *testing.B) {
	parts := split(b, withParts(b, itxt(keyword, badgeJSON)))
	pixels := part{"IDAT", strings.Repeat("p", 28<<10)}
	benchExtract(b, join(parts[0], pixels, pixels, pixels, parts[1], parts[3]))
}

func BenchmarkExtractFromPNG(b *testing.B) {
	image := testkit.ReadShared(b, official+"simple-json.png")
	r := bytes.NewReader(image)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bake.ExtractFrom(r, int64(len(image)), bake.ExtractOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBakePNG(b *testing.B) {
	baked := testkit.ReadShared(b, official+"simple-json.png")
	plain, err := bake.Remove(baked, 0, bake.RemoveOptions{})
	require.NoError(b, err)
	benchBake(b, plain)
}

func BenchmarkBakeSVG(b *testing.B) { benchBake(b, []byte(drawing)) }

func benchBake(b *testing.B, image []byte) {
	b.SetBytes(int64(len(image)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bake.Bake(image, []byte(badgeJSON), 0, bake.BakeOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
