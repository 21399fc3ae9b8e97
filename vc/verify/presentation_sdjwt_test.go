package verify_test

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// A presentation that has become a token with disclosures is none, though it was one.
func TestPresentationWithDisclosures(t *testing.T) {
	issuer, holder := school.Ed(t, 1), school.Ed(t, 2)
	badge := school.Sign(t, issuer, testkit.BadgeOf(issuer.VerificationMethod), nil)
	made, err := present.Sign(t.Context(), [][]byte{badge}, present.Config{Signer: holder.Signer,
		VerificationMethod: holder.VerificationMethod, Form: present.VPJOSE, Now: testkit.Clock},
		present.Options{Challenge: "c1", Domain: "jobs.example"})
	require.NoError(t, err)
	e := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}
	c := verify.Config{Now: testkit.Clock}
	r, err := verify.InspectPresentation(t.Context(), made.Bytes(), e, c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	r, err = verify.InspectPresentation(t.Context(), append(made.Bytes(), '~'), e, c)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Contains(t, r.Codes(), proof.CodeJWTTypeInvalid)
}

// An SD-JWT is presented in an envelope of its own media type, with no key binding of its own:
// the presentation is its holder's answer. A verifier that asks for a key binding takes none.
func TestPresentedSDJWT(t *testing.T) {
	issuer, holder := school.Ed(t, 1), school.Ed(t, 2)
	token, err := sdjwt.Sign(t.Context(), testkit.BadgeOf(issuer.VerificationMethod), sdjwt.SignOptions{Signer: issuer.Signer,
		KeyID: issuer.VerificationMethod, Disclosable: []string{"/credentialSubject/achievement/description"}})
	require.NoError(t, err)
	made, err := present.Sign(t.Context(), [][]byte{token}, present.Config{Signer: holder.Signer,
		VerificationMethod: holder.VerificationMethod, Now: testkit.Clock}, present.Options{Challenge: "c1", Domain: "jobs.example"})
	require.NoError(t, err)
	require.Contains(t, string(made.Bytes()), "data:application/vc+sd-jwt,")
	e := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}
	c := verify.Config{Now: testkit.Clock}
	v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), e, c)
	require.NoError(t, err)
	for n := range v.Credentials() {
		require.Equal(t, token, n.Secured())
	}
	c.Audience, c.KeyBinding.Nonce = []string{"jobs.example"}, "n-1"
	_, err = verify.VerifyPresentation(t.Context(), made.Bytes(), e, c)
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeBindingMissing})
}

// disclosed is a disclosure of JSON text, as it is sent and as its digest.
func disclosed(text string) (sent, digest string) {
	sent = base64.RawURLEncoding.EncodeToString([]byte(text))
	sum := sha256.Sum256([]byte(sent))
	return sent, base64.RawURLEncoding.EncodeToString(sum[:])
}

// A presentation may be an SD-JWT itself (VC-JOSE-COSE 1.0, 3.2.2): the holder shows some of
// the credentials that it was made of. Who presents, to whom and as an answer to what is
// shown to everybody, and the type says that parts may be missing.
func TestPresentationAsSDJWT(t *testing.T) {
	s := newStage(t)
	other := s.issued(obtest.Badge{Number: 3, Recipient: s.ada.ID})
	sent, shown := disclosed(`["salt",` + string(s.badge) + `]`)
	_, hidden := disclosed(`["pepper",` + string(other) + `]`)
	nonce, nonceDigest := disclosed(`["salt","nonce","c1"]`)
	holder, holderDigest := disclosed(`["salt","holder","` + s.ada.ID + `"]`)
	who := `"iss":"` + s.ada.ID + `","aud":"jobs.example","nonce":"c1"`
	list := func(holder string, digests ...string) []byte {
		all := make([][]byte, len(digests))
		for i, d := range digests {
			all[i] = []byte(`{"...":"` + d + `"}`)
		}
		return presentation(holder, all...)
	}
	made := func(typ, payload string, disclosures ...string) []byte {
		text := append(s.token(s.ada, `,"typ":"`+typ+`"`, payload), '~')
		for _, d := range disclosures {
			text = append(append(text, d...), '~')
		}
		return text
	}
	good := made("vp+sd-jwt", claimed(list(s.ada.ID, shown, hidden), who), sent)
	inEnvelope := func(media string) []byte {
		return []byte(`{"@context":"` + vc.ContextV2 + `","type":"EnvelopedVerifiablePresentation","id":"data:application/` + media + `,` + string(good) + `"}`)
	}
	for name, text := range map[string][]byte{
		"one of two shown": good, "in an envelope": inEnvelope("vp+sd-jwt"), "of the drafts": inEnvelope("vp+ld+json+sd-jwt"),
		"the type of the drafts": made("vp+ld+json+sd-jwt", claimed(list(s.ada.ID, shown), who), sent),
		"nothing to disclose":    made("vp+sd-jwt", claimed(presentation(s.ada.ID, s.badge), who)),
	} {
		t.Run(name, func(t *testing.T) {
			r := s.inspect(text, s.asked, verify.Config{})
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Len(t, r.Nested, 1)
			require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict)
			require.Equal(t, verify.HoldingSubject, r.Nested[0].Holding)
		})
	}
	for name, c := range map[string]struct {
		text []byte
		code vc.Code
	}{
		"a vp+jwt with a tilde": {made("vp+jwt", claimed(presentation(s.ada.ID, s.badge), who)), proof.CodeJWTTypeInvalid},
		"a vc+sd-jwt":           {made("vc+sd-jwt", claimed(presentation(s.ada.ID, s.badge), who)), proof.CodeJWTTypeInvalid},
		"without a tilde": {s.token(s.ada, `,"typ":"vp+sd-jwt"`, claimed(presentation(s.ada.ID, s.badge), who)),
			proof.CodeJWTTypeInvalid},
		"for somebody else": {made("vp+sd-jwt", claimed(list(s.ada.ID, shown), strings.Replace(who, "jobs", "shop", 1)), sent), verify.CodeDomainOther},
		"another challenge": {made("vp+sd-jwt", claimed(list(s.ada.ID, shown), strings.Replace(who, "c1", "c2", 1)), sent), verify.CodeChallengeOther},
		"a disclosed nonce": {made("vp+sd-jwt", claimed(list(s.ada.ID, shown), strings.Replace(who, `"nonce":"c1"`, `"_sd":["`+nonceDigest+`"]`, 1)),
			sent, nonce), vc.CodeNotDisclosable},
		"a disclosed holder":         {made("vp+sd-jwt", claimed(list("", shown), who+`,"_sd":["`+holderDigest+`"]`), sent, holder), vc.CodeNotDisclosable},
		"by somebody else":           {made("vp+sd-jwt", claimed(list(s.bob.ID, shown), strings.Replace(who, s.ada.ID, s.bob.ID, 1)), sent), verify.CodeHolderMismatch},
		"what belongs to no payload": {made("vp+sd-jwt", claimed(list(s.ada.ID, hidden), who), sent), vc.CodeDisclosureUnused},
		"an envelope of a vp+jwt":    {inEnvelope("vp+jwt"), rules.CodeEnvelope},
		"beside a credential in vc":  {made("vp+sd-jwt", claimed(list(s.ada.ID, shown), who+`,"vc":{}`), sent), proof.CodeJWTVCClaim},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.inspect(c.text, s.asked, verify.Config{})
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
			require.Contains(t, r.Codes(), c.code)
		})
	}
}
