package verify_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// warningsOf lists the warnings of a report as code and pointer.
func warningsOf(r *verify.Report) (all []string) {
	for _, w := range r.Warnings() {
		all = append(all, string(w.Code)+" "+w.Pointer)
	}
	return all
}

// byJSON signs the JSON itself, in both ways.
func byJSON(t *testing.T, school issuer, text []byte) map[string][]byte {
	token, err := vcjwt.Sign(t.Context(), text, vcjwt.SignOptions{Signer: school.signer, KeyID: school.method})
	require.NoError(t, err)
	return map[string][]byte{
		"token": token,
		"JCS":   school.sign(t, text, func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EddsaJcs2022 }),
	}
}

// What no context defines is signed where the JSON is, and means nothing: a warning
// for each member and type, and none for what contexts define.
func TestUndefinedIsTold(t *testing.T) {
	school := edIssuer(t, 1)
	for name, c := range map[string]struct {
		old, new string
		want     []string
	}{
		"nothing":            {`"name": "Keel laying"`, `"name": "Keel laying"`, nil},
		"a member":           {`"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`, []string{"term-without-meaning /credentialSubject/achievement/colour"}},
		"a type":             {`["Achievement"]`, `["Achievement", "Sailing"]`, []string{"type-undefined /credentialSubject/achievement/type/1"}},
		"a type by IRI":      {`["Achievement"]`, `["Achievement", "https://x.example/Sailing"]`, nil},
		"within what is not": {`"name": "Keel laying"`, `"colour": {"hue": 1}, "name": "Keel laying"`, []string{"term-without-meaning /credentialSubject/achievement/colour"}},
	} {
		for form, signed := range byJSON(t, school, badge(t, school.did, c.old, c.new)) {
			r := inspect(t, signed, verify.Config{})
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%s, %s: %v", name, form, r.Codes())
			require.Equal(t, c.want, warningsOf(r), "%s, %s", name, form)
		}
	}
}

// An embedded credential tells of its own.
func TestUndefinedIsToldOnce(t *testing.T) {
	school := edIssuer(t, 1)
	inner := byJSON(t, school, badge(t, school.did, `"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`))["JCS"]
	r := inspect(t, byJSON(t, school, unsignedRecord(school, inner))["JCS"], verify.Config{})
	require.NotEmpty(t, r.Nested)
	require.Contains(t, codesOf(r.Nested[0].Report.Warnings()), "term-without-meaning")
	require.NotContains(t, codesOf(r.Warnings()), "term-without-meaning")
}

func codesOf(problems []*vc.Problem) (all []string) {
	for _, p := range problems {
		all = append(all, string(p.Code))
	}
	return all
}

// Whom a credential was secured for is told, and held to Config.Audience where that
// says who asks.
func TestAudience(t *testing.T) {
	school := edIssuer(t, 1)
	const us = "https://jobs.example"
	for name, c := range map[string]struct {
		named    string // aud, and domain
		audience []string
		code     vc.Code
		failed   bool
	}{
		"for everybody":              {"", nil, "", false},
		"for everybody, and we ask":  {"", []string{us}, "", false},
		"for somebody":               {us, nil, verify.CodeAudienceNamed, false},
		"for us":                     {us, []string{"x", us}, "", false},
		"for somebody else":          {us, []string{"https://other.example"}, verify.CodeAudienceOther, true},
		"for nobody who asks":        {us, []string{}, verify.CodeAudienceOther, true},
		"an address is not its host": {us, []string{us + "/"}, verify.CodeAudienceOther, true},
	} {
		proven := school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.Domain = c.named })
		for form, signed := range map[string][]byte{"proof": proven, "token": tokenFor(t, school, c.named)} {
			r := inspect(t, signed, verify.Config{Audience: c.audience})
			require.Equal(t, c.failed, r.Verdict == verify.VerdictNotVerified, "%s, %s: %v", name, form, r.Codes())
			require.Equal(t, c.failed, slices.Contains(r.Codes(), c.code), "%s, %s", name, form)
			require.Equal(t, !c.failed && c.code != "", slices.Contains(codesOf(r.Warnings()), string(c.code)), "%s, %s", name, form)
		}
	}
	answer := school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.Challenge = "c-1" })
	require.Equal(t, []string{"challenge-named /proof/challenge"}, warningsOf(inspect(t, answer, verify.Config{})))
}

func tokenFor(t *testing.T, school issuer, aud string) []byte {
	more := ""
	if aud != "" {
		more = `"aud":["` + aud + `"],`
	}
	return []byte(school.token(t, proof.EdDSA, `{"alg":"EdDSA","typ":"JWT","kid":"`+school.method+`"}`, claims(t, school.did, more)))
}

// A key of somebody else counts only where Config.Authorize says so of both, and that is
// told.
func TestAuthorize(t *testing.T) {
	agent := edIssuer(t, 2)
	const school = "https://school.example/issuer"
	signed := agent.sign(t, badge(t, school), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
	for name, c := range map[string]struct {
		authorize func(issuer, controller string) bool
		verified  bool
	}{
		"nobody is asked": {nil, false},
		"yes":             {func(i, c string) bool { return i == school && c == agent.did }, true},
		"no":              {func(string, string) bool { return false }, false},
		"panics":          {func(string, string) bool { panic("own") }, false},
		"ends":            {func(string, string) bool { runtime.Goexit(); return true }, false},
	} {
		r := inspect(t, signed, verify.Config{Authorize: c.authorize})
		require.Equal(t, c.verified, r.Verdict == verify.VerdictVerified, name)
		require.Equal(t, !c.verified, slices.Contains(r.Codes(), verify.CodeIssuerMismatch), name)
		require.Equal(t, c.verified, slices.Contains(codesOf(r.Warnings()), string(verify.CodeAuthorized)), name)
	}
	own := agent.sign(t, badge(t, agent.did), nil)
	r := inspect(t, own, verify.Config{Authorize: func(string, string) bool { t.Error("it is the issuer's own key"); return true }})
	require.Equal(t, verify.VerdictVerified, r.Verdict)
}

// Who does not say whether an agent or a context is taken until the time is over leaves it
// undecided.
func TestQuestionsThatHang(t *testing.T) {
	school, agent := edIssuer(t, 1), edIssuer(t, 2)
	release := make(chan struct{})
	defer close(release)
	limits := verify.Limits{Timeout: 50 * time.Millisecond}
	agents := agent.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
	inline := school.sign(t, badge(t, school.did, `context-3.0.3.json"`, `context-3.0.3.json", {"colour": "https://x.example/colour"}`),
		func(o *dataintegrity.SignOptions) { o.InlineContexts = true })
	other := school.sign(t, badge(t, school.did), func(o *dataintegrity.SignOptions) {
		o.VerificationMethod, o.SkipIssuerCheck = "did:magic:1#key", true
	})
	never := func(string, string) bool { <-release; return true }
	for name, c := range map[string]struct {
		text   []byte
		config verify.Config
	}{
		"an agent":                    {agents, verify.Config{Authorize: never}},
		"an agent of an unknown kind": {other, verify.Config{Authorize: never}},
		"an agent within a record":    {record(t, school, agents, agents), verify.Config{Authorize: never}},
		"a context":                   {inline, verify.Config{InlineContexts: func([]byte) bool { <-release; return true }}},
	} {
		c.config.Limits, c.config.Now = limits, testkit.Clock
		r, err := verify.Inspect(t.Context(), c.text, c.config)
		require.ErrorIs(t, err, context.DeadlineExceeded, name)
		require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%s: %v", name, r.Problems())
		for _, n := range r.Nested {
			require.Equal(t, verify.ProofUndecided, n.Proof, name)
		}
	}
}

// A context in the document counts where its very content is known; each name that it
// defines is told. It cannot change what published contexts define.
func TestInlineContexts(t *testing.T) {
	school := edIssuer(t, 1)
	const inline, canonical = `{"colour": "https://x.example/colour"}`, `{"colour":"https://x.example/colour"}`
	with := func(context string) []byte {
		return badge(t, school.did, `context-3.0.3.json"`, `context-3.0.3.json", `+context,
			`"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`)
	}
	byHand := func(o *dataintegrity.SignOptions) { o.InlineContexts = true }
	signed := school.sign(t, with(inline), byHand)
	_, err := school.of.Sign(with(inline), nil)
	require.ErrorIs(t, err, &vc.Problem{Code: verify.CodeContextInline})

	sum := sha256.Sum256([]byte(canonical))
	known := verify.InlineDigests(hex.EncodeToString(sum[:]))
	r := inspect(t, signed, verify.Config{InlineContexts: known})
	require.Equal(t, verify.VerdictVerified, r.Verdict, r.Codes())
	require.Equal(t, []string{"context-inline-taken /@context/2/colour"}, warningsOf(r))
	require.Contains(t, inspect(t, replace(t, string(signed), `"red"`, `"blue"`), verify.Config{InlineContexts: known}).Codes(), proof.CodeSignature)

	for name, c := range map[string]verify.Config{
		"nobody was asked": {},
		"another content":  {InlineContexts: verify.InlineDigests(strings.Repeat("0", 64))},
		"panics":           {InlineContexts: func([]byte) bool { panic("own") }},
		"ends":             {InlineContexts: func([]byte) bool { runtime.Goexit(); return true }},
	} {
		require.Equal(t, []vc.Code{verify.CodeContextInline}, inspect(t, signed, c).Codes(), name)
	}
	redefined := badge(t, school.did, `context-3.0.3.json"`, `context-3.0.3.json", {"name": "https://x.example/name"}`)
	_, err = school.of.Sign(redefined, byHand)
	require.ErrorIs(t, err, &vc.Problem{Code: "protected-term-redefinition"})
	r = inspect(t, replace(t, string(signed), inline, `{"colour": "https://x.example/colour", "name": "https://x.example/name"}`),
		verify.Config{InlineContexts: func([]byte) bool { return true }})
	require.Contains(t, r.Codes(), vc.Code("protected-term-redefinition"))
}

// A presentation without a proof is told as what it is, and what it holds is judged.
func TestUnsignedPresentation(t *testing.T) {
	school := edIssuer(t, 1)
	good := string(school.sign(t, badge(t, school.did), nil))
	text := `{"@context":["` + vc.ContextV2 + `"],"type":["VerifiablePresentation"],"verifiableCredential":[` + good + `]}`
	r := inspect(t, []byte(text), verify.Config{Kinds: []string{verify.AnyKind}})
	require.Equal(t, []vc.Code{verify.CodePresentationUnsigned}, r.Codes())
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Len(t, r.Nested, 1)
	require.Equal(t, verify.ProofGood, r.Nested[0].Proof)
	require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict)
}
