package vcjwt_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
)

const keyID = testkit.BadgeIssuer + "#key"

// with returns the badge with a further member at its top.
func with(t *testing.T, member string) []byte {
	return []byte(strings.Replace(string(testkit.Badge()), "{", "{"+member+",", 1))
}

// A member that readers of tokens take for a claim would make another credential, or
// another kind of token, of the one that was given.
func TestSignRefusesClaims(t *testing.T) {
	signer := school.Ed(t, 0).Signer
	inner := strings.TrimSpace(string(testkit.Badge()))
	for _, member := range []string{`"vc":` + inner, `"vp":{}`, `"vp":null`, `"aud":"x"`, `"iat":1`, `"cnf":{"jwk":{}}`, `"_sd":[]`, `"_sd_alg":"sha-256"`, `"crit":["x"]`,
		`"vct":"urn:x"`, `"status":{"status_list":{"idx":0,"uri":"https://school.example/list"}}`, `"...":"x"`, `"nonce":"x"`} {
		for _, form := range []vcjwt.Form{vcjwt.FormProfile, vcjwt.FormVCJOSE} {
			token, err := vcjwt.Sign(t.Context(), with(t, member), vcjwt.SignOptions{Signer: signer, KeyID: keyID, Form: form})
			require.Nil(t, token, member)
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeJWTClaimMember}, member)
		}
	}
	_, err := vcjwt.Sign(t.Context(), with(t, `"aside":{"aud":"x"}`), vcjwt.SignOptions{Signer: signer, KeyID: keyID})
	require.NoError(t, err, "deeper down it is no claim")
	_, err = vcjwt.Sign(t.Context(), with(t, `"jti":"urn:another"`), vcjwt.SignOptions{Signer: signer, KeyID: keyID})
	require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeJWTJtiMismatch}, "what stands for a member must agree with it")
}

// A token is signed by the rules of embedded proofs: the key is the issuer's, and is
// named by its whole URL.
func TestSignJudgesTheMethod(t *testing.T) {
	signer := school.Ed(t, 0).Signer
	for kid, code := range map[string]vc.Code{
		"#key-1":                             proof.CodeMethodURL,
		"key-1":                              proof.CodeMethodURL,
		"http://school.example/issuer#key-1": proof.CodeMethodURL,
		"https://school.example/issuer":      proof.CodeMethodURL,
		"https://another.example/issuer#k":   proof.CodeIssuer,
	} {
		o := vcjwt.SignOptions{Signer: signer, KeyID: kid}
		_, err := vcjwt.Sign(t.Context(), testkit.Badge(), o)
		require.ErrorIs(t, err, &vc.Problem{Code: code}, kid)
	}
	_, err := vcjwt.Sign(t.Context(), testkit.Badge(), vcjwt.SignOptions{Signer: signer, KeyID: "https://another.example/issuer#k", SkipIssuerCheck: true})
	require.NoError(t, err)
}

// An array of one subject is that subject, for the claim sub too.
func TestSubjectInArray(t *testing.T) {
	signer := school.Ed(t, 0).Signer
	text := string(testkit.Badge())
	at := strings.Index(text, `"credentialSubject": {`)
	require.Positive(t, at)
	doc, err := vc.Parse([]byte(text))
	require.NoError(t, err)
	subject := string(door.Root(doc).Get("credentialSubject").Raw())
	text = strings.Replace(text, subject, "["+subject+"]", 1)
	_, err = vcjwt.Sign(t.Context(), []byte(text), vcjwt.SignOptions{Signer: signer, KeyID: keyID})
	require.NoError(t, err)
}

func TestReadWithoutToken(t *testing.T) {
	doc, err := vc.Parse(testkit.Badge())
	require.NoError(t, err)
	for _, d := range []*vc.Document{nil, doc} {
		token, problems := token.Read(d)
		require.Nil(t, token)
		require.Len(t, problems, 1)
		require.Equal(t, vc.CodeTokenMalformed, problems[0].Code)
	}
}
