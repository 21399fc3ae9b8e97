package codes_test

import (
	"encoding/json"
	"os"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// spoiled is a row about a signed badge that was changed behind its signature.
func spoiled(code vc.Code, edits ...string) row {
	return row{code, strings.Replace(named(badge, edits), "a badge", "a signed badge", 1), func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), edits...)), verify.Config{})
	}}
}

// made is a row about a badge whose proof is made in another way.
func made(code vc.Code, input string, change func(*desk, *dataintegrity.SignOptions)) row {
	return row{code, input, func(d *desk) []*vc.Problem { return d.inspect(d.proven(change), verify.Config{}) }}
}

// proven is the badge of the school with a proof that is made in another way.
func (d *desk) proven(change func(*desk, *dataintegrity.SignOptions)) []byte {
	text := d.draft(badge, `/issuer/id = "@school"`)
	return school.Sign(d.t, d.school, []byte(text), func(o *dataintegrity.SignOptions) { change(d, o) })
}

// once is a badge that was signed in another time: with the content that a context had
// then, and the canonical form of then.
func (d *desk) once(kind string, o rdf.Options, url string, content []byte) []byte {
	engine := jsonld.New(jsonld.Config{Documents: func(asked string) ([]byte, bool) {
		if asked == url {
			return content, true
		}
		return contexts.Lookup(asked)
	}})
	draft := d.draft(badge, `/issuer/id = "@school"`, `/description = "Tie\tit"`, achievement+`/inLanguage = "en"`, `/@context/- = "https://w3id.org/security/suites/ed25519-2020/v1"`)
	options := `{"type":` + kind + `,"created":"2023-01-01T00:00:00Z","verificationMethod":"` + d.school.VerificationMethod + `","proofPurpose":"assertionMethod"}`
	message := ""
	for _, text := range []string{d.edit(options, `/@context = `+string(d.member(draft, "@context"))), draft} {
		doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, engine.Symbols())
		require.NoError(d.t, err)
		var set rdf.Dataset
		_, err = engine.ToRDF(d.t.Context(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Lenient}, &set)
		require.NoError(d.t, err)
		canonical, err := rdf.Canonicalize(d.t.Context(), &set, o)
		require.NoError(d.t, err)
		message += string(canonical.Sum())
		canonical.Release()
	}
	signature, err := d.school.Signer.Sign(d.t.Context(), proof.EdDSA, []byte(message))
	require.NoError(d.t, err)
	return []byte(d.edit(draft, `/proof = `+options, `/proof/proofValue = "`+multibase.Encode(multibase.Base58BTC, signature)+`"`))
}

// member is the text of a member.
func (d *desk) member(text, name string) json.RawMessage {
	var all map[string]json.RawMessage
	require.NoError(d.t, json.Unmarshal([]byte(text), &all))
	return all[name]
}

// node is JSON as the rewriter has it.
func (d *desk) node(text string) *rewrite.Node {
	n, err := rewrite.Parse([]byte(text))
	require.NoError(d.t, err)
	return n
}

// vector is a row about a badge that another implementation signed.
func vector(code vc.Code, input, file string) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		text, err := os.ReadFile(root + file)
		require.NoError(d.t, err)
		return d.inspect(text, verify.Config{Kinds: []string{verify.AnyKind}})
	}}
}

var proofRows = []row{
	{proof.CodeNoProof, "a badge that nobody signed", func(d *desk) []*vc.Problem { return d.inspect([]byte(d.draft(badge)), verify.Config{}) }},
	spoiled(proof.CodeProofMalformed, "/proof/proofPurpose"),
	spoiled(proof.CodeProofTypeUnknown, `/proof/type = "SchoolSignature"`, "/proof/cryptosuite"),
	spoiled(proof.CodeSuiteUnknown, `/proof/cryptosuite = "eddsa-rdf-2022"`),
	spoiled(proof.CodeSuiteConfusion, `/proof/type = "Ed25519Signature2020"`),
	spoiled("not-enabled-bbs-2023", `/proof/cryptosuite = "bbs-2023"`),
	spoiled("not-enabled-Ed25519Signature2018", `/proof/type = "Ed25519Signature2018"`, "/proof/cryptosuite"),
	{"not-enabled-eddsa-rdfc-2022", "a signed badge, for a verifier that takes ecdsa-rdfc-2019 alone", func(d *desk) []*vc.Problem {
		return d.inspect(d.good(), verify.Config{Proofs: verify.ProofsConfig{Suites: []string{dataintegrity.EcdsaRdfc2019}}})
	}},
	made(proof.CodeProofPurpose, "a badge that was signed for authentication", func(_ *desk, o *dataintegrity.SignOptions) { o.Purpose = "authentication" }),
	spoiled(proof.CodeProofCreated, `/proof/created = "May 2026"`),
	made(proof.CodeProofCreatedFuture, "a badge that was signed tomorrow", func(_ *desk, o *dataintegrity.SignOptions) { o.Created = testkit.Now.Add(24 * time.Hour) }),
	spoiled(proof.CodeProofExpires, `/proof/expires = "in a year"`),
	made(proof.CodeProofExpired, "a badge whose proof ended last month", func(_ *desk, o *dataintegrity.SignOptions) {
		o.Created, o.Expires = testkit.Now.AddDate(0, -2, 0), testkit.Now.AddDate(0, -1, 0)
	}),
	spoiled(proof.CodeProofValue, `/proof/proofValue = "z3MvGX"`),
	spoiled(proof.CodeKeyType, `/proof/cryptosuite = "ecdsa-rdfc-2019"`),
	spoiled(proof.CodeProofChain, `/proof/previousProof = "urn:proof:9"`),
	{proof.CodeProofChain, "a badge with two proofs, of which the second stands upon the first, which somebody else made", func(d *desk) []*vc.Problem {
		first := school.Sign(d.t, d.other, []byte(d.draft(badge, `/issuer/id = "@school"`)), func(o *dataintegrity.SignOptions) {
			o.ID, o.SkipIssuerCheck = "urn:proof:1", true
		})
		second := rewrite.SignAsIs(d.t, d.school, first, rewrite.Member{Name: "previousProof", Value: d.node(`"urn:proof:1"`)})
		return d.inspect(second, verify.Config{Proofs: verify.ProofsConfig{Policy: verify.ProofsAny}})
	}},
	spoiled(proof.CodeProofContext, `/proof/@context = ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/security/v2"]`),
	spoiled(proof.CodeMethodURL, `/proof/verificationMethod = "#key"`),
	spoiled(proof.CodeSignature, `/name = "Knots, Splices and Whippings"`),
	spoiled(proof.CodeDataLoss, achievement+`/colour = "red"`),
	{verify.CodeProofsTooMany, "a badge with a hundred proofs", func(d *desk) []*vc.Problem {
		one := string(d.member(string(d.good()), "proof"))
		return d.inspect([]byte(d.edit(string(d.good()), `/proof = [`+strings.Repeat(one+`,`, 99)+one+`]`)), verify.Config{})
	}},
	{proof.CodeWorkExhausted, "a badge of 50,000 small objects under names that are IRIs, and a wrong signature", func(d *desk) []*vc.Problem {
		return d.inspect([]byte(d.edit(string(d.good()), `/x:1 = [`+strings.Repeat(`{"x:2":1},`, 50000)+`{"x:2":1}]`)), verify.Config{})
	}},
	made(proof.CodeObsoleteSuite, "a badge signed with eddsa-2022", func(_ *desk, o *dataintegrity.SignOptions) { o.Suite = dataintegrity.Eddsa2022 }),
	{proof.CodeArchivedContext, "a badge that was signed when the context lacked some terms", func(d *desk) []*vc.Problem {
		const url = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
		states := contexts.Archived(url)
		require.NotEmpty(d.t, states)
		return d.inspect(d.once(`"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, rdf.Options{}, url, states[len(states)-1].Document), verify.Config{})
	}},
	{proof.CodeDeployedEscaping, "a badge with a tab, that was signed by an implementation of URDNA2015", func(d *desk) []*vc.Problem {
		return d.inspect(d.once(`"Ed25519Signature2020"`, rdf.Options{Legacy: true}, "", nil), verify.Config{})
	}},
	vector(proof.CodeDeployedOrder, "a badge that a JavaScript library signed, with letters beyond U+FFFF", "internal/embedded/testdata/peers/special/order-utf16.json"),
}
