package embedded_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// Badges of 2022 that a service signed.
func TestPublished2018(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{})
	for _, name := range []string{"plugfest-1-ex-1", "plugfest-1-ex-2"} {
		text := testkit.ReadShared(t, "ob/samples/valid/ob3-plugfest/"+name+".json")
		require.NoError(t, proofsOf(t, v, text))
		changed := bytes.Replace(text, []byte("This wallet can"), []byte("This wallet may"), 1)
		require.NotEqual(t, text, changed)
		require.ErrorIs(t, proofsOf(t, v, changed), &vc.Problem{Code: proof.CodeSignature})
	}
}

// detached is a badge whose proof is made by the steps of the suite, with nothing of the
// package under test.
type detached struct {
	t             *testing.T
	by            *obtest.Issuer
	before, after string // around the JWS
	hashes        []byte
}

func newDetached(t *testing.T) *detached {
	d := &detached{t: t, by: school.Ed(t, 0)}
	document := strings.Replace(string(testkit.BadgeOf(d.by.ID)), `context-3.0.3.json"`,
		`context-3.0.3.json","https://w3id.org/security/suites/ed25519-2018/v1"`, 1)
	options := `{"type":"Ed25519Signature2018","created":"2025-12-01T00:00:00Z","verificationMethod":"` + d.by.VerificationMethod +
		`","proofPurpose":"assertionMethod"`
	d.hashes = append(hashOver(t, "", options+"}", document), hashOver(t, "", document, document)...)
	d.before, d.after = strings.TrimSuffix(strings.TrimSpace(document), "}")+`,"proof":`+options+`,"jws":"`, `"}}`
	return d
}

func (d *detached) put(jws string) []byte { return []byte(d.before + jws + d.after) }

func (d *detached) text() string {
	return string(d.put(d.sign(`{"alg":"EdDSA","b64":false,"crit":["b64"]}`)))
}

func (d *detached) sign(header string) string {
	encoded := base64.RawURLEncoding.EncodeToString([]byte(header))
	return encoded + ".." + d.signature(encoded+"."+string(d.hashes))
}

func (d *detached) signature(message string) string {
	signature, err := d.by.Signer.Sign(d.t.Context(), proof.EdDSA, []byte(message))
	require.NoError(d.t, err)
	return base64.RawURLEncoding.EncodeToString(signature)
}

// A detached JWS has one meaning, in whatever order its header is written.
func TestDetachedJWS(t *testing.T) {
	d := newDetached(t)
	good := d.sign(`{"crit": ["b64"], "b64": false, "alg": "EdDSA"}`)
	require.NoError(t, proofsOf(t, embedded.NewVerifier(embedded.Config{}), d.put(good)))
	head, signature, _ := strings.Cut(good, "..")
	for name, c := range map[string]struct {
		jws  string
		code vc.Code
	}{
		"alg none":              {d.sign(`{"alg":"none","b64":false,"crit":["b64"]}`), proof.CodeProofValue},
		"alg of another key":    {d.sign(`{"alg":"ES256","b64":false,"crit":["b64"]}`), proof.CodeProofValue},
		"no alg":                {d.sign(`{"b64":false,"crit":["b64"]}`), proof.CodeProofValue},
		"an encoded payload":    {d.sign(`{"alg":"EdDSA","b64":true,"crit":["b64"]}`), proof.CodeProofValue},
		"b64 as a text":         {d.sign(`{"alg":"EdDSA","b64":"false","crit":["b64"]}`), proof.CodeProofValue},
		"no b64":                {d.sign(`{"alg":"EdDSA"}`), proof.CodeProofValue},
		"b64 that is not crit":  {d.sign(`{"alg":"EdDSA","b64":false}`), proof.CodeProofValue},
		"crit of more":          {d.sign(`{"alg":"EdDSA","b64":false,"crit":["b64","exp"]}`), proof.CodeProofValue},
		"crit as a text":        {d.sign(`{"alg":"EdDSA","b64":false,"crit":"b64"}`), proof.CodeProofValue},
		"a key of its own":      {d.sign(`{"alg":"EdDSA","b64":false,"crit":["b64"],"jwk":{}}`), proof.CodeProofValue},
		"alg twice":             {d.sign(`{"alg":"none","alg":"EdDSA","b64":false,"crit":["b64"]}`), proof.CodeProofValue},
		"a list":                {d.sign(`["EdDSA"]`), proof.CodeProofValue},
		"no JSON":               {d.sign(`EdDSA`), proof.CodeProofValue},
		"padding":               {head + "==.." + signature, proof.CodeProofValue},
		"a payload":             {head + ".e30." + signature, proof.CodeProofValue},
		"one part":              {head, proof.CodeProofValue},
		"a part more":           {good + ".e30", proof.CodeProofValue},
		"a line break":          {head + `..\n` + signature, proof.CodeProofValue},
		"a signature too short": {head + ".." + signature[:84], proof.CodeProofValue},
		"no signature":          {head + "..", proof.CodeProofValue},
		"long":                  {strings.Repeat("A", 600) + ".." + signature, proof.CodeProofValue},
		"the signature of 2020": {head + ".." + d.signature(string(d.hashes)), proof.CodeSignature},
		"another good header":   {strings.Split(d.sign(`{"alg":"EdDSA","b64":false,"crit":["b64"]}`), "..")[0] + ".." + signature, proof.CodeSignature},
	} {
		t.Run(name, func(t *testing.T) {
			err := proofsOf(t, embedded.NewVerifier(embedded.Config{}), d.put(c.jws))
			require.ErrorIs(t, err, &vc.Problem{Code: c.code})
		})
	}
}

// The other members of such a proof are read, and signed, as those of any proof; the value
// of a later one beside it is a member that nobody defined for it.
func TestProofOf2018(t *testing.T) {
	d := newDetached(t)
	for old, c := range map[string]struct {
		new  string
		code vc.Code
	}{
		`"created":"2025`:                   {`"created":"2024`, proof.CodeSignature},
		`"created":"2025-12-01T00:00:00Z",`: {``, proof.CodeProofMalformed},
		`"assertionMethod"`:                 {`"authentication"`, proof.CodeProofPurpose},
		`"jws":"`:                           {`"proofValue":"`, proof.CodeProofMalformed},
		`"type":"Ed25519Signature2018",`:    {`"type":"Ed25519Signature2018","proofValue":"z1",`, proof.CodeDataLoss},
		`"Ed25519Signature2018"`:            {`"DataIntegrityProof", "cryptosuite": "Ed25519Signature2018"`, proof.CodeSuiteConfusion},
		`"Ed25519Signature2018",`:           {`"Ed25519Signature2020",`, proof.CodeProofMalformed},
	} {
		require.Contains(t, d.text(), old)
		err := proofsOf(t, embedded.NewVerifier(embedded.Config{}), []byte(strings.Replace(d.text(), old, c.new, 1)))
		require.ErrorIs(t, err, &vc.Problem{Code: c.code}, old)
	}
}

// Nothing signs so today, and what is not asked for is not read.
func TestOnly2018IsAskedFor(t *testing.T) {
	d := newDetached(t)
	key, err := proof.KeyOf(d.by.Signer)
	require.NoError(t, err)
	_, err = embedded.SigningWith(dataintegrity.Ed25519Signature2018, key)
	require.ErrorContains(t, err, "no longer signed with")
	doc, err := vc.Parse([]byte(strings.Replace(d.text(), `"jws":"ey`, `"jws":"!`, 1)))
	require.NoError(t, err)
	takes := func(suite string) bool { return suite != dataintegrity.Ed25519Signature2018 }
	p, problems := embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now, Takes: takes})
	require.Empty(t, problems)
	require.Equal(t, dataintegrity.Ed25519Signature2018, p.Suite())
	_, problems = embedded.Read(door.Proofs(doc)[0], embedded.ReadOptions{At: testkit.Now})
	require.ErrorIs(t, problems[0], &vc.Problem{Code: proof.CodeProofValue, Pointer: "/proof/jws"})
}
