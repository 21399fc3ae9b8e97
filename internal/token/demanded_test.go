package token_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// demands are the claims that repeat a member of the credential (OB 3.0, 8.2.5).
var demands = []struct {
	claim, member    string // as they stand in the payload
	missing, differs vc.Code
}{
	{`"iss":"did:example:school",`, `"issuer":"did:example:school",`, proof.CodeJWTIssMissing, proof.CodeJWTIssMismatch},
	{`"sub":"did:example:ada",`, `"id":"did:example:ada",`, proof.CodeJWTSubMissing, proof.CodeJWTSubMismatch},
	{`"jti":"urn:uuid:1",`, `"id":"urn:uuid:1",`, proof.CodeJWTJtiMissing, proof.CodeJWTJtiMismatch},
	{`"nbf":1748764800,`, `"validFrom":"2025-06-01T08:00:00Z",`, proof.CodeJWTNbfMissing, ""},
	{`"exp":1893456000,`, `"validUntil":"2030-01-01T00:00:00Z",`, proof.CodeJWTExpMissing, ""},
}

// A claim is demanded where the credential has what it repeats, and not otherwise. One
// that repeats nothing differs, but for the instants, which then bound the token alone.
func TestClaimsThatAreDemanded(t *testing.T) {
	whole := `{"iss":"did:example:school","sub":"did:example:ada","jti":"urn:uuid:1","nbf":1748764800,"exp":1893456000,
		"id":"urn:uuid:1","issuer":"did:example:school","validFrom":"2025-06-01T08:00:00Z","validUntil":"2030-01-01T00:00:00Z",
		"credentialSubject":{"id":"did:example:ada","type":["AchievementSubject"]},"@context":["https://www.w3.org/ns/credentials/v2"]}`
	codes := func(payload string) (all []vc.Code) {
		_, problems := read(t, signed(goodHeader, payload))
		for _, p := range problems {
			all = append(all, p.Code)
		}
		return all
	}
	without := func(payload, text string) string {
		require.Contains(t, payload, text)
		return strings.Replace(payload, text, "", 1)
	}
	require.Empty(t, codes(whole))
	for _, d := range demands {
		require.Equal(t, []vc.Code{d.missing}, codes(without(whole, d.claim)))
		require.Empty(t, codes(without(without(whole, d.claim), d.member)), d.claim)
		var differs []vc.Code
		if d.differs != "" {
			differs = []vc.Code{d.differs}
		}
		require.Equal(t, differs, codes(without(whole, d.member)), d.claim)
	}
}

// A credential of data model 2.0 is no claim vc of 1.1: the code says so, and no date
// of 1.1 is put into it.
func TestVCClaimOfDataModel20(t *testing.T) {
	claim := `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],` +
		`"credentialSubject":{"id":"did:example:ada"}}`
	payload := `{"iss":"did:example:school","jti":"urn:uuid:1","nbf":1748764800,"exp":1893456000,"sub":"did:example:ada","vc":` + claim +
		`}`
	doc, err := vc.Parse(signed(goodHeader, payload))
	require.NoError(t, err)
	require.Equal(t, "2025-06-01T08:00:00Z", door.Root(doc).Get("validFrom").Text())
	require.Equal(t, "2030-01-01T00:00:00Z", door.Root(doc).Get("validUntil").Text())
	require.False(t, door.Root(doc).Get("issuanceDate").Exists())
	_, problems := token.Read(doc)
	require.Len(t, problems, 1)
	require.Equal(t, proof.CodeJWTClaimVersion, problems[0].Code)
}

// A kid that is no URL is a name in the issuer's document, and has a place in a URL.
func TestNamesOfKeys(t *testing.T) {
	const issuer = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	for kid, want := range map[string][2]string{
		"key-1":                        {issuer + "#key-1", "key-1"},
		"key 1":                        {issuer + "#key%201", "key 1"},
		"2026:07":                      {issuer + "#2026:07", "2026:07"},
		"#key-1":                       {issuer + "#key-1", "#key-1"},
		issuer + "#key-1":              {issuer + "#key-1", ""},
		"https://school.example/k#1":   {"https://school.example/k#1", ""},
		"urn:ietf:params:oauth:jwk:7x": {"urn:ietf:params:oauth:jwk:7x", ""},
	} {
		r, problems := read(t, signed(`{"alg":"ES256","kid":"`+kid+`"}`, claims(t, "", "")))
		require.Empty(t, problems)
		require.Equal(t, want, [2]string{r.KeyID(), r.KeyName()}, kid)
	}
}
