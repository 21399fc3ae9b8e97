package verify_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// issuer is a key with its did:key.
type issuer struct {
	signer      proof.Signer
	did, method string
}

func newIssuer(t testing.TB, key crypto.Signer) issuer {
	t.Helper()
	s, method := school.Signer(t, key)
	did, _, _ := strings.Cut(method, "#")
	return issuer{s, did, method}
}

// edIssuer has an Ed25519 key made from one byte.
func edIssuer(t testing.TB, b byte) issuer {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = b
	return newIssuer(t, ed25519.NewKeyFromSeed(seed))
}

func ecIssuer(t testing.TB) issuer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), nil)
	require.NoError(t, err)
	return newIssuer(t, key)
}

// badge is the fixture, issued by did, with replacements in pairs.
func badge(t testing.TB, did string, replacements ...string) []byte {
	t.Helper()
	return replace(t, string(school.BadgeOf(did)), replacements...)
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
	o := dataintegrity.SignOptions{Signer: i.signer, VerificationMethod: i.method, Created: testkit.Now}
	if change != nil {
		change(&o)
	}
	signed, err := dataintegrity.Sign(context.Background(), text, o)
	require.NoError(t, err)
	return signed
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
