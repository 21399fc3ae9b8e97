package token_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

func codes(problems []*vc.Problem) []vc.Code {
	var list []vc.Code
	for _, p := range problems {
		list = append(list, p.Code)
	}
	return list
}

// A payload that reads as one credential with the claim vc and as another without
// it: every member that makes a credential, beside every form of the claim.
func TestTwoReadings(t *testing.T) {
	const registered = `"iss":"did:example:school","jti":"urn:uuid:1","nbf":1748764800,"sub":"did:example:ada"`
	inner := `"vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"id":"did:example:ada"}}`
	control, problems := read(t, signed(goodHeader, "{"+registered+","+inner+"}"))
	require.Empty(t, problems)
	require.Equal(t, token.FormVCClaim, control.Form())
	for _, own := range []string{
		`"@context":["https://www.w3.org/ns/credentials/v2"]`, `"type":["VerifiableCredential"]`, `"issuer":"did:example:school"`,
		`"credentialSubject":{"id":"did:example:ada"}`, `"validFrom":"2025-06-01T08:00:00Z"`, `"validUntil":null`,
		`"issuanceDate":"2025-06-01T08:00:00Z"`, `"expirationDate":"2030-01-01T00:00:00Z"`, `"credentialStatus":[]`,
		`"credentialSchema":{}`, `"proof":{}`, `"vp":{}`,
	} {
		for _, payload := range []string{"{" + registered + "," + own + "," + inner + "}", "{" + inner + "," + own + "," + registered + "}"} {
			r, problems := read(t, signed(goodHeader, payload))
			require.Nil(t, r, own)
			require.Contains(t, codes(problems), proof.CodeJWTAmbiguous, own)
		}
	}
	for _, claim := range []string{`"vc":{},`, inner + ",", `"vp":{},`} {
		r, problems := read(t, signed(goodHeader, claims(t, `"iss":`, claim+`"iss":`)))
		require.Nil(t, r, claim)
		require.Contains(t, codes(problems), proof.CodeJWTAmbiguous, claim)
	}
}

const josePrefix = `{"alg":"ES256","kid":"https://school.example/keys#1","typ":`

// Claims that the header repeats say what the payload says, or the signed is
// refused; media types have no case.
func TestReplicatedClaims(t *testing.T) {
	const issuer, subject = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "did:example:ada"
	all := claims(t, "", "")
	bare := strings.TrimSpace(string(testkit.Badge())) // without registered claims the members count
	for member, want := range map[string]vc.Code{
		``: "", `,"iss":"` + issuer + `"`: "", `,"sub":"` + subject + `"`: "", `,"cty":"vc"`: "", `,"cty":"VC"`: "", `,"cty":"Application/Vc"`: "",
		`,"cty":"vc+ld+json"`: "", `,"aud":"https://somebody.example"`: "",
		`,"iss":"did:example:eve"`: proof.CodeJWTHeaderClaim, `,"iss":null`: proof.CodeJWTHeaderClaim, `,"iss":["` + issuer + `"]`: proof.CodeJWTHeaderClaim, `,"iss":""`: proof.CodeJWTHeaderClaim,
		`,"sub":"did:example:eve"`: proof.CodeJWTHeaderClaim, `,"sub":{}`: proof.CodeJWTHeaderClaim,
		`,"cty":"vp"`: proof.CodeJWTContentType, `,"cty":"JWT"`: proof.CodeJWTContentType, `,"cty":["vc"]`: proof.CodeJWTContentType, `,"cty":""`: proof.CodeJWTContentType,
	} {
		for _, payload := range []string{all, bare} {
			for _, typ := range []string{`"vc+jwt"`, `"VC+JWT"`, `"application/vc+jwt"`, `"APPLICATION/vc+jwt"`} {
				r, problems := read(t, signed(josePrefix+typ+member+"}", payload))
				if want == "" {
					require.Empty(t, problems, member)
					require.Equal(t, token.FormVCJOSE, r.Form())
					continue
				}
				require.Nil(t, r, member)
				require.Equal(t, []vc.Code{want}, codes(problems), member)
			}
			if member != "" && payload == all {
				_, problems := read(t, signed(josePrefix+`"JWT"`+member+"}", payload))
				require.Equal(t, []vc.Code{proof.CodeJWTHeaderNotAllowed}, codes(problems), member)
			}
		}
	}
	for _, typ := range []string{`"JWT"`, `"jwt"`, `"Application/JWT"`} {
		_, problems := read(t, signed(josePrefix+typ+"}", all))
		require.Empty(t, problems, typ)
	}
	// Without a subject id there is nothing that a sub in the header could repeat.
	_, problems := read(t, signed(josePrefix+`"vc+jwt","sub":""}`, strings.Replace(bare, `"id": "did:example:ada",`, ``, 1)))
	require.Equal(t, []vc.Code{proof.CodeJWTHeaderClaim}, codes(problems))
}

// What a key in the header says of itself is the word of whoever signs.
func TestHeaderKeyLimits(t *testing.T) {
	const ec = `"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"` // RFC 7517, A.1
	for member, ok := range map[string]bool{
		``: true, `,"alg":"ES256"`: true, `,"use":"sig"`: true, `,"key_ops":["verify"]`: true,
		`,"alg":"ES384"`: false, `,"alg":""`: false, `,"use":"enc"`: false, `,"use":""`: false, `,"key_ops":[]`: false, `,"key_ops":["sign"]`: false,
		`,"expires":"2099-01-01T00:00:00Z"`: false, `,"revoked":"2020-01-01T00:00:00Z"`: false, `,"revoked":false`: false, `,"exp":4070908800`: false, `,"nbf":0`: false,
	} {
		r, problems := read(t, signed(`{"alg":"ES256","jwk":{`+ec+member+`}}`, claims(t, "", "")))
		if ok {
			require.Empty(t, problems, member)
			require.NotNil(t, r.HeaderKey())
			continue
		}
		require.Equal(t, []vc.Code{proof.CodeJWTKeyMalformed}, codes(problems), member)
	}
}

func TestTokenValid(t *testing.T) {
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
	for more, want := range map[string]vc.Interval{
		``:                    {From: at(1748764800)},
		`"exp":1893456000,`:   {From: at(1748764800), Until: at(1893456000)},
		`"exp":0,`:            {From: at(1748764800), Until: at(0)},
		`"exp":-62135596800,`: {From: at(1748764800), Until: time.Time{}.Add(1)}, // the zero time of Go, which is an end like any other
	} {
		r, problems := read(t, signed(goodHeader, claims(t, `"iss":`, more+`"iss":`)))
		require.Empty(t, problems)
		require.Equal(t, want, r.Valid(), more)
		require.Equal(t, strings.Contains(more, "0,") && !strings.Contains(more, "1893456000"), r.Valid().Ended(at(1760000000), 0))
	}
}

func TestReadWithoutToken(t *testing.T) {
	doc, err := vc.Parse(testkit.Badge())
	require.NoError(t, err)
	for _, d := range []*vc.Document{nil, doc} {
		signed, problems := token.Read(d)
		require.Nil(t, signed)
		require.Len(t, problems, 1)
		require.Equal(t, vc.CodeTokenMalformed, problems[0].Code)
	}
}
