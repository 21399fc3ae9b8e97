package verify

import (
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

const (
	specTimes        = "VCDM 2.0, 4.9; OB 3.0, 9.1"
	specContexts     = "Data Integrity 1.0, 4.6"
	specMethod       = "Controlled Identifiers 1.0, 3.3"
	specNested       = "OB 3.0, 9.1"
	specPresentation = "VCDM 2.0, 4.13"
	specRDF          = "RDF 1.1, 3"
	limit            = "a limit of this library"

	malformed = vc.TypeMalformedValue
	bad       = vc.TypeProofVerification
	warning   = vc.SeverityWarning

	// notEnabled is before the name of what is not taken.
	notEnabled vc.Code = unsupported.CodePrefix

	ownReport  = "see its own report"
	fromSource = "take the credential again from its source, as the issuer wrote it"
)

// words are what each code says that this package reports itself, and what it has to
// say of the codes of others.
var words = vc.Words{
	rules.CodeContextMissing: {
		Type:     malformed,
		Message:  "the document has no @context, so its members mean nothing",
		Expected: vc.ContextV2,
		Fix:      "list the contexts of the data model and of Open Badges", Spec: "VCDM 2.0, 4.3",
	},
	rules.CodeContextItem: {
		Type:     malformed,
		Message:  "a context is neither a URL nor an object",
		Expected: "the URL of a published context",
		Fix:      "write the URL of the context", Spec: "VCDM 2.0, 4.3",
	},
	CodeContextTooMany: {
		Type:    malformed,
		Message: "the document lists more contexts than are read, repetitions counted",
		Fix:     "list each context once", Spec: "Data Integrity 1.0, 5",
	},
	CodeContextInline: {
		Type:     malformed,
		Message:  "the document defines terms itself, so they can mean anything",
		Expected: "the URL of a published context",
		Fix:      "publish the context and list its URL", Spec: specContexts,
	},
	CodeContextVocabulary: {
		Type:    malformed,
		Message: "the context gives a meaning to every unknown member, so none can be told from a misspelling",
		Fix:     "list contexts that define the terms", Spec: specContexts,
	},
	CodeContextUnknown: {
		Type:    vc.TypeLaurel,
		Message: "the context is not part of this program, and contexts are not fetched",
		Fix:     "use the published contexts, or give the verifier this one (Config.Contexts) after reading it",
		Spec:    specContexts,
	},
	CodeContextNested: {
		Type:    malformed,
		Message: "a context stands in the middle of the document, where it can change what names mean",
		Fix:     "list contexts at the top of a credential only", Spec: specContexts,
	},

	proof.CodeNoProof: {
		Type:    bad,
		Message: "the credential has no proof, so nobody vouches for it",
		Fix:     "ask the issuer for the signed credential", Spec: "OB 3.0, 8.1; VCDM 2.0, 4.12",
	},
	CodePresentationUnsigned: {
		Type:    bad,
		Message: "this is a presentation that nobody signed; each credential in it is judged by its own proof",
		Fix:     "hand in a credential that stands in it, or the presentation with its holder's proof", Spec: "VCDM 2.0, 4.13",
	},
	CodeNoCredential: {
		Type:    malformed,
		Message: "a credential was asked for, and this is a presentation, which holds credentials",
		Fix:     "verify it as a presentation (VerifyPresentation), or hand in a credential that stands in it", Spec: specPresentation,
	},
	CodeNoPresentation: {
		Type:     malformed,
		Message:  "a presentation was asked for, and this is something else",
		Expected: "the type VerifiablePresentation, and nothing of a credential",
		Fix:      "hand in a presentation, or verify it as a credential", Spec: specPresentation,
	},
	CodeChallengeOther: {
		Type:    vc.TypeInvalidChallenge,
		Message: "the presentation answers another challenge than the one that was given out, so it may be a copy",
		Fix:     "ask for a presentation with a fresh challenge", Spec: "Data Integrity 1.0, 4.4",
	},
	CodeDomainOther: {
		Type:    vc.TypeInvalidDomain,
		Message: "the presentation was made for somebody else",
		Fix:     "ask for a presentation for this verifier", Spec: "Data Integrity 1.0, 4.4; RFC 7519, 4.1.3",
	},
	CodeReplayPossible: {
		Type: vc.TypeInvalidChallenge, Severity: warning,
		Message: "nobody said which challenge the presentation must answer, so it may be a copy of another",
		Fix:     "give out a challenge and tell the verifier (Expect.Challenge)", Spec: "Data Integrity 1.0, 2.1",
	},
	CodeHolderMissing: {
		Type: malformed, Severity: warning,
		Message:  "the presentation is signed and names no holder, so nobody says that he presents it",
		Expected: "the holder's id",
		Fix:      "name the holder and sign again", Spec: specPresentation,
	},
	CodeHolderMismatch: {
		Type:    vc.TypeInvalidMethod,
		Message: "the key belongs to somebody else than the holder, so the holder did not sign this",
		Fix:     "sign with a key that the holder's own document lists", Spec: specPresentation + "; " + specMethod,
	},
	CodePresentedByOther: {
		Type:    vc.TypeLaurel,
		Message: "the credential is about somebody else than whoever presents it",
		Fix:     "find out by what right it is presented, or ask for it from whom it is about", Spec: specPresentation,
	},
	CodePresentedByNobody: {
		Type:    vc.TypeLaurel,
		Message: "nobody is proven to present the credential, so it may be anybody's copy",
		Fix:     "ask for a presentation that the holder signs", Spec: specPresentation,
	},
	CodeSubjectNotNamed: {
		Type:    vc.TypeLaurel,
		Message: "the credential names its subject by no id, so it is not known whether the holder is meant",
		Fix:     "compare its identifiers with what is known of the holder", Spec: specPresentation + "; OB 3.0, B.5",
	},
	CodeListNotFresh: {
		Type: vc.TypeLaurel, Severity: warning,
		Message: "the presentation brings the status list, which is not fresh enough to be used in place of the issuer's",
		Fix:     "ask for a presentation with the present list, or let the verifier fetch it (Config.Fetcher)",
		Spec:    "Bitstring Status List 1.0, 2.2",
	},
	CodeProofsTooMany: {
		Type:    bad,
		Message: "the credential has more proofs than are checked, so none was",
		Fix:     "ask the issuer for a credential with the proofs that matter", Spec: "Data Integrity 1.0, 2.1.1",
	},
	notEnabled: {
		Type:    bad,
		Message: "this verifier is set up not to take this kind of proof: it is neither good nor bad",
		Fix:     "take the suite or algorithm (Config.Proofs.Suites), or ask the issuer for another proof", Spec: "Data Integrity 1.0, 3.1",
	},
	proof.CodeProofChain: {
		Type:    bad,
		Message: "the proof depends on another that was not accepted",
		Fix:     "restore the whole chain of proofs", Spec: "Data Integrity 1.0, 2.1.2",
	},

	CodeBareDID: {
		Type: vc.TypeInvalidMethodURL, Severity: warning,
		Message:  "the proof names a DID where a verification method belongs; a did:key has only one",
		Expected: "did:key:z…#z…",
		Fix:      "sign with the full URL of the key", Spec: specMethod,
	},
	rules.CodeIssuerMissing: {
		Type:     malformed,
		Message:  "the credential names no issuer, so no key can be the issuer's",
		Expected: "a URL, or an object with one as id",
		Fix:      "name the issuer and sign again", Spec: "VCDM 2.0, 4.7",
	},
	CodeIssuerMismatch: {
		Type:    vc.TypeInvalidMethod,
		Message: "the key belongs to somebody else than the issuer, so the issuer did not sign this",
		Fix:     "sign with a key that the issuer's own document lists", Spec: "VCDM 2.0, 4.7; " + specMethod,
	},
	CodeKeyUnbound: {
		Type:    vc.TypeInvalidMethod,
		Message: "the key in the header is not published by the issuer: whoever made the token put it there",
		Fix:     "sign with kid set to a key that the issuer publishes, and without jwk",
		Spec:    "OB 3.0, 8.2.4; RFC 7515, 4.1.3; RFC 8725, 3.1",
	},
	proof.CodeJWTAlgKeyMismatch: {
		Type:    vc.TypeInvalidMethod,
		Message: "the issuer lists the key of the header, for another algorithm",
		Fix:     "sign with the algorithm that the key is published for", Spec: "RFC 7517, 4.4",
	},

	CodeKindNotAccepted: {
		Type:    malformed,
		Message: "the credential is of no kind that is accepted here",
		Fix:     "send a badge or a record, or accept this kind (Config.Kinds)", Spec: "OB 3.0, B.1",
	},
	rules.CodeCredentialType: {
		Type:    malformed,
		Message: "the subject is a status list, and the credential is not of the type for it",
		Fix:     "add the type and sign again", Spec: "Bitstring Status List 1.0, 2.2",
	},
	CodeMisplaced: {
		Type: malformed, Severity: warning, Message: "the endorsement is of something else than what it stands on",
		Fix: "put it where it belongs; do not count it here", Spec: "OB 3.0, B.2",
	},
	CodeNumberInexact: {
		Type: malformed, Severity: warning,
		Message:  "the integer is beyond what JSON numbers hold, so the signature does not cover its last digits",
		Expected: "an integer within 2^53",
		Fix:      "write it as a string", Spec: "RFC 7493, 2.2",
	},
	rules.CodeDateTime: {
		Type:     malformed,
		Message:  "the date is no date and time, so nobody can say whether it has passed",
		Expected: "such as 2026-01-01T00:00:00Z",
		Fix:      "write the instant as an XML Schema dateTime with an offset", Spec: "VCDM 2.0, 4.9",
	},
	CodeNotYetValid: {
		Type:    vc.TypeRange,
		Message: "the credential is not yet valid",
		Fix:     "wait, or check the clock", Spec: specTimes,
	},
	CodeExpired: {
		Type:    vc.TypeRange,
		Message: "the credential has expired",
		Fix:     "ask the issuer for a renewed credential", Spec: specTimes,
	},
	CodeRefreshAvailable: {
		Type: vc.TypeLaurel, Severity: warning, Message: "the issuer may have a newer state of this credential",
		Fix: "ask the holder for the newest state", Spec: "OB 3.0, 9.1",
	},

	CodeNestedNotVerified: {
		Type:    vc.TypeLaurel,
		Message: "the embedded credential does not verify by itself",
		Fix:     ownReport, Spec: specNested,
	},
	CodeNestedForged: {
		Type:    bad,
		Message: "the embedded credential has a proof that is wrong: its issuer did not sign what is read in it",
		Fix:     ownReport, Spec: specNested,
	},
	CodeNestedUnsigned: {
		Type:    vc.TypeLaurel,
		Message: "the embedded credential has no proof of its own: the outer issuer vouches for it, nobody else",
		Fix:     ownReport, Spec: specNested,
	},
	CodeNestedUnvouched: {
		Type:    bad,
		Message: "the presented credential has no proof and is not the holder's own word, so nobody vouches for it",
		Fix:     "present it as its issuer signed it", Spec: specPresentation,
	},
	CodeNestedForeign: {
		Type:    malformed,
		Message: "where a credential is to be embedded stands something else",
		Fix:     "embed credentials as they were issued", Spec: "OB 3.0, B.1; CLR 2.0, ClrSubject",
	},
	CodeNestedTooDeep: {
		Type:    vc.TypeLaurel,
		Message: "credentials are embedded in one another deeper than this verifier checks",
		Fix:     "embed credentials less deep, or raise the limit (Config.Limits.MaxNestedDepth)", Spec: limit,
	},
	CodeNestedTooMany: {
		Type:    vc.TypeLaurel,
		Message: "more credentials are embedded than this verifier checks",
		Fix:     "make smaller records, or raise the limit (Config.Limits.MaxNested)", Spec: limit,
	},

	CodeIllegible: {
		Type:    malformed,
		Message: "the signature covers this, and readers of JSON would miss it or read something else",
		Fix:     fromSource, Spec: "VCDM 2.0, 6.1",
	},
	CodeNodeSplit: {
		Type:    malformed,
		Message: "objects of one id say different things, and the signature does not fix which of them says what",
		Fix:     "say all of it once, nearest to the top, and sign again; or sign the JSON itself (eddsa-jcs-2022, a token)",
		Spec:    specRDF + "; VCDM 2.0, 6.1",
	},
	CodeNodeRepeated: {
		Type: malformed, Severity: warning,
		Message: "several objects have one id and do not say the same; what counts is the one nearest to the top",
		Fix:     "repeat an object whole, or by its id alone", Spec: specRDF,
	},
	CodeInterchangeable: {
		Type: malformed, Severity: warning,
		Message: "the signature does not fix which credential says this, so it counts for none without a proof of its own",
		Fix:     "embed signed credentials, or sign the JSON itself (eddsa-jcs-2022, a token)", Spec: specRDF + "; CLR 2.0, ClrSubject",
	},
	CodeDuplicate: {
		Type: malformed, Severity: warning, Message: "the same stands here twice and counts once",
		Fix: "leave out the second", Spec: specRDF,
	},
	CodeTypeUndefined: {
		Type: malformed, Severity: warning, Message: "no context has a term for this type, so readers of JSON may not know it",
		Fix: "add the context that defines the type", Spec: "VCDM 2.0, 4.5",
	},
	CodeJudgeLimit: {
		Type:    malformed,
		Message: "the document takes more comparing than is done for its length, so what it says was not settled",
		Fix:     "look for a generator's fault", Spec: limit,
	},

	rules.CodeMore: {
		Type:    malformed,
		Message: "more is wrong here than is told",
		Fix:     "mend what is told first", Spec: limit,
	},

	CodeRelatedMismatch: {
		Type:    vc.TypeCryptographicSecurity,
		Message: "the related resource is another than the one that the issuer named: its digest differs",
		Fix:     "take the resource again from its source; if it has changed, the issuer must issue anew", Spec: "VCDM 2.0, 5.3",
	},
	CodeRelatedMalformed: {
		Type:     malformed,
		Message:  "what a resource is said to hash to is no digest that can be compared",
		Expected: "digestSRI of SHA-2, or digestMultibase of SHA-2 or SHA-3",
		Fix:      "write the digest as Subresource Integrity or as a Multihash in Multibase", Spec: "VCDM 2.0, 5.3",
	},
	CodeRelatedArchived: {
		Severity: warning, Type: vc.TypeCryptographicSecurity,
		Message: "the digest is that of an earlier content of the context, which has changed since",
		Fix:     "issue again with the digest of the present content", Spec: "VCDM 2.0, 5.3; OB 3.0, errata policy",
	},
	CodeAudienceNamed: {
		Severity: warning, Type: vc.TypeInvalidDomain,
		Message: "the credential was secured for a named audience, and nobody said whether that is this verifier",
		Fix:     "tell the verifier its names (Config.Audience), or ask the issuer for a credential for everybody",
		Spec:    "RFC 7519, 4.1.3; Data Integrity 1.0, 2.1",
	},
	CodeAudienceOther: {
		Type:    vc.TypeInvalidDomain,
		Message: "the credential was secured for somebody else",
		Fix:     "hand in a credential that is for everybody, or for this verifier", Spec: "RFC 7519, 4.1.3; Data Integrity 1.0, 4.4",
	},
	CodeBindingMissing: {
		Type:    bad,
		Message: "the credential came without a key binding, so nobody has shown that they hold its key",
		Fix:     "present it as an SD-JWT with a key binding for this verifier and its nonce", Spec: "RFC 9901, 7.3",
	},
	CodeBindingNonce: {
		Type:    vc.TypeInvalidChallenge,
		Message: "the key binding answers another nonce than was given, as a copy of an earlier presentation does",
		Fix:     "present the credential again, with the nonce of this verifier", Spec: "RFC 9901, 7.3",
	},
	CodeBindingTime: {
		Type:    vc.TypeInvalidChallenge,
		Message: "the key binding does not hold now: it was made too long ago or later, or ends itself",
		Fix:     "present the credential again, or check the clock", Spec: "RFC 9901, 7.3",
	},
	CodeBindingUnasked: {
		Severity: warning, Type: vc.TypeInvalidChallenge,
		Message: "the key binding answers a question of some exchange, which this verifier has not asked",
		Fix:     "ask with a nonce (Config.KeyBinding), or rely on it only where you know the exchange", Spec: "RFC 9901, 7.3",
	},
	CodeChallengeNamed: {
		Severity: warning, Type: vc.TypeInvalidChallenge,
		Message: "the proof answers a challenge of some exchange, which this verifier has not asked",
		Fix:     "rely on it only where you know the exchange", Spec: "Data Integrity 1.0, 2.1",
	},
	CodeAuthorized: {
		Severity: warning, Type: vc.TypeInvalidMethod,
		Message: "the key is somebody else's, whom this verifier takes for the issuer's agent",
		Fix:     "sign with a key that the issuer's own document lists", Spec: "VCDM 2.0, 4.7",
	},
	CodeContextInlineTaken: {
		Severity: warning, Type: malformed,
		Message: "the document defines terms itself, and this verifier takes its definitions",
		Fix:     "publish the context and list its URL", Spec: "Data Integrity 1.0, 4.6",
	},
	CodeTermWithoutMeaning: {
		Severity: warning, Type: vc.TypeDataLoss,
		Message: "no context defines this member: it is signed, and nothing says what it means",
		Fix:     "add the context that defines it, or leave it out", Spec: "VCDM 2.0, 5.2",
	},
	CodeTermsNotLooked: {
		Severity: warning, Type: vc.TypeProofTransformation,
		Message: "the contexts could not be processed, so members without a meaning are not told",
		Fix:     "mend the contexts of the document", Spec: "VCDM 2.0, 4.3",
	},

	rules.CodeEnvelope: {
		Type:     malformed,
		Message:  "the envelope is not one that a credential stands in",
		Expected: "a data: URL of a token in id, and nothing else",
		Fix:      "write the credential as a data: URL in id", Spec: "VCDM 2.0, 4.13.2",
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

// notTaken is about a suite or an algorithm that the Config does not take.
func notTaken(name, pointer string) *vc.Problem {
	p := words.Problem(notEnabled, pointer, vc.Quote(name))
	p.Code += vc.Code(name)
	return p
}
