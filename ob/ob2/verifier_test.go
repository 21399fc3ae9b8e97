package ob2_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

var beth = ob2.Options{Recipients: []ob2.Identity{{Type: "email", Value: "beth@example.org"}}}

// A hosted and a signed badge verify, and nothing does offline.
func TestVerify(t *testing.T) {
	o := school.NewOld()
	hosted := o.Text(school.OldAssertion)
	v, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock})
	require.NoError(t, err)
	badge, err := v.Verify(t.Context(), hosted, ob2.Options{})
	require.NoError(t, err)
	require.Equal(t, "Knots", badge.BadgeClass.Name.String())
	require.Equal(t, vc.IRI(school.OldIssuer), badge.Issuer.ID)
	require.True(t, badge.Report().Authentic())
	require.Equal(t, verify.OutcomePassed, badge.Report().Outcome(verify.CheckStatus))

	badge, err = v.Verify(t.Context(), []byte(school.OldAssertion), ob2.Options{})
	require.NoError(t, err, "by its address")
	require.Equal(t, "Tied them all.", badge.Assertion.Narrative.String())

	token := o.Signed(nil)
	badge, err = v.Verify(t.Context(), token, ob2.Options{})
	require.NoError(t, err)
	require.Equal(t, vc.FormJWT, badge.Report().Form)

	for _, b := range [][]byte{hosted, token} {
		r := inspect(t, nil, b, ob2.Options{})
		require.Equal(t, verify.VerdictUndetermined, r.Verdict)
		require.Contains(t, r.Codes(), vc.Code(fetch.CodeOffline))
	}
	for i := range token {
		if i%97 == 0 && token[i] != '.' {
			changed := append([]byte{}, token...)
			changed[i] ^= 1
			require.NotEqual(t, verify.VerdictVerified, inspect(t, o, changed, ob2.Options{}).Verdict, "byte %d", i)
		}
	}
}

// attack is a change of what is published or handed in, and the code by which it is refused.
type attack struct {
	name    string
	code    vc.Code
	verdict verify.Verdict
	give    func(o *school.Old) []byte // what is handed in
}

const undetermined = verify.VerdictUndetermined

func edited(url, name string, value any) func(o *school.Old) []byte {
	return func(o *school.Old) []byte {
		if value == nil {
			delete(o.At[url], name)
		} else {
			o.At[url][name] = value
		}
		return o.Text(school.OldAssertion)
	}
}

func object(text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err)
	}
	return v
}

// copied is the hosted assertion with a change that its publisher does not have.
func copied(name string, value any) func(o *school.Old) []byte {
	return func(o *school.Old) []byte {
		was := o.At[school.OldAssertion][name]
		b := edited(school.OldAssertion, name, value)(o)
		o.At[school.OldAssertion][name] = was
		return b
	}
}

// token hands in the signed badge after a change.
func token(change func(o *school.Old)) func(o *school.Old) []byte {
	return func(o *school.Old) []byte {
		change(o)
		return o.Signed(nil)
	}
}

func headed(name string, value any) func(o *school.Old) []byte {
	return func(o *school.Old) []byte { return o.Signed(map[string]any{name: value}) }
}

// evil publishes a copy of a document of the school at another host, which says what it likes.
func evil(o *school.Old, from, to string, more map[string]any) {
	d := map[string]any{}
	for name, value := range o.At[from] {
		d[name] = value
	}
	d["id"] = to
	for name, value := range more {
		d[name] = value
	}
	o.At[to] = d
}

var attacks = []attack{
	{"a copy for another recipient", "ob2-copy-differs", 0,
		copied("recipient", object(`{"type":"email","hashed":false,"identity":"mallory@evil.example"}`))},
	{"a copy of another badge class", "ob2-copy-differs", 0, copied("badge", "https://school.example/badges/2")},
	{"hosted at another host, of the issuer's badge class", "ob2-out-of-scope", 0, func(o *school.Old) []byte {
		evil(o, school.OldAssertion, "https://evil.example/1", nil)
		return o.Text("https://evil.example/1")
	}},
	{"another host answers with the id of the school", "ob2-not-at-its-id", 0, func(o *school.Old) []byte {
		evil(o, school.OldAssertion, "https://evil.example/1", nil)
		b := o.Text("https://evil.example/1")
		o.At["https://evil.example/1"]["id"] = school.OldAssertion
		return b
	}},
	{"an open redirect of the school", "ob2-redirected", 0, func(o *school.Old) []byte {
		const open = "https://school.example/go?to=evil"
		evil(o, school.OldAssertion, "https://evil.example/1", map[string]any{"id": open})
		o.Web.Redirect(open, "https://evil.example/1")
		o.Web.Put("https://evil.example/1", "application/json", o.Text("https://evil.example/1"))
		return o.Text("https://evil.example/1")
	}},
	{"an issuer behind a redirect to another host", "ob2-redirected", 0, func(o *school.Old) []byte {
		o.Web.Put("https://evil.example/i", "application/json", o.Text(school.OldIssuer))
		delete(o.At, school.OldIssuer)
		o.Web.Redirect(school.OldIssuer, "https://evil.example/i")
		return o.Text(school.OldAssertion)
	}},
	{"startsWith of a host that is longer", "ob2-out-of-scope", 0, func(o *school.Old) []byte {
		o.At[school.OldIssuer]["verification"] = object(`{"startsWith":"https://school.example","allowedOrigins":["school.example","school.example.evil.example"]}`)
		evil(o, school.OldAssertion, "https://school.example.evil.example/1", nil)
		return o.Text("https://school.example.evil.example/1")
	}},
	{"startsWith by dots", "ob2-member-malformed", 0, func(o *school.Old) []byte {
		o.At[school.OldIssuer]["verification"] = object(`{"startsWith":"https://school.example/assertions/"}`)
		evil(o, school.OldAssertion, "https://school.example/assertions/../upload/1", nil)
		return o.Text("https://school.example/assertions/../upload/1")
	}},
	{"startsWith by a user", "ob2-member-malformed", 0, func(o *school.Old) []byte {
		evil(o, school.OldAssertion, "https://school.example@evil.example/1", nil)
		return o.Text("https://school.example@evil.example/1")
	}},
	{"below none of startsWith", "ob2-out-of-scope", 0,
		edited(school.OldIssuer, "verification", object(`{"startsWith":["https://school.example/NOT","https://school.example/alsonot"]}`))},
	{"an origin that is not allowed", "ob2-out-of-scope", 0,
		edited(school.OldIssuer, "verification", object(`{"allowedOrigins":"badges.example"}`))},
	{"gone", "ob2-revoked", 0, func(o *school.Old) []byte {
		b := o.Text(school.OldAssertion)
		delete(o.At, school.OldAssertion)
		o.Web.Break(school.OldAssertion, obtest.Gone)
		return b
	}},
	{"not there", "ob2-not-hosted", 0, func(o *school.Old) []byte {
		b := o.Text(school.OldAssertion)
		delete(o.At, school.OldAssertion)
		return b
	}},
	{"a host that is down", "network", undetermined, func(o *school.Old) []byte {
		o.Web.Break("https://school.example", obtest.Down)
		return o.Text(school.OldAssertion)
	}},
	{"revoked by the assertion", "ob2-revoked", 0, edited(school.OldAssertion, "revoked", true)},
	{"revoked by the list", "ob2-revoked", 0, edited(school.OldList, "revokedAssertions", []any{school.OldAssertion})},
	{"the list of somebody else", "ob2-revocation-list", 0, edited(school.OldList, "issuer", school.OldCritic)},
	{"a list that is down", "http-status", undetermined, func(o *school.Old) []byte {
		o.Web.Break(school.OldList, obtest.Busy)
		return o.Text(school.OldAssertion)
	}},
	{"a list that is missing", "http-not-found", undetermined, func(o *school.Old) []byte {
		delete(o.At, school.OldList)
		return o.Text(school.OldAssertion)
	}},
	{"expired", "ob2-expired", 0, edited(school.OldAssertion, "expires", "2025-01-01T00:00:00Z")},
	{"from the future", "ob2-not-yet-issued", 0, edited(school.OldAssertion, "issuedOn", "2030-01-01T00:00:00Z")},
	{"an end before its beginning", "ob2-ends-before-issued", 0, edited(school.OldAssertion, "expires", "2020-01-01T00:00:00Z")},
	{"signed, handed in without its signature", "ob2-verification-type", 0,
		edited(school.OldAssertion, "verification", object(`{"type":"SignedBadge"}`))},
	{"hosted, handed in as a token", "ob2-verification-type", 0, func(o *school.Old) []byte {
		return o.Token(o.Text(school.OldAssertion), nil, obtest.Key(obtest.RSA, "old school"))
	}},
	{"signed by a key that is not listed", "ob2-key-not-listed", 0, token(func(o *school.Old) { delete(o.At[school.OldIssuer], "publicKey") })},
	{"signed by a listed key of somebody else", "ob2-key-owner", 0, token(func(o *school.Old) {
		o.At[school.OldIssuer]["publicKey"].(map[string]any)["owner"] = school.OldCritic
	})},
	{"a listed key that is none", "ob2-key-malformed", 0, token(func(o *school.Old) {
		o.At[school.OldIssuer]["publicKey"].(map[string]any)["publicKeyPem"] = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
	})},
	{"signed by another key", "signature-invalid", 0, token(func(o *school.Old) {
		o.At[school.OldIssuer]["publicKey"].(map[string]any)["publicKeyPem"] = school.PEM(obtest.Key(obtest.RSA, "b").Public())
	})},
	{"a badge class at another host, signed by its owner", "ob2-key-not-listed", 0, func(o *school.Old) []byte {
		evil(o, school.OldBadge, "https://evil.example/badge", nil)
		evil(o, school.OldAssertion, "https://evil.example/1", map[string]any{"badge": "https://evil.example/badge",
			"verification": object(`{"type":"SignedBadge","creator":"https://evil.example/key"}`)})
		o.At["https://evil.example/key"] = map[string]any{"@context": ob2.Context, "id": "https://evil.example/key", "type": "CryptographicKey",
			"owner": school.OldIssuer, "publicKeyPem": school.PEM(obtest.Key(obtest.RSA, "evil").Public())}
		return o.Token(o.Text("https://evil.example/1"), nil, obtest.Key(obtest.RSA, "evil"))
	}},
	{"a badge class at another host, signed by the issuer", "ob2-out-of-scope", 0, func(o *school.Old) []byte {
		evil(o, school.OldBadge, "https://evil.example/badge", nil)
		o.At[school.OldAssertion]["badge"] = "https://evil.example/badge"
		return o.Signed(nil)
	}},
	{"more keys than are tried", "ob2-too-many-links", 0, func(o *school.Old) []byte {
		var keys []any
		for i := range 9 {
			keys = append(keys, fmt.Sprintf("https://school.example/keys/%d", i))
		}
		o.At[school.OldIssuer]["publicKey"] = keys
		o.At[school.OldAssertion]["verification"] = object(`{"type":"SignedBadge"}`)
		return o.Token(o.Text(school.OldAssertion), nil, obtest.Key(obtest.RSA, "old school"))
	}},
	{"alg none", "jwt-alg-none", 0, headed("alg", "none")},
	{"a MAC", "jwt-alg-not-allowed", 0, headed("alg", "HS256")},
	{"jku", "jwt-header-not-allowed", 0, headed("jku", "https://evil.example/keys")},
	{"a key in the header", "jwt-header-not-allowed", 0, headed("jwk", map[string]any{"kty": "RSA"})},
	{"a certificate in the header", "jwt-header-not-allowed", 0, headed("x5c", []any{"MIIB"})},
	{"a context that redefines a term", "ob2-context-redefines", 0, edited(school.OldAssertion, "@context",
		[]any{ob2.Context, map[string]any{"narrative": "obi:badge"}})},
	{"a prefix that is redefined", "ob2-context-redefines", 0, edited(school.OldAssertion, "@context",
		[]any{map[string]any{"obi": "https://evil.example/"}, ob2.Context})},
	{"a context of another version of JSON-LD", "ob2-context-redefines", 0, edited(school.OldAssertion, "@context",
		[]any{ob2.Context, map[string]any{"x": map[string]any{"@id": "https://evil.example/x", "@context": "https://evil.example/"}}})},
	{"an unknown context", "ob2-context-unknown", undetermined, edited(school.OldAssertion, "@context", []any{ob2.Context, "https://evil.example/c"})},
	{"a badge class that is its own issuer", "ob2-type", 0, edited(school.OldBadge, "issuer", school.OldBadge)},
	{"an assertion that is its own badge class", "ob2-type", 0, edited(school.OldAssertion, "badge", school.OldAssertion)},
	{"an issuer without an address", "ob2-no-issuer", 0, edited(school.OldBadge, "issuer", "urn:uuid:2d391246-6e0d-4dab-906c-b29770bd7aa6")},
	{"a missing member", "ob2-member-missing", 0, edited(school.OldAssertion, "recipient", nil)},
	{"a badge twice, in a term and by its IRI", "ob2-member-malformed", 0,
		edited(school.OldAssertion, "obi:badge", map[string]any{"@id": "https://school.example/badges/2"})},
}

// Each attack is refused or undetermined, with its code, and what it changes verifies
// without it.
func TestAttacks(t *testing.T) {
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			o := school.NewOld()
			require.Equal(t, verify.VerdictVerified, inspect(t, o, o.Text(school.OldAssertion), beth).Verdict, "the control")
			o = school.NewOld()
			r := inspect(t, o, a.give(o), ob2.Options{})
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.Equal(t, a.verdict == undetermined, r.Verdict == undetermined, r.Verdict.String())
			require.Contains(t, r.Codes(), a.code, r.Problems())
		})
	}
}

func codesOf(all []*vc.Problem) (codes []vc.Code) {
	for _, p := range all {
		codes = append(codes, p.Code)
	}
	return codes
}

// A badge is somebody's: in the case of letters that it was hashed in, or in lower case.
func TestRecipient(t *testing.T) {
	for value, want := range map[string]bool{"beth@example.org": true, "Beth@Example.org": true, "bob@example.org": false, "": false} {
		o := school.NewOld()
		r := inspect(t, o, o.Text(school.OldAssertion), ob2.Options{Recipients: []ob2.Identity{{"telephone", value}, {"email", value}}})
		require.Equal(t, want, r.Verdict == verify.VerdictVerified, value)
		require.Equal(t, !want, len(r.Codes()) > 0 && r.Codes()[0] == ob2.CodeRecipient, value)
	}
}

// A thousand endorsements cost no more than a few requests, and are told of.
func TestThousandLinks(t *testing.T) {
	o := school.NewOld()
	list := []any{school.OldEndorsement}
	for i := range 1000 {
		list = append(list, fmt.Sprintf("https://critic.example/endorsements/x%d", i))
	}
	o.At[school.OldBadge]["endorsement"] = list
	r := inspect(t, o, o.Text(school.OldAssertion), ob2.Options{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "what others say of a badge does not decide it")
	require.Len(t, r.Nested, 1)
	require.Equal(t, verify.ProofGood, r.Nested[0].Proof)
	require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict, r.Nested[0].Report.Problems())
	require.Zero(t, o.Web.Asked("https://critic.example/endorsements/x500"))
	var told []vc.Code
	for _, c := range r.Checks {
		if c.Name == verify.CheckNested {
			for _, p := range c.Problems {
				told = append(told, p.Code)
			}
		}
	}
	require.Contains(t, told, ob2.CodeTooManyLinks)
}

// Other JSON-LD of the same statements reads the same.
func TestOtherForms(t *testing.T) {
	o := school.NewOld()
	plain, err := ob2.Read(o.Text(school.OldAssertion))
	require.NoError(t, err)
	var want, got ob2.Assertion
	require.NoError(t, plain.Decode(&want))
	text := string(o.Text(school.OldAssertion))
	for name, edit := range map[string]*strings.Replacer{
		"keywords": strings.NewReplacer(`"id":"https://school.example/assertions`, `"@id":"https://school.example/assertions`),
		"prefixes": strings.NewReplacer(`"narrative":"Tied`, `"obi:narrative":"Tied`, `"salt"`, `"https://w3id.org/openbadges#salt"`),
		"aliases": strings.NewReplacer(`"@context":"https://w3id.org/openbadges/v2"`,
			`"@context":["https://w3id.org/openbadges/v2",{"story":"obi:narrative"}]`, `"narrative":"Tied`, `"story":"Tied`),
	} {
		d, err := ob2.Read([]byte(edit.Replace(text)))
		require.NoError(t, err, name)
		require.NotEqual(t, text, string(d.JSON()))
		got = ob2.Assertion{}
		require.NoError(t, d.Decode(&got), name)
		require.Equal(t, want.ID, got.ID, name)
		require.Equal(t, want.Badge, got.Badge, name)
		require.Equal(t, want.Narrative, got.Narrative, name)
		require.Equal(t, want.IssuedOn, got.IssuedOn, name)
		require.Equal(t, want.Recipient, got.Recipient, name)
		require.Equal(t, want.Extra.Names(), got.Extra.Names(), name)
	}
}

// A model is written as it was read.
func TestLossless(t *testing.T) {
	o := school.NewOld()
	for url, into := range map[string]any{school.OldAssertion: new(ob2.Assertion), school.OldBadge: new(ob2.BadgeClass),
		school.OldIssuer: new(ob2.Profile), school.OldList: new(ob2.RevocationList), school.OldEndorsement: new(ob2.Endorsement)} {
		d, err := ob2.Read(o.Text(url))
		require.NoError(t, err)
		require.NoError(t, d.Decode(into))
		again, err := vc.Marshal(into)
		require.NoError(t, err)
		require.JSONEq(t, string(o.Text(url)), string(again))
	}
}

// What is not of Open Badges 2 is named.
func TestNamed(t *testing.T) {
	for text, code := range map[string]vc.Code{
		`{"@context":"https://w3id.org/openbadges/v1","type":"Assertion"}`: "format-open-badges-1",
		`%PDF-1.7`: "format-pdf",
		`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"x"}`: ob2.CodeNotOpenBadges2,
		`{"type":"Assertion"}`: ob2.CodeContextMissing,
		`{"@context":"https://w3id.org/openbadges/v2","@graph":[` + strings.Repeat(`{"a":"b"},`, 9000) + `{}]}`: ob2.CodeTooComplex,
	} {
		_, err := ob2.Read([]byte(text))
		require.ErrorIs(t, err, &vc.Problem{Code: code})
	}
}
