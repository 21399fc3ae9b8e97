package verify

import (
	"crypto/ed25519"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
)

// Many who ask for the same things at once get one answer each, and later ones that
// of those before.
func TestMemory(t *testing.T) {
	var m memo[string]
	var wait sync.WaitGroup
	for i := range 64 {
		wait.Go(func() {
			what := string(rune('a' + i%4))
			require.Equal(t, what, m.get(what, func() string { return what }))
		})
	}
	wait.Wait()
	for _, what := range []string{"a", "b", "c", "d"} {
		require.Equal(t, what, m.get(what, nil), "it is known")
	}
}

// What a token and the key that it names say of their end stands together, on both
// ways to a key.
func TestValidOfToken(t *testing.T) {
	key, secret, err := ed25519.GenerateKey(nil)
	require.NoError(t, err)
	signer, err := proof.FromCrypto(secret)
	require.NoError(t, err)
	const id = "did:web:school.example"
	public, err := multikey.Encode(key)
	require.NoError(t, err)
	document, err := did.ParseDocument([]byte(`{"id":"` + id + `","assertionMethod":[{"id":"#key","type":"Multikey","controller":"` + id + `","publicKeyMultibase":"` + public + `","expires":"2027-01-01T00:00:00Z"}]}`))
	require.NoError(t, err)
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	v, err := New(Config{Resolver: did.Static{id: document}, Kinds: []string{AnyKind}, Now: func() time.Time { return at }})
	require.NoError(t, err)
	for _, keyID := range []string{"", id + "#key"} {
		for end, until := range map[string]time.Time{"2026-06-01T00:00:00Z": at.AddDate(0, 5, 0), "2028-01-01T00:00:00Z": at.AddDate(1, 0, 0)} {
			text := `{"@context":["` + vc.ContextV2 + `"],"type":["VerifiableCredential"],"id":"urn:uuid:1","issuer":"` + id + `","validFrom":"2025-01-01T00:00:00Z","validUntil":"` + end + `","credentialSubject":{"id":"did:example:ada"}}`
			token, err := vcjwt.Sign(t.Context(), []byte(text), vcjwt.SignOptions{Signer: signer, KeyID: keyID})
			require.NoError(t, err)
			r, err := v.Inspect(t.Context(), token)
			require.NoError(t, err)
			require.Equal(t, VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Equal(t, vc.Interval{From: at.AddDate(-1, 0, 0), Until: until}, r.Valid)
		}
	}
}

// The last did:key is remembered, and read by one goroutine beside another.
func TestKeyringLocal(t *testing.T) {
	var k keyring
	var wait sync.WaitGroup
	for i := range 32 {
		wait.Go(func() {
			method := string(rune('a' + i%3))
			for range 100 {
				a := k.local(method, func() keyAnswer { return keyAnswer{found: &foundKey{owner: method}} })
				require.Equal(t, method, a.found.owner)
			}
		})
	}
	wait.Wait()
	first := k.local("x", func() keyAnswer { return keyAnswer{found: &foundKey{}} })
	require.Same(t, first.found, k.local("x", nil).found)
}
