package sdjwt_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/require"
)

func decode(t *testing.T, part []byte) []byte {
	t.Helper()
	plain, err := base64.RawURLEncoding.AppendDecode(nil, part)
	require.NoError(t, err)
	return plain
}
