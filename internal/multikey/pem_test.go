package multikey_test

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/multikey"
)

func TestParsePEM(t *testing.T) {
	for _, kind := range obtest.KeyKinds() {
		public := obtest.Key(kind, "pem").Public()
		der, err := x509.MarshalPKIXPublicKey(public)
		require.NoError(t, err)
		text := string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
		for _, form := range []string{text, "\n" + strings.ReplaceAll(text, "\n", "\r\n") + " "} {
			key, err := multikey.ParsePEM(form)
			require.NoError(t, err)
			require.Equal(t, public, key)
		}
		for name, bad := range map[string]string{
			"nothing": "", "two": text + text, "longer": strings.Repeat(" ", 20_000) + text,
			"a secret": strings.ReplaceAll(text, "PUBLIC", "PRIVATE"), "a part": text[:60] + "\n-----END PUBLIC KEY-----\n",
			"the other form": strings.ReplaceAll(text, "PUBLIC KEY", "RSA PUBLIC KEY"),
		} {
			_, err := multikey.ParsePEM(bad)
			e, ok := err.(*multikey.Error)
			require.True(t, ok, name)
			require.Equal(t, multikey.CodeMalformed, e.Code, name)
		}
	}
}

func FuzzParsePEM(f *testing.F) {
	f.Add("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n")
	f.Add("-----BEGIN RSA PUBLIC KEY-----\nMAA=\n-----END RSA PUBLIC KEY-----")
	// A key that is read may be used, by its own check.
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := multikey.ParsePEM(text); err == nil {
			require.NoError(t, multikey.Check(key))
		}
	})
}
