package status_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

func b64(b []byte) string { return "u" + base64.RawURLEncoding.EncodeToString(b) }

// askEncoded asks for entry 6 of a list of that text.
func askEncoded(t testing.TB, encoded string, limit int) *status.Entry {
	c := config(serving(listURL, encode(t, listCredential(encoded, nil, nil))))
	c.MaxListBytes = limit
	return check(t, c, entry("6", nil))
}

func TestEncodings(t *testing.T) {
	good := zip(t, bitsWith(7))
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0x10
	shortSize, longSize := bytes.Clone(good), bytes.Clone(good)
	binary.LittleEndian.PutUint32(shortSize[len(good)-4:], status.MinEntries/8-1)
	binary.LittleEndian.PutUint32(longSize[len(good)-4:], status.MinEntries/8+1)
	twice := zip(t, append(zip(t, bitsWith(7)), make([]byte, status.MinEntries/8)...))
	cases := map[string]string{
		"prefix alone":       "u",
		"no prefix":          b64(good)[1:],
		"upper-case prefix":  "U" + b64(good)[1:],
		"padded":             "u" + base64.RawURLEncoding.EncodeToString(good) + "=",
		"raw bits":           b64(bitsWith(7)),
		"cut short":          b64(good[:len(good)-9]),
		"without trailer":    b64(good[:len(good)-8]),
		"header alone":       b64(good[:10]),
		"damaged":            b64(flipped),
		"announces too few":  b64(shortSize),
		"announces too many": b64(longSize),
		"garbage after":      b64(append(bytes.Clone(good), 0)),
		"zeros after":        b64(append(bytes.Clone(good), make([]byte, 512)...)),
		"two members":        b64(append(bytes.Clone(good), good...)),
		"empty member first": b64(append(zip(t, nil), good...)),
		"empty member last":  b64(append(bytes.Clone(good), zip(t, nil)...)),
		"compressed twice":   b64(twice),
	}
	for name, encoded := range cases {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, askEncoded(t, encoded, 0), status.CodeListEncoding, vc.TypeMalformedValue)
		})
	}
	require.Equal(t, status.StateClear, askEncoded(t, b64(good), 0).State, "the control")
}

// bomb is gzip of n zero bytes whose trailer announces size.
func bomb(t testing.TB, n int, size uint32) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for ; n > 0; n -= len(zeros) {
		_, err := z.Write(zeros)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	binary.LittleEndian.PutUint32(b.Bytes()[b.Len()-4:], size)
	return b.Bytes()
}

// What a list costs is bounded by its own length and by the limit, whatever it
// announces. The figures leave room for parsing the document around it.
func TestBombs(t *testing.T) {
	const mib = 1 << 20
	small := zip(t, bitsWith())
	binary.LittleEndian.PutUint32(small[len(small)-4:], 15*mib)
	bombs := bomb(t, 64*mib, 64*mib)
	announcing := func(size uint32) []byte {
		lying := bytes.Clone(bombs)
		binary.LittleEndian.PutUint32(lying[len(lying)-4:], size)
		return lying
	}
	cases := map[string]struct {
		compressed []byte
		code       vc.Code
		most       uint64
	}{
		"honest":                 {bombs, status.CodeListTooLarge, 2 * mib},
		"announces 16 KiB":       {announcing(status.MinEntries / 8), status.CodeListEncoding, 2 * mib},
		"announces the limit":    {announcing(16 * mib), status.CodeListEncoding, 18 * mib},
		"announces nothing":      {announcing(0), status.CodeListEncoding, 2 * mib},
		"small, announces large": {small, status.CodeListEncoding, mib},
		"gzip in gzip":           {zip(t, bombs), status.CodeListEncoding, 2 * mib},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			encoded := b64(c.compressed)
			conf := config(serving(listURL, encode(t, listCredential(encoded, nil, nil))))
			doc := credential(t, entry("6", nil))
			var r *status.Result
			used := testkit.Allocated(func() { r = status.Check(t.Context(), doc, conf) })
			wantProblem(t, &r.Entries[0], c.code, r.Entries[0].Problem.Type)
			require.Less(t, used, c.most)
		})
	}
}

// The forerunners of Bitstring Status List say just "base64".
func TestOlderEncodings(t *testing.T) {
	compressed := zip(t, crowded()) // long enough to have characters of both alphabets
	std, url := base64.StdEncoding.EncodeToString(compressed), base64.RawURLEncoding.EncodeToString(compressed)
	require.NotEqual(t, std, url)
	for name, c := range map[string]struct {
		encoded string
		good    bool
		warns   bool // of a StatusList2021
	}{
		"base64url":         {url, true, false},
		"base64url, padded": {base64.URLEncoding.EncodeToString(compressed), true, len(compressed)%3 != 0},
		"base64":            {std, true, true},
		"base64 unpadded":   {base64.RawStdEncoding.EncodeToString(compressed), true, true},
		"with prefix":       {"u" + url, true, true},
		"mixed alphabets":   {std[:len(std)/2] + url[len(std)/2:], false, false},
		"line break":        {url[:76] + "\n" + url[76:], false, false},
		"neither":           {url[:76] + "*" + url[77:], false, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range []string{"StatusList2021Entry", "RevocationList2020Status"} {
				e := (&statusCase{EntryType: kind, EncodedList: c.encoded, StatusListIndex: "5", StatusSize: 1, StatusPurpose: "revocation",
					ListStatusPurpose: "revocation"}).run(t)
				if !c.good {
					wantProblem(t, e, status.CodeListEncoding, vc.TypeMalformedValue)
					continue
				}
				require.NotEqual(t, status.StateUnknown, e.State, describe(e))
				warned := kind == "StatusList2021Entry" && c.warns || name == "with prefix"
				require.Equal(t, warned, len(e.Warnings) == 1, "%s: %s", kind, describe(e))
			}
		})
	}
}

func TestListLimit(t *testing.T) {
	encoded := encodedList(t, bitsWith())
	require.Equal(t, status.StateClear, askEncoded(t, encoded, status.MinEntries/8).State)
	wantProblem(t, askEncoded(t, encoded, status.MinEntries/8-1), status.CodeListTooLarge, vc.TypeStatusVerification)
}

// A reader from the other end would find index 7 where 0 is set.
func TestMostSignificantBitFirst(t *testing.T) {
	list, err := status.ParseList(encodedList(t, bitsWith(0, 9)), 1)
	require.NoError(t, err)
	for i, want := range []uint64{1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0} {
		v, err := list.Value(i)
		require.NoError(t, err)
		require.Equal(t, want, v, "index %d", i)
	}
}

// Entries of each width are read as math/big reads the whole list as one number.
func TestEntryWidths(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	bits := make([]byte, 4*status.MinEntries/8)
	for i := range bits {
		bits[i] = byte(random.Uint32())
	}
	whole := new(big.Int).SetBytes(bits)
	for size := 1; size <= 64; size++ {
		list, err := status.ParseList(encodedList(t, bits), size)
		require.NoError(t, err)
		require.Equal(t, len(bits)*8/size, list.Len())
		mask := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(size)), big.NewInt(1))
		for range 20 {
			i := random.IntN(list.Len())
			got, err := list.Value(i)
			require.NoError(t, err)
			want := new(big.Int).Rsh(whole, uint(len(bits)*8-(i+1)*size))
			require.Equal(t, want.And(want, mask).Uint64(), got, "entry %d of %d bits", i, size)
		}
	}
}

func TestGeneratedBombIsCheap(t *testing.T) {
	for _, c := range generated(t) {
		if c.Name == "bomb-64MiB" {
			used := testkit.Allocated(func() { c.run(t) })
			require.Less(t, used, uint64(4<<20))
			return
		}
	}
	t.Fatal("the case is missing")
}
