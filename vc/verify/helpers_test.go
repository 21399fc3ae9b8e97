package verify_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// issuer is one of the tests with its did:key, with short names for what they read most.
type issuer struct {
	of          *obtest.Issuer
	signer      proof.Signer
	did, method string
}

// newIssuer has the key of a kind and a number.
func newIssuer(t testing.TB, k obtest.KeyKind, number int) issuer {
	t.Helper()
	i := school.Issuer(t, k, number)
	return issuer{i, i.Signer, i.ID, i.VerificationMethod}
}

// edIssuer has an Ed25519 key.
func edIssuer(t testing.TB, number int) issuer { return newIssuer(t, obtest.Ed25519, number) }

// ecIssuer has a key on P-256.
func ecIssuer(t testing.TB) issuer { return newIssuer(t, obtest.P256, 1) }

// badge is the fixture, issued by did, with replacements in pairs.
func badge(t testing.TB, did string, replacements ...string) []byte {
	t.Helper()
	return replace(t, string(testkit.BadgeOf(did)), replacements...)
}

func replace(t testing.TB, text string, replacements ...string) []byte {
	t.Helper()
	for i := 0; i < len(replacements); i += 2 {
		require.Contains(t, text, replacements[i])
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	return []byte(text)
}

// sign makes a proof with good defaults; change may spoil them.
func (i issuer) sign(t testing.TB, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	t.Helper()
	return school.Sign(t, i.of, text, func(o *dataintegrity.SignOptions) {
		if o.Created = testkit.Now; change != nil {
			change(o)
		}
	})
}

func inspect(t testing.TB, credential []byte, c verify.Config) *verify.Report {
	t.Helper()
	c.Now = testkit.Clock
	r, err := verify.Inspect(context.Background(), credential, c)
	require.NoError(t, err)
	return r
}

// down is a network where no host answers.
type down struct{}

func (down) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return nil, &fetch.Error{Code: fetch.CodeNetwork, URL: url, Detail: "connection refused"}
}

// revocations answers for the 1EdTech revocation list of a test.
func revocations(t testing.TB) fetch.Fetcher {
	pack, err := fetch.ParsePack([]byte(`{"https://school.example/revoked":{"id":"https://school.example/revoked","revokedCredential":[{"id":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","revocationReason":"issued twice"}]}}`))
	require.NoError(t, err)
	return pack
}

const extensionsContext = `context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`
