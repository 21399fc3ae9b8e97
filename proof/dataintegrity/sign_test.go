package dataintegrity_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

func TestSignRefuses(t *testing.T) {
	s := school.Ed(t, 0)
	method := s.VerificationMethod
	good := string(testkit.BadgeOf(method))
	for name, c := range map[string]struct {
		text, method string
		code         vc.Code
		pointer      string
	}{
		"undefined term":        {strings.Replace(good, `"name": "Keel laying"`, `"colour": "red", "name": "Keel laying"`, 1), method, proof.CodeDataLoss, "/credentialSubject/achievement/colour"},
		"undefined type":        {strings.Replace(good, `["Achievement"]`, `["Achievement", "Sailing"]`, 1), method, proof.CodeDataLoss, "/credentialSubject/achievement/type/1"},
		"relative id":           {strings.Replace(good, `"https://school.example/achievements/keel"`, `"keel"`, 1), method, proof.CodeDataLoss, "/credentialSubject/achievement/id"},
		"member under an IRI":   {strings.Replace(good, `"name": "Keel laying"`, `"https://schema.org/name": "Keel", "name": "Keel laying"`, 1), method, proof.CodeIRIName, "/credentialSubject/achievement/https:~1~1schema.org~1name"},
		"inexact integer":       {strings.Replace(good, `"name": "Keel laying"`, `"creditsAvailable": 9007199254740993, "name": "Keel laying"`, 1), method, proof.CodeNumberNotPortable, "/credentialSubject/achievement/creditsAvailable"},
		"tiny number":           {strings.Replace(good, `"name": "Keel laying"`, `"creditsAvailable": 1e-7, "name": "Keel laying"`, 1), method, proof.CodeNumberNotPortable, "/credentialSubject/achievement/creditsAvailable"},
		"unknown context":       {strings.Replace(good, `context-3.0.3.json"`, `context-9.json"`, 1), method, "context-unknown", "/@context/1"},
		"somebody else's key":   {good, "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", proof.CodeIssuer, "/issuer/id"},
		"proof without context": {strings.Replace(good, "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1", 1), method, proof.CodeDataLoss, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Sign([]byte(c.text), func(o *dataintegrity.SignOptions) { o.VerificationMethod = c.method })
			require.ErrorIs(t, err, &vc.Problem{Code: c.code})
			var p *vc.Problem
			require.ErrorAs(t, err, &p)
			if c.pointer != "" {
				require.Equal(t, c.pointer, p.Pointer)
			}
		})
	}
}

// The constants are the suites that there are, no more and no fewer.
func TestSuitesAreNamed(t *testing.T) {
	require.Equal(t, []string{
		dataintegrity.EddsaRdfc2022, dataintegrity.Eddsa2022, dataintegrity.EcdsaRdfc2019,
		dataintegrity.EddsaJcs2022, dataintegrity.EcdsaJcs2019, dataintegrity.EcdsaSd2023, dataintegrity.Ed25519Signature2020,
	}, dataintegrity.Suites())
}
