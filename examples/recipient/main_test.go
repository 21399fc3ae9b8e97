package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), &out))
	require.Equal(t, `ada@riverside.example  is the recipient
Ada@Riverside.example  is the recipient, if capitals do not matter to you
bob@riverside.example  is not the recipient
`, out.String())
}
