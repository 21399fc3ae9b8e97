package verify_test

import (
	"crypto"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/status"
	"github.com/laurel-edu/laurel/vc/verify"
)

// joseSigner is the key of a file of the suite of VC-JOSE-COSE, with its URL.
func joseSigner(t *testing.T, file string) (proof.Signer, string) {
	t.Helper()
	var method struct {
		ID     string
		Secret jose.JSONWebKey `json:"secretKeyJwk"`
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jose-cose/"+file), &method))
	signer, err := proof.FromCrypto(method.Secret.Key.(crypto.Signer))
	require.NoError(t, err)
	return signer, method.ID
}

// joseHidden are what the suite makes disclosable.
var joseHidden = map[string][]string{
	"credential-selective.json":        {"/credentialSubject/firstName", "/credentialSubject/lastName"},
	"credential-nested-selective.json": {"/credentialSubject/address/street", "/credentialSubject/address/city", "/credentialSubject/phoneNumbers/0"},
}

// What the suite of VC-JOSE-COSE has to issue is issued with its keys and verifies.
func TestPublishedToIssue(t *testing.T) {
	clock := func() time.Time { return time.Unix(1734311060, 0) }
	c := verify.Config{Fetcher: joseKeys(t), Kinds: []string{verify.AnyKind}, Now: clock}
	var all map[string]struct {
		Input   string `json:"input_file"`
		Key     string `json:"key_file"`
		Fn      string
		Feature string
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/jose-cose/expected.json"), &all))
	ran := 0
	for name, test := range all {
		if test.Fn != "issue" || strings.HasSuffix(test.Feature, "_cose") || test.Feature == "presentation_sdjwt" {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) {
			text := testkit.ReadShared(t, "vc/jose-cose/"+test.Input)
			signer, method := joseSigner(t, test.Key)
			if strings.HasPrefix(test.Feature, "presentation") {
				token, err := vcjwt.SignPresentation(t.Context(), text, vcjwt.PresentationOptions{Signer: signer, KeyID: method})
				require.NoError(t, err)
				r, err := verify.InspectPresentation(t.Context(), token, verify.Expect{}, c)
				require.NoError(t, err)
				require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
				require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckBinding))
				return
			}
			form := issue.VCJOSE
			if test.Feature == "credential_sdjwt" {
				form = issue.VCSDJWT
			}
			issued, err := issue.Issue(t.Context(), text, issue.Config{Signer: signer, VerificationMethod: method, Form: form,
				Disclosable: joseHidden[test.Input], Kinds: []string{verify.AnyKind}, Now: clock})
			if test.Input == "credential-full.json" { // whose status entry names no list
				require.ErrorContains(t, err, string(status.CodeEntryMalformed))
				return
			}
			// The terms of credential-unknown-extensions.json, which the suite wants refused, are
			// defined: its second context has an @vocab.
			require.NoError(t, err)
			r, err := verify.Inspect(t.Context(), issued.Bytes(), c)
			require.NoError(t, err)
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%v", r.Problems())
			require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckBinding))
		})
	}
	require.Equal(t, 7, ran)
}
