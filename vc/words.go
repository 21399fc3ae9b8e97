package vc

import "github.com/laurel-edu/laurel/internal/jsonx"

// Words are what the problems of each code have in common: severity, type URL,
// message, fix and clause, and what is expected where that is always the same. A
// message says what is wrong of what in twenty words at most, a fix what to do about it.
type Words map[Code]Problem

// Problem returns a problem with the words of its code. found is shown as it is; text
// of a stranger is put through [Quote] before.
func (w Words) Problem(code Code, pointer, found string) *Problem {
	p := w[code]
	p.Code, p.Pointer, p.Found = code, pointer, found
	return &p
}

// words are those of the codes of this package, and of the JSON layer.
var words = Words{
	CodeNotACredential: {
		Type: TypeParsing, Message: "the text is neither a JSON object nor a compact JWS",
		Fix: "send the credential itself, as JSON or a token; take it out of an image first (package ob/bake)", Spec: "VCDM 2.0, 6",
	},
	CodeTooLarge: {
		Type: TypeParsing, Message: "the document is longer than the limit",
		Fix: "link large images and evidence in place of holding them, or raise the limit (ParseConfig)", Spec: limit,
	},
	CodeTokenMalformed: {
		Type: TypeParsing, Message: "the token is not a compact JWS",
		Expected: "header.payload.signature, each in base64url without padding",
		Fix:      "send the token as the issuer made it, without line breaks", Spec: "RFC 7515, 7.1",
	},
	CodeTokenClaim: {
		Type: TypeParsing, Message: "the claim is not of its type",
		Fix: "write instants as numbers of seconds, and vc as the credential, an object", Spec: "RFC 7519, 2; VCDM 1.1, 6.3.1",
	},
	CodeDisclosureParts: {
		Type: TypeParsing, Message: "the text is not a token with disclosures",
		Expected: "header.payload.signature, and behind it a tilde after each part",
		Fix:      "send the SD-JWT as the issuer or the holder's wallet made it", Spec: "RFC 9901, 4",
	},
	CodeDisclosuresTooMany: {
		Type: TypeParsing, Message: "the SD-JWT has more disclosures than the limit",
		Fix: "disclose fewer members, or raise the limit (ParseConfig)", Spec: limit,
	},
	CodeDisclosuresTooDeep: {
		Type: TypeParsing, Message: "what is disclosed is nested deeper than the limit",
		Fix: farBelow, Spec: limit,
	},
	CodeDisclosureHash: {
		Type: TypeProofVerification, Message: "the payload names a hash function that is not taken for disclosures",
		Expected: "sha-256, sha-384 or sha-512", Fix: "issue with _sd_alg sha-256, or without it", Spec: "RFC 9901, 4.1.1",
	},
	CodeHashMisplaced: {
		Type: TypeProofVerification, Message: "_sd_alg stands below the top of the payload, where it would count for nothing",
		Fix: "issue with _sd_alg at the top", Spec: "RFC 9901, 4.1.1",
	},
	CodeDisclosureMalformed: {
		Type: TypeProofVerification, Message: "a disclosure is not of its form",
		Expected: "base64url of [salt, name, value] in _sd, of [salt, value] for an element",
		Fix:      fromWallet, Spec: specDisclosure,
	},
	CodeDisclosureName: {
		Type: TypeProofVerification, Message: "a disclosure names its member as the mechanism names its own",
		Fix: "issue without members of that name", Spec: specDisclosure,
	},
	CodeDisclosureUnused: {
		Type: TypeProofVerification, Message: "the issuer did not sign what is disclosed: the payload has no digest of it",
		Fix: fromWallet, Spec: specDisclosure,
	},
	CodeDigestRepeated: {
		Type: TypeProofVerification, Message: "a digest or a disclosure stands twice, so it is open what belongs where",
		Fix: "issue with a salt of its own for each disclosure", Spec: specDisclosure,
	},
	CodeDigestMalformed: {
		Type: TypeProofVerification, Message: "a digest does not stand where and as digests stand",
		Expected: `an array of strings in _sd, or {"...": digest} as an element`,
		Fix:      "issue with a library for SD-JWT", Spec: specDisclosure,
	},
	CodeMemberOverwritten: {
		Type: TypeProofVerification, Message: "a disclosure is of a member that stands in the object already",
		Fix: "issue with each member once", Spec: specDisclosure,
	},
	CodeNotDisclosable: {
		Type: TypeProofVerification, Message: "what everybody must see of a credential is left to its holder to show",
		Expected: "issuer, validity, status, schema, types and key in the open",
		Fix:      "issue with those members in the payload itself", Spec: "RFC 9901, 9.7; SD-JWT VC, 3.2.2.2",
	},
	CodeJSON: {
		Type: TypeParsing, Message: "the text is not JSON that can be read without doubt",
		Fix: "write the value with a JSON library, each name once, in UTF-8", Spec: specJSON,
	},
	CodeJSONKind: {
		Type: TypeMalformedValue, Message: "the value is of another kind than its place can hold",
		Fix: "write it as the model has it", Spec: specJSON,
	},
	CodeExtraOwned: {
		Type: TypeMalformedValue, Message: "an Extra has a member that a field of the type owns",
		Fix: "set the field", Spec: limit,
	},
	CodeCancelled: {
		Type: TypeLaurel, Message: "the work was given up before its end",
		Fix: "ask again", Spec: limit,
	},
	CodeDeadline: {
		Type: TypeLaurel, Message: "the time was over before the end of the work",
		Fix: "give it more time, or try again later", Spec: limit,
	},

	Code(jsonx.CodeTooLarge): {
		Type: TypeParsing, Message: "the JSON is longer than the limit",
		Fix: farBelow, Spec: limit,
	},
	Code(jsonx.CodeTooDeep): {
		Type: TypeParsing, Message: "the JSON is nested deeper than the limit",
		Fix: farBelow, Spec: limit,
	},
	Code(jsonx.CodeTooManyValues): {
		Type: TypeParsing, Message: "the JSON has more values than a document of its length",
		Fix: farBelow, Spec: limit,
	},
	Code(jsonx.CodeInvalidUTF8): {
		Type: TypeParsing, Message: "the text is not UTF-8",
		Fix: "store and send the credential as UTF-8, without conversion", Spec: specJSON,
	},
	Code(jsonx.CodeSyntax): {
		Type: TypeParsing, Message: "the text is not JSON",
		Fix: library, Spec: specJSON,
	},
	Code(jsonx.CodeTrailingData): {
		Type: TypeParsing, Message: "the JSON value is followed by more",
		Fix: "send one credential a document", Spec: specJSON,
	},
	Code(jsonx.CodeDuplicateName): {
		Type: TypeParsing, Message: "an object has a name twice",
		Fix: "write each member once: readers differ in which of the two they take", Spec: specJSON,
	},
	Code(jsonx.CodeLoneSurrogate): {
		Type: TypeParsing, Message: "a string has half of a surrogate pair",
		Fix: library, Spec: specJSON,
	},
	Code(jsonx.CodeNumberRange): {
		Type: TypeParsing, Message: "the number is beyond what JSON numbers hold",
		Fix: "write it as a string", Spec: specJSON,
	},
	Code(jsonx.CodeNumberTooLong): {
		Type: TypeParsing, Message: "the number has more digits than any number needs",
		Fix: "round it, or write it as a string", Spec: limit,
	},
	Code(jsonx.CodeByteOrderMark): {
		Type: TypeParsing, Message: "the JSON begins with a byte order mark",
		Fix: "leave it out", Spec: specJSON,
	},
	Code(jsonx.CodeTruncated): {
		Type: TypeParsing, Message: "the JSON ends inside a value",
		Fix: "send the whole document", Spec: specJSON,
	},
	Code(jsonx.CodeControlInInput): {
		Type: TypeParsing, Message: "a string has a control character that is not escaped",
		Fix: library, Spec: specJSON,
	},
}

const (
	specJSON       = "RFC 8259; RFC 7493"
	specDisclosure = "RFC 9901, 7.1"
	fromWallet     = "present the credential again from the wallet that holds it, as the issuer made it"
	limit          = "a limit of this library"
	library        = "write the document with a JSON library"
	farBelow       = "look for a generator's fault: real credentials stay far below the limit"
)

// ProblemDetails type URLs that W3C defines (VCDM 2.0, 7.2; Data Integrity 1.0, 4.7;
// Controlled Identifiers 1.0, 3.5; Bitstring Status List 1.0, 3), and at the end one for
// the faults that are none of W3C's: an offline verifier, a kind that is not taken.
const (
	TypeParsing               = "https://www.w3.org/TR/vc-data-model#PARSING_ERROR"
	TypeCryptographicSecurity = "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR"
	TypeMalformedValue        = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
	TypeRange                 = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR"
	TypeProofGeneration       = "https://w3id.org/security#PROOF_GENERATION_ERROR"
	TypeProofVerification     = "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
	TypeProofTransformation   = "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR"
	TypeDataLoss              = "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR"
	TypeInvalidDomain         = "https://w3id.org/security#INVALID_DOMAIN_ERROR"
	TypeInvalidChallenge      = "https://w3id.org/security#INVALID_CHALLENGE_ERROR"
	TypeInvalidMethodURL      = "https://w3id.org/security#INVALID_VERIFICATION_METHOD_URL"
	TypeInvalidCID            = "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
	TypeInvalidCIDID          = "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
	TypeInvalidMethod         = "https://w3id.org/security#INVALID_VERIFICATION_METHOD"
	TypeInvalidRelationship   = "https://w3id.org/security#INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"
	TypeStatusRetrieval       = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
	TypeStatusVerification    = "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
	TypeStatusListLength      = "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR"

	TypeLaurel = "https://github.com/laurel-edu/laurel/blob/main/docs/codes.md" // the page of the codes
)
