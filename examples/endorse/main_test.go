package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// Both verify, and each says who made it.
func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), &out))
	require.Contains(t, out.String(), "The badge, by the school, is verified.\nThe endorsement in it, by the board, is verified.\n")
	require.Contains(t, out.String(), "/credentialSubject/achievement/endorsementJwt/0")
}
