package verify_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/rules"
	"github.com/laurel-edu/laurel/vc/verify"
)

var sdWorld = obtest.New(obtest.Config{Seed: "verify sd-jwt"})

const sdSubject = "/credentialSubject/achievement"

// sdBadge issues a badge to the holder, with what is told of its achievement disclosable.
func sdBadge(t *testing.T, number int) []byte {
	t.Helper()
	school, err := sdWorld.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	c := school.Config()
	c.Form, c.Disclosable = issue.VCSDJWT, []string{"/name", sdSubject, sdSubject + "/name", sdSubject + "/description"}
	by, err := issue.New(t.Context(), c)
	require.NoError(t, err)
	issued, err := by.IssueTo(t.Context(), school.Badge(obtest.Badge{Number: number}), sdHolder(t).Public())
	require.NoError(t, err)
	return issued.Bytes()
}

func sdHolder(t *testing.T) proof.Signer {
	s, err := proof.FromCrypto(sdWorld.Key(obtest.P256, "holder"))
	require.NoError(t, err)
	return s
}

func sdConfig(change func(*verify.Config)) verify.Config {
	c := verify.Config{Fetcher: sdWorld.Web, Now: sdWorld.Now}
	if change != nil {
		change(&c)
	}
	return c
}

func sdAsks(c *verify.Config) {
	c.Audience, c.KeyBinding.Nonce = []string{"https://jobs.example"}, "n-1"
}

func sdShow(t *testing.T, text []byte, o sdjwt.PresentOptions) []byte {
	t.Helper()
	out, err := sdjwt.Present(t.Context(), text, o)
	require.NoError(t, err)
	return out
}

func sdBound(t *testing.T, disclosed ...string) sdjwt.PresentOptions {
	return sdjwt.PresentOptions{Disclose: disclosed, Holder: sdHolder(t), Audience: "https://jobs.example", Nonce: "n-1", At: sdWorld.Now()}
}

func sdInspect(t *testing.T, text []byte, change func(*verify.Config)) *verify.Report {
	t.Helper()
	r, err := verify.Inspect(t.Context(), text, sdConfig(change))
	require.NoError(t, err)
	return r
}

// What is withheld is listed, at the objects that have something withheld and nowhere else,
// and stands against nothing.
func TestDisclosedInPart(t *testing.T) {
	text := sdBadge(t, 1)
	for name, c := range map[string]struct{ show, withheld []string }{
		"all":  {[]string{"/name", sdSubject + "/name", sdSubject + "/description"}, nil},
		"some": {[]string{sdSubject + "/name"}, []string{sdSubject + "/description"}},
		"none": {nil, []string{sdSubject}},
	} {
		t.Run(name, func(t *testing.T) {
			r := sdInspect(t, sdShow(t, text, sdjwt.PresentOptions{Disclose: c.show}), nil)
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
			require.Equal(t, vc.FormSDJWT, r.Form)
			require.True(t, r.Authentic())
			var at []string
			for _, p := range r.Withheld {
				require.Equal(t, rules.CodeWithheld, p.Code)
				at = append(at, p.Pointer)
			}
			require.ElementsMatch(t, c.withheld, at)
			require.Equal(t, len(at), strings.Count(string(r.AppendJSON(nil)), `"outcome":"withheld"`))
		})
	}
}

func TestKeyBinding(t *testing.T) {
	text := sdBadge(t, 1)
	bound := func(change func(*sdjwt.PresentOptions)) []byte {
		o := sdBound(t, "/name")
		if change != nil {
			change(&o)
		}
		return sdShow(t, text, o)
	}
	made := func(off time.Duration) func(*sdjwt.PresentOptions) {
		return func(o *sdjwt.PresentOptions) { o.At = sdWorld.Now().Add(off) }
	}
	plain := sdShow(t, text, sdjwt.PresentOptions{Disclose: []string{"/name"}})
	another := sdShow(t, sdBadge(t, 2), sdBound(t, "/name"))
	kb := another[bytes.LastIndexByte(another, '~')+1:]
	school, err := sdWorld.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	plainToken := school.Config()
	plainToken.Form = issue.VCJOSE
	jwt, err := issue.Issue(t.Context(), school.Badge(obtest.Badge{Number: 3}), plainToken)
	require.NoError(t, err)
	hour := func(n int64) int64 { return sdWorld.Now().Unix() + 3600*n }
	for name, c := range map[string]struct {
		text []byte
		code vc.Code
	}{
		"good":                       {bound(nil), ""},
		"none":                       {plain, verify.CodeBindingMissing},
		"a plain token":              {jwt.Bytes(), verify.CodeBindingMissing},
		"another nonce":              {bound(func(o *sdjwt.PresentOptions) { o.Nonce = "n-2" }), verify.CodeBindingNonce},
		"for another":                {bound(func(o *sdjwt.PresentOptions) { o.Audience = "https://other.example" }), verify.CodeAudienceOther},
		"old":                        {bound(made(-11 * time.Minute)), verify.CodeBindingTime},
		"to come":                    {bound(made(6 * time.Minute)), verify.CodeBindingTime},
		"of another badge":           {append(bytes.Clone(plain), kb...), proof.CodeBindingHash},
		"of other disclosures":       {append(sdShow(t, text, sdjwt.PresentOptions{}), bound(nil)[len(plain):]...), proof.CodeBindingHash},
		"by another key":             {forgedBinding(t, plain, `{"alg":"ES256","typ":"kb+jwt"}`, nil, "eve"), proof.CodeBindingSignature},
		"of an algorithm of another": {forgedBinding(t, plain, `{"alg":"EdDSA","typ":"kb+jwt"}`, nil, "holder"), proof.CodeBindingSignature},
		"not signed":                 {forgedBinding(t, plain, `{"alg":"none","typ":"kb+jwt"}`, nil, "holder"), proof.CodeJWTAlgNone},
		"of another type":            {forgedBinding(t, plain, `{"alg":"ES256","typ":"JWT"}`, nil, "holder"), proof.CodeBindingMalformed},
		"with crit":                  {forgedBinding(t, plain, `{"alg":"ES256","typ":"kb+jwt","crit":["x"]}`, nil, "holder"), proof.CodeBindingMalformed},
		"without iat":                {forgedBinding(t, plain, kbHeader, map[string]any{"iat": nil}, "holder"), proof.CodeBindingMalformed},
		"with a text as iat":         {forgedBinding(t, plain, kbHeader, map[string]any{"iat": "now"}, "holder"), vc.CodeTokenClaim},
		"over":                       {forgedBinding(t, plain, kbHeader, map[string]any{"exp": hour(-1)}, "holder"), verify.CodeBindingTime},
		"not yet begun":              {forgedBinding(t, plain, kbHeader, map[string]any{"nbf": hour(1)}, "holder"), verify.CodeBindingTime},
		"with a text as exp":         {forgedBinding(t, plain, kbHeader, map[string]any{"exp": "never"}, "holder"), vc.CodeTokenClaim},
		"within its own time":        {forgedBinding(t, plain, kbHeader, map[string]any{"nbf": hour(0), "exp": hour(1)}, "holder"), ""},
		"for nobody":                 {forgedBinding(t, plain, kbHeader, map[string]any{"aud": nil}, "holder"), proof.CodeBindingMalformed},
		"for two":                    {forgedBinding(t, plain, kbHeader, map[string]any{"aud": []string{"a", "b"}}, "holder"), proof.CodeBindingMalformed},
		"without nonce":              {forgedBinding(t, plain, kbHeader, map[string]any{"nonce": nil}, "holder"), proof.CodeBindingMalformed},
		"without sd_hash":            {forgedBinding(t, plain, kbHeader, map[string]any{"sd_hash": nil}, "holder"), proof.CodeBindingHash},
		"forged and good":            {forgedBinding(t, plain, kbHeader, nil, "holder"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := sdInspect(t, c.text, sdAsks)
			if c.code == "" {
				require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
				require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckKeyBinding))
				return
			}
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
			require.Contains(t, r.Codes(), c.code)
		})
	}
}

const kbHeader = `{"alg":"ES256","typ":"kb+jwt"}`

// forgedBinding writes a key binding by hand; a claim that is nil is left out.
func forgedBinding(t *testing.T, plain []byte, header string, change map[string]any, by string) []byte {
	t.Helper()
	claims := map[string]any{"iat": sdWorld.Now().Unix(), "aud": "https://jobs.example", "nonce": "n-1", "sd_hash": disclose.SHA256.Digest(plain)}
	for name, value := range change {
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
	}
	payload, err := json.Marshal(claims)
	require.NoError(t, err)
	s, err := proof.FromCrypto(sdWorld.Key(obtest.P256, by))
	require.NoError(t, err)
	e := base64.RawURLEncoding.EncodeToString
	input := e([]byte(header)) + "." + e(payload)
	signature, err := s.Sign(t.Context(), proof.ES256, []byte(input))
	require.NoError(t, err)
	return append(bytes.Clone(plain), input+"."+e(signature)...)
}

// A key binding that nobody asked for must be good by itself, and is told of.
func TestKeyBindingNotAsked(t *testing.T) {
	text := sdShow(t, sdBadge(t, 1), sdBound(t))
	r := sdInspect(t, text, nil)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	var codes []vc.Code
	for _, w := range r.Warnings() {
		codes = append(codes, w.Code)
	}
	require.Subset(t, codes, []vc.Code{verify.CodeBindingUnasked, verify.CodeAudienceNamed})
	changed := append(bytes.Clone(text[:len(text)-6]), "AAAAAA"...)
	require.Contains(t, sdInspect(t, changed, nil).Codes(), proof.CodeBindingSignature)

	_, err := verify.New(verify.Config{KeyBinding: verify.KeyBindingConfig{Nonce: "n"}})
	require.ErrorContains(t, err, "Config.Audience")
	old := sdShow(t, sdBadge(t, 1), func() sdjwt.PresentOptions { o := sdBound(t); o.At = sdWorld.Now().AddDate(-1, 0, 0); return o }())
	r = sdInspect(t, old, func(c *verify.Config) { sdAsks(c); c.KeyBinding.MaxAge = -1 })
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
}

// What holders and forgers try with disclosures does not verify, and is not called
// unreadable where a good token was tampered with.
func TestDisclosureAttacks(t *testing.T) {
	text := sdShow(t, sdBadge(t, 1), sdjwt.PresentOptions{Disclose: []string{"/name", sdSubject + "/name", sdSubject + "/description"}})
	parts := strings.Split(string(text), "~")
	other := strings.Split(string(sdBadge(t, 2)), "~")
	forged := base64.RawURLEncoding.EncodeToString([]byte(`["salt","issuer","did:example:eve"]`))
	join := func(parts ...string) []byte { return []byte(strings.Join(parts, "~")) }
	swapped := bytes.Clone(text)
	paths, err := sdjwt.Disclosable(text)
	require.NoError(t, err)
	within := slices.Delete(slices.Clone(parts), 1+slices.Index(paths, sdSubject), 2+slices.Index(paths, sdSubject))
	for name, c := range map[string]struct {
		text []byte
		code vc.Code
	}{
		"a disclosure of another badge": {join(append([]string{parts[0], other[1]}, parts[2:]...)...), vc.CodeDisclosureUnused},
		"one that nobody signed":        {join(append([]string{parts[0], forged}, parts[1:]...)...), vc.CodeDisclosureUnused},
		"one twice":                     {join(append([]string{parts[0], parts[1]}, parts[1:]...)...), vc.CodeDigestRepeated},
		"what one stands in, withheld":  {join(within...), vc.CodeDisclosureUnused},
		"another encoding of one":       {join(append([]string{parts[0], reencoded(t, parts[1])}, parts[2:]...)...), vc.CodeDisclosureUnused},
	} {
		t.Run(name, func(t *testing.T) {
			r := sdInspect(t, c.text, nil)
			require.Equal(t, verify.VerdictNotVerified, r.Verdict)
			require.Equal(t, []vc.Code{c.code}, r.Codes())
			require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckProof))
			_, err := verify.Verify(t.Context(), c.text, sdConfig(nil))
			require.Error(t, err)
		})
	}
	swapped[len(parts[0])-4] ^= 1
	require.NotEqual(t, verify.VerdictVerified, sdInspect(t, swapped, nil).Verdict)
	reordered := join(parts[0], parts[4], parts[3], parts[2], parts[1], "")
	require.Equal(t, verify.VerdictVerified, sdInspect(t, reordered, nil).Verdict, "their order says nothing")
	r := sdInspect(t, append(bytes.Clone(text), bytes.Repeat([]byte("e30~"), 5000)...), nil)
	require.Equal(t, []vc.Code{vc.CodeDisclosuresTooMany}, r.Codes())
}

// reencoded says the same JSON with a space more.
func reencoded(t *testing.T, disclosure string) string {
	b, err := base64.RawURLEncoding.DecodeString(disclosure)
	require.NoError(t, err)
	return base64.RawURLEncoding.EncodeToString(append(b, ' '))
}

// Tokens of an issuer who makes the mechanism say two things do not verify, though the
// issuer signed them.
func TestIssuersOfSDJWT(t *testing.T) {
	school, err := sdWorld.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	badge := strings.TrimSuffix(strings.TrimSpace(string(school.Badge(obtest.Badge{Number: 1}))), "}")
	algorithm := "EdDSA"
	sign := func(typ, more string, disclosures ...string) []byte {
		e := base64.RawURLEncoding.EncodeToString
		input := e([]byte(`{"alg":"`+algorithm+`","typ":"`+typ+`","kid":"`+school.VerificationMethod+`"}`)) + "." + e([]byte(badge+more+"}"))
		signature, err := school.Signer.Sign(context.Background(), proof.EdDSA, []byte(input))
		require.NoError(t, err)
		return []byte(input + "." + e(signature) + "~" + strings.Join(append(disclosures, ""), "~"))
	}
	require.Equal(t, verify.VerdictVerified, sdInspect(t, sign("vc+sd-jwt", ""), nil).Verdict)
	require.Equal(t, verify.VerdictVerified, sdInspect(t, sign("JWT", ""), nil).Verdict)
	status := base64.RawURLEncoding.EncodeToString([]byte(`["salt","credentialStatus",[]]`))
	for name, c := range map[string]struct {
		text []byte
		code vc.Code
	}{
		"another type":          {sign("at+jwt", ""), proof.CodeJWTTypeInvalid},
		"the type of a vc+jwt":  {sign("vc+jwt", ""), proof.CodeJWTTypeInvalid},
		"SD-JWT VC":             {sign("dc+sd-jwt", ""), "format-sd-jwt"},
		"a claim vc":            {sign("vc+sd-jwt", `,"vc":{}`), proof.CodeJWTVCClaim},
		"a claim vp":            {sign("vc+sd-jwt", `,"vp":{}`), proof.CodeJWTVCClaim},
		"another iss":           {sign("vc+sd-jwt", `,"iss":"did:example:eve"`), proof.CodeJWTIssMismatch},
		"ended":                 {sign("vc+sd-jwt", `,"exp":1`), verify.CodeExpired},
		"another nbf":           {sign("vc+sd-jwt", `,"nbf":4000000000`), proof.CodeJWTNbfMismatch},
		"a weak hash":           {sign("vc+sd-jwt", `,"_sd_alg":"md5"`), vc.CodeDisclosureHash},
		"a status, disclosable": {sign("vc+sd-jwt", `,"_sd":["`+disclose.SHA256.Digest([]byte(status))+`"]`, status), vc.CodeNotDisclosable},
		"a holder without key":  {append(sign("vc+sd-jwt", ""), forgedBinding(t, sign("vc+sd-jwt", ""), kbHeader, nil, "holder")[len(sign("vc+sd-jwt", "")):]...), proof.CodeBindingKey},
	} {
		r := sdInspect(t, c.text, nil)
		require.NotEqual(t, verify.VerdictVerified, r.Verdict, name)
		require.Contains(t, r.Codes(), c.code, name)
	}
	for alg, code := range map[string]vc.Code{"none": proof.CodeJWTAlgNone, "HS256": proof.CodeJWTAlgNotAllowed, "ES256": proof.CodeJWTAlgKeyMismatch} {
		algorithm = alg
		require.Contains(t, sdInspect(t, sign("vc+sd-jwt", ""), nil).Codes(), code, alg)
	}
	algorithm = "EdDSA"
	forUs := func(c *verify.Config) { c.Audience = []string{"https://jobs.example"} }
	require.Contains(t, sdInspect(t, sign("vc+sd-jwt", `,"aud":"https://other.example"`), forUs).Codes(), verify.CodeAudienceOther)
	require.Equal(t, verify.VerdictVerified, sdInspect(t, sign("vc+sd-jwt", `,"aud":"https://jobs.example"`), forUs).Verdict)
	r := sdInspect(t, sign("vc+sd-jwt", `,"description":7,"_sd":["x"]`), nil)
	require.Equal(t, verify.VerdictNotVerified, r.Verdict, "what is there is judged")
}

// An envelope around an SD-JWT is what it holds.
func TestEnvelopedSDJWT(t *testing.T) {
	text := string(sdShow(t, sdBadge(t, 1), sdjwt.PresentOptions{Disclose: []string{"/name"}}))
	for _, media := range []string{"application/vc+sd-jwt", "application/vc+ld+json+sd-jwt"} {
		v, err := verify.Verify(t.Context(), []byte(`{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"data:`+media+`,`+text+`"}`), sdConfig(nil))
		require.NoError(t, err)
		require.Equal(t, text, string(v.Secured()))
		require.NotEmpty(t, v.Report().Withheld)
	}
}

// The vectors of the W3C's suite for VC-JOSE-COSE.
func TestSharedSDJWT(t *testing.T) {
	dir := testkit.Shared(t, "vc/jose-cose")
	method, err := os.ReadFile(filepath.Join(dir, "vm-p384.json"))
	require.NoError(t, err)
	methods := []string{publicOnly(t, method)}
	for _, name := range []string{"vm-p521.json", "vm-ed25519.json"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		methods = append(methods, publicOnly(t, b))
	}
	pack, err := fetch.ParsePack([]byte(`{"https://example.issuer/vc-jose-cose":{"id":"https://example.issuer/vc-jose-cose","assertionMethod":[` + strings.Join(methods, ",") + `]}}`))
	require.NoError(t, err)
	c := verify.Config{Kinds: []string{verify.AnyKind}, Fetcher: pack, Now: testkit.Clock}
	for file, codes := range map[string][]vc.Code{
		"credential-sdjwt-selective.txt":      nil,
		"credential-sdjwt-nested.txt":         nil,
		"credential-sdjwt-bad-signature.txt":  {proof.CodeSignature},
		"credential-sdjwt-bad-media-type.txt": {vc.CodeNotDisclosable},
	} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		r, err := verify.Inspect(t.Context(), text, c)
		require.NoError(t, err)
		require.Equal(t, codes, r.Codes(), "%s %v", file, r.Problems())
		require.Equal(t, codes == nil, r.Verdict == verify.VerdictVerified, file)
	}
}

func publicOnly(t *testing.T, method []byte) string {
	var m map[string]any
	require.NoError(t, json.Unmarshal(method, &m))
	delete(m, "secretKeyJwk")
	b, err := json.Marshal(m)
	require.NoError(t, err)
	return string(b)
}

// A badge of ours that @sd-jwt/core 0.19.0 issued and presented for jobs.example:
// internal/test/peertest made it.
func TestSDJWTOfAPeer(t *testing.T) {
	text, err := os.ReadFile("testdata/sdjwt/peer-es256.txt")
	require.NoError(t, err)
	c := verify.Config{Kinds: []string{verify.AnyKind}, Now: testkit.Clock}
	sdAsks(&c)
	v, err := verify.Verify(t.Context(), text, c)
	require.NoError(t, err)
	require.NotContains(t, string(v.Credential()), `"_sd`)
	require.NotEmpty(t, v.Report().Withheld)
	text[len(text)-5] ^= 1
	_, err = verify.Verify(t.Context(), text, c)
	require.Error(t, err)
}
