package proof

import (
	"encoding/asn1"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzFromASN1: what is accepted are two numbers that an independent reader finds
// too, and writing them gives the shortest form back.
func FuzzFromASN1(f *testing.F) {
	f.Add([]byte{0x30, 6, 2, 1, 1, 2, 1, 1})
	f.Add([]byte{0x30, 7, 2, 2, 0, 0x80, 2, 1, 0})
	f.Add(appendASN1(nil, make([]byte, 64)))
	f.Fuzz(func(t *testing.T, der []byte) {
		signature, ok := fromASN1(der, 32)
		if !ok {
			return
		}
		require.Len(t, signature, 64)
		var numbers struct{ R, S *big.Int }
		written := appendASN1(nil, signature)
		rest, err := asn1.Unmarshal(written, &numbers)
		require.NoError(t, err)
		require.Empty(t, rest)
		require.Zero(t, numbers.R.Cmp(new(big.Int).SetBytes(signature[:32])))
		require.Zero(t, numbers.S.Cmp(new(big.Int).SetBytes(signature[32:])))
		again, ok := fromASN1(written, 32)
		require.True(t, ok)
		require.Equal(t, signature, again)
	})
}

func TestAppendASN1(t *testing.T) {
	signature := make([]byte, 132)
	for i := range signature {
		signature[i] = 0xff
	}
	for size := 2; size <= len(signature); size += 2 {
		var numbers struct{ R, S *big.Int }
		der := appendASN1(nil, signature[:size])
		require.LessOrEqual(t, len(der), longestASN1)
		_, err := asn1.Unmarshal(der, &numbers)
		require.NoError(t, err)
		require.Equal(t, size*4, numbers.R.BitLen())
		require.Equal(t, size*4, numbers.S.BitLen())
	}
}

func TestFromASN1Refuses(t *testing.T) {
	for _, algorithm := range []Algorithm{"", EdDSA, Ed25519, RS256, "ES256K"} {
		_, err := FromASN1(algorithm, []byte{0x30, 0x06, 2, 1, 1, 2, 1, 1})
		require.ErrorIs(t, err, ErrAlgorithm, algorithm)
	}
	for _, der := range [][]byte{nil, {0x30}, {0x30, 0x03, 2, 1, 1}, make([]byte, 64), {0x30, 0x06, 2, 1, 1, 2, 1, 0x81},
		{0x30, 0x06, 2, 1, 1, 2, 1, 1, 0}} {
		_, err := FromASN1(ES256, der)
		require.ErrorIs(t, err, &Error{Code: CodeSigner}, "%x", der)
	}
}

func TestNoSigner(t *testing.T) {
	_, err := KeyOf(nil)
	require.ErrorIs(t, err, &Error{Code: CodeKey})
	_, err = KeyOf((*cryptoSigner)(nil))
	require.Error(t, err)
}
