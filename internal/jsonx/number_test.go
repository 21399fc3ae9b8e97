package jsonx_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExact(t *testing.T) {
	for text, exact := range map[string]bool{
		"0": true, "-0": true, "42": true, "42.0": true, "3.5": true, "0.1": true, "1e21": true, "60.392049999999998": true,
		"9007199254740991": true, "9007199254740992": true, "9007199254740993": false, "-9007199254740993": false, "9007199254740994": true,
		"12345678901234567890": false, "1152921504606846976": false, "100000000000000000000": true,
	} {
		require.Equal(t, exact, parse(t, "["+text+"]").First().Exact(), text)
	}
	require.True(t, parse(t, `["x"]`).First().Exact())
}

// The numbers of which JavaScript's text has no point: 1e-7 and 5e-324, and not
// 1.5e-7.
func TestPortable(t *testing.T) {
	for text, portable := range map[string]bool{
		"0": true, "42": true, "1e-6": true, "0.000001": true, "1.5e-7": true, "1e21": true,
		"1e-7": false, "-1e-7": false, "0.0000001": false, "5e-324": false,
	} {
		require.Equal(t, portable, parse(t, "["+text+"]").First().Portable(), text)
	}
}
