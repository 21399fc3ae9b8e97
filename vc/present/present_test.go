package present_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// held are a world with a school in it, and a holder.
func held(t *testing.T, m obtest.Method, k obtest.KeyKind) (w *obtest.World, school, holder *obtest.Issuer) {
	t.Helper()
	w = obtest.New(obtest.Config{Seed: "holders"})
	school, err := w.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	holder, err = w.Issuer("ada", m, k)
	require.NoError(t, err)
	return w, school, holder
}

func config(w *obtest.World, holder *obtest.Issuer) present.Config {
	return present.Config{Signer: holder.Signer, VerificationMethod: holder.VerificationMethod, Fetcher: w.Web, Now: w.Now}
}

var answer = present.Options{Challenge: "c1", Domain: "jobs.example", Lifetime: time.Hour, ID: "urn:uuid:5a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11"}

// What is presented, in every form by every kind of holder, is taken by whoever asked, and
// the credentials come out as they went in.
func TestEveryForm(t *testing.T) {
	for _, m := range obtest.Methods() {
		for _, k := range obtest.KeyKinds() {
			forms := []present.Form{"", present.VPJOSE}
			switch k {
			case obtest.Ed25519:
				forms = append(forms, dataintegrity.EddsaJcs2022, dataintegrity.Ed25519Signature2020)
			case obtest.P256, obtest.P384:
				forms = append(forms, dataintegrity.EcdsaJcs2019)
			}
			for _, f := range forms {
				t.Run(strings.Join([]string{string(m), string(k), string(f)}, " "), func(t *testing.T) {
					w, school, holder := held(t, m, k)
					draft := school.Badge(obtest.Badge{Number: 1, Recipient: holder.ID})
					badge, err := school.Secure(draft, dataintegrity.EddsaRdfc2022)
					require.NoError(t, err)
					token, err := school.Secure(draft, issue.VCJWT)
					require.NoError(t, err)
					jose, err := school.Secure(draft, issue.VCJOSE)
					require.NoError(t, err)
					c := config(w, holder)
					c.Form = f
					made, err := present.Sign(t.Context(), [][]byte{badge, token, jose}, c, answer)
					require.NoError(t, err)
					require.Equal(t, verify.VerdictVerified, made.Report().Verdict, "%v", made.Report().Problems())
					expect := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}, HolderIsSubject: true}
					v, err := verify.VerifyPresentation(t.Context(), made.Bytes(), expect, verify.Config{Fetcher: w.Web, Now: w.Now})
					require.NoError(t, err)
					require.Equal(t, holder.ID, v.Holder())
					var out []string
					for n := range v.Credentials() {
						out = append(out, string(n.Secured()))
					}
					require.Equal(t, []string{string(badge), string(token), string(jose)}, out)
					later := verify.Config{Fetcher: w.Web, Now: func() time.Time { return w.Now().Add(2 * time.Hour) }}
					_, err = verify.VerifyPresentation(t.Context(), made.Bytes(), expect, later)
					require.Error(t, err, "its lifetime is over")
				})
			}
		}
	}
}

// What nobody should sign is refused before, or for what the verifier says.
func TestRefusals(t *testing.T) {
	w, school, holder := held(t, obtest.DIDKey, obtest.Ed25519)
	badge, err := school.Secure(school.Badge(obtest.Badge{Number: 1, Recipient: holder.ID}), dataintegrity.EddsaRdfc2022)
	require.NoError(t, err)
	good := config(w, holder)
	for name, change := range map[string]func(*present.Config, *present.Options){
		"no signer":             func(c *present.Config, _ *present.Options) { c.Signer = nil },
		"no method":             func(c *present.Config, _ *present.Options) { c.VerificationMethod = "" },
		"a method without name": func(c *present.Config, _ *present.Options) { c.VerificationMethod = holder.ID },
		"another holder":        func(c *present.Config, _ *present.Options) { c.Holder = school.ID },
		"a form of nobody's":    func(c *present.Config, _ *present.Options) { c.Form = "rot13" },
		"no challenge":          func(_ *present.Config, o *present.Options) { o.Challenge, o.Domain = "", "" },
		"a domain alone":        func(_ *present.Config, o *present.Options) { o.Challenge, o.InsecureNoChallenge = "", true },
		"a challenge and none":  func(_ *present.Config, o *present.Options) { o.InsecureNoChallenge = true },
		"a lifetime before":     func(_ *present.Config, o *present.Options) { o.Lifetime = -1 },
		"a panicking clock":     func(c *present.Config, _ *present.Options) { c.Now = func() time.Time { panic("no") } },
	} {
		c, o := good, answer
		change(&c, &o)
		_, err := present.Sign(t.Context(), [][]byte{badge}, c, o)
		require.ErrorContains(t, err, "present: ", name)
	}
	made, err := present.Sign(t.Context(), nil, good, present.Options{InsecureNoChallenge: true})
	require.NoError(t, err)
	require.Contains(t, string(made.Bytes()), `"verifiableCredential":[]`)
	require.Len(t, made.Warnings(), 1)

	forged := []byte(strings.Replace(string(badge), "Keel", "Mast", 1))
	bare := school.Badge(obtest.Badge{Number: 1})
	for name, c := range map[string]struct {
		credential []byte
		code       vc.Code
	}{
		"forged":           {forged, verify.CodeNestedForged},
		"without a proof":  {bare, verify.CodeNestedUnvouched},
		"no credential":    {[]byte("hello"), "format-text"},
		"a term undefined": {[]byte(strings.Replace(string(badge), `"name"`, `"colour":"red","name"`, 1)), proof.CodeDataLoss},
	} {
		_, err := present.Sign(t.Context(), [][]byte{c.credential}, good, answer)
		require.ErrorIs(t, err, &vc.Problem{Code: c.code}, name)
	}
	_, err = present.Sign(t.Context(), [][]byte{made.Bytes()}, good, answer)
	require.ErrorIs(t, err, &vc.Problem{Code: present.CodePresentation})

	another := good
	another.Signer = school.Signer
	_, err = present.Sign(t.Context(), [][]byte{badge}, another, answer)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeSignature}, "a did:key states its key itself")
	failed, ok := errors.AsType[*verify.Error](err)
	require.True(t, ok)
	require.NotNil(t, failed.Report)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = present.Sign(ended, [][]byte{badge}, good, answer)
	require.ErrorIs(t, err, context.Canceled)
}

// The holder may show what has expired, and what cannot be checked where he is: it is told.
func TestWhatIsTold(t *testing.T) {
	w, school, holder := held(t, obtest.DIDKey, obtest.Ed25519)
	badge, err := school.Sign(school.Badge(obtest.Badge{Number: 1, ValidUntil: w.Now().AddDate(0, 0, -1)}), nil)
	require.NoError(t, err)
	c := config(w, holder)
	made, err := present.Sign(t.Context(), [][]byte{badge}, c, answer)
	require.NoError(t, err)
	require.Equal(t, []vc.Code{verify.CodeExpired}, made.Report().Nested[0].Report.Codes())
	c.Fetcher = nil
	made, err = present.Sign(t.Context(), [][]byte{badge}, c, answer)
	require.NoError(t, err)
	require.Equal(t, verify.ProofUndecided, made.Report().Nested[0].Proof)
	require.Equal(t, verify.HoldingAnother, made.Report().Nested[0].Holding)
}
