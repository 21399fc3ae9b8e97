package conformance_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// workshop makes artefacts of a product.
type workshop struct {
	*testing.T
	world *obtest.World
}

func newWorkshop(t *testing.T) workshop {
	return workshop{t, obtest.New(obtest.Config{Seed: "artefacts", At: testkit.Now})}
}

func (w workshop) issuer(k obtest.KeyKind) *obtest.Issuer {
	i, err := w.world.Issuer("harbour-"+strings.ToLower(string(k)), obtest.DIDKey, k)
	require.NoError(w, err)
	return i
}

const testIdentifier = `"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"conformance@imsglobal.org","identityType":"emailAddress"}],`

// badge is a good one for the address of the test, changed before it is signed.
func (w workshop) badge(k obtest.KeyKind, change ...string) []byte {
	text := strings.Replace(string(w.issuer(k).Badge(obtest.Badge{Number: 7})), `"type":["AchievementSubject"],`, testIdentifier+`"type":["AchievementSubject"],`, 1)
	return []byte(strings.NewReplacer(change...).Replace(text))
}

func (w workshop) sign(k obtest.KeyKind, text []byte, suite string, mandatory ...string) []byte {
	signed, err := w.issuer(k).Sign(text, func(o *dataintegrity.SignOptions) { o.Suite, o.MandatoryPointers = suite, mandatory })
	require.NoError(w, err)
	return signed
}

func (w workshop) png(credential []byte) []byte {
	var b bytes.Buffer
	require.NoError(w, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	baked, err := bake.Bake(b.Bytes(), credential, bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(w, err)
	return baked
}

func (w workshop) issued(role conformance.Role, artefacts ...[]byte) *conformance.Report {
	s := conformance.Suite{Roles: []conformance.Role{role}, Seed: "one", Now: testkit.Clock}
	for k, data := range artefacts {
		s.Artefacts = append(s.Artefacts, conformance.Artefact{Name: "artefact-" + string(rune('1'+k)), Data: data})
	}
	report, err := s.Run(w.Context())
	require.NoError(w, err)
	return report
}

func wrong(r *conformance.Report) string {
	var all []string
	for _, one := range r.Results {
		if one.Outcome == conformance.OutcomeFail || one.Outcome == conformance.OutcomeWarn {
			all = append(all, one.ID)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

const required = "/credentialSubject"

// Good badges pass what is asked of issuers, in each form.
func TestGoodBadges(t *testing.T) {
	w := newWorkshop(t)
	embedded := w.sign(obtest.Ed25519, w.badge(obtest.Ed25519), dataintegrity.EddsaRdfc2022)
	token, err := w.issuer(obtest.RSA).Token(w.badge(obtest.RSA), nil)
	require.NoError(t, err)
	for name, artefacts := range map[string][][]byte{
		"json": {embedded}, "image": {w.png(embedded), embedded}, "token": {token},
		"selective": {w.sign(obtest.P256, w.badge(obtest.P256), dataintegrity.EcdsaSd2023, required, "/issuer", "/type", "/validFrom", "/id", "/name")},
	} {
		t.Run(name, func(t *testing.T) {
			report := w.issued(conformance.RoleOBIssuerOnly, artefacts...)
			for _, r := range report.Results {
				if r.Outcome == conformance.OutcomeFail || r.Outcome == conformance.OutcomeWarn || r.Outcome == conformance.OutcomeNotRun {
					t.Error(r.Text())
				}
			}
			require.Equal(t, conformance.OutcomePass, result(t, report, "OB-I-1").Outcome)
			require.Equal(t, conformance.OutcomePass, result(t, report, "OB-I-1.2").Outcome)
			if name == "image" {
				require.Equal(t, conformance.OutcomePass, result(t, report, "OB-I-1a").Outcome)
			}
			if name == "selective" {
				require.Equal(t, conformance.OutcomePass, result(t, report, "OB-I-1c").Outcome)
			}
		})
	}
}

// Each fault of a badge is told of by exactly its checks.
func TestBadBadges(t *testing.T) {
	w := newWorkshop(t)
	good := w.sign(obtest.Ed25519, w.badge(obtest.Ed25519), dataintegrity.EddsaRdfc2022)
	for name, c := range map[string]struct {
		artefacts [][]byte
		want      string
	}{
		"no JSON":           {[][]byte{[]byte("{")}, "OB-I-1"},
		"tampered with":     {[][]byte{bytes.Replace(good, []byte("straight"), []byte("crooked"), 1)}, "OB-I-1"},
		"no criteria":       {[][]byte{w.sign(obtest.Ed25519, w.badge(obtest.Ed25519, `,"criteria":{"narrative":"Lay one keel under supervision and one alone."}`, ""), "")}, "OB-I-1"},
		"expired":           {[][]byte{w.sign(obtest.Ed25519, w.badge(obtest.Ed25519, `,"credentialSubject"`, `,"validUntil":"2025-12-01T00:00:00Z","credentialSubject"`), "")}, "OB-I-1"},
		"another suite":     {[][]byte{w.sign(obtest.P256, w.badge(obtest.P256), dataintegrity.EcdsaRdfc2019)}, "OB-I-1.1"},
		"another recipient": {[][]byte{w.sign(obtest.Ed25519, w.badge(obtest.Ed25519, "conformance@", "someone@"), "")}, "OB-I-1.2"},
		"an undefined term": {[][]byte{w.sign(obtest.Ed25519, w.badge(obtest.Ed25519, `"description":`, `"colour":"red","description":`), dataintegrity.EddsaJcs2022)}, "OB-I-1.1 OB-I-1b"},
		"other bytes baked": {[][]byte{good, w.png(w.sign(obtest.Ed25519, w.badge(obtest.Ed25519, "straight", "true"), ""))}, "OB-I-1a"},
		"nothing baked":     {[][]byte{good, []byte("\x89PNG and no more")}, "OB-I-1 OB-I-1a"},
		"nothing to derive": {[][]byte{bytes.Replace(w.sign(obtest.P256, w.badge(obtest.P256), dataintegrity.EcdsaSd2023), []byte("straight"), []byte("crooked"), 1)}, "OB-I-1 OB-I-1c"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, wrong(w.issued(conformance.RoleOBIssuerOnly, c.artefacts...)))
		})
	}
}

// The guide of 1.1 knows neither safe mode nor selective disclosure.
func TestOlderGuide(t *testing.T) {
	w := newWorkshop(t)
	s := conformance.Suite{Roles: []conformance.Role{conformance.RoleOBIssuerOnly}, Guide: conformance.GuideOB11, Now: testkit.Clock,
		Artefacts: []conformance.Artefact{{Name: "b", Data: w.sign(obtest.P256, w.badge(obtest.P256), dataintegrity.EcdsaSd2023, required)}}}
	report, err := s.Run(t.Context())
	require.NoError(t, err)
	require.Equal(t, conformance.OutcomeFail, result(t, report, "OB-I-1.1").Outcome)
	for _, r := range report.Results {
		require.NotContains(t, []string{"OB-I-1b", "OB-I-1c"}, r.ID)
	}
}

// record is a good record for the address of the test, changed before it is signed.
func (w workshop) record(change ...string) []byte {
	i := w.issuer(obtest.Ed25519)
	inner := w.sign(obtest.Ed25519, i.Badge(obtest.Badge{Number: 3, Recipient: "did:example:ada"}), "")
	text := strings.Replace(string(i.Record(1, "did:example:ada", inner)), `"type":["ClrSubject"],`, testIdentifier+`"type":["ClrSubject"],`, 1)
	return []byte(strings.NewReplacer(change...).Replace(text))
}

func TestRecords(t *testing.T) {
	w := newWorkshop(t)
	sign := func(text []byte) []byte { return w.sign(obtest.Ed25519, text, "") }
	const clr, ob = `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`, `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	good := sign(w.record())
	for name, c := range map[string]struct{ artefact, want string }{
		"good":              {string(good), ""},
		"no JSON":           {"{", "CLR-ISS-6"},
		"contexts":          {string(sign(w.record(clr+","+ob+`],"id":"urn:uuid:`, ob+","+clr+`],"id":"urn:uuid:`))), "CLR-ISS-1 CLR-ISS-6"},
		"no ClrSubject":     {string(w.sign(obtest.Ed25519, w.record(`"type":["ClrSubject"]`, `"type":["Subject"]`), dataintegrity.EddsaJcs2022)), "CLR-ISS-3 CLR-ISS-5 CLR-ISS-6"},
		"tampered with":     {string(bytes.Replace(good, []byte("Record 1"), []byte("Record 2"), 1)), "CLR-ISS-5"},
		"a bad entry":       {string(sign(w.record("straight", "crooked"))), "CLR-ISS-7"},
		"another recipient": {string(sign(w.record("conformance@", "someone@"))), "CLR-ISS-R"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, wrong(w.issued(conformance.RoleCLRPublisher, []byte(c.artefact))))
		})
	}
}
