package sdjwt_test

import (
	"bytes"
	"crypto"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

var world = obtest.New(obtest.Config{Seed: "sd-jwt"})

func school(t *testing.T) *obtest.Issuer {
	t.Helper()
	i, err := world.Issuer("harbour", obtest.DIDWeb, obtest.P256)
	require.NoError(t, err)
	return i
}

// holder is the key of whom the badge is given to.
func holder(t *testing.T) crypto.Signer { return world.Key(obtest.Ed25519, "holder") }

func signerOf(t *testing.T, key crypto.Signer) proof.Signer {
	t.Helper()
	s, err := proof.FromCrypto(key)
	require.NoError(t, err)
	return s
}

// badge is the JSON of a badge.
func badge(t *testing.T) []byte { return school(t).Badge(obtest.Badge{Number: 7}) }

// made issues a badge through the door of package issue.
func made(t *testing.T, text []byte, pointers ...string) []byte {
	t.Helper()
	c := school(t).Config()
	c.Form, c.Disclosable, c.Decoys = issue.VCSDJWT, pointers, 2
	by, err := issue.New(t.Context(), c)
	require.NoError(t, err)
	issued, err := by.IssueTo(t.Context(), text, holder(t).Public())
	require.NoError(t, err)
	return issued.Bytes()
}

func config() verify.Config { return verify.Config{Fetcher: world.Web, Now: world.Now} }

func asked() verify.Config {
	c := config()
	c.Audience, c.KeyBinding = []string{"https://jobs.example"}, verify.KeyBindingConfig{Nonce: "n-1"}
	return c
}

func presentation(t *testing.T, show ...string) sdjwt.PresentOptions {
	return sdjwt.PresentOptions{Disclose: show, Holder: signerOf(t, holder(t)), Audience: "https://jobs.example", Nonce: "n-1", At: world.Now()}
}

const name = "/credentialSubject/achievement/name"

func TestIssuePresentVerify(t *testing.T) {
	text := made(t, badge(t), name, "/credentialSubject/achievement/description", "/name")
	there, err := sdjwt.Disclosable(text)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{name, "/credentialSubject/achievement/description", "/name"}, there)

	shown, err := sdjwt.Present(t.Context(), text, presentation(t, "/name"))
	require.NoError(t, err)
	v, err := verify.Verify(t.Context(), shown, asked())
	require.NoError(t, err)
	var withheld []string
	for _, p := range v.Report().Withheld {
		withheld = append(withheld, p.Pointer)
	}
	require.ElementsMatch(t, []string{name, "/credentialSubject/achievement/description"}, withheld)
	require.NotContains(t, string(v.Credential()), `"_sd`)
	var read ob.AchievementCredential
	require.NoError(t, v.Decode(&read))
	require.NotEmpty(t, read.Name)
}

// What is chosen is what is read, and of the rest not a byte is shown.
func TestEveryChoice(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9901))
	for n := range 40 {
		var document map[string]any
		require.NoError(t, json.Unmarshal(badge(t), &document))
		secrets := map[string]string{}
		subject := document["credentialSubject"].(map[string]any)
		achievement := subject["achievement"].(map[string]any)
		put := func(object map[string]any, at, member string, wrap func(string) any) {
			secret := fmt.Sprintf("s%dq%dz", n, r.Uint64())
			object[member] = wrap(secret)
			secrets[at+"/"+member] = secret
		}
		put(document, "", "name", func(s string) any { return s })
		put(document, "", "description", func(s string) any { return s + "\n\"é" })
		put(achievement, "/credentialSubject/achievement", "name", func(s string) any { return s })
		put(achievement, "/credentialSubject/achievement", "description", func(s string) any { return s })
		put(achievement, "/credentialSubject/achievement", "humanCode", func(s string) any { return s })
		tags := []any{}
		for i := range 1 + r.IntN(4) {
			secret := fmt.Sprintf("t%dq%dz", n, r.Uint64())
			tags = append(tags, secret)
			secrets[fmt.Sprintf("/credentialSubject/achievement/tag/%d", i)] = secret
		}
		achievement["tag"] = tags
		text, err := json.Marshal(document)
		require.NoError(t, err)

		var pointers, shown []string
		for pointer := range secrets {
			pointers = append(pointers, pointer)
		}
		slices.Sort(pointers)
		whole := r.IntN(2) == 0
		if whole {
			pointers = append(pointers, "/credentialSubject/achievement")
		}
		for _, p := range pointers {
			if r.IntN(2) == 0 {
				shown = append(shown, p)
			}
		}
		sd := made(t, text, pointers...)
		out, err := sdjwt.Present(t.Context(), sd, presentation(t, shown...))
		require.NoError(t, err)
		v, err := verify.Verify(t.Context(), out, asked())
		require.NoError(t, err)
		doc, err := vc.Parse(out)
		require.NoError(t, err)
		for pointer, secret := range secrets {
			is := slices.Contains(shown, pointer)
			require.Equal(t, is, strings.Contains(string(v.Credential()), secret), pointer)
			if !is {
				require.NotContains(t, plainOf(t, out), secret, pointer)
			}
		}
		require.Equal(t, vc.FormSDJWT, doc.Form())
		require.NoError(t, v.Decode(new(ob.AchievementCredential)))
		for _, option := range []string{"_sd", "_sd_alg", `"..."`} {
			require.NotContains(t, string(v.Credential()), option)
		}
	}
}

// plainOf decodes every part of an SD-JWT.
func plainOf(t *testing.T, text []byte) string {
	t.Helper()
	var all bytes.Buffer
	for _, part := range bytes.FieldsFunc(text, func(r rune) bool { return r == '~' || r == '.' }) {
		all.Write(decode(t, part))
	}
	return all.String()
}

func TestSignRefuses(t *testing.T) {
	by := school(t)
	for pointer, code := range map[string]vc.Code{
		"/issuer": proof.CodeDisclosurePath, "/issuer/id": proof.CodeDisclosurePath, "/validFrom": proof.CodeDisclosurePath,
		"/credentialStatus": proof.CodeDisclosurePath, "/credentialStatus/0": proof.CodeDisclosurePath,
		"/credentialSchema/0/id": proof.CodeDisclosurePath, "/type": proof.CodeDisclosurePath, "/@context/1": proof.CodeDisclosurePath,
		"/credentialSubject/type": proof.CodeDisclosurePath, "/credentialSubject/achievement/type/0": proof.CodeDisclosurePath,
		"/nothing": proof.CodeDisclosurePath, "name": proof.CodeDisclosurePath, "": proof.CodeDisclosurePath,
	} {
		_, err := sdjwt.Sign(t.Context(), badge(t), sdjwt.SignOptions{
			Signer: by.Signer, KeyID: by.VerificationMethod, Disclosable: []string{pointer}})
		require.ErrorIs(t, err, &vc.Problem{Code: code}, pointer)
	}
	for _, member := range []string{`"_sd":[]`, `"aside":{"_sd":[]}`, `"aside":[{"...":"x"}]`, `"cnf":{}`} {
		text := []byte(strings.Replace(string(badge(t)), "{", "{"+member+",", 1))
		_, err := sdjwt.Sign(t.Context(), text, sdjwt.SignOptions{Signer: by.Signer, KeyID: by.VerificationMethod})
		require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeJWTClaimMember}, member)
	}
	_, err := sdjwt.Sign(t.Context(), badge(t), sdjwt.SignOptions{Signer: by.Signer})
	require.Error(t, err)
	_, err = sdjwt.Sign(t.Context(), badge(t), sdjwt.SignOptions{Signer: by.Signer, KeyID: by.VerificationMethod,
		Disclosable: []string{name}, Random: strings.NewReader("short")})
	require.ErrorContains(t, err, "salts")
	token, err := by.Token(badge(t), nil)
	require.NoError(t, err)
	_, err = sdjwt.Sign(t.Context(), token, sdjwt.SignOptions{Signer: by.Signer, KeyID: by.VerificationMethod})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeAlreadyToken})
}

func TestPresentRefuses(t *testing.T) {
	text := made(t, badge(t), name)
	_, err := sdjwt.Present(t.Context(), text, presentation(t, "/credentialSubject/achievement"))
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeDisclosurePath})
	_, err = sdjwt.Present(t.Context(), badge(t), presentation(t))
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeNotSDJWT})
	o := presentation(t)
	o.Nonce = ""
	_, err = sdjwt.Present(t.Context(), text, o)
	require.Error(t, err)
	o = presentation(t)
	o.Holder = signerOf(t, world.Key(obtest.Ed25519, "somebody else"))
	_, err = sdjwt.Present(t.Context(), text, o)
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeBindingSignature})
}
