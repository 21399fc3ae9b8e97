package status_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// writing is a way to write the bits of a list.
type writing struct {
	prefix           string
	standard, padded bool // the alphabet with + and /, and padding
	broken, zlib     bool // into lines, and zlib in place of gzip
}

// writings are all of them.
func writings() (all []writing) {
	for _, prefix := range []string{"", "u", "U", "m", "M"} {
		for i := range 16 {
			all = append(all, writing{prefix, i&1 != 0, i&2 != 0, i&4 != 0, i&8 != 0})
		}
	}
	return all
}

func (w writing) write(t testing.TB, bits []byte) string {
	t.Helper()
	compressed := zip(t, bits)
	if w.zlib {
		compressed = zlibOf(t, bits)
	}
	encoding := base64.URLEncoding
	if w.standard {
		encoding = base64.StdEncoding
	}
	if !w.padded {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	text := w.prefix + encoding.EncodeToString(compressed)
	if w.broken {
		text = strings.Join(slices.Collect(chunks(text, 76)), "\r\n") + "\n"
	}
	return text
}

// defective says whether a list of a kind is never written so, and lax whether it is
// taken so with a warning.
func (w writing) defective(kind string) bool {
	if kind == "BitstringStatusListEntry" {
		return w != writing{prefix: "u"}
	}
	return w.prefix != "" && w.prefix != "u" || w.broken || w.zlib
}

func (w writing) lax(kind string) bool {
	switch kind {
	case "StatusList2021Entry":
		return w.prefix == "u" || w.prefix == "" && (w.standard || w.padded)
	case "RevocationList2020Status":
		return w.prefix == "u"
	}
	return false
}

func chunks(text string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for len(text) > n && yield(text[:n]) {
			text = text[n:]
		}
		yield(text)
	}
}

func zlibOf(t testing.TB, bits []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, err := z.Write(bits)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

// awkward are bits with 7 set and 6 not, whose text has characters of both alphabets
// and padding however it is compressed.
func awkward(t testing.TB) []byte {
	bits := crowded()
	for i := range 256 {
		bits[0], bits[1] = 0b01, byte(i)
		good := true
		for _, compressed := range [][]byte{zip(t, bits), zlibOf(t, bits)} {
			text := base64.StdEncoding.EncodeToString(compressed)
			good = good && strings.ContainsAny(text, "+/") && strings.HasSuffix(text, "=")
		}
		if good {
			return bits
		}
	}
	t.Fatal("no such bits")
	return nil
}

// Property: however the bits are written, a set one is found, with a warning that
// names the defect where there is one; and one that is not set is clear only where
// lists of the kind are written so.
func TestEveryEncodingShowsASetBit(t *testing.T) {
	bits := awkward(t)
	for _, w := range writings() {
		text := w.write(t, bits)
		for kind := range forms {
			t.Run(fmt.Sprintf("%s %+v", kind, w), func(t *testing.T) {
				ask := func(index string) *status.Entry {
					return (&statusCase{EntryType: kind, EncodedList: text, StatusListIndex: index, StatusSize: 1,
						StatusPurpose: "revocation", ListStatusPurpose: "revocation"}).run(t)
				}
				var want []vc.Code
				if w.lax(kind) {
					want = append(want, status.CodeListLaxEncoding)
				}
				clear := ask("6")
				require.Equal(t, want, codes(clear))
				if w.defective(kind) {
					wantProblem(t, clear, status.CodeListEncoding, vc.TypeMalformedValue)
					require.NotEmpty(t, clear.Problem.Found)
					want = append(want, status.CodeListEncoding)
				} else {
					require.Equal(t, status.StateClear, clear.State, describe(clear))
				}
				set := ask("7")
				require.ErrorIs(t, set.Problem, status.ErrRevoked, describe(set))
				require.Equal(t, want, codes(set))
			})
		}
	}
}

// What is off is named.
func TestDefectsAreNamed(t *testing.T) {
	bits := awkward(t)
	for want, w := range map[string]writing{
		"no prefix": {}, "the prefix M": {prefix: "M", standard: true, padded: true}, "the prefix U": {prefix: "U", padded: true},
		"the alphabet with + and /": {prefix: "u", standard: true}, "padding": {prefix: "u", padded: true},
		"line breaks": {prefix: "u", broken: true}, "zlib in place of gzip": {prefix: "u", zlib: true},
		"no prefix, the alphabet with + and /, padding": {standard: true, padded: true},
	} {
		require.Equal(t, want, askEncoded(t, w.write(t, bits), 0).Problem.Found)
	}
}

// A list of zlib is held to the bounds of one of gzip, and is as little believed where
// it is damaged.
func TestZlibIsBounded(t *testing.T) {
	good := zlibOf(t, bitsWith(6))
	flipped := bytes.Clone(good)
	flipped[len(flipped)-1] ^= 1
	for name, compressed := range map[string][]byte{
		"header alone": good[:2], "cut short": good[:len(good)-1], "checksum": flipped, "garbage after": append(bytes.Clone(good), 0),
		"twice": append(bytes.Clone(good), good...), "gzip within": zlibOf(t, append(zip(t, bitsWith(6)), make([]byte, status.MinEntries/8)...)),
		"dictionary": append([]byte{0x78, 0xbb}, good[2:]...),
	} {
		t.Run(name, func(t *testing.T) {
			wantProblem(t, askEncoded(t, b64(compressed), 0), status.CodeListEncoding, vc.TypeMalformedValue)
		})
	}
	require.ErrorIs(t, askEncoded(t, b64(good), status.MinEntries/8).Problem, status.ErrRevoked, "the control")
	wantProblem(t, askEncoded(t, b64(good), status.MinEntries/8-1), status.CodeListTooLarge, vc.TypeStatusVerification)

	encoded := b64(zlibOf(t, make([]byte, 64<<20)))
	conf := config(serving(listURL, encode(t, listCredential(encoded, nil, nil))))
	doc := credential(t, entry("6", nil))
	var r *status.Result
	used := testkit.Allocated(func() { r = status.Check(t.Context(), doc, conf) })
	wantProblem(t, &r.Entries[0], status.CodeListTooLarge, vc.TypeStatusVerification)
	require.Less(t, used, uint64(2<<20))
}

// A list of the sibling's kind shows a set bit, and no clear one.
func TestSiblingList(t *testing.T) {
	for kind, other := range map[string]string{"BitstringStatusListEntry": "StatusList2021Entry", "StatusList2021Entry": "BitstringStatusListEntry"} {
		encoded := encodedList(t, bitsWith(7))
		if other == "StatusList2021Entry" {
			encoded = encoded[1:]
		}
		list := listCredential(encoded, object{"type": []string{"VerifiableCredential", forms[other].list}}, object{"type": forms[other].subject})
		ask := func(index string) *status.Entry {
			return check(t, config(serving(listURL, encode(t, list))), entry(index, object{"type": kind}))
		}
		wantProblem(t, ask("6"), status.CodeListWrongType, vc.TypeStatusVerification)
		set := ask("7")
		require.ErrorIs(t, set.Problem, status.ErrRevoked)
		require.Equal(t, []vc.Code{status.CodeListWrongType}, codes(set))
		list["credentialSubject"] = changed(list["credentialSubject"].(object), object{"type": forms[kind].subject})
		wantProblem(t, ask("7"), status.CodeListWrongType, vc.TypeStatusVerification)
	}
}

// leniently undoes an encodedList in any of the writings with the standard library
// alone, nil where that cannot be done.
func leniently(text string, limit int64) []byte {
	text = strings.NewReplacer("\r", "", "\n", "", "+", "-", "/", "_").Replace(strings.TrimLeft(text[:min(1, len(text))], "uUmM") + text[min(1, len(text)):])
	compressed, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil
	}
	var z io.Reader
	if z, err = gzip.NewReader(bytes.NewReader(compressed)); err != nil {
		if z, err = zlib.NewReader(bytes.NewReader(compressed)); err != nil {
			return nil
		}
	}
	bits, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil || int64(len(bits)) > limit {
		return nil
	}
	return bits
}
