package status_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc/status"
)

// crowded is a list of the usual length with one in fifty revoked.
func crowded() []byte {
	random := rand.New(rand.NewPCG(5, 6))
	bits := bitsWith()
	for range status.MinEntries / 50 {
		i := random.IntN(status.MinEntries)
		bits[i/8] |= 0x80 >> (i % 8)
	}
	return bits
}

var lists = map[string]func() []byte{"empty": func() []byte { return bitsWith() }, "crowded": crowded}

// A bit of a decoded list.
func BenchmarkBit(b *testing.B) {
	list, err := status.ParseList(encodedList(b, crowded()), 1)
	require.NoError(b, err)
	i, sum := 0, uint64(0)
	for b.Loop() {
		i = (i + 7919) % status.MinEntries
		v, _ := list.Value(i)
		sum += v
	}
	_ = sum
}

// A whole Check whose list is cached.
func BenchmarkCheckCached(b *testing.B) {
	c := config(serving(listURL, encode(b, listCredential(encodedList(b, crowded()), nil, object{"ttl": 3_600_000}))))
	c.Cache = status.NewMemoryCache(0)
	doc := credential(b, entry("7", nil))
	status.Check(b.Context(), doc, c)
	b.ReportAllocs()
	for b.Loop() {
		status.Check(b.Context(), doc, c)
	}
}

// Decoding a list, to be compared with BenchmarkGunzip, the least it can cost.
func BenchmarkDecode(b *testing.B) {
	for name, bits := range lists {
		encoded := encodedList(b, bits())
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := status.ParseList(encoded, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkGunzip(b *testing.B) {
	for name, bits := range lists {
		compressed := zip(b, bits())
		out := make([]byte, status.MinEntries/8)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				z, err := gzip.NewReader(bytes.NewReader(compressed))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadFull(z, out); err != nil {
					b.Fatal(err)
				}
				if n, err := z.Read(out[:1]); n != 0 || err != io.EOF {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// Decoding with the base64 that belongs to it, and nothing else.
func BenchmarkBase64AndGunzip(b *testing.B) {
	for name, bits := range lists {
		encoded := encodedList(b, bits())
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compressed, err := base64.RawURLEncoding.DecodeString(encoded[1:])
				if err != nil {
					b.Fatal(err)
				}
				z, err := gzip.NewReader(bytes.NewReader(compressed))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadAll(z); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A whole Check without a cache, but for the proof.
func BenchmarkCheckMiss(b *testing.B) {
	for name, bits := range lists {
		c := config(serving(listURL, encode(b, listCredential(encodedList(b, bits()), nil, nil))))
		doc := credential(b, entry("6", nil))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				status.Check(b.Context(), doc, c)
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	list, err := status.ParseList(encodedList(b, crowded()), 1)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := list.Encode(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEntries(b *testing.B) {
	p := publisher(b, &status.MemoryStore{}, nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Entries(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
