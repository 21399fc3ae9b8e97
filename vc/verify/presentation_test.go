package verify_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

// stage is where presentations are made: a school, and two who hold its badges.
type stage struct {
	t        testing.TB
	world    *obtest.World
	school   *obtest.Issuer
	ada, bob *obtest.Issuer
	badge    []byte // of Ada
	anothers []byte // of nobody in particular
	asked    verify.Expect
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{t: t, world: obtest.New(obtest.Config{Seed: "presentations"}), asked: verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}}
	issuer := func(name string, m obtest.Method) *obtest.Issuer {
		i, err := s.world.Issuer(name, m, obtest.Ed25519)
		require.NoError(t, err)
		return i
	}
	s.school, s.ada, s.bob = issuer("harbour", obtest.DIDWeb), issuer("ada", obtest.DIDKey), issuer("bob", obtest.DIDKey)
	s.badge = s.issued(obtest.Badge{Number: 1, Recipient: s.ada.ID})
	s.anothers = s.issued(obtest.Badge{Number: 2})
	return s
}

func (s *stage) issued(b obtest.Badge) []byte {
	s.t.Helper()
	return s.signed(s.school, s.school.Badge(b), nil)
}

func (s *stage) signed(i *obtest.Issuer, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	s.t.Helper()
	signed, err := i.Sign(text, change)
	require.NoError(s.t, err)
	return signed
}

// presentation is one without a proof; holder "" names none.
func presentation(holder string, credentials ...[]byte) []byte {
	if holder != "" {
		holder = `"holder":"` + holder + `",`
	}
	return []byte(`{"@context":["` + vc.ContextV2 + `"],"type":["VerifiablePresentation"],` + holder +
		`"verifiableCredential":[` + string(bytes.Join(credentials, []byte(","))) + `]}`)
}

// presents signs what was asked for; change may spoil it.
func (s *stage) presents(by *obtest.Issuer, text []byte, change func(*dataintegrity.SignOptions)) []byte {
	s.t.Helper()
	return s.signed(by, text, func(o *dataintegrity.SignOptions) {
		o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck = "authentication", "c1", "jobs.example", true
		if change != nil {
			change(o)
		}
	})
}

// token is a presentation as a compact JWS.
func (s *stage) token(by *obtest.Issuer, header, payload string) []byte {
	return []byte(issuer{signer: by.Signer}.token(s.t, proof.EdDSA, `{"alg":"EdDSA","kid":"`+by.VerificationMethod+`"`+header+`}`, payload))
}

const vpJWT = `,"typ":"vp+jwt"`

// claimed is the presentation with claims beside its members.
func claimed(text []byte, claims string) string {
	return strings.TrimSuffix(string(text), "}") + "," + claims + "}"
}

func (s *stage) inspect(text []byte, e verify.Expect, c verify.Config) *verify.Report {
	s.t.Helper()
	c.Now = s.world.Now
	if c.Fetcher == nil {
		c.Fetcher = s.world.Web
	}
	r, err := verify.InspectPresentation(context.Background(), text, e, c)
	require.NoError(s.t, err)
	return r
}

// Every form in which a presentation comes is verified, and what is handed out is what was
// presented, with who presents it.
func TestPresentationForms(t *testing.T) {
	s := newStage(t)
	text := presentation(s.ada.ID, s.badge)
	answer := `"iss":"` + s.ada.ID + `","aud":"jobs.example","nonce":"c1"`
	joseToken := s.token(s.ada, vpJWT, claimed(text, answer))
	badgeToken, err := s.school.Secure(s.school.Badge(obtest.Badge{Number: 3, Recipient: s.ada.ID}), issue.VCJWT)
	require.NoError(t, err)
	old := []byte(`{"@context":["` + vc.ContextV1 + `"],"type":["VerifiablePresentation"],"verifiableCredential":["` + string(badgeToken) + `"]}`)
	v1 := []byte(`{"@context":["` + vc.ContextV1 + `","https://w3id.org/security/suites/ed25519-2020/v1"],"type":["VerifiablePresentation"],"holder":{"id":"` + s.ada.ID + `"},"verifiableCredential":[]}`)
	with2020 := replace(t, string(text), `credentials/v2"`, `credentials/v2","https://w3id.org/security/suites/ed25519-2020/v1"`)
	suite := func(name string) func(*dataintegrity.SignOptions) {
		return func(o *dataintegrity.SignOptions) { o.Suite = name }
	}
	for name, c := range map[string]struct {
		text []byte
		held int
	}{
		"eddsa-rdfc-2022":             {s.presents(s.ada, text, nil), 1},
		"eddsa-jcs-2022":              {s.presents(s.ada, text, suite(dataintegrity.EddsaJcs2022)), 1},
		"Ed25519Signature2020":        {s.presents(s.ada, with2020, suite(dataintegrity.Ed25519Signature2020)), 1},
		"Ed25519Signature2020 on 1.1": {s.presents(s.ada, v1, suite(dataintegrity.Ed25519Signature2020)), 0},
		"a token in an envelope":      {s.presents(s.ada, presentation(s.ada.ID, enveloped("data:application/jwt,"+string(badgeToken))), nil), 1},
		"vp+jwt":                      {joseToken, 1},
		"vp+jwt of an envelope":       {s.token(s.ada, vpJWT, claimed(presentation(s.ada.ID, enveloped(vcJWT+string(badgeToken))), answer)), 1},
		"the claim vp":                {s.token(s.ada, `,"typ":"JWT"`, `{`+answer+`,"jti":"urn:x:1","vp":`+string(old)+`}`), 1},
		"enveloped": {[]byte(`{"@context":"` + vc.ContextV2 + `","type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,` +
			string(joseToken) + `"}`), 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.inspect(c.text, s.asked, verify.Config{})
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Empty(t, r.Problems())
			v, err := verify.VerifyPresentation(t.Context(), c.text, s.asked, verify.Config{Now: s.world.Now, Fetcher: s.world.Web})
			require.NoError(t, err)
			require.Equal(t, s.ada.ID, v.Holder())
			require.Contains(t, string(v.Presentation()), "VerifiablePresentation")
			held := 0
			for n := range v.Credentials() {
				held++
				require.Equal(t, verify.HoldingSubject, n.Holding)
				require.Equal(t, verify.ProofGood, n.Proof)
				require.Equal(t, verify.VerdictVerified, n.Report.Verdict)
				require.Contains(t, string(n.Credential()), "Keel laying")
			}
			require.Equal(t, c.held, held)
			any := verify.Config{Now: s.world.Now, Fetcher: s.world.Web, Kinds: []string{verify.AnyKind}}
			_, err = verify.Verify(t.Context(), c.text, any)
			require.Error(t, err, "as a credential it is refused")
		})
	}
}

// What somebody tries who has a presentation or a credential of another.
func TestPresentationAttacks(t *testing.T) {
	s := newStage(t)
	text := presentation(s.ada.ID, s.badge)
	good := s.presents(s.ada, text, nil)
	answer := `"iss":"` + s.ada.ID + `","aud":"jobs.example","nonce":"c1"`
	jose := func(claims string) []byte { return s.token(s.ada, vpJWT, claimed(text, claims)) }
	asked := func(change func(*verify.Expect)) verify.Expect {
		e := s.asked
		change(&e)
		return e
	}
	option := func(change func(*dataintegrity.SignOptions)) []byte { return s.presents(s.ada, text, change) }
	forged := bytes.Replace(s.badge, []byte("Keel laying"), []byte("Mast making"), 1)
	deep := s.badge
	for range 3 {
		deep = presentation(s.ada.ID, deep)
	}
	joseGood := string(jose(answer))
	envelopeOf := func(media string) []byte {
		return []byte(`{"@context":"` + vc.ContextV2 + `","type":"EnvelopedVerifiablePresentation","id":"data:` + media + `,` + joseGood + `"}`)
	}
	other := asked(func(e *verify.Expect) { e.Challenge = "c2" })
	for name, c := range map[string]struct {
		text  []byte
		asked verify.Expect
		codes []vc.Code // nil verifies
	}{
		"good":                         {good, s.asked, nil},
		"good as a token":              {jose(answer), s.asked, nil},
		"asked for nothing":            {good, verify.Expect{}, nil},
		"no domain is asked for":       {good, asked(func(e *verify.Expect) { e.Domain = nil }), nil},
		"another challenge":            {good, other, []vc.Code{verify.CodeChallengeOther}},
		"no challenge":                 {option(func(o *dataintegrity.SignOptions) { o.Challenge = "" }), s.asked, []vc.Code{verify.CodeChallengeOther}},
		"another domain":               {good, asked(func(e *verify.Expect) { e.Domain = []string{"shop.example"} }), []vc.Code{verify.CodeDomainOther}},
		"part of the domains":          {good, asked(func(e *verify.Expect) { e.Domain = []string{"jobs.example", "shop.example"} }), []vc.Code{verify.CodeDomainOther}},
		"a domain where none is asked": {good, asked(func(e *verify.Expect) { e.Domain = []string{} }), []vc.Code{verify.CodeDomainOther}},
		"no domain":                    {option(func(o *dataintegrity.SignOptions) { o.Domain = "" }), s.asked, []vc.Code{verify.CodeDomainOther}},
		"another nonce":                {jose(answer), other, []vc.Code{verify.CodeChallengeOther}},
		"no nonce":                     {jose(`"aud":"jobs.example"`), s.asked, []vc.Code{verify.CodeChallengeOther}},
		"another aud":                  {jose(`"nonce":"c1","aud":"shop.example"`), s.asked, []vc.Code{verify.CodeDomainOther}},
		"aud with more":                {jose(`"nonce":"c1","aud":["jobs.example","shop.example"]`), s.asked, []vc.Code{verify.CodeDomainOther}},
		"a nonce in an array":          {jose(`"nonce":["c1"],"aud":"jobs.example"`), s.asked, []vc.Code{vc.CodeTokenClaim}},
		"iss of another":               {jose(`"iss":"` + s.bob.ID + `","aud":"jobs.example","nonce":"c1"`), s.asked, []vc.Code{proof.CodeJWTIssMismatch}},
		"a claim vp beside":            {jose(answer + `,"vp":{}`), s.asked, []vc.Code{proof.CodeJWTVCClaim}},
		"a claim vc beside": {s.token(s.ada, vpJWT, claimed(text, answer+`,"vc":`+string(s.badge))), s.asked,
			[]vc.Code{proof.CodeJWTVCClaim, verify.CodeNoPresentation}},
		"vp and a credential": {s.token(s.ada, "", `{`+answer+`,"vp":`+string(text)+`,"type":["VerifiablePresentation"],"issuer":"`+s.ada.ID+`"}`), s.asked,
			[]vc.Code{proof.CodeJWTAmbiguous}},
		"vp under typ vp+jwt":      {s.token(s.ada, vpJWT, `{`+answer+`,"vp":`+string(text)+`}`), s.asked, []vc.Code{proof.CodeJWTVCClaim}},
		"typ of a credential":      {s.token(s.ada, `,"typ":"vc+jwt"`, claimed(text, answer)), s.asked, []vc.Code{proof.CodeJWTTypeInvalid}},
		"no typ":                   {s.token(s.ada, "", claimed(text, answer)), s.asked, []vc.Code{proof.CodeJWTTypeInvalid}},
		"an expired token":         {jose(answer + `,"exp":1700000000`), s.asked, []vc.Code{verify.CodeExpired}},
		"a token of another key":   {s.token(s.bob, vpJWT, claimed(text, answer)), s.asked, []vc.Code{verify.CodeHolderMismatch}},
		"for assertion":            {option(func(o *dataintegrity.SignOptions) { o.Purpose = "assertionMethod" }), s.asked, []vc.Code{proof.CodeProofPurpose}},
		"of another holder's key":  {s.presents(s.bob, text, nil), s.asked, []vc.Code{verify.CodeHolderMismatch}},
		"holder changed":           {replace(t, string(good), s.ada.ID, s.bob.ID), s.asked, []vc.Code{verify.CodeHolderMismatch, proof.CodeSignature}},
		"a credential swapped in":  {replace(t, string(good), string(s.badge), string(s.anothers)), s.asked, []vc.Code{proof.CodeSignature}},
		"a credential added":       {replace(t, string(good), string(s.badge), string(s.badge)+","+string(s.anothers)), s.asked, []vc.Code{proof.CodeSignature}},
		"challenge changed":        {replace(t, string(good), `"challenge":"c1"`, `"challenge":"c2"`), other, []vc.Code{proof.CodeSignature}},
		"unsigned":                 {text, s.asked, []vc.Code{verify.CodePresentationUnsigned}},
		"unsigned, allowed":        {presentation("", s.badge), verify.Expect{AllowUnsigned: true}, nil},
		"forged within, allowed":   {presentation("", forged), verify.Expect{AllowUnsigned: true}, []vc.Code{verify.CodeNestedForged}},
		"unsigned with proof null": {claimedProof(text, "null"), s.asked, []vc.Code{proof.CodeProofMalformed}},
		"an expired proof": {option(func(o *dataintegrity.SignOptions) { o.Expires = s.world.Now().Add(-time.Hour) }), s.asked,
			[]vc.Code{proof.CodeProofExpired}},
		"a forged credential": {s.presents(s.ada, presentation(s.ada.ID, forged), nil), s.asked, []vc.Code{verify.CodeNestedForged}},
		"a credential without a proof": {s.presents(s.ada, presentation(s.ada.ID, s.school.Badge(obtest.Badge{Number: 1})), nil), s.asked,
			[]vc.Code{verify.CodeNestedUnvouched}},
		"the holder's own word":         {s.presents(s.ada, presentation(s.ada.ID, s.ada.Badge(obtest.Badge{Number: 1, Recipient: s.ada.ID})), nil), s.asked, nil},
		"own word, and nobody presents": {s.presents(s.ada, presentation("", s.ada.Badge(obtest.Badge{Number: 1})), nil), s.asked, []vc.Code{verify.CodeNestedUnvouched}},
		"no holder":                     {s.presents(s.ada, presentation("", s.badge), nil), s.asked, nil},
		"a presentation in it": {s.presents(s.ada, presentation(s.ada.ID, presentation(s.ada.ID, s.badge)), nil), s.asked,
			[]vc.Code{verify.CodeNestedForeign}},
		"presentations in one another": {s.presents(s.ada, deep, nil), s.asked, []vc.Code{verify.CodeNestedForeign}},
		"the same credential twice":    {s.presents(s.ada, presentation(s.ada.ID, s.badge, s.badge), nil), s.asked, nil},
		"a credential in its place":    {s.badge, s.asked, []vc.Code{verify.CodeNoPresentation, proof.CodeProofPurpose}},
		"a credential as well": {s.presents(s.ada, replace(t, string(text), `"VerifiablePresentation"`, `"VerifiablePresentation","VerifiableCredential"`), func(o *dataintegrity.SignOptions) {
			o.Suite = dataintegrity.EddsaJcs2022
		}), s.asked, []vc.Code{verify.CodeNoPresentation}},
		"enveloped under text":          {envelopeOf("text/vp+jwt"), s.asked, []vc.Code{rules.CodeEnvelope}},
		"enveloped as a credential":     {envelopeOf("application/vc+jwt"), s.asked, []vc.Code{rules.CodeEnvelope}},
		"enveloped with a second type":  {replace(t, string(envelopeOf("application/vp+jwt")), `"EnvelopedVerifiablePresentation"`, `["EnvelopedVerifiablePresentation","VerifiablePresentation"]`), s.asked, []vc.Code{rules.CodeEnvelope}},
		"enveloped, and a holder aside": {replace(t, string(envelopeOf("application/vp+jwt")), `{`, `{"holder":"`+s.bob.ID+`",`), s.asked, []vc.Code{rules.CodeEnvelope}},
		"a presentation in an envelope of a credential": {s.presents(s.ada, presentation(s.ada.ID, enveloped("data:application/jwt,"+joseGood)), nil), s.asked,
			[]vc.Code{verify.CodeNestedForged}},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.inspect(c.text, c.asked, verify.Config{})
			require.Subset(t, r.Codes(), c.codes, "%v", r.Problems())
			if c.codes == nil {
				require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
				require.Empty(t, r.Codes())
				return
			}
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%v", r.Problems())
			_, err := verify.VerifyPresentation(t.Context(), c.text, c.asked, verify.Config{Now: s.world.Now, Fetcher: s.world.Web})
			require.Error(t, err)
		})
	}
}

// claimedProof is a presentation with a proof that is none.
func claimedProof(text []byte, value string) []byte { return []byte(claimed(text, `"proof":`+value)) }

// A key counts for what its controller lists it for, each way round: one run keeps the two
// apart though it reads both documents once.
func TestKeysOfPresentations(t *testing.T) {
	s := newStage(t)
	ada := edIssuer(t, 7)
	signed := func(purpose string) []byte {
		return ada.sign(t, presentation(victim, s.badge), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod, o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck = victim+"#key", purpose, "c1", "jobs.example", true
		})
	}
	own := ada.sign(t, badge(t, victim), func(o *dataintegrity.SignOptions) { o.VerificationMethod = victim + "#key" })
	both := ada.sign(t, presentation(victim, own), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.Purpose, o.Challenge, o.Domain, o.SkipIssuerCheck = victim+"#key", "authentication", "c1", "jobs.example", true
	})
	for _, c := range []struct {
		listed string
		text   []byte
		codes  []vc.Code
	}{
		{"authentication", signed("authentication"), nil},
		{"assertionMethod", signed("authentication"), []vc.Code{verify.CodeKeyRelationship}},
		{"authentication", signed("assertionMethod"), []vc.Code{proof.CodeProofPurpose}},
		{"authentication", both, []vc.Code{verify.CodeNestedForged}},
		{"assertionMethod", both, []vc.Code{verify.CodeKeyRelationship}},
	} {
		r, err := verify.InspectPresentation(t.Context(), c.text, s.asked, verify.Config{Now: s.world.Now,
			Fetcher: fetch.Layered(published(t, ada, c.listed), s.world.Web)})
		require.NoError(t, err)
		require.Equal(t, c.codes, r.Codes(), "%s: %v", c.listed, r.Problems())
	}
}

// Who presents what is always said, and counts where it is asked for.
func TestHolding(t *testing.T) {
	s := newStage(t)
	unnamed := s.signed(s.school, replace(t, string(s.school.Badge(obtest.Badge{Number: 4, Recipient: s.ada.ID})), `"credentialSubject":{"id":"`+s.ada.ID+`",`,
		`"credentialSubject":{"identifier":[{"type":"IdentityObject","identityHash":"a@example.org","identityType":"emailAddress","hashed":false}],`), nil)
	strict := s.asked
	strict.HolderIsSubject = true
	for name, c := range map[string]struct {
		text    []byte
		holding verify.Holding
		code    vc.Code
		verdict verify.Verdict // where the subject must present
	}{
		"the subject": {s.presents(s.ada, presentation(s.ada.ID, s.badge), nil), verify.HoldingSubject, "", verify.VerdictVerified},
		"a stolen one": {s.presents(s.bob, presentation(s.bob.ID, s.badge), nil), verify.HoldingAnother,
			verify.CodePresentedByOther, verify.VerdictNotVerified},
		"a stolen one in a record of one's own": {s.presents(s.bob, presentation(s.bob.ID, s.signed(s.bob, s.bob.Record(1, s.bob.ID, s.badge), nil)), nil),
			verify.HoldingSubject, verify.CodePresentedByOther, verify.VerdictNotVerified},
		"one of nobody named in a record of one's own": {s.presents(s.ada, presentation(s.ada.ID, s.signed(s.ada, s.ada.Record(1, s.ada.ID, unnamed), nil)), nil),
			verify.HoldingSubject, verify.CodeSubjectNotNamed, verify.VerdictUndetermined},
		"one of nobody named in the school's record": {s.presents(s.ada, presentation(s.ada.ID, s.signed(s.school, s.school.Record(1, s.ada.ID, unnamed, s.badge), nil)), nil),
			verify.HoldingSubject, "", verify.VerdictVerified},
		"of nobody named": {s.presents(s.ada, presentation(s.ada.ID, unnamed), nil), verify.HoldingUnnamed,
			verify.CodeSubjectNotNamed, verify.VerdictUndetermined},
		"nobody's holding": {s.presents(s.ada, presentation("", s.badge), nil), verify.HoldingNobody, verify.CodePresentedByNobody, verify.VerdictNotVerified},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.inspect(c.text, s.asked, verify.Config{})
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Equal(t, c.holding, r.Nested[0].Holding)
			last := r.Checks[len(r.Checks)-1]
			require.Equal(t, verify.CheckHolder, last.Name)
			if c.code == "" {
				require.Equal(t, verify.OutcomePassed, last.Outcome)
				require.Empty(t, last.Problems)
			} else {
				require.NotEqual(t, verify.OutcomePassed, last.Outcome)
				require.Equal(t, c.code, last.Problems[0].Code)
				require.Contains(t, string(r.AppendJSON(nil)), string(c.code))
			}
			require.Equal(t, c.verdict, s.inspect(c.text, strict, verify.Config{}).Verdict)
		})
	}
}

// What only a signed presentation answers is not asked of an unsigned one, and what was not
// asked at all is told.
func TestExpect(t *testing.T) {
	s := newStage(t)
	for _, e := range []verify.Expect{{Challenge: "c"}, {Domain: []string{}}, {HolderIsSubject: true}} {
		e.AllowUnsigned = true
		_, err := verify.InspectPresentation(t.Context(), s.badge, e, verify.Config{})
		require.Error(t, err)
		_, err = verify.VerifyPresentation(t.Context(), s.badge, e, verify.Config{})
		require.Error(t, err)
	}
	good := s.presents(s.ada, presentation(s.ada.ID, s.badge), nil)
	warned := func(e verify.Expect, c verify.Config) (codes []vc.Code) {
		for _, w := range s.inspect(good, e, c).Warnings() {
			codes = append(codes, w.Code)
		}
		return codes
	}
	require.Equal(t, []vc.Code{verify.CodeReplayPossible, verify.CodeAudienceNamed}, warned(verify.Expect{}, verify.Config{}))
	require.Equal(t, []vc.Code{verify.CodeAudienceNamed}, warned(verify.Expect{Challenge: "c1"}, verify.Config{}))
	require.Empty(t, warned(verify.Expect{Challenge: "c1"}, verify.Config{Audience: []string{"jobs.example"}}))
	require.Empty(t, warned(s.asked, verify.Config{}))
	r := s.inspect(good, verify.Expect{Challenge: "c1"}, verify.Config{Audience: []string{"shop.example"}})
	require.Equal(t, []vc.Code{verify.CodeAudienceOther}, r.Codes())

	r = s.inspect([]byte("hello"), verify.Expect{}, verify.Config{})
	require.Equal(t, verify.VerdictUnreadable, r.Verdict)
	var none verify.Verifier
	_, err := none.InspectPresentation(t.Context(), good, verify.Expect{})
	require.Error(t, err)
}

// The credentials of a presentation share their limits, and a limit is a finding.
func TestPresentationLimits(t *testing.T) {
	s := newStage(t)
	many := func(n int, of []byte) []byte { return presentation(s.ada.ID, slicesRepeat(of, n)...) }
	r := s.inspect(s.presents(s.ada, many(5, s.badge), nil), s.asked, verify.Config{Limits: verify.Limits{MaxNested: 4}})
	require.Equal(t, []vc.Code{verify.CodeNestedTooMany}, r.Codes())
	require.Len(t, r.Nested, 4)

	small := []byte(`{"@context":["` + vc.ContextV2 + `"],"type":["VerifiableCredential"],"issuer":"` + s.ada.ID + `","credentialSubject":{"id":"` + s.ada.ID + `"},"proof":{}}` +
		strings.Repeat(" ", 60))
	flood := s.presents(s.ada, many(10_001, small), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 })
	r = s.inspect(flood, s.asked, verify.Config{})
	require.Contains(t, r.Codes(), verify.CodeNestedTooMany)
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Less(t, len(r.AppendJSON(nil)), 64<<10+16*len(flood))

	record := s.signed(s.school, s.school.Record(1, s.ada.ID, s.badge), nil)
	r = s.inspect(s.presents(s.ada, presentation(s.ada.ID, record), nil), s.asked, verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested[0].Report.Nested, 1)
	for depth, code := range map[int]vc.Code{-1: verify.CodeNestedTooDeep, 1: verify.CodeNestedTooDeep} {
		limited := verify.Config{Limits: verify.Limits{MaxNestedDepth: depth}}
		r = s.inspect(s.presents(s.ada, presentation(s.ada.ID, record), nil), s.asked, limited)
		require.Equal(t, []vc.Code{code}, r.Codes(), fmt.Sprint(depth))
	}
}

func slicesRepeat(one []byte, n int) [][]byte {
	all := make([][]byte, n)
	for i := range all {
		all[i] = one
	}
	return all
}

// As long as a record may be, so may a presentation that holds one.
func TestLongPresentation(t *testing.T) {
	text := `{"@context":["` + vc.ContextV2 + `"],"type":"VerifiablePresentation","verifiableCredential":[{"type":"ClrCredential"}],"x":"` + strings.Repeat("x", 5<<20) + `"}`
	_, err := vc.ParsePresentation([]byte(text))
	require.NoError(t, err)
	_, err = vc.Parse([]byte(text))
	require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTooLarge})
	_, err = vc.ParsePresentation([]byte(strings.Replace(text, "ClrCredential", "Other", 1)))
	require.ErrorIs(t, err, &vc.Problem{Code: vc.CodeTooLarge})
}

// A token beside what was signed is no part of the statements: a lenient verifier, which
// lets data go, takes no credential into a presentation that way.
func TestLenientPresentation(t *testing.T) {
	s := newStage(t)
	token, err := s.school.Secure(s.school.Badge(obtest.Badge{Number: 3, Recipient: s.ada.ID}), issue.VCJWT)
	require.NoError(t, err)
	text := []byte(`{"@context":["` + vc.ContextV1 + `","https://w3id.org/security/suites/ed25519-2020/v1"],"type":["VerifiablePresentation"],"holder":"` +
		s.ada.ID + `","verifiableCredential":[{}]}`)
	signed := string(s.presents(s.ada, text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.Ed25519Signature2020 }))
	for _, added := range []string{`["` + string(token) + `"]`, `"` + string(token) + `"`} {
		r := s.inspect(replace(t, signed, `"verifiableCredential":[{}]`, `"verifiableCredential":`+added), s.asked, verify.Config{Lenient: true})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%v", r.Warnings())
		require.Contains(t, r.Codes(), proof.CodeDataLoss)
	}
	for _, other := range []string{`"holder":""`, `"holder":"x"`} {
		r := s.inspect(replace(t, signed, `"holder":"`+s.ada.ID+`"`, other), s.asked, verify.Config{Lenient: true})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	}
}
