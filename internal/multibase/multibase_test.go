package multibase_test

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/multibase"
)

func requireCode(t *testing.T, err error, code multibase.Code) {
	t.Helper()
	var e *multibase.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code)
}

// The samples of the base58 internet draft (draft-msporny-base58) and of the
// Multibase draft.
func TestPublishedSamples(t *testing.T) {
	for text, want := range map[string]string{
		"z2NEpo7TZRRrLZSi2U": "Hello World!",
		"zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z": "The quick brown fox jumps over the lazy dog.",
		"z11233QC4":                           "\x00\x00\x28\x7f\xb4\xcd",
		"uTXVsdGliYXNlIGlzIGF3ZXNvbWUhIFxvLw": `Multibase is awesome! \o/`,
		"zYAjKoNbau5KiqmHPmSxYCvn66dA1vLmwbt": `Multibase is awesome! \o/`,
		"z":                                   "",
		"u":                                   "",
		"z1":                                  "\x00",
	} {
		got, err := multibase.Decode(text)
		require.NoError(t, err, text)
		require.Equal(t, want, string(got))
		require.Equal(t, text, multibase.Encode(multibase.Base(text[0]), []byte(want)))
	}
}

func TestRefusals(t *testing.T) {
	for text, code := range map[string]multibase.Code{
		"":                              multibase.CodeEmpty,
		"f00":                           multibase.CodeBase,
		"Z11":                           multibase.CodeBase,
		"mTWE":                          multibase.CodeBase,
		"z0":                            multibase.CodeCharacter,
		"zI":                            multibase.CodeCharacter,
		"zO":                            multibase.CodeCharacter,
		"zl":                            multibase.CodeCharacter,
		"z2N ":                          multibase.CodeCharacter,
		"z2N\n":                         multibase.CodeCharacter,
		"z\xc3\xa9":                     multibase.CodeCharacter,
		"uTQ==":                         multibase.CodeCharacter,
		"uTW\nE":                        multibase.CodeCharacter,
		"uTWE\r\n":                      multibase.CodeCharacter,
		"uT+E":                          multibase.CodeCharacter,
		"uT/E":                          multibase.CodeCharacter,
		"uTR":                           multibase.CodeCanonical, // bits left over
		"uT":                            multibase.CodeCanonical,
		"uTWFuT":                        multibase.CodeCanonical,
		"z" + strings.Repeat("1", 1025): multibase.CodeTooLong,
		"u" + strings.Repeat("A", 8192): multibase.CodeTooLong,
	} {
		got, err := multibase.Decode(text)
		requireCode(t, err, code)
		require.Nil(t, got, text)
		require.NotEmpty(t, err.Error())
	}
	require.Empty(t, multibase.Encode('m', []byte("x")))
}

// number is what base58 digits mean, by arithmetic on big integers.
func number(text string) *big.Int {
	n := new(big.Int)
	for i := range len(text) {
		digit := strings.IndexByte("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", text[i])
		n.Add(n.Mul(n, big.NewInt(58)), big.NewInt(int64(digit)))
	}
	return n
}

func TestLongestBase58(t *testing.T) {
	long := strings.Repeat("z", multibase.MaxBase58)
	got, err := multibase.Decode("z" + long)
	require.NoError(t, err)
	require.Equal(t, number(long).Bytes(), got)
}

func TestEncodeAllLengths(t *testing.T) {
	random := rand.New(rand.NewChaCha8([32]byte{1}))
	for n := range 1500 {
		b := make([]byte, n%700)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		clear(b[:min(len(b), random.IntN(4))])
		text := multibase.EncodeBase58(b)
		require.Zero(t, number(text).Cmp(new(big.Int).SetBytes(b)))
		if len(text) <= multibase.MaxBase58 {
			got, err := multibase.DecodeBase58(text)
			require.NoError(t, err)
			require.True(t, bytes.Equal(b, got))
		}
	}
}

// The library does not say where the character stands that it refuses.
func TestOffsetInBase58(t *testing.T) {
	for text, offset := range map[string]int{"0": 0, "1I": 1, "zzO": 2, "2NEpo7TZRRrLZSi2l": 16, "zz\xc3\xa9": 2, "z\xff": 1} {
		_, err := multibase.DecodeBase58(text)
		var e *multibase.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, multibase.Error{Code: multibase.CodeCharacter, Offset: offset, Detail: e.Detail}, *e, text)
	}
}

func TestVarint(t *testing.T) {
	for code, want := range map[uint64]string{
		0: "\x00", 0x7f: "\x7f", 0xed: "\xed\x01", 0x1200: "\x80\x24", 0x1205: "\x85\x24", 1<<63 - 1: strings.Repeat("\xff", 8) + "\x7f",
	} {
		require.Equal(t, want, string(multibase.AppendVarint(nil, code)))
		got, rest, err := multibase.Varint([]byte(want + "rest"))
		require.NoError(t, err)
		require.Equal(t, code, got)
		require.Equal(t, "rest", string(rest))
	}
	for _, bad := range []string{
		"", "\xed", "\xed\x81\x00", "\x80\x00", strings.Repeat("\xff", 9) + "\x01", strings.Repeat("\xff", 10) + "\x01",
	} {
		_, _, err := multibase.Varint([]byte(bad))
		requireCode(t, err, multibase.CodeVarint)
	}
}

// FuzzDecode: what decodes encodes to the same text, and base58 agrees with
// arithmetic on big integers.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"z2NEpo7TZRRrLZSi2U", "uTXVsdGliYXNl", "z111", "u", "zz", "uTR", "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, err := multibase.Decode(text)
		if err != nil {
			return
		}
		require.Equal(t, text, multibase.Encode(multibase.Base(text[0]), b))
		if text[0] != 'z' {
			return
		}
		require.Zero(t, number(text[1:]).Cmp(new(big.Int).SetBytes(b)))
	})
}

func BenchmarkDecodeSignature(b *testing.B) {
	text := multibase.Encode(multibase.Base58BTC, bytes.Repeat([]byte{0xa5}, 64))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := multibase.Decode(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeKey(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := multibase.Decode("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeLongest(b *testing.B) {
	text := "z" + strings.Repeat("z", multibase.MaxBase58)
	for b.Loop() {
		if _, err := multibase.Decode(text); err != nil {
			b.Fatal(err)
		}
	}
}
