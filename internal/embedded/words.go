package embedded

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

const (
	specProof     = "Data Integrity 1.0, 2.1"
	specVerify    = "Data Integrity 1.0, 4.4"
	specSuites    = "Data Integrity 1.0, 3.1"
	specCanonical = "RDF Dataset Canonicalization 1.0, 5"
	specJSONLD    = "JSON-LD 1.1 API; Data Integrity 1.0, 4.6"

	specDisclosure = "Data Integrity ECDSA Cryptosuites 1.0, 3.4"

	bad     = vc.TypeProofVerification
	warning = vc.SeverityWarning

	fromSource   = "take the credential again from its source; if it comes so from the issuer, the issuer must sign again"
	derivedAgain = "derive the proof again from the credential as it was issued"
	misspelt     = "look for a misspelling; sign with " + eddsaRdfc2022
	instant      = "such as 2026-01-01T00:00:00Z"
)

// Keys of words that are shared by the codes of a layer that has many.
const (
	ofJSONLD   vc.Code = "JSON-LD"
	ofContexts vc.Code = "contexts beyond a limit"
	ofRDF      vc.Code = "RDF"
)

// words are what each code says.
var words = vc.Words{
	proof.CodeProofMalformed: {
		Type: bad, Message: "a member of the proof is missing, or is not as the standard has it",
		Fix: fromSource, Spec: specProof + "; VCDM 2.0, 6.1",
	},
	proof.CodeSuiteConfusion: {
		Type: bad, Message: "the proof's type and its cryptosuite contradict each other",
		Fix: "sign again; one of the two was changed or written by hand", Spec: specProof,
	},
	proof.CodeSuiteUnknown: {
		Type: bad, Message: "nobody has defined this cryptosuite, as far as this library knows",
		Expected: strings.Join(Suites(), ", "),
		Fix:      misspelt, Spec: specSuites,
	},
	proof.CodeProofTypeUnknown: {
		Type: bad, Message: "nobody has defined this type of proof, as far as this library knows",
		Expected: strings.Join(Suites(), ", "),
		Fix:      misspelt, Spec: specSuites,
	},
	proof.CodeMethodURL: {
		Type: vc.TypeInvalidMethodURL, Message: "the verification method is not a URL",
		Expected: "a DID URL or an https URL",
		Fix:      "name the key by its full URL, such as did:key:z6Mk…#z6Mk…", Spec: "Controlled Identifiers 1.0, 3.3",
	},
	proof.CodeProofPurpose: {
		Type: bad, Message: "the proof was made for another purpose",
		Fix: "sign for the purpose that is expected", Spec: specVerify + "; OB 3.0, 8.3",
	},
	proof.CodeProofCreated: {
		Type: bad, Message: "the proof's created is not a date and time",
		Expected: instant,
		Fix:      "write created as an XML Schema dateTime", Spec: specProof,
	},
	proof.CodeProofCreatedFuture: {
		Type: bad, Message: "the proof says that it was made in the future",
		Fix: "check the clock of the signer and of this machine", Spec: specVerify,
	},
	proof.CodeProofExpires: {
		Type: bad, Message: "the proof's expires is not a date and time",
		Expected: instant,
		Fix:      "write expires as an XML Schema dateTime", Spec: specProof,
	},
	proof.CodeProofExpired: {
		Type: bad, Message: "the proof has expired, whatever the credential's own dates say",
		Fix: "ask the issuer to sign again", Spec: specVerify,
	},
	proof.CodeProofValue: {
		Type: bad, Message: "the proof value cannot be read as a signature",
		Expected: "z and a signature of 64 bytes in base58btc, of 96 for P-384",
		Fix:      "take the credential again from its source; the text was cut or changed",
		Spec:     "Data Integrity EdDSA Cryptosuites 1.0, 3.2",
	},
	proof.CodeProofIsBase: {
		Type: bad, Message: "this is the holder's own copy, from which a proof is derived for whoever it is shown to",
		Fix: "derive a proof with what is to be shown, and hand that in", Spec: specDisclosure + ".1",
	},
	proof.CodeDisclosureValue: {
		Type: bad, Message: "the proof value is not one of a document that is shown in part",
		Expected: "u, base64url without padding, and the five parts of a derived proof in CBOR",
		Fix:      "take the credential again from its source; the text was cut or changed", Spec: specDisclosure + ".7",
	},
	proof.CodeDisclosureTooMany: {
		Type: bad, Message: "the proof has more signatures of single statements than are checked",
		Fix: "show less of the document, or make more of it mandatory", Spec: "a limit of this library",
	},
	proof.CodeDisclosureLabels: {
		Type: bad, Message: "the proof does not have one label for each node without an id",
		Fix: derivedAgain, Spec: specDisclosure + ".4",
	},
	proof.CodeDisclosureIndexes: {
		Type: bad, Message: "the proof calls statements mandatory that the document does not have",
		Fix: derivedAgain, Spec: specDisclosure + ".4",
	},
	proof.CodeDisclosureCount: {
		Type: bad, Message: "the document has more or fewer statements than the proof has signatures for",
		Fix: derivedAgain, Spec: specDisclosure + ".8",
	},
	proof.CodeStatementSignature: {
		Type: bad, Message: "the issuer did not sign this statement: it was changed or added by somebody else",
		Fix: fromSource, Spec: specDisclosure + ".8",
	},
	proof.CodePointer: {
		Type: vc.TypeProofGeneration, Message: "the JSON pointer does not lead to a part of the credential",
		Expected: "such as /credentialSubject/achievement/name",
		Fix:      "write the pointer by the JSON of the credential", Spec: "RFC 6901, 4",
	},
	proof.CodePointerInside: {
		Type: vc.TypeProofGeneration, Message: "the JSON pointer leads into something that is shown whole or not at all",
		Fix: "point to the whole", Spec: specDisclosure,
	},
	proof.CodePointerDiffers: {
		Type: vc.TypeProofGeneration, Message: "what the pointers choose says something else by itself than within the whole credential",
		Fix: "choose more of it", Spec: specDisclosure + ".3",
	},
	proof.CodePointerNotPortable: {
		Type: vc.TypeLaurel, Severity: warning, Message: "holders with other libraries cannot derive a proof from this",
		Fix: "point to the member around it; no pointer helps where the credential has a list", Spec: specDisclosure + ".3",
	},
	proof.CodeProofChain: {
		Type: bad, Message: "previousProof does not lead to one other proof of this document",
		Fix: "restore the whole chain of proofs", Spec: "Data Integrity 1.0, 2.1.2",
	},
	proof.CodeProofContext: {
		Type: bad, Message: "the proof was made under other contexts than the document has",
		Fix:  "restore the document's @context, or sign again",
		Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.2.5 and 3.3.2",
	},

	proof.CodeKeyType: {
		Type: bad, Message: "the key is not one that the cryptosuite signs with, by its kind or as it was published",
		Fix: "name the key that made the signature", Spec: specSuites,
	},
	proof.CodeInvalidKey: {
		Type: bad, Message: "the key is no point of its curve, so that no signature is by it",
		Fix: "name the key that made the signature", Spec: "RFC 8032, 5.1.3",
	},
	proof.CodeSignature: {
		Type: bad, Message: "the signature does not belong to this document: it was changed after signing, or another key signed it",
		Fix: fromSource, Spec: specVerify,
	},
	proof.CodeWorkExhausted: {
		Type: bad, Message: "the proofs take more work to check than the size of the document allows, so it was given up",
		Fix: "ask the issuer for a credential with fewer proofs", Spec: "Data Integrity 1.0, 5",
	},
	proof.CodeDataLoss: {
		Type: vc.TypeDataLoss, Message: "a signature over the statements does not cover this",
		Fix:  "add the context that defines the term (extensions.json for 1EdTech types), or remove it, and sign again",
		Spec: "Data Integrity 1.0, 2.4.2",
	},
	ofRDF: {
		Type: vc.TypeProofTransformation, Message: "the document has no canonical form within the limits",
		Fix:  "use few nodes without an id; raise the limit only for documents of a trusted source",
		Spec: "RDF Dataset Canonicalization 1.0, 7.1",
	},
	ofJSONLD: {
		Type: vc.TypeProofTransformation, Message: "the document cannot be processed as JSON-LD",
		Fix: "mend this place, or the context that gives it its meaning, and sign again", Spec: specJSONLD,
	},
	ofContexts: {
		Type: vc.TypeProofTransformation, Message: "the contexts of the document are beyond what is read",
		Fix: "list published contexts, each once", Spec: specJSONLD,
	},
	vc.Code(jsonld.CodeTooManyTypes): {
		Type: vc.TypeProofTransformation, Message: "an object has more types than are read",
		Fix: "leave out the types that nobody needs, and sign again", Spec: specJSONLD,
	},
	vc.Code(jsonld.CodeTooManyDrops): {
		Type: vc.TypeDataLoss, Message: "too much of the document is not covered by its signature",
		Fix: "add the contexts that define its terms, and sign again", Spec: specJSONLD,
	},
	vc.Code(jsonld.CodeTooManyQuads): {
		Type: vc.TypeProofTransformation, Message: "the document makes more statements than are read",
		Fix: "look for a generator's fault, or for contexts that make much of little", Spec: specCanonical,
	},
	vc.Code(jsonld.CodeTooLarge): {
		Type: vc.TypeProofTransformation, Message: "the statements of the document are longer than are read",
		Fix: "look for a generator's fault, or for contexts that make much of little", Spec: specCanonical,
	},
	vc.Code(jsonld.CodeContextUnknown): {
		Type: vc.TypeProofTransformation, Message: "a context of the document is not known here",
		Fix:  "use the published contexts, or give the verifier this context (Config.Contexts) after reading it",
		Spec: specJSONLD,
	},
	vc.Code(jsonld.CodeProtectedTerm): {
		Type: vc.TypeProofTransformation, Message: "a context redefines a term that an earlier one protects",
		Fix: "remove the context that redefines the term", Spec: specJSONLD,
	},

	proof.CodeObsoleteSuite: {
		Type: bad, Severity: warning, Message: "the proof names eddsa-rdfc-2022 by its earlier name",
		Expected: eddsaRdfc2022,
		Fix:      "issue with " + eddsaRdfc2022, Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.2",
	},
	proof.CodeDeployedOrder: {
		Type: bad, Severity: warning,
		Message: "the signature is over statements sorted by UTF-16, as JavaScript and Java do; other verifiers may refuse it",
		Fix:     "sign with an implementation that sorts by code points", Spec: specCanonical,
	},
	proof.CodeDeployedEscaping: {
		Type: bad, Severity: warning,
		Message: "the signature is over the escaping of URDNA2015 as it was deployed; other verifiers may refuse it",
		Fix:     "issue with " + eddsaRdfc2022, Spec: specCanonical,
	},
	proof.CodeArchivedContext: {
		Type: bad, Severity: warning, Message: "the signature is over an earlier content of a context, which has changed since",
		Fix: "issue again under the present contexts", Spec: "OB 3.0, errata policy",
	},
}

// problem is one with the words of its code, and with what was expected where that is
// not the same for all of them.
func problem(code vc.Code, pointer, found, expected string) *vc.Problem {
	p := words.Problem(code, pointer, found)
	if expected != "" {
		p.Expected = expected
	}
	return p
}

// beneath is an error of a layer beneath: the code is its own, and the words are those
// of the code or of the layer.
func beneath(layer, code vc.Code, pointer, detail string, err error) *vc.Problem {
	switch jsonld.Code(code) {
	case jsonld.CodeContextTooDeep, jsonld.CodeContextTooLarge, jsonld.CodeContextTooMany:
		layer = ofContexts
	}
	if _, own := words[code]; own {
		layer = code
	}
	p := words.Problem(layer, pointer, "")
	p.Code, p.Err = code, err
	p.Message += ": " + detail
	return p
}
