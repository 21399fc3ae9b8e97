package embedded

import (
	"cmp"
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// The names of the proof types and cryptosuites, as package proof/dataintegrity has
// them.
const (
	eddsaRdfc2022        = "eddsa-rdfc-2022"
	eddsa2022            = "eddsa-2022"
	ecdsaRdfc2019        = "ecdsa-rdfc-2019"
	eddsaJcs2022         = "eddsa-jcs-2022"
	ecdsaJcs2019         = "ecdsa-jcs-2019"
	ecdsaSd2023          = "ecdsa-sd-2023"
	ed25519Signature2018 = "Ed25519Signature2018"
	ed25519Signature2020 = "Ed25519Signature2020"
	dataIntegrityProof   = "DataIntegrityProof" // names its suite in cryptosuite
)

// cryptosuite is the checking half of one cryptosuite. It stands in a file of its own
// name; signing stands in the file of that name in package proof/dataintegrity.
type cryptosuite interface {
	about() *facts
	// algorithm and hash follow from the suite and, for ECDSA, from the key's curve. It is
	// false for a key that the suite does not sign with.
	algorithm(*proof.Key) (proof.Algorithm, rdf.Hash, bool)
	// value reads the text of the proof value into p. What it returns is what is wrong with
	// it, at the proof value where it does not say where.
	value(text string, p *Proof) *vc.Problem
	// check finds out whether the key made the proof.
	check(context.Context, *check) (*Result, error)
	// signed reports whether a signature is over what was made of the document in one way.
	signed(context.Context, *check, *attempt) (bool, error)
}

// facts are what distinguishes one cryptosuite from another of its family.
type facts struct {
	name     string
	jcs      bool // over canonical JSON
	obsolete bool
	deployed bool // signers of its time escaped N-Quads as URDNA2015 was deployed
	created  bool // created is required
	typed    bool // a proof type of its own, before cryptosuites had names
	asked    bool // read, and never written: taken only by who asks for it
	member   string
}

func (f *facts) about() *facts { return f }

// valueName is the name of the member that holds the signature.
func (f *facts) valueName() string { return cmp.Or(f.member, "proofValue") }

var suites = [...]cryptosuite{
	newEddsaRdfc2022, oldEddsa2022, newEcdsaRdfc2019, newEddsaJcs2022, newEcdsaJcs2019, newEcdsaSd2023, oldEd25519Signature2020,
	olderEd25519Signature2018,
}

// Suites lists the names of what this package checks, but for what is taken only by who
// asks for it.
func Suites() []string {
	var names []string
	for _, s := range suites {
		if !s.about().asked {
			names = append(names, s.about().name)
		}
	}
	return names
}

func suiteNamed(name string) cryptosuite {
	for _, s := range suites {
		if s.about().name == name {
			return s
		}
	}
	return nil
}

// edDSA are the keys of the suites with Ed25519.
type edDSA struct{}

func (edDSA) algorithm(key *proof.Key) (proof.Algorithm, rdf.Hash, bool) {
	return proof.EdDSA, rdf.SHA256, key.Supports(proof.EdDSA)
}

// ecDSA are the keys of the suites with ECDSA (Data Integrity ECDSA Cryptosuites 1.0,
// 3.2.4: P-384 hashes with SHA-384, also within the canonicalisation).
type ecDSA struct{}

func (ecDSA) algorithm(key *proof.Key) (proof.Algorithm, rdf.Hash, bool) {
	if key.Supports(proof.ES256) {
		return proof.ES256, rdf.SHA256, true
	}
	return proof.ES384, rdf.SHA384, key.Supports(proof.ES384)
}

// lacks is the kind of a key that the documents of the suites leave out, though the
// algorithm would do.
func lacks(s cryptosuite, key *proof.Key) (unsupported.Entry, bool) {
	if a, _, ok := s.algorithm(key); ok || a == proof.EdDSA || !key.Supports(proof.ES512) {
		return unsupported.Entry{}, false
	}
	return unsupported.Find(unsupported.Key, "P-521")
}

// signatureBytes is the length of the signatures of an algorithm that a suite has.
func signatureBytes(a proof.Algorithm) int {
	if a == proof.ES384 {
		return 96
	}
	return 64
}

// oneSignature is a proof value that is one signature over two hashes, in base58btc.
type oneSignature struct{}

// maxSignature bounds the text of a signature: P-384 needs 132 characters.
const maxSignature = 256

func (oneSignature) value(text string, p *Proof) *vc.Problem {
	switch {
	case text[0] != 'z':
		return badValue("a text that does not begin with z")
	case len(text) > maxSignature:
		return badValue(fmt.Sprintf("%d characters", len(text)))
	}
	sig, err := multibase.Decode(text)
	switch {
	case err != nil:
		return badValue("a text that is not base58btc")
	case len(sig) != 64 && len(sig) != 96:
		return badValue(fmt.Sprintf("%d bytes", len(sig)))
	}
	p.signature = sig
	return nil
}

func (oneSignature) signed(_ context.Context, c *check, a *attempt) (bool, error) {
	if c.subject.budget.Spend(unitsPerSignature) != nil {
		return false, c.subject.exhausted(c.proof.Pointer())
	}
	var both [96]byte
	message := append(append(both[:0], a.config.sum...), a.document.sum...)
	c.refused = c.key.Verify(c.algorithm, message, c.proof.signature)
	return c.refused == nil, nil
}

func badValue(found string) *vc.Problem { return words.Problem(proof.CodeProofValue, "", found) }

// overStatements is a suite over canonical RDF, overJSON one over canonical JSON.
type (
	overStatements struct{}
	overJSON       struct{}
)

func (overStatements) check(ctx context.Context, c *check) (*Result, error) { return c.overRDF(ctx) }

func (overJSON) check(ctx context.Context, c *check) (*Result, error) { return c.overJSON(ctx) }
