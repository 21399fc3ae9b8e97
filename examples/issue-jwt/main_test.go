package main

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc/verify"
)

func TestOutput(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), &out))
	require.Contains(t, out.String(), "VERIFIED  with the school's document")
	require.Contains(t, out.String(), "RS256")
}

// Without the school's document nobody can say whose key it was, and a document
// that lists another key says that it was not the school's.
func TestKeyDecides(t *testing.T) {
	ctx := context.Background()
	mine, other := newSigner(t, "mine"), newSigner(t, "another")
	token, err := award(ctx, mine)
	require.NoError(t, err)
	report, err := verify.Inspect(ctx, token, verify.Config{})
	require.NoError(t, err)
	require.Equal(t, verify.VerdictUndetermined, report.Verdict)
	require.Contains(t, report.Codes(), verify.CodeKeyUnavailable)

	pack, err := keyPack(other)
	require.NoError(t, err)
	report, err = verify.Inspect(ctx, token, verify.Config{Fetcher: pack})
	require.NoError(t, err)
	require.Equal(t, verify.VerdictNotVerified, report.Verdict)
	require.EqualValues(t, "signature-invalid", report.Codes()[0])
}

func newSigner(t *testing.T, name string) proof.Signer {
	t.Helper()
	signer, err := proof.FromCrypto(obtest.Key(obtest.RSA, name))
	require.NoError(t, err)
	return signer
}
