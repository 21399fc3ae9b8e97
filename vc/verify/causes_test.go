package verify_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// cause is one thing wrong with a credential that is good otherwise.
type cause struct {
	name    string
	code    vc.Code
	verdict verify.Verdict
	config  verify.Config
	make    func(t *testing.T) []byte
}

// revocations answers for the 1EdTech revocation list of a test.
func revocations(t testing.TB) fetch.Fetcher {
	pack, err := fetch.ParsePack([]byte(`{"https://school.example/revoked":{"id":"https://school.example/revoked","revokedCredential":[{"id":"urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11","revocationReason":"issued twice"}]}}`))
	require.NoError(t, err)
	return pack
}

const extensionsContext = `context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"`

// causes is the table that README and docs refer to: eighteen causes, for most of
// which other verifiers say "invalid signature", and eighteen codes.
func causes(t testing.TB) []cause {
	a, b := edIssuer(t, 1), edIssuer(t, 2)
	good := func(replacements ...string) func(*testing.T) []byte {
		return func(t *testing.T) []byte { return a.sign(t, badge(t, a.did, replacements...), nil) }
	}
	spoiled := func(replacements ...string) func(*testing.T) []byte {
		return func(t *testing.T) []byte { return replace(t, string(good()(t)), replacements...) }
	}
	onlyRdfc := verify.Config{Proofs: verify.ProofsConfig{Suites: []string{dataintegrity.EddsaRdfc2022}}}
	return []cause{
		{"tampered", proof.CodeSignature, verify.VerdictNotVerified, verify.Config{}, spoiled("Keel laying,", "Keel saying,")},
		{"truncated proofValue", proof.CodeProofValue, verify.VerdictNotVerified, verify.Config{}, func(t *testing.T) []byte {
			signed := string(good()(t))
			return []byte(signed[:len(signed)-12] + `"}}`)
		}},
		{"good ecdsa-rdfc-2019, not enabled", "not-enabled-ecdsa-rdfc-2019", verify.VerdictUndetermined, onlyRdfc, func(t *testing.T) []byte {
			ec := ecIssuer(t)
			return ec.sign(t, badge(t, ec.did), nil)
		}},
		{"good eddsa-jcs-2022, not enabled", "not-enabled-eddsa-jcs-2022", verify.VerdictUndetermined, onlyRdfc, func(t *testing.T) []byte {
			return a.sign(t, badge(t, a.did), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
		}},
		{"ecdsa-sd-2023 derived", "not-enabled-ecdsa-sd-2023", verify.VerdictUndetermined, verify.Config{}, spoiled(`"eddsa-rdfc-2022"`, `"ecdsa-sd-2023"`)},
		{"unknown cryptosuite name", proof.CodeSuiteUnknown, verify.VerdictNotVerified, verify.Config{}, spoiled(`"eddsa-rdfc-2022"`, `"eddsa-rdf-2022"`)},
		{"context not to be had", verify.CodeContextUnknown, verify.VerdictNotVerified, verify.Config{}, spoiled(`context-3.0.3.json"`, `context-3.0.3.json", "https://gone.example/context.json"`)},
		{"did:web host down", verify.CodeKeyUnavailable, verify.VerdictUndetermined, verify.Config{Fetcher: down{}}, func(t *testing.T) []byte {
			return a.sign(t, badge(t, "did:web:school.example"), func(o *dataintegrity.SignOptions) { o.VerificationMethod = "did:web:school.example#key" })
		}},
		{"key of somebody else", verify.CodeIssuerMismatch, verify.VerdictNotVerified, verify.Config{}, func(t *testing.T) []byte {
			return b.sign(t, badge(t, a.did), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
		}},
		{"proofPurpose authentication", proof.CodeProofPurpose, verify.VerdictNotVerified, verify.Config{}, func(t *testing.T) []byte {
			return a.sign(t, badge(t, a.did), func(o *dataintegrity.SignOptions) { o.Purpose = "authentication" })
		}},
		{"expired", verify.CodeExpired, verify.VerdictNotVerified, verify.Config{}, good(`"validFrom"`, `"validUntil": "2025-12-31T23:00:00Z", "validFrom"`)},
		{"not yet valid", verify.CodeNotYetValid, verify.VerdictNotVerified, verify.Config{}, good(`2025-06-01T08:00:00Z`, `2026-06-01T08:00:00Z`)},
		{"undefined term", proof.CodeDataLoss, verify.VerdictNotVerified, verify.Config{}, spoiled(`"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`)},
		{"criteria missing", "criteria-missing", verify.VerdictNotVerified, verify.Config{}, good(`"criteria": { "narrative": "Lay one keel under supervision and one alone." }`, `"tag": ["boats"]`)},
		{"status host down", "status-unavailable", verify.VerdictUndetermined, verify.Config{Fetcher: down{}}, good(`"validFrom"`,
			`"credentialStatus": {"id": "https://school.example/status#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://school.example/status"}, "validFrom"`)},
		{"revoked by a 1EdTechRevocationList", "revoked", verify.VerdictNotVerified, verify.Config{Fetcher: revocations(t)}, good("context-3.0.3.json\"", extensionsContext,
			`"validFrom"`, `"credentialStatus": {"id": "https://school.example/revoked", "type": "1EdTechRevocationList"}, "validFrom"`)},
		{"no id", "credential-id-missing", verify.VerdictNotVerified, verify.Config{}, good(`"id": "urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11",`, "")},
		{"no proof", proof.CodeNoProof, verify.VerdictNotVerified, verify.Config{}, func(t *testing.T) []byte { return badge(t, a.did) }},
	}
}

// Eighteen credentials with one fault each are told apart: eighteen codes, and no
// other code beside the one that names the cause.
func TestOneCauseOneCode(t *testing.T) {
	all := causes(t)
	require.Len(t, all, 18)
	seen := map[vc.Code]string{}
	for _, c := range all {
		t.Run(c.name, func(t *testing.T) {
			r := inspect(t, c.make(t), c.config)
			require.Equal(t, []vc.Code{c.code}, r.Codes(), "%v", r.Problems())
			require.Equal(t, c.verdict, r.Verdict)
			require.Empty(t, seen[c.code], "the code is taken by another cause")
			seen[c.code] = c.name
			for _, p := range r.Problems() {
				require.NotEmpty(t, p.Message)
				require.NotEmpty(t, p.Fix)
				require.NotEmpty(t, p.Spec)
			}
		})
	}
	require.Len(t, seen, 18)
}

// The control: without a fault the badge verifies, and it decodes.
func TestGoodBadgeVerifies(t *testing.T) {
	a := edIssuer(t, 1)
	r := inspect(t, a.sign(t, badge(t, a.did), nil), verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Empty(t, r.Codes())
	require.Empty(t, r.Warnings())
	require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof))
	require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckBinding))
	require.Equal(t, verify.OutcomeNotApplicable, r.Outcome(verify.CheckStatus))
}
