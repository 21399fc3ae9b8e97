package verify_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

const victim = "https://school.example/issuer"

// fragment is the key of an issuer in the form in which it stands in fragments.
func (i issuer) fragment() string { return strings.TrimPrefix(i.did, "did:key:") }

// pack is a trust pack from its JSON.
func pack(t testing.TB, text string) *fetch.Pack {
	t.Helper()
	p, err := fetch.ParsePack([]byte(text))
	require.NoError(t, err)
	return p
}

// published is the victim's document: its key is key, listed in relationship.
func published(t testing.TB, key issuer, relationship string) *fetch.Pack {
	return pack(t, `{"`+victim+`":{"id":"`+victim+`","verificationMethod":[{"id":"`+victim+`#key","type":"Multikey","controller":"`+victim+`","publicKeyMultibase":"`+key.fragment()+`"}],"`+relationship+`":["`+victim+`#key"]}}`)
}

// forge signs a badge in the victim's name with a key of the attacker's.
func forge(t testing.TB, attacker issuer, method string) []byte {
	return attacker.sign(t, badge(t, victim), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = method, true
	})
}

// Who signed is not who the document says: every way of saying so is refused, for
// its own reason.
func TestForgedIssuers(t *testing.T) {
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	for name, c := range map[string]struct {
		credential []byte
		fetcher    fetch.Fetcher
		code       vc.Code
		verdict    verify.Verdict
	}{
		"key in the fragment, issuer's document at hand": {forge(t, attacker, victim+"#"+attacker.fragment()), published(t, school, "assertionMethod"), verify.CodeKeyNotFound, verify.VerdictNotVerified},
		"key in the fragment, offline":                   {forge(t, attacker, victim+"#"+attacker.fragment()), nil, verify.CodeKeyUnavailable, verify.VerdictUndetermined},
		"key in the fragment of a did:web": {attacker.sign(t, badge(t, "did:web:school.example"), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod = "did:web:school.example#" + attacker.fragment()
		}),
			pack(t, `{"did:web:school.example":{"id":"did:web:school.example","verificationMethod":[]}}`), verify.CodeKeyNotFound, verify.VerdictNotVerified},
		"another key under the issuer's method": {forge(t, attacker, victim+"#key"), published(t, school, "assertionMethod"), proof.CodeSignature, verify.VerdictNotVerified},
		"the attacker's own did:key":            {forge(t, attacker, attacker.method), nil, verify.CodeIssuerMismatch, verify.VerdictNotVerified},
		"did:key with another fragment": {attacker.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) {
			o.VerificationMethod = school.did + "#" + attacker.fragment()
		}),
			nil, verify.CodeKeyNotFound, verify.VerdictNotVerified},
		"a key that is for logging in": {forge(t, school, victim+"#key"), published(t, school, "authentication"), verify.CodeKeyRelationship, verify.VerdictNotVerified},
		"a document of another id": {forge(t, attacker, victim+"#key"),
			pack(t, `{"`+victim+`":{"id":"https://evil.example/","assertionMethod":[{"id":"`+victim+`#key","type":"Multikey","controller":"`+victim+`","publicKeyMultibase":"`+attacker.fragment()+`"}]}}`),
			vc.Code(did.CodeDocumentID), verify.VerdictNotVerified},
		"a method of another controller": {forge(t, attacker, victim+"#key"),
			pack(t, `{"`+victim+`":{"id":"`+victim+`","assertionMethod":[{"id":"`+victim+`#key","type":"Multikey","controller":"https://evil.example/","publicKeyMultibase":"`+attacker.fragment()+`"}]}}`),
			vc.Code(did.CodeMethodController), verify.VerdictNotVerified},
		"a method of an unknown DID method": {attacker.sign(t, badge(t, "did:magic:1"), func(o *dataintegrity.SignOptions) { o.VerificationMethod = "did:magic:1#key" }),
			nil, verify.CodeDIDMethodUnknown, verify.VerdictUndetermined},
	} {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, c.credential, verify.Config{Fetcher: c.fetcher})
			require.Equal(t, []vc.Code{c.code}, r.Codes(), "%v", r.Problems())
			require.Equal(t, c.verdict, r.Verdict)
		})
	}
}

// The control of the forgeries: the issuer's own key verifies, from its document
// and from an entry for the method.
func TestIssuerAtURL(t *testing.T) {
	school := edIssuer(t, 1)
	signed := forge(t, school, victim+"#key")
	entry := `{"` + victim + `#key":{"id":"` + victim + `#key","type":"Multikey","controller":"` + victim + `","publicKeyMultibase":"` + school.fragment() + `"}}`
	for _, f := range []fetch.Fetcher{published(t, school, "assertionMethod"), pack(t, entry)} {
		r := inspect(t, signed, verify.Config{Fetcher: f})
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	}
}

// counting notes what a document makes its verifier fetch.
type counting struct {
	next  fetch.Fetcher
	calls atomic.Int64
}

func (c *counting) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	c.calls.Add(1)
	return c.next.Fetch(ctx, url)
}

// Before the proof is good and the key is the issuer's, a document causes no
// request but the one for its key.
func TestForgeriesFetchNothing(t *testing.T) {
	attacker := edIssuer(t, 9)
	status := `"credentialStatus": {"id": "https://evil.example/s#1", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "1", "statusListCredential": "https://evil.example/s"}, "validFrom"`
	good := attacker.sign(t, badge(t, attacker.did, `"validFrom"`, status), nil)
	for name, text := range map[string][]byte{
		"changed":             replace(t, string(good), "Keel laying,", "Keel saying,"),
		"no proof":            badge(t, attacker.did, `"validFrom"`, status),
		"foreign key":         attacker.sign(t, badge(t, edIssuer(t, 1).did, `"validFrom"`, status), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true }),
		"unknown context":     replace(t, string(good), `context-3.0.3.json"`, `context-3.0.3.json", "https://evil.example/context"`),
		"proof of other kind": replace(t, string(good), `"eddsa-rdfc-2022"`, `"bbs-2023"`),
	} {
		t.Run(name, func(t *testing.T) {
			f := &counting{next: down{}}
			r := inspect(t, text, verify.Config{Fetcher: f})
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.Zero(t, f.calls.Load())
			require.Equal(t, verify.OutcomeNotRun, r.Outcome(verify.CheckStatus))
		})
	}
	f := &counting{next: down{}}
	inspect(t, good, verify.Config{Fetcher: f})
	require.EqualValues(t, 1, f.calls.Load(), "the control: an authentic badge has its status asked for")
}

func TestProofSets(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	two := school.sign(t, school.sign(t, badge(t, school.did), nil), nil)
	require.Equal(t, verify.VerdictVerified, inspect(t, two, verify.Config{}).Verdict)

	foreign := other.sign(t, school.sign(t, badge(t, school.did), nil), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
	r := inspect(t, foreign, verify.Config{})
	require.Equal(t, verify.VerdictNotVerified, r.Verdict, "one good proof does not hide another's")
	require.Equal(t, []vc.Code{verify.CodeIssuerMismatch}, r.Codes())
	require.Equal(t, verify.VerdictVerified,
		inspect(t, foreign, verify.Config{Proofs: verify.ProofsConfig{Policy: verify.ProofsAny}}).Verdict)

	strange := replace(t, string(two), `"eddsa-rdfc-2022"`, `"bbs-2023"`)
	r = inspect(t, strange, verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "beside a good proof, an unsupported one is reported: %v", r.Problems())
	require.Equal(t, verify.OutcomeUndetermined, r.Checks[2].Outcome)
	require.True(t, r.Checks[2].Advisory)
}

// What is neither a URL nor an object is no context of the document's own: it is told as
// what it is, and by no name of another fault.
func TestContextsOfNoKind(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	for _, item := range []string{`7`, `-1.5`, `true`, `null`, `[]`, `["https://w3id.org/security/v2"]`} {
		for name, text := range map[string][]byte{
			"listed":       replace(t, signed, `context-3.0.3.json"`, `context-3.0.3.json", `+item),
			"of an object": replace(t, signed, `"type": ["AchievementSubject"]`, `"@context": [`+item+`], "type": ["AchievementSubject"]`),
		} {
			codes := inspect(t, text, verify.Config{InlineContexts: func([]byte) bool { return true }}).Codes()
			require.Contains(t, codes, rules.CodeContextItem, "%s %s", name, item)
			require.NotContains(t, codes, verify.CodeContextInline, "%s %s", name, item)
		}
	}
}

// A document cannot bring a meaning of its own for a name.
func TestContextsOfTheDocument(t *testing.T) {
	school := edIssuer(t, 1)
	signed := string(school.sign(t, badge(t, school.did), nil))
	for name, c := range map[string]struct {
		old, new string
		code     vc.Code
	}{
		"inline":              {`context-3.0.3.json"`, `context-3.0.3.json", {"colour": "https://evil.example/colour"}`, verify.CodeContextInline},
		"unknown":             {`context-3.0.3.json"`, `context-3.0.3.json", "https://evil.example/v1"`, verify.CodeContextUnknown},
		"everything":          {`context-3.0.3.json"`, `context-3.0.3.json", "https://www.w3.org/ns/credentials/undefined-terms/v2"`, verify.CodeContextVocabulary},
		"in the middle":       {`"type": ["AchievementSubject"]`, `"@context": "https://w3id.org/security/v2", "type": ["AchievementSubject"]`, verify.CodeContextNested},
		"none":                {`"@context": [`, `"context": [`, rules.CodeContextMissing},
		"in the middle, null": {`"type": ["AchievementSubject"]`, `"@context": null, "type": ["AchievementSubject"]`, verify.CodeContextNested},
	} {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, replace(t, signed, c.old, c.new), verify.Config{})
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
			require.Contains(t, r.Codes(), c.code)
			require.Equal(t, verify.OutcomeNotRun, r.Outcome(verify.CheckProof))
		})
	}
}

// A key in a token's header proves possession. It counts once it is found at the
// issuer.
func TestHeaderKeys(t *testing.T) {
	school, attacker := edIssuer(t, 1), edIssuer(t, 9)
	token := func(signer issuer, did, kid string) []byte {
		b, err := vcjwt.Sign(context.Background(), badge(t, did),
			vcjwt.SignOptions{Signer: signer.signer, KeyID: kid, SkipIssuerCheck: true})
		require.NoError(t, err)
		return b
	}
	list := published(t, school, "assertionMethod")
	for name, c := range map[string]struct {
		token   []byte
		codes   []vc.Code
		verdict verify.Verdict
	}{
		"the issuer's key by kid":          {token(school, victim, victim+"#key"), nil, verify.VerdictVerified},
		"the issuer's key in the header":   {token(school, victim, ""), nil, verify.VerdictVerified},
		"own key in the header":            {token(attacker, victim, ""), []vc.Code{verify.CodeKeyUnbound}, verify.VerdictNotVerified},
		"own key by a foreign kid":         {token(attacker, victim, attacker.method), []vc.Code{verify.CodeIssuerMismatch}, verify.VerdictNotVerified},
		"own key under the issuer's kid":   {token(attacker, victim, victim+"#key"), []vc.Code{proof.CodeSignature}, verify.VerdictNotVerified},
		"own key in the issuer's fragment": {token(attacker, victim, victim+"#"+attacker.fragment()), []vc.Code{verify.CodeKeyNotFound}, verify.VerdictNotVerified},
		"did:key issuer, key in header":    {token(school, school.did, ""), nil, verify.VerdictVerified},
		"did:key issuer, kid":              {token(school, school.did, school.method), nil, verify.VerdictVerified},
	} {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, c.token, verify.Config{Fetcher: list})
			require.Equal(t, c.codes, r.Codes(), "%v", r.Problems())
			require.Equal(t, c.verdict, r.Verdict)
		})
	}
}

func TestLenient(t *testing.T) {
	school := edIssuer(t, 1)
	added := replace(t, string(school.sign(t, badge(t, school.did), nil)), `"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`)
	require.Equal(t, verify.VerdictNotVerified, inspect(t, added, verify.Config{}).Verdict)
	r := inspect(t, added, verify.Config{Lenient: true})
	require.Equal(t, verify.VerdictVerified, r.Verdict)
	require.Len(t, r.Unsigned, 1)
	require.Equal(t, "/credentialSubject/achievement/colour", r.Unsigned[0].Pointer)
}

func TestVerifyReturnsWhatWasVerified(t *testing.T) {
	school := edIssuer(t, 1)
	signed := school.sign(t, badge(t, school.did), nil)
	mine := append([]byte(nil), signed...)
	v, err := verify.Verify(context.Background(), mine, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	clear(mine)
	require.Equal(t, string(signed), string(v.Secured()), "what the caller does to its bytes changes nothing")

	_, err = verify.Verify(context.Background(), badge(t, school.did), verify.Config{Now: testkit.Clock})
	var e *verify.Error
	require.ErrorAs(t, err, &e)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNoProof})

	_, err = verify.Verify(context.Background(), []byte("<html>"), verify.Config{})
	require.ErrorIs(t, err, &vc.Problem{Code: "format-html"})
	require.False(t, errors.As(err, &e), "nothing was decided")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = verify.Verify(ctx, signed, verify.Config{Now: testkit.Clock})
	require.ErrorIs(t, err, context.Canceled)
}

// The first instant of the calendar is an instant like any other, also where it is
// Go's zero time.
func TestFirstInstant(t *testing.T) {
	school := edIssuer(t, 1)
	first := badge(t, school.did, `"validFrom": "2025-06-01T08:00:00Z"`, `"validFrom": "0001-01-01T00:00:00Z", "validUntil": "0001-01-01T00:00:00Z"`)
	require.Equal(t, []vc.Code{verify.CodeExpired}, inspect(t, school.sign(t, first, nil), verify.Config{}).Codes())
	token, err := vcjwt.Sign(context.Background(), first, vcjwt.SignOptions{Signer: school.signer, KeyID: school.method})
	require.NoError(t, err)
	require.Equal(t, []vc.Code{verify.CodeExpired}, inspect(t, token, verify.Config{}).Codes())
}

func TestConfigContradictions(t *testing.T) {
	for cause, c := range map[string]verify.Config{
		"AnyKind beside others":         {Kinds: []string{verify.AnyKind, "X"}},
		"FetchContexts without":         {FetchContexts: true},
		"Nested.Policy is none":         {Nested: verify.NestedConfig{Policy: 7}},
		"Proofs.Policy is none of them": {Proofs: verify.ProofsConfig{Policy: 7}},
	} {
		_, err := verify.New(c)
		require.ErrorContains(t, err, cause)
	}
}
