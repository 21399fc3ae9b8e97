package embedded

import (
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
)

// The proof types and cryptosuites, as package proof/dataintegrity names them.
const (
	eddsaRdfc2022        = "eddsa-rdfc-2022"
	eddsa2022            = "eddsa-2022"
	ecdsaRdfc2019        = "ecdsa-rdfc-2019"
	eddsaJcs2022         = "eddsa-jcs-2022"
	ecdsaJcs2019         = "ecdsa-jcs-2019"
	ed25519Signature2020 = "Ed25519Signature2020"
	dataIntegrityProof   = "DataIntegrityProof" // names its suite in cryptosuite
)

// suite is what distinguishes one cryptosuite from another.
type suite struct {
	name     string
	edDSA    bool // else ECDSA, with the curve of the key
	jcs      bool // else RDF canonicalisation
	obsolete bool
	deployed bool // signers of its time escaped N-Quads as URDNA2015 was deployed
	created  bool // created is required
}

var suites = [...]suite{
	{name: eddsaRdfc2022, edDSA: true},
	{name: eddsa2022, edDSA: true, obsolete: true, deployed: true},
	{name: ecdsaRdfc2019},
	{name: eddsaJcs2022, edDSA: true, jcs: true},
	{name: ecdsaJcs2019, jcs: true},
	{name: ed25519Signature2020, edDSA: true, deployed: true, created: true},
}

// Suites lists the names of what this package checks.
func Suites() []string {
	names := make([]string, len(suites))
	for i := range suites {
		names[i] = suites[i].name
	}
	return names
}

func suiteNamed(name string) *suite {
	for i := range suites {
		if suites[i].name == name {
			return &suites[i]
		}
	}
	return nil
}

// lacks is the kind of a key that the suite's document leaves out, though its algorithm
// would do.
func (s *suite) lacks(key *proof.Key) (unsupported.Entry, bool) {
	if s.edDSA || !key.Supports(proof.ES512) {
		return unsupported.Entry{}, false
	}
	return unsupported.Find(unsupported.Key, "P-521")
}

// algorithm and hash follow from the suite and, for ECDSA, from the key's curve
// (Data Integrity ECDSA Cryptosuites 1.0, 3.2.4: P-384 hashes with SHA-384, also
// within the canonicalisation).
func (s *suite) algorithm(key *proof.Key) (proof.Algorithm, rdf.Hash, bool) {
	switch {
	case s.edDSA:
		return proof.EdDSA, rdf.SHA256, key.Supports(proof.EdDSA)
	case key.Supports(proof.ES256):
		return proof.ES256, rdf.SHA256, true
	}
	return proof.ES384, rdf.SHA384, key.Supports(proof.ES384)
}

// signatureBytes is the length of the signatures of an algorithm that a suite has.
func signatureBytes(a proof.Algorithm) int {
	if a == proof.ES384 {
		return 96
	}
	return 64
}
