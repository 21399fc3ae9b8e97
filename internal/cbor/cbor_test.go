package cbor_test

import (
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/cbor"
)

// The numbers of RFC 8949, appendix A.
func TestNumbers(t *testing.T) {
	for text, n := range map[string]uint64{"00": 0, "01": 1, "0a": 10, "17": 23, "1818": 24, "1819": 25, "1864": 100,
		"1903e8": 1000, "1a000f4240": 1000000, "1b000000e8d4a51000": 1000000000000, "1bffffffffffffffff": 18446744073709551615} {
		b, err := hex.DecodeString(text)
		require.NoError(t, err)
		r := cbor.NewReader(b)
		require.Equal(t, n, r.Uint(), text)
		require.NoError(t, r.End(), text)
		require.Equal(t, b, cbor.AppendUint(nil, n))
	}
}

// What is no shortest form, indefinite, tagged, cut off or followed by something.
func TestRefused(t *testing.T) {
	for about, text := range map[string]string{
		"23 in two bytes": "1817", "24 in three": "190018", "256 in five": "1a00000100", "65536 in nine": "1b0000000000010000",
		"indefinite bytes": "5f42010243030405ff", "an indefinite array": "9f01ff", "an indefinite map": "bf0101ff",
		"an indefinite text": "7f6161ff", "a reserved length": "1c", "a tag": "c101", "negative": "20", "null": "f6",
		"a float": "f90000", "cut off in the length": "19", "cut off bytes": "430102", "nothing": "",
		"an array of more than there is": "9affffffff01", "a map of more than there is": "a201", "two values": "0000",
		"a text that is not UTF-8": "61ff",
	} {
		b, err := hex.DecodeString(text)
		require.NoError(t, err)
		for which, read := range []func(*cbor.Reader){
			func(r *cbor.Reader) { r.Uint() }, func(r *cbor.Reader) { r.Bytes() }, func(r *cbor.Reader) { _ = r.Text() },
			func(r *cbor.Reader) {
				for range r.Array() {
					r.Uint()
				}
			},
			func(r *cbor.Reader) {
				for range r.Map() {
					r.Uint()
					r.Uint()
				}
			},
		} {
			r := cbor.NewReader(b)
			read(r)
			require.Error(t, r.End(), "%s, %d", about, which)
			require.Zero(t, r.Uint())
		}
	}
}

// FuzzReader: whatever is read by a plan is written again to the same bytes.
func FuzzReader(f *testing.F) {
	f.Add([]byte{0x01, 0x42, 1, 2}, []byte{0, 1})
	f.Add([]byte{0x85, 0x18, 0x18, 0x61, 'a', 0xa1, 1, 2}, []byte{3, 0, 2, 4, 0, 0})
	f.Fuzz(func(t *testing.T, b, plan []byte) {
		r := cbor.NewReader(b)
		var out []byte
		for _, step := range plan {
			switch step % 5 {
			case 0:
				out = cbor.AppendUint(out, r.Uint())
			case 1:
				out = cbor.AppendBytes(out, r.Bytes())
			case 2:
				out = cbor.AppendText(out, r.Text())
			case 3:
				out = cbor.AppendArray(out, r.Array())
			case 4:
				out = cbor.AppendMap(out, r.Map())
			}
			if r.Err() != nil {
				return
			}
		}
		if r.End() == nil {
			require.Equal(t, b, append([]byte{}, out...))
		}
	})
}
