package verify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

// against is something that is published with a key and speaks against its use:
// further members of the verification method, of the JWK, or of the document that
// defines the key, or another definition of it.
type against struct{ method, jwk, document, second string }

// everythingAgainst enumerates what may not be believed beside a key, as the issuer
// means it and as nobody can read it.
func everythingAgainst() map[string]against {
	all := map[string]against{
		"a second definition":    {second: `"publicKeyMultibase":"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"`},
		"a second, revoked":      {second: `"revoked":"2025-01-01T00:00:00Z"`},
		"a second, unreadable":   {second: `"revoked":true`},
		"the secret of the key":  {method: `"secretKeyMultibase":"z3u2"`},
		"the secret as a JWK":    {method: `"privateKeyJwk":{}`},
		"a secret member":        {jwk: `"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"`},
		"for encryption":         {jwk: `"use":"enc"`},
		"for no use":             {jwk: `"use":""`},
		"for signing alone":      {jwk: `"key_ops":["sign"]`},
		"for no operation":       {jwk: `"key_ops":[]`},
		"for another algorithm":  {jwk: `"alg":"ES256"`},
		"for an empty algorithm": {jwk: `"alg":""`},
		"nbf to come":            {jwk: `"nbf":1900000000`},
		"nbf as text":            {jwk: `"nbf":"1500000000"`},
		"nbf null":               {jwk: `"nbf":null`},
	}
	for _, value := range []string{`true`, `"true"`, `1`, `null`, `{}`, `[]`, `"false"`} {
		all["deactivated "+value] = against{document: `"deactivated":` + value}
	}
	for _, value := range []string{
		`"2025-01-01T00:00:00Z"`, `"2025-01-01T00:00:00.5+02:00"`, `"2025-01-01T24:00:00Z"`, `"2025-01-01T00:00:00"`, `"0000-01-01T00:00:00Z"`, `"-0001-01-01T00:00:00Z"`,
		`"2025-01-01"`, `"2099-01-01"`, `"24:00:00Z"`, `"2099-01-01 00:00:00Z"`, `"2099-01-01t00:00:00z"`, `"2099-01-01T00:00:00+14:30"`, `"2099-02-30T00:00:00Z"`,
		`"0001-01-01T00:00:00Z"`, `"soon"`, `""`, `true`, `false`, `null`, `0`, `4070908800`, `{}`, `[]`, `["2099-01-01T00:00:00Z"]`, `{"revoked_at":1735689600}`, `{"revoked_at":"2099"}`,
	} {
		for _, name := range []string{"revoked", "expires"} {
			member := fmt.Sprintf("%q:%s", name, value)
			all["method "+member] = against{method: member}
			all["JWK "+member] = against{jwk: member}
		}
	}
	for _, value := range []string{`1735689600`, `0`, `-1`, `"1735689600"`, `null`, `true`, `1e300`, `-62135596800`} {
		all["JWK exp "+value] = against{jwk: `"exp":` + value}
	}
	return all
}

// publication is a way in which the victim's key reaches a verifier.
type publication struct {
	key    string // the URL of the key; "" puts the key into the header of a token
	issuer string
	config verify.Config
}

// multikey and jsonWebKey write the school's key as a method; a half in which
// something speaks against it that the form cannot hold is no such key.
func (i issuer) multikey(id, owner string, a against) (string, bool) {
	return withMembers(i.listed(id, owner), a.method), a.jwk == ""
}

func (i issuer) jsonWebKey(t testing.TB, id, owner string, a against) (string, bool) {
	method := `{"id":"` + id + `","type":"JsonWebKey","controller":"` + owner + `","publicKeyJwk":` + withMembers(i.jwk(t, ""), a.jwk) + `}`
	return withMembers(method, a.method), true
}

// bare is a JWK that stands alone.
func (i issuer) bare(t testing.TB, more string, a against) (string, bool) {
	return withMembers(i.jwk(t, more), a.jwk), a.method == "" && a.second == "" && a.document == ""
}

func withMembers(object, members string) string {
	if members == "" {
		return object
	}
	return strings.TrimSuffix(object, "}") + "," + members + "}"
}

// document is one that defines a method in a place and lists it in another, with
// what speaks against its key.
func (a against) written(id, method, key, owner, defined, listed string) string {
	methods := method
	if a.second != "" {
		methods += `,{"id":"` + key + `","type":"Multikey","controller":"` + owner + `",` + a.second + `}`
	}
	text := `{"id":"` + id + `","` + defined + `":[` + methods + `]`
	if listed != "" {
		text += `,"` + listed + `":["` + key + `"]`
	}
	return withMembers(text+"}", a.document)
}

// publications are the ways on which something can stand beside the key. ok is
// false where a form has no place for it.
func publications(t testing.TB, school issuer, a against) map[string]func() (publication, bool) {
	const web, elsewhere = "did:web:school.example", "https://keys.example/7"
	by := func(config string, issuer, key string) publication {
		return publication{key, issuer, verify.Config{Fetcher: pack(t, config)}}
	}
	all := map[string]func() (publication, bool){}
	for form, write := range map[string]func(id, owner string, a against) (string, bool){
		"Multikey":   school.multikey,
		"JsonWebKey": func(id, owner string, a against) (string, bool) { return school.jsonWebKey(t, id, owner, a) },
	} {
		for _, owner := range []string{victim, web} {
			key := owner + "#key"
			document := func(text string) string { return `{"` + owner + `":` + text + `}` }
			all[form+" by value, "+owner] = func() (publication, bool) {
				m, ok := write(key, owner, a)
				return by(document(a.written(owner, m, key, owner, "assertionMethod", "")), owner, key), ok
			}
			all[form+" by reference, "+owner] = func() (publication, bool) {
				m, ok := write(key, owner, a)
				return by(document(a.written(owner, m, key, owner, "verificationMethod", "assertionMethod")), owner, key), ok
			}
			all[form+" of a header, "+owner] = func() (publication, bool) {
				m, ok := write(key, owner, a)
				return by(document(a.written(owner, m, key, owner, "verificationMethod", "assertionMethod")), owner, ""), ok
			}
			all[form+" by the caller's resolver, "+owner] = func() (publication, bool) {
				m, ok := write(key, owner, a)
				d, err := did.ParseDocument([]byte(a.written(owner, m, key, owner, "verificationMethod", "assertionMethod")))
				require.NoError(t, err)
				return publication{key, owner, verify.Config{Resolver: did.Static{owner: d}}}, ok && owner == web
			}
			// The key's own URL says nothing against it, its controller's document does.
			all[form+" of a key document, defined by its controller, "+owner] = func() (publication, bool) {
				m, ok := write(elsewhere, owner, a)
				return by(`{"`+elsewhere+`":`+school.listed(elsewhere, owner)+`,"`+owner+`":`+a.written(owner, m, elsewhere, owner, "verificationMethod", "assertionMethod")+`}`,
					owner, elsewhere), ok
			}
			all[form+" of a key document, listed by its controller, "+owner] = func() (publication, bool) {
				m, ok := write(elsewhere, owner, a)
				lists := withMembers(`{"id":"`+owner+`","assertionMethod":["`+elsewhere+`"]}`, a.document)
				return by(`{"`+elsewhere+`":`+m+`,"`+owner+`":`+lists+`}`, owner, elsewhere), ok && a.second == ""
			}
			all[form+" in a pack, "+owner] = func() (publication, bool) {
				m, ok := write(key, owner, a)
				return by(`{"`+key+`":`+m+`}`, owner, key), ok && a.second == "" && a.document == ""
			}
		}
		all[form+" as publicKey"] = func() (publication, bool) {
			m, ok := write(victim+"#key", victim, a)
			return by(`{"`+victim+`":`+a.written(victim, m, victim+"#key", victim, "publicKey", "")+`}`, victim, victim+"#key"), ok
		}
		all[form+" as a key document of its own"] = func() (publication, bool) {
			m, ok := write(victim+"#key", victim, a)
			return by(`{"`+victim+`":`+m+`}`, victim, victim+"#key"), ok && a.second == "" && a.document == ""
		}
	}
	all["JWK as publicKey"] = func() (publication, bool) {
		k, ok := school.bare(t, `,"kid":"key"`, a)
		return by(`{"`+victim+`":{"id":"`+victim+`","publicKey":[`+k+`]}}`, victim, victim+"#key"), ok
	}
	all["JWK Set"] = func() (publication, bool) {
		k, ok := school.bare(t, `,"kid":"key"`, a)
		return by(`{"`+victim+`":{"keys":[`+k+`]}}`, victim, victim+"#key"), ok
	}
	all["JWK Set of a header"] = func() (publication, bool) {
		k, ok := school.bare(t, `,"kid":"key"`, a)
		return by(`{"`+victim+`":{"keys":[`+k+`]}}`, victim, ""), ok
	}
	all["JWK at its URL"] = func() (publication, bool) {
		k, ok := school.bare(t, "", a)
		p := by(`{"https://school.example/jwk":`+k+`}`, victim, "https://school.example/jwk")
		p.config.SameOriginJWK = true
		return p, ok
	}
	all["JWK in a pack"] = func() (publication, bool) {
		k, ok := school.bare(t, "", a)
		return by(`{"`+victim+`#key":`+k+`}`, victim, victim+"#key"), ok
	}
	all["did:jwk"] = func() (publication, bool) {
		k, ok := school.bare(t, "", a)
		id := "did:jwk:" + multibase.EncodeBase64([]byte(k))
		return publication{id + "#0", id, verify.Config{}}, ok
	}
	return all
}

// signedBy are what the school signs in the issuer's name: a token, and where the
// key has a URL with a fragment a badge with a proof.
func (p publication) signedBy(t testing.TB, school issuer) [][]byte {
	header := `{"alg":"EdDSA","typ":"JWT","kid":"` + p.key + `"}`
	if p.key == "" {
		header = `{"alg":"EdDSA","typ":"JWT","jwk":` + school.jwk(t, "") + `}`
	}
	list := [][]byte{[]byte(school.token(t, proof.EdDSA, header, claims(t, p.issuer, "")))}
	if strings.Contains(p.key, "#") {
		list = append(list, school.sign(t, badge(t, p.issuer),
			func(o *dataintegrity.SignOptions) { o.VerificationMethod, o.SkipIssuerCheck = p.key, true }))
	}
	return list
}

// Whatever speaks against a key speaks against it on every way on which the key is
// found: nothing weaker is taken in its place.
func TestPublishedAgainstAKey(t *testing.T) {
	school := edIssuer(t, 1)
	for name, make := range publications(t, school, against{}) {
		p, ok := make()
		require.True(t, ok || strings.Contains(name, "resolver"), name)
		for _, text := range p.signedBy(t, school) {
			if ok {
				r := inspect(t, text, p.config)
				require.Equal(t, verify.VerdictVerified, r.Verdict, "the control %s: %v", name, r.Codes())
			}
		}
	}
	tried := 0
	for what, a := range everythingAgainst() {
		for name, make := range publications(t, school, a) {
			p, ok := make()
			if !ok {
				continue
			}
			for _, text := range p.signedBy(t, school) {
				r := inspect(t, text, p.config)
				require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%s, %s: %v", what, name, r.Codes())
				tried++
			}
		}
	}
	require.Greater(t, tried, 2000)
}

// What ends later is no reason to refuse, on none of the ways.
func TestPublishedWithAnEndToCome(t *testing.T) {
	school := edIssuer(t, 1)
	for _, a := range []against{
		{method: `"expires":"2099-01-01T00:00:00Z"`}, {method: `"revoked":"2099-01-01T24:00:00Z"`}, {method: `"expires":"2099-01-01T00:00:00"`},
		{jwk: `"exp":4070908800,"nbf":1500000000`}, {jwk: `"expires":"2099-01-01T00:00:00Z"`}, {jwk: `"revoked":{"revoked_at":4070908800,"reason":"superseded"}`},
		{jwk: `"use":"sig","alg":"EdDSA","key_ops":["verify"]`}, {jwk: `"alg":"Ed25519"`}, {document: `"deactivated":false`},
	} {
		for name, make := range publications(t, school, a) {
			p, ok := make()
			if !ok {
				continue
			}
			for _, text := range p.signedBy(t, school) {
				r := inspect(t, text, p.config)
				require.Equal(t, verify.VerdictVerified, r.Verdict, "%v, %s: %v", a, name, r.Codes())
			}
		}
	}
}

// rsaIssuer has a key that signs with more than one algorithm.
func rsaIssuer(t testing.TB) issuer {
	return newIssuer(t, obtest.RSA, 1)
}

// A key that was published for one algorithm verifies no other.
func TestPublishedAlgorithm(t *testing.T) {
	school := rsaIssuer(t)
	for _, published := range []string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		for _, signed := range []proof.Algorithm{proof.RS256, proof.PS256} {
			for name, make := range publications(t, school, against{jwk: `"alg":"` + published + `"`}) {
				p, ok := make()
				if !ok || strings.Contains(name, "defined by its controller") { // the other half is an Ed25519 key
					continue
				}
				header := `{"alg":"` + string(signed) + `","kid":"` + p.key + `"}`
				if p.key == "" {
					header = `{"alg":"` + string(signed) + `","jwk":` + school.jwk(t, "") + `}`
				}
				r := inspect(t, []byte(school.token(t, signed, header, claims(t, p.issuer, ""))), p.config)
				if published == string(signed) {
					require.Equal(t, verify.VerdictVerified, r.Verdict, "%s by %s, %s: %v", signed, published, name, r.Codes())
				} else {
					require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%s by %s, %s", signed, published, name)
				}
			}
		}
	}
}
